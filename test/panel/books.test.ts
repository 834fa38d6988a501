import assert from 'node:assert/strict'
import { past } from '../../src/host/past.ts'
import { Books } from '../../webview/panel/books.ts'
import { Trace } from '../trace/make.ts'

function events(count: number) {
  const trace = new Trace()
  for (let n = 0; n < count; n++) trace.sent(`event-${n}`).greeted(`event-${n}`, `Hello ${n}`)
  return trace.entries
}

describe('the trace in the panel while it comes in', () => {
  const entries = events(400)

  it('is its newest part first, then all of it: nothing twice, nothing missing', () => {
    const books = new Books()
    const [recent, ...pieces] = [...past(entries, 1)]
    books.take(recent!)
    assert.equal(books.shown.entries.at(-1), entries.at(-1))
    assert.ok(books.shown.entries.length < entries.length)
    const part = books.shown
    for (const piece of pieces.slice(0, -1)) {
      books.take(piece)
      assert.equal(books.shown, part, 'what one reads stays as it is')
      assert.equal(books.coming!.come, piece.from + piece.entries.length - 1)
      assert.equal(books.coming!.of, entries.length)
    }
    books.take(pieces.at(-1)!)
    assert.equal(books.coming, undefined)
    assert.deepEqual(books.shown.entries, entries)
    assert.equal(books.shown.index.stories.filter(({ kind }) => kind === 'event').length, 400)
    books.take({ kind: 'entries', from: entries.length + 1, entries: [{ kind: 'clock', seq: entries.length + 1, at: 1, to: 1, why: '' }] })
    assert.equal(books.shown.entries.length, entries.length + 1)
  })

  it('stays what it was when all of it comes once more, until it is there', () => {
    const books = new Books()
    const messages = [...past(entries, 1)]
    for (const message of messages) books.take(message)
    const before = books.shown
    for (const message of messages.slice(0, -1)) {
      books.take(message)
      assert.equal(books.shown, before)
    }
    books.take(messages.at(-1)!)
    assert.notEqual(books.shown, before)
    assert.deepEqual(books.shown.entries, before.entries)
  })

  it('knows when something was missed, and begins anew with the first entry', () => {
    const books = new Books()
    books.take({ kind: 'entries', from: 1, entries: entries.slice(0, 3) })
    assert.equal(books.take({ kind: 'entries', from: 5, entries: entries.slice(4, 6) }), undefined)
    assert.equal(books.shown.entries.length, 3)
    books.take({ kind: 'entries', from: 3, entries: entries.slice(2, 5) })
    assert.deepEqual(books.shown.entries, entries.slice(0, 5))
    books.take({ kind: 'entries', from: 1, entries: [] })
    assert.deepEqual(books.shown.entries, [])
  })
})
