import { compareRuns, type RunDiff } from '../../src/trace/compare.ts'
import type { EntryOf, TraceEntry } from '../../src/trace/entry.ts'
import { type Finding, findingsIn, runOf } from '../../src/trace/findings/index.ts'
import type { Frequency } from '../../src/trace/frequency.ts'
import type { Account } from '../../src/trace/ledger.ts'
import { lineOf } from '../../src/trace/step-table.ts'
import { TraceIndex } from '../../src/trace/trace-index.ts'

/** What is thought of a whole run. Loaded after the first picture: it looks at everything. */
export interface Judgement {
  findings: Finding[]
  accounts: readonly Account[]
  changes: Changes | undefined
}

/** What came out otherwise in the last thing that was played again. */
export interface Changes {
  title: string
  diff: RunDiff
  /** Pairs that are not the same. */
  differing: number
}

/** For so long it keeps the page from drawing and answering at most, unless a single step takes longer, ms. */
const TURN_MS = 12

/** @returns with how long it took, without the pauses in which others had their turn, ms */
export async function judge(
  entries: readonly TraceEntry[],
  index: TraceIndex,
  frequency: Frequency | undefined
): Promise<{ judgement: Judgement; ms: number }> {
  let ms = 0
  let began = performance.now()
  const breathe = async () => {
    const took = performance.now() - began
    if (took < TURN_MS) return
    ms += took
    await new Promise(resolve => setTimeout(resolve))
    began = performance.now()
  }
  const run = runOf(entries, frequency, index)
  const findings: Finding[] = []
  for (const found of findingsIn(run)) {
    findings.push(...found)
    await breathe()
  }
  const changes = changesOf(entries, index)
  return { judgement: { findings, accounts: run.accounts, changes }, ms: ms + performance.now() - began }
}

function changesOf(entries: readonly TraceEntry[], whole: TraceIndex): Changes | undefined {
  const started = entries.findLast(entry => entry.kind === 'replay-started')
  if (started?.kind !== 'replay-started' || started.what === 'transcript') return undefined
  const ended = entries.find(entry => entry.kind === 'replay-ended' && entry.seq > started.seq)
  const now = entries.slice(started.seq, ended ? ended.seq - 1 : undefined)
  const diff = compareRuns(beforeOf(started, entries, whole), indexOf(now))
  return { title: lineOf(started)?.text ?? '', diff, differing: diff.pairs.length - diff.count.same }
}

/** What the replay repeats: one event with all that belongs to it, or a stretch of the trace. */
function beforeOf(started: EntryOf<'replay-started'>, entries: readonly TraceEntry[], whole: TraceIndex): TraceIndex {
  const story = started.what === 'event' ? whole.storyAt(started.from) : undefined
  // A page's own call is no part of an event that is sent again.
  return indexOf(story ? story.entries.filter(entry => entry.kind !== 'page-sent') : entries.slice(started.from - 1, started.to))
}

function indexOf(entries: readonly TraceEntry[]): TraceIndex {
  const index = new TraceIndex()
  index.append(entries)
  return index
}
