import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'

const table = readFileSync(new URL('../../docs/runtime-rules.md', import.meta.url), 'utf8')
/** How many rules each section of the reference has. */
const SECTIONS: Record<number, number> = {
  '1': 14,
  '2': 7,
  '3': 30,
  '4': 13,
  '5': 8,
  '6': 12,
  '7': 13,
  '8': 8,
  '9': 10,
  '10': 17,
  '11': 5,
  '12': 5,
  '13': 16,
  '14': 8,
  '15': 3,
  '16': 7,
  '17': 5,
  '18': 13,
  '24': 4
}

describe('The table of rules', () => {
  it('has every rule of sections 1 to 18 and 24 exactly once, with a status', () => {
    for (const [section, count] of Object.entries(SECTIONS)) {
      for (let rule = 1; rule <= count; rule++) {
        const rows = table.split('\n').filter(line => line.startsWith(`| R${section}.${rule} `))
        assert.equal(rows.length, 1, `R${section}.${rule}`)
        assert.notEqual(rows[0]!.split('|')[2]!.trim(), '')
      }
    }
  })

  it('names only tests that exist', () => {
    for (const [, name] of table.matchAll(/\bc:([a-z-]+)/g)) {
      assert.ok(existsSync(new URL(`../conformance/cases/${name}.json`, import.meta.url)), name)
    }
  })
})
