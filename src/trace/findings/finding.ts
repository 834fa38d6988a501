import type { Place, TraceEntry } from '../entry.ts'
import type { Frequency } from '../frequency.ts'
import { type Account, ledgerOf } from '../ledger.ts'
import { TraceIndex } from '../trace-index.ts'

/** A whole run, as findings look at it. */
export interface Run {
  index: TraceIndex
  /** In the order of `seq`. */
  entries: readonly TraceEntry[]
  /** What each visitor was told unasked. */
  accounts: readonly Account[]
  /** What the workspace allows. */
  frequency?: Frequency | undefined
}

/** One case of a finding. */
export interface Found {
  /** What was seen, to whom, how often: one or two sentences. */
  says: string[]
  /** What to do about it. */
  todo?: string[]
  /** `seq` of the entries that show it, oldest first. */
  seqs: number[]
  places?: (Place | undefined)[]
  /** More rules than the row's own. */
  rules?: string[]
}

/** A row: something that no single event shows, or that weighs more over a whole run. */
export interface FindingRow {
  id: string
  tone: 'warning' | 'error'
  /** Two or three words. */
  title: string
  /** Rules of the runtime reference (R…, W…, K…), of our diagnostics (BP…, VF…), scenarios (S…), known facts (G…). */
  rules: readonly string[]
  find(run: Run): Found[]
}

/** A finding about a run, ready to be shown. */
export interface Finding {
  id: string
  tone: FindingRow['tone']
  title: string
  says: string[]
  todo: string[]
  rules: string[]
  places: Place[]
  seqs: number[]
}

/** @param index has taken exactly these entries in; made from them when absent */
export function runOf(entries: readonly TraceEntry[], frequency?: Frequency, index?: TraceIndex): Run {
  const own = index ?? new TraceIndex()
  if (!index) own.append(entries)
  return { index: own, entries, accounts: ledgerOf(own, entries), frequency }
}
