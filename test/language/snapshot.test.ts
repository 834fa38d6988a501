import assert from 'node:assert/strict'
import fc from 'fast-check'
import { hookTypeOf } from '../../src/botpress/hook-types.ts'
import { wrapBody } from '../../src/language/body-map.ts'
import { Snapshot } from '../../src/language/snapshot.ts'

describe('language: texts and positions', () => {
  it('reports a change that leads from the old text to the new one', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '\n', '{', '}'), maxLength: 30 })
    fc.assert(
      fc.property(text, text, (before, after) => {
        const { span, newLength } = new Snapshot(after).getChangeRange(new Snapshot(before))!
        const inserted = after.slice(span.start, span.start + newLength)
        assert.equal(before.slice(0, span.start) + inserted + before.slice(span.start + span.length), after)
      })
    )
  })

  it('maps every span of the hook to itself, and none outside of it', () => {
    const type = hookTypeOf('before_incoming_middleware')!
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), fc.nat(60), fc.nat(60), (body, start, length) => {
        const { text, map } = wrapBody(body, type)
        if (start + length <= body.length) {
          assert.deepEqual(map.toBody(map.toVirtual(start), length), { start, end: start + length })
          assert.equal(text.slice(map.toVirtual(start), map.toVirtual(start) + length), body.slice(start, start + length))
        }
        const mapped = map.toBody(start, length)
        if (mapped) assert.equal(body.slice(mapped.start, mapped.end), text.slice(start, start + length))
      })
    )
  })
})
