import assert from 'node:assert/strict'
import type { CodeAction } from 'vscode-languageserver/node'
import { drawn, LanguageClient, serious } from './client.ts'
import { HOOK_IDIOMS, SEED_HOOKS } from './hooks.ts'

describe('language: diagnostics', () => {
  let client: LanguageClient
  before(async () => {
    client = await LanguageClient.start()
  })
  after(() => client.stop())

  const found = async (text: string, where = {}) => {
    const open = await client.open(text, where)
    return drawn(open, serious(await client.diagnostics(open)))
  }

  it('accepts a top-level return, and narrows types after an early one (R3.4)', async () => {
    assert.deepEqual(await found("if (event.type !== 'x') return\nconst a = typeof event.preview === 'string' ? 1 : 2\nreturn a\n"), [])
  })

  it('reports a top-level await at its place, in words for hooks (R3.4, BPH001)', async () => {
    const open = await client.open("if (event.type === 'visit') {\n  await bp.events.replyToEvent(event, [])\n}\n")
    const diagnostics = serious(await client.diagnostics(open)).filter(diagnostic => diagnostic.code === 'BPH001')
    assert.deepEqual(drawn(open, diagnostics), ['error BPH001 ‹await›'])
    assert.equal(diagnostics[0]!.source, 'proactive-hooks')
    assert.match(diagnostics[0]!.codeDescription?.href ?? '', /BPH001\.md$/)
    assert.match(String(diagnostics[0]!.message), /skips the whole hook/)
  })

  for (const text of ['await (bp.x)', 'await [1]', 'for await (const a of []) {}', 'const f = () => { await 1 }\nreturn f()']) {
    it(`reports ${text.split('\n')[0]} as BPH001`, async () => {
      const codes = (await found(text)).map(line => line.split(' ').slice(0, 2).join(' '))
      assert.ok(codes.includes('error BPH001'), codes.join())
    })
  }

  it('reports import and export', async () => {
    assert.deepEqual(await found("import a from 'b'\n"), ['error 1473 ‹import›'])
    assert.deepEqual(await found('export const a = 1\n'), ['error 1184 ‹export›'])
    for (const text of [
      "import 'b'",
      "if (event) { import 'b' }",
      'export function a() {}',
      'export default 1',
      'export {}',
      "export * from 'b'"
    ]) {
      const open = await client.open(`${text}\n`)
      const [first] = await client.diagnostics(open)
      assert.match(String(first?.message), /^A hook is the body of a function, not a module: .* Botpress skips the whole hook\./, text)
      await client.close(open)
    }
  })

  it('reports a stray brace at the brace itself, and nothing further down', async () => {
    const text = "if (event.type === 'x') {\n}\n}\nbp.logger.info('later')\nevent.nothing\n"
    for (const eol of ['\n', '\r\n']) {
      const open = await client.open(text.replaceAll('\n', eol))
      const diagnostics = await client.diagnostics(open)
      assert.deepEqual(drawn(open, diagnostics), ['error 1128 ‹}›'])
      assert.deepEqual(diagnostics[0]!.range.start, { line: 2, character: 0 })
    }
  })

  it('reports code that would close the function around the hook', async () => {
    const lines = await found('}); evil(); (function () {')
    assert.equal(lines[0], 'error 1128 ‹}›')
  })

  it('never reports a place outside of the text', async () => {
    for (const text of ['', '\n', '// only a comment', '/* open', 'const a = `', 'if (event.type) {', 'event.', '}', ')', "const a = 'x"]) {
      const open = await client.open(text)
      for (const { range } of await client.diagnostics(open)) {
        assert.ok(range.start.line >= 0 && range.start.character >= 0)
        const lines = text.split('\n')
        assert.ok(range.end.line < lines.length, `${JSON.stringify(text)}: line ${range.end.line}`)
        assert.ok(range.end.character <= lines[range.end.line]!.length, JSON.stringify(text))
      }
    }
  })

  it('knows neither the DOM nor what Node 12 lacks (R3.17, R3.24)', async () => {
    assert.deepEqual(await found("fetch('x')\nnew URL('x')\ndocument.title\n'a'.replaceAll('a', 'b')\n"), [
      'error BPH003 ‹fetch›',
      'error BPH003 ‹URL›',
      'error 2584 ‹document›',
      'error BPH003 ‹replaceAll›'
    ])
  })

  it('never reports require, whatever the name (R3.20)', async () => {
    assert.deepEqual(
      await found(
        "const _ = require('lodash')\nconst { get } = require('../helpers/x')\nconst fs = require('fs')\nreturn [_.get({}, 'a'), get, fs.stat, require('./y')]\n",
        { uri: 'untitled:Untitled-2' }
      ),
      []
    )
  })

  it('lets two hooks have the same names, and a hook its own event (R3.16)', async () => {
    const text = "const _ = require('lodash')\nconst event = { a: _.now() }\nconst bp = 1\nreturn [event.a, bp]\n"
    assert.deepEqual(await found(text), [])
    assert.deepEqual(await found(text), [])
  })

  it('accepts what sloppy mode accepts (R3.3)', async () => {
    assert.deepEqual(await found('var a = 010\nvar static = 1\nwith (event) {\n}\nmodule.exports = a + static\n'), [])
  })

  it('dims what is not used, without the arguments of the hook', async () => {
    const open = await client.open('const unused = 1\n')
    const diagnostics = await client.diagnostics(open)
    assert.deepEqual(
      diagnostics.map(diagnostic => [diagnostic.severity, diagnostic.tags]),
      [[4, [1]]]
    )
  })

  it('follows the last keystroke', async () => {
    const open = await client.open('const a = event.type\nreturn a\n')
    assert.deepEqual(drawn(open, serious(await client.diagnostics(open))), [])
    await client.edit(open, { line: 0, character: 20 }, { line: 0, character: 20 }, 'x')
    assert.deepEqual(drawn(open, serious(await client.diagnostics(open))), ['warning 2551 ‹typex›'])
    await client.edit(open, { line: 0, character: 20 }, { line: 0, character: 21 }, '')
    assert.deepEqual(drawn(open, serious(await client.diagnostics(open))), [])
  })

  it('mends a name for which TypeScript knows the one that is meant', async () => {
    const open = await client.open('return event.state.sesion\n')
    const [diagnostic] = serious(await client.diagnostics(open))
    assert.match(String(diagnostic!.message), /Did you mean 'session'\?/)
    const { range } = diagnostic!
    const actions = await client.request<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri: open.uri },
      range,
      context: { diagnostics: [diagnostic] }
    })
    const fix = actions.find(({ title }) => title === 'Use session')
    assert.deepEqual(fix?.edit?.changes?.[open.uri], [{ range, newText: 'session' }])
  })

  it('takes back what it said when the document closes', async () => {
    const open = await client.open('await 1\n')
    assert.notDeepEqual(await client.diagnostics(open), [])
    await client.close(open)
    const again = await client.open('return 1\n', { uri: open.uri })
    assert.deepEqual(serious(await client.diagnostics(again)), [])
  })

  it('reads a file of 10,000 lines', async () => {
    const part = "function step() {\n  if (event.type === 'a') bp.logger.info('x')\n  return event.preview\n}\nstep()\n"
    const parts = Array.from({ length: 2000 }, (_, number) => part.replaceAll('step', `step${number}`))
    const open = await client.open(`${parts.join('')}await 1\n`)
    assert.deepEqual(drawn(open, serious(await client.diagnostics(open))), ['error BPH001 ‹await›'])
  }).timeout(60_000)

  it('outlives a hook that exhausts TypeScript, and says that its types were not checked', async () => {
    const open = await client.open("if (event.type === 'a') bp.logger.info('x')\n".repeat(10_000))
    assert.deepEqual(
      (await client.diagnostics(open)).map(diagnostic => diagnostic.code),
      [2563]
    )
    assert.deepEqual(await found('await 1\n'), ['error BPH001 ‹await›'])
  }).timeout(60_000)

  for (const [title, { type, text }] of Object.entries({ ...SEED_HOOKS, ...HOOK_IDIOMS })) {
    it(`finds no error in a hook that works: ${title}`, async () => {
      for (const eol of ['\n', '\r\n']) {
        const open = await client.open(text.replaceAll('\n', eol), { hookType: type })
        const wrong = (await client.diagnostics(open)).filter(
          diagnostic => typeof diagnostic.code === 'number' && (diagnostic.severity ?? 1) < 4
        )
        assert.deepEqual(drawn(open, wrong), [])
      }
    })
  }
})
