import { compareRuns, type RunDiff } from '../../src/trace/compare.ts'
import type { EntryOf, TraceEntry } from '../../src/trace/entry.ts'
import { type Finding, findingsOf, runOf } from '../../src/trace/findings/index.ts'
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

export function judge(entries: readonly TraceEntry[], index: TraceIndex, frequency: Frequency | undefined): Judgement {
  const run = runOf(entries, frequency, index)
  return { findings: findingsOf(run), accounts: run.accounts, changes: changesOf(entries, index) }
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
