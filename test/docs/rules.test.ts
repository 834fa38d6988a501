import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Every rule of the runtime reference; its section 25 tells versions and has none. */
const RULES = `
  R1.1 R1.2 R1.3 R1.4 R1.5 R1.6 R1.7 R1.8 R1.9 R1.10 R1.11 R1.12 R1.13 R1.14
  R2.1 R2.2 R2.3 R2.4 R2.5 R2.6 R2.7
  R3.1 R3.2 R3.3 R3.4 R3.5 R3.6 R3.7 R3.8 R3.9 R3.10 R3.11 R3.12 R3.13 R3.14 R3.15 R3.16 R3.17
  R3.18 R3.19 R3.20 R3.21 R3.22 R3.23 R3.24 R3.25 R3.26 R3.27 R3.28 R3.29 R3.30
  R4.1 R4.2 R4.3 R4.4 R4.5 R4.6 R4.7 R4.8 R4.9 R4.10 R4.11 R4.12 R4.13
  R5.1 R5.2 R5.3 R5.4 R5.5 R5.6 R5.7 R5.8
  R6.1 R6.2 R6.3 R6.4 R6.5 R6.6 R6.7 R6.8 R6.9 R6.10 R6.11 R6.12
  R7.1 R7.2 R7.3 R7.4 R7.5 R7.6 R7.7 R7.8 R7.9 R7.10 R7.11 R7.12 R7.13
  R8.1 R8.2 R8.3 R8.4 R8.5 R8.6 R8.7 R8.8
  R9.1 R9.2 R9.3 R9.4 R9.5 R9.6 R9.7 R9.8 R9.9 R9.10
  R10.1 R10.2 R10.3 R10.4 R10.5 R10.6 R10.7 R10.8 R10.9 R10.10 R10.11 R10.12 R10.13 R10.14 R10.15 R10.16 R10.17
  R11.1 R11.2 R11.3 R11.4 R11.5
  R12.1 R12.2 R12.3 R12.4 R12.5
  R13.1 R13.2 R13.3 R13.4 R13.5 R13.6 R13.7 R13.8 R13.9 R13.10 R13.11 R13.12 R13.13 R13.14 R13.15 R13.16
  R14.1 R14.2 R14.3 R14.4 R14.5 R14.6 R14.7 R14.8
  R15.1 R15.2 R15.3
  R16.1 R16.2 R16.3 R16.4 R16.5 R16.6 R16.7
  R17.1 R17.2 R17.3 R17.4 R17.5
  R18.1 R18.2 R18.3 R18.4 R18.5 R18.6 R18.7 R18.8 R18.9 R18.10 R18.11 R18.12 R18.13
  R19.1 R19.2 R19.3 R19.4 R19.5 R19.6 R19.7 R19.8 R19.9 R19.10 R19.11
  R20.1 R20.2 R20.3 R20.4 R20.5 R20.6 R20.7 R20.8 R20.9 R20.10 R20.11
  R21.1 R21.2 R21.3 R21.4 R21.5 R21.6 R21.7 R21.8 R21.9 R21.10 R21.11 R21.12 R21.13
  R22.1 R22.2 R22.3 R22.4 R22.5 R22.6 R22.7
  R23.1 R23.2 R23.3
  R24.1 R24.2 R24.3 R24.4
  R26.1 R26.2 R26.3
`
  .trim()
  .split(/\s+/)

const ROOT = join(import.meta.dirname, '../..')
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8')
const [runtime, web] = ['docs/runtime-rules.md', 'docs/web-rules.md'].map(rowsOf) as [Row[], Row[]]

interface Row {
  id: string
  status: string
  pins: string
}

function rowsOf(file: string): Row[] {
  return read(file)
    .split('\n')
    .flatMap(line => {
      const [, rule = '', status = '', pins = ''] = line.split(/(?<!\\)\|/).map(cell => cell.trim())
      const id = /^R\d+\.\d+(?= )/.exec(rule)?.[0]
      return id ? [{ id, status, pins }] : []
    })
}

/** Titles of a test file, without the ids at their ends. */
function titlesOf(file: string): string[] {
  return [...read(file).matchAll(/\bit\(\s*'([^'\n]+)'/g)].map(([, title]) => title!.replace(/ \([A-Z0-9., ]+( to [A-Z0-9.]+)?\)$/, ''))
}

describe('the tables of rules', () => {
  it('list each of the 246 rules exactly once', () => {
    assert.equal(new Set(RULES).size, 246)
    assert.deepEqual([...runtime, ...web].map(({ id }) => id).sort(), [...RULES].sort())
  })

  it('say of each whether it is done, differs or cannot be observed', () => {
    for (const { id, status } of [...runtime, ...web]) assert.match(status, /\b(done|differs|not observable)\b/, id)
  })

  it('name only tests that exist: recorded cases and files for the runtime', () => {
    for (const { id, pins } of runtime) {
      for (const name of pins.split(/[,;]/).map(part => part.trim())) {
        const file = name.startsWith('c:')
          ? `conformance/cases/${name.slice(2)}.json`
          : `${name.includes('/') ? name : `runtime/${name}`}.test.ts`
        // A sentence may stand there too.
        if (/^(c:)?[a-z/-]+$/.test(name)) assert.ok(existsSync(join(ROOT, 'test', file)), `${id}: ${name}`)
      }
    }
  })

  it('name only tests that exist: files and titles for the web chat, at least one for each rule', () => {
    for (const { id, pins } of web) {
      const named = [...pins.matchAll(/([a-z/-]+) "([^"]+)"/g)]
      assert.notEqual(named.length, 0, id)
      // Nothing else stands there that would be left unchecked.
      assert.equal(named.map(([text]) => text).join('; '), pins, id)
      for (const [, file, title] of named) assert.ok(titlesOf(`test/${file}.test.ts`).includes(title!), `${id}: ${file} “${title}”`)
    }
  })
})
