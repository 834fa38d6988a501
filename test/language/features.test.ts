import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type {
  DocumentHighlight,
  DocumentSymbol,
  FoldingRange,
  Hover,
  Location,
  LocationLink,
  MarkupContent,
  Range,
  SelectionRange,
  SemanticTokens,
  SignatureHelp,
  TextEdit,
  WorkspaceEdit
} from 'vscode-languageserver/node'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { LanguageClient, type OpenDocument } from './client.ts'

const FORMAT = { options: { tabSize: 2, insertSpaces: true } }
const applied = (open: OpenDocument, edits: TextEdit[]) => TextDocument.applyEdits(open.document, edits)

describe('language: features', () => {
  let client: LanguageClient
  before(async () => {
    client = await LanguageClient.start()
  })
  after(() => client.stop())

  for (const [ending, eol] of [
    ['LF', '\n'],
    ['CRLF', '\r\n']
  ] as const) {
    const open = (text: string) => client.open(text.replaceAll('\n', eol))

    it(`hovers over exactly the name, with its documentation (${ending})`, async () => {
      const document = await open('const a = 1\nevent.set‸Flag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)\n')
      const hover = await client.at<Hover>('textDocument/hover', document)
      assert.equal(document.document.getText(hover.range as Range), 'setFlag')
      const { value } = hover.contents as MarkupContent
      assert.match(value, /setFlag\(/)
      assert.match(value, /```javascript\nevent\.setFlag\(/)
      // The numbers of rules mean nothing to who writes a hook.
      assert.doesNotMatch(value, /\(R\d/)
    })

    it(`hovers at the first and at the last place of a file (${ending})`, async () => {
      const first = await open('‸event.type\nreturn event')
      assert.equal(first.document.getText((await client.at<Hover>('textDocument/hover', first)).range as Range), 'event')
      const last = await open('event.type\nreturn event‸')
      assert.equal(last.document.getText((await client.at<Hover>('textDocument/hover', last)).range as Range), 'event')
    })

    it(`shows the parameters of a call (${ending})`, async () => {
      const document = await open('const a = 1\nbp.events.replyToEvent(event, ‸)\n')
      const help = await client.at<SignatureHelp>('textDocument/signatureHelp', document)
      assert.equal(help.activeParameter, 1)
      const [signature] = help.signatures
      const [from, to] = signature!.parameters![1]!.label as [number, number]
      assert.match(signature!.label.slice(from, to), /^payloads/)
    })

    it(`goes to the declaration of a local name (${ending})`, async () => {
      const document = await open("const greet = async () => {}\nif (event.type === 'x') return gr‸eet()\n")
      const [link] = await client.at<LocationLink[]>('textDocument/definition', document)
      assert.equal(link!.targetUri, document.uri)
      assert.deepEqual(link!.targetSelectionRange, { start: { line: 0, character: 6 }, end: { line: 0, character: 11 } })
    })

    it(`goes into a declaration file that can be read (${ending})`, async () => {
      const document = await open('bp.events.reply‸ToEvent(event, [])\n')
      const [link] = await client.at<LocationLink[]>('textDocument/definition', document)
      const text = readFileSync(fileURLToPath(link!.targetUri), 'utf8')
      const target = TextDocument.create('', '', 0, text)
      assert.equal(target.getText(link!.targetSelectionRange), 'replyToEvent')
    })

    it(`renames a name everywhere in the hook (${ending})`, async () => {
      const document = await open('const gre‸et = 1\nreturn { greet, b: greet }\n')
      const edit = await client.at<WorkspaceEdit>('textDocument/rename', document, { newName: 'hello' })
      assert.equal(applied(document, edit.changes![document.uri]!), `const hello = 1${eol}return { greet: hello, b: hello }${eol}`)
    })

    it(`formats a hook with its statements at the margin (${ending})`, async () => {
      const document = await open("if(event.type==='x'){\nbp.logger.info( 'a' )\n}\nreturn\n")
      const edits = await client.request<TextEdit[]>('textDocument/formatting', { textDocument: { uri: document.uri }, ...FORMAT })
      assert.equal(applied(document, edits), `if (event.type === 'x') {${eol}  bp.logger.info('a')${eol}}${eol}return${eol}`)
    })
  }

  it('refuses to rename event, bp and members of the SDK', async () => {
    for (const text of ['ev‸ent.type\n', 'b‸p.events\n', 'event.ty‸pe\n', 'JS‸ON.parse("1")\n']) {
      const document = await client.open(text)
      assert.equal(await client.at('textDocument/prepareRename', document), null, text)
      await assert.rejects(client.at('textDocument/rename', document, { newName: 'x' }), /cannot be renamed/)
    }
  })

  it('goes from event and bp, whose parameters nobody wrote, to their types', async () => {
    for (const [text, name] of [
      ['ev‸ent.type\n', 'IncomingEvent'],
      ['b‸p.events\n', 'sdk']
    ] as const) {
      const document = await client.open(text)
      const links = await client.at<LocationLink[]>('textDocument/definition', document)
      assert.ok(links.length > 0, text)
      const target = TextDocument.create('', '', 0, readFileSync(fileURLToPath(links[0]!.targetUri), 'utf8'))
      assert.equal(target.getText(links[0]!.targetSelectionRange), name)
    }
  })

  it('finds references and highlights, never in the head of the function around the hook', async () => {
    const document = await client.open('const a = eve‸nt.type\nreturn event\n')
    const references = await client.at<Location[]>('textDocument/references', document, { context: { includeDeclaration: true } })
    assert.deepEqual(
      references.map(reference => reference.range.start),
      [
        { line: 0, character: 10 },
        { line: 1, character: 7 }
      ]
    )
    const highlights = await client.at<DocumentHighlight[]>('textDocument/documentHighlight', document)
    assert.equal(highlights.length, 2)
  })

  it('outlines the hook without the function around it', async () => {
    const document = await client.open('const run = async () => {\n  const inner = 1\n}\nfunction other() {}\n')
    const symbols = await client.request<DocumentSymbol[]>('textDocument/documentSymbol', { textDocument: { uri: document.uri } })
    assert.deepEqual(
      symbols.map(symbol => symbol.name),
      ['run', 'other']
    )
    assert.deepEqual(
      symbols[0]!.children!.map(symbol => symbol.name),
      ['inner']
    )
  })

  it('folds blocks and comments, leaving the closing bracket in sight', async () => {
    const document = await client.open('/*\n * a\n */\nconst run = () => {\n  bp\n}\n')
    const folds = await client.request<FoldingRange[]>('textDocument/foldingRange', { textDocument: { uri: document.uri } })
    assert.deepEqual(
      folds.map(fold => [fold.startLine, fold.endLine]).sort((a, b) => a[0]! - b[0]!),
      [
        [0, 2],
        [3, 4]
      ]
    )
  })

  it('widens a selection up to the whole hook', async () => {
    const document = await client.open("if (event.type === 'x') {\n  bp.log‸ger.info('a')\n}\n")
    const [selection] = await client.request<SelectionRange[]>('textDocument/selectionRange', {
      textDocument: { uri: document.uri },
      positions: [document.cursor]
    })
    const texts: string[] = []
    for (let at: SelectionRange | undefined = selection; at; at = at.parent) texts.push(document.document.getText(at.range))
    assert.equal(texts[0], 'logger')
    assert.ok(texts.includes("bp.logger.info('a')"))
    assert.match(texts.at(-1)!, /^if \(event[\s\S]*\}\s*$/)
  })

  it('tells parameters from locals and functions', async () => {
    const document = await client.open('const run = () => event\nreturn run()\n')
    const legend = client.initialized.capabilities.semanticTokensProvider!.legend
    const { data } = await client.request<SemanticTokens>('textDocument/semanticTokens/full', { textDocument: { uri: document.uri } })
    const types: Record<string, string> = {}
    let line = 0
    let character = 0
    for (let at = 0; at < data.length; at += 5) {
      character = data[at]! > 0 ? data[at + 1]! : character + data[at + 1]!
      line += data[at]!
      const start = { line, character }
      types[document.document.getText({ start, end: { line, character: character + data[at + 2]! } })] = legend.tokenTypes[data[at + 3]!]!
    }
    assert.deepEqual(types, { run: 'function', event: 'parameter' })
  })

  it('leaves a hook alone that does not parse', async () => {
    const document = await client.open('if (event.type) {\n')
    assert.deepEqual(await client.request('textDocument/formatting', { textDocument: { uri: document.uri }, ...FORMAT }), [])
  })

  it('answers nothing for a document that is no hook', async () => {
    const document = await client.open('ev‸ent.type', { uri: 'file:///shop/readme.txt', languageId: 'plaintext' })
    assert.equal(await client.at('textDocument/hover', document), null)
    assert.equal(await client.at('textDocument/completion', document), null)
    assert.deepEqual(await client.diagnostics(document), [])
  })

  it('ends with code 0 when it is told to', async () => {
    const other = await LanguageClient.start()
    await other.open('event.')
    assert.equal(await other.stop(), 0)
  })
})
