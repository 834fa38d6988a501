import assert from 'node:assert/strict'
import fc from 'fast-check'
import { Heights } from '../../webview/panel/heights.ts'

const of = (sizes: number[]) => {
  const heights = new Heights(10)
  for (const size of sizes) heights.push(size)
  return heights
}

describe('heights of a long list', () => {
  it('know offsets and total like a plain sum, whatever was measured since', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(200), { minLength: 1, maxLength: 80 }), fc.array(fc.tuple(fc.nat(), fc.nat(300))), (sizes, changes) => {
        const heights = of(sizes)
        const plain = [...sizes]
        for (const [at, size] of changes) {
          const index = at % plain.length
          assert.equal(heights.set(index, size), size - plain[index]!)
          plain[index] = size
        }
        for (let n = 0; n <= plain.length; n++) {
          assert.equal(
            heights.offset(n),
            plain.slice(0, n).reduce((sum, size) => sum + size, 0)
          )
        }
      })
    )
  })

  it('are those of what is left when the list has become shorter, and grow again', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(200), { minLength: 1, maxLength: 80 }), fc.nat(90), fc.array(fc.nat(200)), (sizes, kept, more) => {
        const heights = of(sizes)
        heights.shrink(kept)
        for (const size of more) heights.push(size)
        const plain = [...sizes.slice(0, kept), ...more]
        assert.equal(heights.count, plain.length)
        for (let n = 0; n <= plain.length; n++) {
          assert.equal(
            heights.offset(n),
            plain.slice(0, n).reduce((sum, size) => sum + size, 0)
          )
        }
      })
    )
  })

  it('find the item at any height of the list', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 80 }), fc.nat(20_000), (sizes, y) => {
        const heights = of(sizes)
        const index = heights.at(y)
        if (y >= heights.total) assert.equal(index, sizes.length - 1)
        else assert.ok(heights.offset(index) <= y && y < heights.offset(index + 1))
      })
    )
  })

  it('are zero for an empty list', () => {
    assert.equal(new Heights(10).total, 0)
    assert.equal(new Heights(10).at(50), 0)
  })
})
