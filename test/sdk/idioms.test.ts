import { deepStrictEqual, ok } from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { HookTypeId } from '../../src/botpress/hook-types.ts'
import { type HookScript, hookProgram, problemsOf } from './program.ts'

const FOLDER = fileURLToPath(new URL('../fixtures/idioms/', import.meta.url))

/** Idioms that are mistakes, with what TypeScript says about each. */
const MISTAKES: Record<string, readonly string[]> = {
  // The function was there in earlier versions only.
  'H24-telemetry-that-is-gone': ['2339 ‹successTelemetry›'],
  // R7.8: an outgoing event has no state.
  'H42-no-state-here': ['2339 ‹state›'],
  'H54-misspelt-helper': ['2551 ‹CreateTableIfNotExists›']
}

const scripts: HookScript[] = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  .filter(name => name.endsWith('.js'))
  .sort()
  .map(name => ({
    name: basename(name, '.js'),
    type: name.split(/[\\/]/)[0] as HookTypeId,
    text: readFileSync(FOLDER + name, 'utf8')
  }))

describe('sdk: idioms of real hooks', function () {
  this.timeout(60_000)
  let program: ReturnType<typeof hookProgram>

  before(() => {
    program = hookProgram(scripts)
  })

  it('are many', () => {
    ok(scripts.length >= 60)
    deepStrictEqual(
      Object.keys(MISTAKES).filter(name => !scripts.some(script => script.name === name)),
      []
    )
  })

  for (const script of scripts) {
    const expected = MISTAKES[script.name]
    it(expected ? `are told about the mistake in ${script.name}` : `find ${script.name} typed without a false error`, () => {
      deepStrictEqual(problemsOf(program, script), expected ?? [])
    })
  }
})
