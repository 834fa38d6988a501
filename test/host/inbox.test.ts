import assert from 'node:assert/strict'
import { writeSync } from 'node:fs'
import { crc32 } from 'node:zlib'
import { Inbox } from '../../src/host/inbox.ts'
import { lineOf, sealOf } from '../../src/protocol/wire.ts'

describe('what an engine process says', () => {
  let inbox: Inbox
  let taken: string[]

  beforeEach(() => {
    taken = []
    inbox = new Inbox(jsons => taken.push(...jsons))
  })
  afterEach(() => inbox.close())

  const lines = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, index) => lineOf(from + index, `{"n":${from + index}}`)).join('')
  const piped = (text: string) => inbox.receive(Buffer.from(text))
  const sealed = (text: string) => text + sealOf(crc32(text))
  const boxed = (text: string) => writeSync(inbox.box, sealed(text), 0)
  const numbers = () => taken.map(json => JSON.parse(json).n)

  it('comes whole through the pipe, wherever its pieces end, also within a character', () => {
    const bytes = Buffer.from(lines(1, 3) + lineOf(4, '{"n":4,"text":"naïve 🦊"}'))
    for (const byte of bytes) inbox.receive(Buffer.from([byte]))
    assert.deepEqual(numbers(), [1, 2, 3, 4])
    assert.equal(JSON.parse(taken[3]!).text, 'naïve 🦊')
  })

  it('is taken from the box when the pipe is silent, and not once more when it comes through the pipe after all', () => {
    piped(lines(1, 2))
    boxed(lines(3, 4))
    inbox.look()
    assert.deepEqual(numbers(), [1, 2, 3, 4])
    inbox.look()
    piped(lines(3, 5))
    assert.deepEqual(numbers(), [1, 2, 3, 4, 5])
  })

  it('keeps its order when the box is read before the pipe', () => {
    boxed(lines(3, 4))
    inbox.look()
    assert.deepEqual(numbers(), [])
    piped(lines(1, 2))
    inbox.look()
    assert.deepEqual(numbers(), [1, 2, 3, 4])
  })

  it('does not take what an earlier turn left in the box', () => {
    boxed(lines(1, 30))
    piped(lines(1, 30))
    boxed(lines(31, 32))
    inbox.look()
    assert.deepEqual(
      numbers(),
      Array.from({ length: 32 }, (_, index) => index + 1)
    )
  })

  it('is left alone where it is just being written: its beginning is new, its end of an earlier turn', () => {
    const old = Buffer.from(sealed(lines(100, 120)))
    const fresh = Buffer.from(sealed(lines(1, 2)) + sealed(lines(3, 9)))
    const whole = sealed(lines(1, 2)).length
    for (let written = 0; written < fresh.length; written++) {
      taken = []
      inbox.close()
      inbox = new Inbox(jsons => taken.push(...jsons))
      writeSync(inbox.box, old, 0, old.length, 0)
      writeSync(inbox.box, fresh, 0, written, 0)
      inbox.look()
      assert.deepEqual(numbers(), written < whole ? [] : [1, 2], `after ${written} bytes`)
    }
  })

  it('passes by the seals in the pipe', () => {
    piped(sealed(lines(1, 2)) + lines(3, 3))
    assert.deepEqual(numbers(), [1, 2, 3])
  })

  it('is read from a box of any size', () => {
    boxed(lineOf(1, JSON.stringify({ n: 1, text: 'é'.repeat(100_000) })) + lines(2, 3))
    inbox.look()
    assert.deepEqual(numbers(), [1, 2, 3])
  })
})
