import { deepStrictEqual, notStrictEqual, strictEqual } from 'node:assert/strict'
import { ADDITIONS, DEVIATIONS } from './deviations.ts'
import { declaredFacts } from './facts.ts'
import { declarationSources } from './program.ts'
import { surface, surfaceFacts } from './surface.ts'

const declared = declaredFacts(declarationSources)
const expected = surfaceFacts(surface.entries)
const deviations = new Map(DEVIATIONS.flatMap(({ facts }) => Object.entries(facts)))

const deviating = (key: string, fact: string) => {
  const deviation = deviations.get(key)
  return typeof deviation === 'function' ? deviation(fact) : (deviation ?? fact)
}

describe('sdk: the surface of Botpress 12.31', () => {
  it('has 289 entries', () => {
    strictEqual(surface.entries.length, 289)
  })

  for (const entry of surface.entries) {
    it(`declares ${entry.path}, a ${entry.kind}, as it is`, () => {
      const facts = surfaceFacts([entry])
      for (const [key, fact] of facts) strictEqual(declared.get(key), deviating(key, fact), key)
    })
  }

  for (const entry of surface.ambient) {
    it(`declares ${entry.path}, which lies outside of the SDK`, () => {
      for (const [key, fact] of surfaceFacts([entry])) strictEqual(declared.get(key), fact, key)
    })
  }

  it('is all there is, but for the additions', () => {
    const unknown = [...declared.keys()].filter(
      key => key.startsWith('bp.') && !expected.has(key) && !Object.keys(ADDITIONS).some(prefix => key.startsWith(prefix))
    )
    deepStrictEqual(unknown, [])
  })

  it('knows no deviation that is none', () => {
    for (const [key, deviation] of deviations) {
      const fact = expected.get(key)
      notStrictEqual(fact, undefined, `${key} is not of the surface`)
      notStrictEqual(fact, typeof deviation === 'function' ? deviation(fact!) : deviation, key)
    }
  })

  it('knows no addition that is none', () => {
    const unused = Object.keys(ADDITIONS).filter(prefix => ![...declared.keys()].some(key => key.startsWith(prefix) && !expected.has(key)))
    deepStrictEqual(unused, [])
  })
})
