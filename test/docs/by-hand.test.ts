import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { filesBelow } from '../../src/host/workspace.ts'
import { PLUS } from '../../webview/panel/stage/clock-text.ts'
import { STAGE_TEXTS } from '../../webview/panel/stage/texts.ts'
import { TEXTS } from '../../webview/panel/texts.ts'
import { SITUATIONS } from '../by-hand/situations/index.ts'
import { controlsOf } from '../by-hand/steps.ts'

const root = join(import.meta.dirname, '../..')
const rows = readFileSync(join(root, 'docs/by-hand.md'), 'utf8')
  .split('\n')
  .flatMap(line => {
    const [, number, situation, controls] = /^\| (S\d\d) \| (.+) \| (.+) \|$/.exec(line) ?? []
    return number ? [{ number, situation: situation!, controls: [...controls!.matchAll(/`([^`]+)`/g)].map(([, name]) => name!) }] : []
  })

/** Every word that stands on a control, whatever table holds it. */
function wordsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(wordsIn)
}

describe('The table of what is staged by hand', () => {
  it('has a row for each situation of the playbook, and no other', () => {
    const played = filesBelow(join(root, 'samples/playbook/scenarios'), ['.scenario.yaml']).flatMap(
      file => /(S\d\d)-/.exec(file)?.[1] ?? []
    )
    assert.deepEqual(
      rows.map(({ number }) => number),
      [...new Set(played)].sort()
    )
  })

  it('is what the tests in the panel stage: each row names the controls that they use, in that order', () => {
    assert.deepEqual(
      rows.map(({ number, controls }) => [number, controls]),
      SITUATIONS.map(situation => [situation.number, controlsOf(situation)])
    )
  })

  it('names controls that the panel has, by the words that stand on them', () => {
    const words = new Set([...wordsIn(STAGE_TEXTS), ...wordsIn(TEXTS), ...PLUS.map(([text]) => STAGE_TEXTS.plus(text))])
    for (const { number, controls } of rows) {
      assert.ok(controls.length > 0, number)
      for (const control of controls) assert.ok(words.has(control), `${number}: nothing in the panel is called “${control}”`)
    }
  })
})
