import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { outlineOf, type Part } from '../../src/extension/scenario-editing/outline.ts'
import { wordAt } from '../../src/extension/scenario-editing/place.ts'
import { SchemaWords } from '../../src/extension/scenario-editing/schema.ts'
import { suggestionsAt } from '../../src/extension/scenario-editing/suggestions.ts'

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
const words = new SchemaWords(JSON.parse(readFileSync(join(root, 'schemas/scenario.schema.json'), 'utf8')))
const names = {
  bots: ['shop-bot'],
  pages: ['pages/product.html'],
  hooks: ['10_greet.js'],
  events: ['idle-visitor'],
  flags: ['SKIP_DIALOG_ENGINE']
}

/** `|` marks the cursor. */
function offered(text: string): string[] {
  const offset = text.indexOf('|')
  return suggestionsAt(text.replace('|', ''), offset, words, names).map(({ label }) => label)
}

function includes(text: string, ...wanted: string[]): void {
  const labels = offered(text)
  for (const one of wanted) assert.ok(labels.includes(one), `${one} in ${labels.join(', ')}`)
}

describe('Completions in scenario files', () => {
  it('are the words of the place: of the file, of given, of a step, of an expectation', () => {
    includes('|', 'name', 'given', 'steps', 'expect')
    includes('name: x\ngi|', 'given')
    includes('given:\n  |', 'page', 'visitor', 'clock')
    includes('given:\n  page: a.html\n  vis|\nsteps: []', 'visitor')
    includes('steps:\n  - |', 'advance', 'event', 'open', 'expect')
    includes('steps:\n  - open\n  - ad|', 'advance')
    includes('steps:\n  - expect:\n      sa|', 'says', 'saysNot')
    includes('steps:\n  - expect:\n      says: { te| }', 'text', 'count')
    includes('scenarios:\n  - name: a\n    steps:\n      - event: x\n        a|', 'as')
  })

  it('leave out what is there already, and what does not belong there', () => {
    const labels = offered('given:\n  page: a.html\n  |')
    assert.ok(!labels.includes('page') && !labels.includes('steps') && !labels.includes('advance'))
  })

  it('are the values of a word', () => {
    assert.deepEqual(offered('steps:\n  - expect:\n      dialog: |'), ['ran', 'skipped', 'untouched'])
    assert.deepEqual(offered('steps:\n  - expect:\n      silence: |'), ['true', 'false'])
    includes('given:\n  line:\n    lose: |', 'requests', 'pushes', 'all')
  })

  it('are the names of the workspace', () => {
    includes('given:\n  bot: |', 'shop-bot')
    includes('given:\n  page: |', 'pages/product.html')
    includes('steps:\n  - event: |', 'idle-visitor')
    includes('steps:\n  - expect:\n      ran: [|]', '10_greet.js')
    includes('steps:\n  - expect:\n      ran:\n        - |', '10_greet.js')
    includes('steps:\n  - expect:\n      flags:\n        |', 'SKIP_DIALOG_ENGINE')
  })

  it('say what they mean, and put what follows in place', () => {
    const [given] = suggestionsAt('gi', 2, words, names).filter(({ label }) => label === 'given')
    assert.match(given?.about ?? '', /before the first step/)
    assert.equal(given?.insert, 'given:\n  $0')
    const [steps] = suggestionsAt('st', 2, words, names).filter(({ label }) => label === 'steps')
    assert.equal(steps?.insert, 'steps:\n  - $0')
  })

  it('are none in comments, and none where the text is no YAML', () => {
    assert.deepEqual(offered('# gi|'), [])
    assert.deepEqual(offered('a: "b\n|'), [])
  })
})

describe('Hovers in scenario files', () => {
  const hover = (text: string) => {
    const found = wordAt(text.replace('|', ''), text.indexOf('|'))
    return found && words.about(found.path)
  }

  it('say what a word means', () => {
    assert.match(hover('gi|ven:\n  page: a') ?? '', /before the first step/)
    assert.match(hover('steps:\n  - adv|ance: 3s') ?? '', /Time passes/)
    assert.match(hover('steps:\n  - expect:\n      sil|ence: true') ?? '', /says nothing/)
  })
})

describe('The outline of scenario files', () => {
  const lines = (parts: readonly Part[], indent = ''): string[] =>
    parts.flatMap(({ name, detail, kind, parts: inner }) => [
      `${indent}${kind === 'step' ? '' : '✓ '}${name}${detail ? ` ${detail}` : ''}`,
      ...lines(inner, `${indent}  `)
    ])

  it('has the steps of a scenario, and what is expected in the end', () => {
    const text =
      'given: { bot: shop }\nsteps:\n  - open\n  - { as: ben, say: Hello }\n  - advance: 31min\n  - together:\n      steps: [{ event: a }, reload]\n  - expect:\n      says: Hi\n      ran: [a.js]\nexpect: { errors: none }\n'
    assert.deepEqual(lines(outlineOf(text, 0)), [
      'open',
      'say Hello',
      'advance 31min',
      'together',
      '  event a',
      '  reload',
      '✓ expect says: Hi ran: [a.js]',
      '✓ expect { errors: none }'
    ])
    const together = outlineOf(text, 0)[3]!
    assert.match(text.slice(together.start, together.end), /^together:[\s\S]*reload\]/)
  })

  it('has those of the scenario that is asked for, in a file with several, also while it is typed', () => {
    const text = 'scenarios:\n  - name: a\n    steps: [open]\n  - name: b\n    steps:\n      - reload\n      - \n'
    assert.deepEqual(lines(outlineOf(text, text.indexOf('name: b'))), ['reload'])
    assert.deepEqual(lines(outlineOf(text, text.indexOf('name: a'))), ['open'])
    assert.deepEqual(outlineOf('steps: [', 0), [])
  })
})
