/** What every trace has to be, whatever hooks did. */
import assert from 'node:assert/strict'
import { type EntryOf, TraceEntry } from '../../src/trace/entry.ts'

type Started = EntryOf<'hook-started'>

const nameOf = ({ hookType, name }: { hookType: string; name: string }) => `${hookType}/${name}`

/**
 * Numbered without a gap, every entry as the schema has it, and no hook that begins and is never heard of again: it ends, is named as stuck, or its
 * process is stopped; the hook that is named then was running.
 *
 * @throws AssertionError with the entry that is wrong
 */
export function assertWellFormed(entries: readonly TraceEntry[]): void {
  const open: Started[] = []
  entries.forEach((entry, index) => {
    assert.equal(entry.seq, index + 1)
    assert.deepEqual(TraceEntry.parse(entry), entry)
    if (entry.kind === 'hook-started') open.push(entry)
    if (entry.kind === 'hook-ended') close(open, one => one.place.file === entry.place.file && one.eventId === entry.eventId, entry)
    if (entry.kind === 'event-stuck') {
      const named = open.findIndex(one => one.eventId === entry.eventId && one.name === entry.hook)
      if (named >= 0) open.splice(named, 1)
    }
    if (entry.kind === 'engine-stopped') {
      if (entry.hook !== undefined) close(open, one => nameOf(one) === entry.hook && one.place.file === entry.place?.file, entry)
      // What other visitors' hooks were at ended with it.
      open.length = 0
    }
    // What cannot be read is told by the host, and lost.
    assert.ok(entry.kind !== 'log' || entry.logger !== 'host' || !/unreadabl/.test(entry.message), JSON.stringify(entry))
  })
  assert.deepEqual(open.map(nameOf), [], 'hooks without an end')
}

function close(open: Started[], fits: (one: Started) => boolean, by: TraceEntry): void {
  const at = open.findLastIndex(fits)
  // A hook that was stuck has been named before; it may still end.
  if (at >= 0) open.splice(at, 1)
  else if (by.kind === 'engine-stopped') assert.fail(`names a hook that does not run: ${JSON.stringify(by)}`)
}
