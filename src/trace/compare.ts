import { type Facts, factsOf, savedChanges } from './facts.ts'
import { groupBy } from './group.ts'
import { stateChangesOf } from './state.ts'
import type { Story } from './story.ts'
import { titleOf } from './title.ts'
import type { TraceIndex } from './trace-index.ts'
import { type Verdict, verdictOf } from './verdict.ts'
import { inline, textOf } from './words.ts'

/** One thing about an event that came out otherwise: what it was, what it is. Absent where there was nothing, or is nothing any more. */
export interface Difference {
  what: 'outcome' | 'said' | 'hooks' | 'flags' | 'decision' | 'flow' | 'state'
  before?: string
  after?: string
}

export interface Side {
  story: Story
  verdict: Verdict
}

/** An event of one run beside that of another. */
export interface Pair {
  title: string
  fate: 'same' | 'changed' | 'added' | 'removed'
  before?: Side
  after?: Side
  differences: Difference[]
}

export interface RunDiff {
  pairs: Pair[]
  /** How many of each fate. */
  count: Record<Pair['fate'], number>
}

/** Above so many comparisons events are aligned by their names alone, each with the next of its name. */
const MOST_CELLS = 4_000_000

/**
 * Two runs side by side: events in order, each with its like in the other run, and what came out otherwise. Times and ids are no difference. Only what
 * happened to events and in pages is compared, not the engine's own life.
 */
export function compareRuns(before: TraceIndex, after: TraceIndex): RunDiff {
  const [old, now] = [compared(before), compared(after)]
  const pairs: Pair[] = []
  const count = { same: 0, changed: 0, added: 0, removed: 0 }
  for (const [one, other] of align(old, now)) {
    const left = one && { story: one, verdict: verdictOf(one, before) }
    const right = other && { story: other, verdict: verdictOf(other, after) }
    const differences = left && right ? differencesOf(left, right) : []
    const fate = !left ? 'added' : !right ? 'removed' : differences.length > 0 ? 'changed' : 'same'
    count[fate]++
    pairs.push({ title: titleOf((other ?? one)!), fate, ...(left && { before: left }), ...(right && { after: right }), differences })
  }
  return { pairs, count }
}

/** What differs between two events of the same name. */
export function differencesOf(before: Side, after: Side): Difference[] {
  const [old, now] = [outcomeOf(before), outcomeOf(after)]
  return (Object.keys(now) as Difference['what'][]).flatMap<Difference>(what => {
    if (old[what] === now[what]) return []
    return [{ what, ...(old[what] && { before: old[what] }), ...(now[what] && { after: now[what] }) }]
  })
}

const compared = (index: TraceIndex) =>
  index.stories.filter(
    story =>
      ((story.kind === 'event' && (story.direction !== 'outgoing' || index.isUnasked(story.id))) || story.kind === 'sent') &&
      titleOf(story) !== ''
  )

/** What one can tell of an event without its times and ids. */
function outcomeOf({ story, verdict }: Side): Record<Difference['what'], string> {
  const facts = factsOf(story)
  return {
    outcome: verdict.chip,
    said: [...(story.direction === 'outgoing' && story.received ? [{ received: story.received }] : []), ...facts.replies]
      .map(reply => textOf(reply.received.payload) ?? reply.received.type)
      .join(' · '),
    hooks: facts.hooks
      .map(run => `${run.started.name}${run.ended?.outcome === 'failed' ? ' failed' : run.ended ? '' : ' did not end'}`)
      .join(', '),
    flags: [...new Set(facts.flags.map(flag => `${flag.flag}${flag.value ? '' : ' cleared'}`))].join(', '),
    decision: facts.decision?.outcome ?? '',
    flow: flowOf(facts),
    state: stateOf(story, facts)
  }
}

function flowOf(facts: Facts): string {
  const nodes = facts.entered.map(entry => `${entry.flow}#${entry.node}`)
  return [...nodes, ...(facts.waits ? [`waits at ${facts.waits.flow}#${facts.waits.node}`] : [])].join(' → ')
}

function stateOf(story: Story, facts: Facts): string {
  const saved = new Set(savedChanges(facts).map(change => change.path))
  return stateChangesOf(story)
    .filter(change => change.path.startsWith('state.') && !change.own && (change.fate !== 'kept' || saved.has(change.path)))
    .map(change => `${change.path}${'after' in change ? ` = ${inline(change.after, 80)}` : ' removed'} (${change.fate})`)
    .sort()
    .join(', ')
}

/** Pairs in order; the longest common sequence of names keeps its order, what is left over stands alone. */
function align(before: Story[], after: Story[]): [Story | undefined, Story | undefined][] {
  const [old, now] = [before.map(nameOf), after.map(nameOf)]
  const start = commonStart(old, now)
  const head = before.slice(0, start).map<[Story, Story]>((story, n) => [story, after[n]!])
  const [restOld, restNow] = [before.slice(start), after.slice(start)]
  if (restOld.length * restNow.length > MOST_CELLS) return [...head, ...byName(restOld, restNow)]
  return [...head, ...bySequence(restOld, restNow, old.slice(start), now.slice(start))]
}

const nameOf = (story: Story) => `${story.kind === 'sent' ? 'sent' : 'event'} ${titleOf(story)}`

function commonStart(old: string[], now: string[]): number {
  let n = 0
  while (n < old.length && n < now.length && old[n] === now[n]) n++
  return n
}

function bySequence(before: Story[], after: Story[], old: string[], now: string[]): [Story | undefined, Story | undefined][] {
  const width = after.length + 1
  const longest = new Uint16Array((before.length + 1) * width)
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      longest[i * width + j] =
        old[i] === now[j] ? longest[(i + 1) * width + j + 1]! + 1 : Math.max(longest[(i + 1) * width + j]!, longest[i * width + j + 1]!)
    }
  }
  const pairs: [Story | undefined, Story | undefined][] = []
  let [i, j] = [0, 0]
  while (i < before.length && j < after.length) {
    if (old[i] === now[j]) pairs.push([before[i++], after[j++]])
    else if (longest[(i + 1) * width + j]! >= longest[i * width + j + 1]!) pairs.push([before[i++], undefined])
    else pairs.push([undefined, after[j++]])
  }
  while (i < before.length) pairs.push([before[i++], undefined])
  while (j < after.length) pairs.push([undefined, after[j++]])
  return pairs
}

function byName(before: Story[], after: Story[]): [Story | undefined, Story | undefined][] {
  const waiting = new Map(groupBy(before, nameOf).map(group => [nameOf(group[0]!), group]))
  const pairs = after.map<[Story | undefined, Story | undefined]>(story => [waiting.get(nameOf(story))?.shift(), story])
  return [...pairs, ...[...waiting.values()].flat().map<[Story, undefined]>(story => [story, undefined])]
}
