import assert from 'node:assert/strict'
import type { DocumentSymbol, FoldingRange, Hover, Position, SemanticTokens, TextEdit, WorkspaceEdit } from 'vscode-languageserver/node'
import { CURSOR, drawn, LanguageClient, type OpenDocument, serious } from './client.ts'

/** Lines of a hook as long as wanted, each of them in use. */
const long = (lines: number) =>
  `${Array.from({ length: lines / 4 }, (_, at) => `const name${at} = () => {\n  if (event.preview) bp.logger.info(event.preview)\n}\nname${at}()`).join('\n')}\n`

/** Documents that were never saved, or come from elsewhere than the disk. */
const UNSAVED = [
  'untitled:Untitled-1',
  'untitled:/shop/data/global/hooks/before_incoming_middleware/new.js',
  'vscode-vfs://github/shop/hook.js'
]

describe('language: documents of every kind', () => {
  let client: LanguageClient
  before(async () => {
    client = await LanguageClient.start()
  })
  after(() => client.stop())

  const start: Position = { line: 0, character: 0 }
  const everything = async (open: OpenDocument) => {
    const { uri, document } = open
    const whole = { textDocument: { uri } }
    const range = { start, end: document.positionAt(document.getText().length) }
    return {
      completions: (await client.completions(open)).length,
      hover: await client.at<Hover | null>('textDocument/hover', open),
      signature: await client.at('textDocument/signatureHelp', open),
      definition: await client.at('textDocument/definition', open),
      references: await client.at('textDocument/references', open, { context: { includeDeclaration: true } }),
      highlights: await client.at('textDocument/documentHighlight', open),
      selection: await client.request('textDocument/selectionRange', { ...whole, positions: [open.cursor] }),
      symbols: await client.request<DocumentSymbol[]>('textDocument/documentSymbol', whole),
      folds: await client.request<FoldingRange[]>('textDocument/foldingRange', whole),
      tokens: await client.request<SemanticTokens>('textDocument/semanticTokens/full', whole),
      format: await client.request<TextEdit[]>('textDocument/formatting', { ...whole, options: { tabSize: 2, insertSpaces: true } }),
      actions: await client.request('textDocument/codeAction', { ...whole, range, context: { diagnostics: [] } }),
      diagnostics: serious(await client.diagnostics(open))
    }
  }

  for (const [what, text] of [
    ['an empty file', ''],
    ['a file of one line break', '\n'],
    ['a file of a Windows line break', '\r\n'],
    ['a file of a comment alone', '// nothing yet']
  ] as const) {
    it(`answers every request about ${what}`, async () => {
      const answers = await everything(await client.open(text))
      assert.ok(what === 'a file of a comment alone' || answers.completions > 30, `${answers.completions} completions`)
      assert.deepEqual([answers.diagnostics, answers.symbols, answers.format], [[], [], []])
    })
  }

  for (const [lines, eol] of [
    [10_000, '\n'],
    [1_000, '\r\n']
  ] as const) {
    it(`answers about ${lines} lines, at their end as at their start (${JSON.stringify(eol)})`, async function () {
      this.timeout(120_000)
      const text = long(lines).replaceAll('\n', eol)
      for (const probe of [`${CURSOR}event.`, `event.${CURSOR}`]) {
        const open = await client.open(
          probe.startsWith(CURSOR) ? probe.slice(1).replace('event.', `event.${CURSOR}${eol}`) + text : text + probe
        )
        const labels = (await client.completions(open)).map(({ label }) => label)
        assert.ok(labels.includes('setFlag'), probe)
        await client.close(open)
      }
      const open = await client.open(text.replace(`name${lines / 4 - 1}()`, `na${CURSOR}me${lines / 4 - 1}()`))
      assert.equal(open.cursor.line, lines - 1)
      const edit = await client.at<WorkspaceEdit>('textDocument/rename', open, { newName: 'last' })
      assert.deepEqual(
        edit.changes![open.uri]!.map(({ range }) => [range.start.line, range.start.character]),
        [
          [lines - 4, 6],
          [lines - 1, 0]
        ]
      )
      assert.equal(
        (await client.request<DocumentSymbol[]>('textDocument/documentSymbol', { textDocument: { uri: open.uri } })).length,
        lines / 4
      )
      const last = { line: lines - 1, character: 0 }
      await client.edit(open, last, last, `event.setFlag('x', true)${eol}`)
      const found = (await client.diagnostics(open)).filter(({ code }) => code === 'BPH010')
      assert.deepEqual(drawn(open, found), ["error BPH010 ‹'x'›"])
      await client.close(open)
    })
  }

  for (const uri of UNSAVED) {
    it(`serves a document that is on no disk: ${uri}`, async () => {
      const text = `const greet = () => bp.events.replyToEvent(event, [])\ngre${CURSOR}et()\nif(event.type=='x') event.setFlag('a', true)\n`
      const open = await client.open(text, { uri })
      const answers = await everything(open)
      assert.match(JSON.stringify(answers.hover), /const greet: \(\) => Promise<void>/)
      assert.equal((answers.definition as unknown[]).length, 1)
      assert.equal((answers.references as unknown[]).length, 2)
      assert.deepEqual(
        answers.symbols.map(({ name }) => name),
        ['greet']
      )
      assert.ok(answers.format.length > 0)
      const codes = answers.diagnostics.map(({ code }) => code)
      assert.ok(codes.includes('BPH010'), codes.join())
      const edit = await client.at<WorkspaceEdit>('textDocument/rename', open, { newName: 'hello' })
      assert.deepEqual(Object.keys(edit.changes!), [uri])
      assert.equal(edit.changes![uri]!.length, 2)
      await client.close(open)
    })
  }
})
