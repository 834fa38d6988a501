/** What every trace has to be, whatever hooks did. */
import assert from 'node:assert/strict'
import { type EntryOf, TraceEntry } from '../../src/trace/entry.ts'

type Started = EntryOf<'hook-started'>
type Stopped = EntryOf<'engine-stopped'>

const nameOf = ({ hookType, name }: { hookType: string; name: string }) => `${hookType}/${name}`

/**
 * Numbered without a gap, every entry as the schema has it, and no hook that begins and is never heard of again: it ends, is named as stuck, or its
 * process is stopped. The hook that is named then is the one that was made to block or to fill the memory, and runs in that process for the event that is named.
 *
 * @param culpritOf file of the hook that holds the process, by what is true of the hooks and not by what the engine says
 * @throws AssertionError with the entry that is wrong
 */
export function assertWellFormed(entries: readonly TraceEntry[], culpritOf: (stopped: Stopped) => string | undefined): void {
  const open: Started[] = []
  let begun: Started[] = []
  entries.forEach((entry, index) => {
    assert.equal(entry.seq, index + 1)
    assert.deepEqual(TraceEntry.parse(entry), entry)
    if (entry.kind === 'hook-started') {
      open.push(entry)
      begun.push(entry)
    }
    if (entry.kind === 'hook-ended') close(open, entry)
    if (entry.kind === 'event-stuck') {
      const named = open.findIndex(one => one.eventId === entry.eventId && one.name === entry.hook)
      if (named >= 0) open.splice(named, 1)
    }
    if (entry.kind === 'engine-stopped') {
      const { hook, place, during } = entry
      assert.equal(place?.file, culpritOf(entry), `names the wrong hook: ${JSON.stringify(entry)}`)
      const runs = begun.some(one => nameOf(one) === hook && one.place.file === place?.file && one.eventId === during)
      assert.ok(runs, `names a hook that did not run: ${JSON.stringify(entry)}`)
      // What the hooks were at ended with it.
      open.length = 0
      begun = []
    }
    // What cannot be read is told by the host, and lost.
    assert.ok(entry.kind !== 'log' || entry.logger !== 'host' || !/unreadabl/.test(entry.message), JSON.stringify(entry))
  })
  assert.deepEqual(open.map(nameOf), [], 'hooks without an end')
}

/** A hook that was stuck has been named before; it may still end. */
function close(open: Started[], ended: EntryOf<'hook-ended'>): void {
  const at = open.findLastIndex(one => one.place.file === ended.place.file && one.eventId === ended.eventId)
  if (at >= 0) open.splice(at, 1)
}
