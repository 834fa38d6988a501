import assert from 'node:assert/strict'
import { type BuiltEngine, buildEngine } from './engine.ts'
import { type GeneratedHook, generateHook } from './generate.ts'
import { seedOf } from './random.ts'
import { Storm } from './storm.ts'

const HOOKS = Number(process.env.ROBUST_HOOKS ?? 200)
/** Engines side by side: while one is being stopped, the others work. */
const ENGINES = 3
const seed = seedOf(4)

describe(`generated hooks (ROBUST_SEED=${seed})`, function () {
  this.timeout(180_000)
  let engine: BuiltEngine
  before(async () => {
    engine = await buildEngine()
  })
  after(() => engine.remove())

  it(`${HOOKS} of them kill, block and corrupt nothing: the next event is answered, the disk is sound, the trace is whole (R3.7 to R3.14)`, async () => {
    const hooks = Array.from({ length: HOOKS }, (_, index) => ({ ...generateHook(seed * 100_000 + index), index }))
    const parts = Array.from({ length: ENGINES }, (_, part) => hooks.filter(({ index }) => index % ENGINES === part))
    const failures = (await Promise.all(parts.map(letLoose))).flat()
    assert.equal(failures.length, 0, `${failures.length} of ${HOOKS}:\n\n${failures.join('\n\n')}`)
  })

  /** @returns what went wrong, hook by hook */
  async function letLoose(hooks: readonly (GeneratedHook & { index: number })[]): Promise<string[]> {
    const storm = new Storm(engine.entry, hooks)
    const failures: string[] = []
    try {
      await storm.ready()
      for (const [at, { index, fate, type, code }] of hooks.entries()) {
        try {
          await storm.strike(at)
          await storm.assertAnswers(at)
          storm.assertDiskIsSound()
        } catch (error) {
          failures.push(`Hook ${index} (${fate}), ${type}:\n${code}\n${(error as Error).message}`)
        }
      }
    } finally {
      await storm.end()
    }
    try {
      storm.assertTraceIsWhole()
    } catch (error) {
      failures.push((error as Error).message)
    }
    return failures
  }
})
