import type { Change, TraceEntry } from './entry.ts'
import { factsOf, type HookRun } from './facts.ts'
import { isOwn } from './state.ts'
import { type Line, lineOf } from './step-table.ts'
import type { Story } from './story.ts'
import { inline } from './words.ts'

export type { StepIcon, StepTone } from './step-table.ts'

/** One line of a story. */
export interface Step extends Line {
  /** The entry it tells; several steps may tell the same one. */
  seq: number
  /** Indentation, from 0. */
  level: number
  /** ms since the story began. */
  offset: number
  /** How long it took, where it has an end; for a hook that has none yet: undefined and `open`. */
  ms?: number
  open?: boolean
}

/** So many changes of one hook are told one by one. */
const MOST_CHANGES = 6

/**
 * The story in lines, in the order in which it happened. What a hook did stands below it; replies are told where they were made, and their own way
 * to the chat below them.
 */
export function stepsOf(story: Story): Step[] {
  const facts = factsOf(story)
  const runs = new Map<TraceEntry, HookRun>([...facts.hooks, ...facts.replyHooks].map(run => [run.started as TraceEntry, run]))
  const start = story.entries[0]?.at ?? 0
  const steps: Step[] = []
  let inHook = 0
  let inDialog = 0
  for (const entry of story.entries) {
    const reply = story.received !== undefined && 'eventId' in entry && entry.eventId !== undefined && entry.eventId !== story.eventId
    if (entry.kind === 'event-ended' && (reply || entry.outcome === 'completed')) continue
    // Replies queue up behind each other; that is no news.
    if (entry.kind === 'event-waiting' && reply) continue
    if (entry.kind === 'state-discarded' && entry.changes.every(change => isOwn(change, story))) continue
    const base = reply && entry.kind !== 'event-received' ? 1 : 0
    const level = Math.min(base + inHook + inDialog, 3)
    const line = lineIn(story, entry)
    const offset = entry.at - start
    if (entry.kind === 'hook-started') {
      const run = runs.get(entry)
      if (line) steps.push({ ...line, ...hookEnd(run), seq: entry.seq, level, offset })
      inHook++
      continue
    }
    if (entry.kind === 'dialog-entered') {
      inDialog = 0
      if (line) steps.push({ ...line, seq: entry.seq, level: base, offset })
      inDialog = 1
      continue
    }
    if (DIALOG_OVER.has(entry.kind) && !reply) inDialog = 0
    if (line) steps.push({ ...line, seq: entry.seq, level: DIALOG_OVER.has(entry.kind) && !reply ? 0 : level, offset })
    if (entry.kind === 'hook-ended') {
      steps.push(...changeSteps(entry.changes, entry.seq, level, offset))
      inHook = Math.max(0, inHook - 1)
    }
  }
  return steps
}

/** Which tab the page was in stands at what it did. */
function lineIn(story: Story, entry: TraceEntry): Line | undefined {
  const line = lineOf(entry)
  return line && story.tab !== undefined && IN_A_TAB.has(entry.kind) ? { ...line, text: `${line.text} (tab ${story.tab})` } : line
}

const IN_A_TAB: ReadonlySet<string> = new Set(['page-loaded', 'page-sent'])

const DIALOG_OVER: ReadonlySet<string> = new Set([
  'dialog-waits',
  'dialog-ended',
  'dialog-failed',
  'state-saved',
  'state-discarded',
  'event-ended',
  'decision-made'
])

function hookEnd(run: HookRun | undefined): Partial<Step> {
  if (!run?.ended) return { open: true }
  return { ms: run.ended.ms, ...(run.ended.outcome === 'failed' && { tone: 'error' as const }) }
}

function changeSteps(changes: readonly Change[], seq: number, level: number, offset: number): Step[] {
  const shown = changes
    .slice(0, MOST_CHANGES)
    .map<Step>(change => ({ seq, level, offset, icon: 'state', tone: 'dim', text: changeText(change) }))
  const rest = changes.length - shown.length
  return rest > 0 ? [...shown, { seq, level, offset, icon: 'state', tone: 'dim', text: `… and ${rest} more changes` }] : shown
}

/** `state.session.greeted: absent → true`. */
export function changeText(change: Change): string {
  if (!('after' in change)) return `${change.path} removed`
  return 'before' in change
    ? `${change.path}: ${inline(change.before, 40)} → ${inline(change.after, 40)}`
    : `${change.path} = ${inline(change.after, 60)}`
}
