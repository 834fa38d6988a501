import assert from 'node:assert/strict'
import type { Position, TextEdit } from 'vscode-languageserver/node'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { LanguageClient, type OpenDocument } from './client.ts'

const SECTION = 'javascript.format'
const TEXT = 'const a = function() {\n      return [1,2]\n}\nif(a) {\nbp.logger.info( { a:1 } )\n}\n'

describe('language: formatting as the user set it for JavaScript', () => {
  let client: LanguageClient
  before(async () => {
    client = await LanguageClient.start([], {}, { workspace: { configuration: true } })
  })
  after(() => client.stop())
  afterEach(() => {
    delete client.settings[SECTION]
  })

  const applied = ({ document }: OpenDocument, edits: readonly TextEdit[]) => TextDocument.applyEdits(document, [...edits])
  const formatted = async (text: string, more: object = {}, options = { tabSize: 2, insertSpaces: true }) => {
    const open = await client.open(text)
    const method =
      'range' in more ? 'textDocument/rangeFormatting' : 'ch' in more ? 'textDocument/onTypeFormatting' : 'textDocument/formatting'
    return applied(open, await client.request<TextEdit[]>(method, { textDocument: { uri: open.uri }, options, ...more }))
  }

  for (const [what, settings, expected] of [
    ['nothing', undefined, 'const a = function () {\n  return [1, 2]\n}\nif (a) {\n  bp.logger.info({ a: 1 })\n}\n'],
    ['semicolons', { semicolons: 'insert' }, 'const a = function () {\n  return [1, 2];\n};\nif (a) {\n  bp.logger.info({ a: 1 });\n}\n'],
    [
      'no space before functions',
      { insertSpaceAfterFunctionKeywordForAnonymousFunctions: false },
      'const a = function() {\n  return [1, 2]\n}\nif (a) {\n  bp.logger.info({ a: 1 })\n}\n'
    ],
    [
      'braces on their own line',
      { placeOpenBraceOnNewLineForControlBlocks: true, insertSpaceAfterCommaDelimiter: false },
      'const a = function () {\n  return [1,2]\n}\nif (a)\n{\n  bp.logger.info({ a: 1 })\n}\n'
    ],
    ['no formatting', { enable: false }, TEXT],
    ['something else', { semicolons: 7 }, 'const a = function () {\n  return [1, 2]\n}\nif (a) {\n  bp.logger.info({ a: 1 })\n}\n']
  ] as const) {
    it(`is done with ${what} set`, async () => {
      client.settings[SECTION] = settings
      assert.equal(await formatted(TEXT), expected)
      assert.equal(await formatted(TEXT.replaceAll('\n', '\r\n')), expected.replaceAll('\n', '\r\n'))
    })
  }

  it('takes the indentation from the editor', async () => {
    assert.equal(await formatted('if (a) {\nb()\n}\n', {}, { tabSize: 4, insertSpaces: true }), 'if (a) {\n    b()\n}\n')
    assert.equal(await formatted('if (a) {\nb()\n}\n', {}, { tabSize: 4, insertSpaces: false }), 'if (a) {\n\tb()\n}\n')
  })

  it('leaves what lies outside of a range', async () => {
    const range: { start: Position; end: Position } = { start: { line: 1, character: 0 }, end: { line: 1, character: 10 } }
    assert.equal(await formatted('const  a=1\nconst  b=2\nconst  c=3\n', { range }), 'const  a=1\nconst b = 2\nconst  c=3\n')
  })

  it('formats while typing: behind a semicolon and a brace, unless it is off', async () => {
    const semicolon = { position: { line: 0, character: 11 }, ch: ';' }
    assert.equal(await formatted('const  a=1 ;\n', { position: { line: 0, character: 12 }, ch: ';' }), 'const a = 1;\n')
    assert.equal(await formatted('if(a){\nb( )\n}', { position: { line: 2, character: 1 }, ch: '}' }), 'if (a) {\n  b()\n}')
    client.settings[SECTION] = { enable: false }
    assert.equal(await formatted('const  a=1;\n', semicolon), 'const  a=1;\n')
  })
})
