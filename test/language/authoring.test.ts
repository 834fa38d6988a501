import assert from 'node:assert/strict'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { InlayHint, WorkspaceSymbol } from 'vscode-languageserver/node'
import { checkFolder } from '../../src/language/check.ts'
import { plainText } from '../../src/language/features/snippets.ts'
import { LanguageClient } from './client.ts'
import { type TemporaryFolder, temporaryFolder } from './workspace.ts'

const CAPABILITIES = {
  workspace: { configuration: true },
  textDocument: { completion: { completionItem: { snippetSupport: true } } }
}
const NAMES = ['greetOncePerSession', 'greetOncePerUser', 'jumpOnEvent', 'readPageData', 'replyAndSkip']

describe('language: what helps to write and find hooks', () => {
  let folder: TemporaryFolder
  let client: LanguageClient
  before(async () => {
    folder = temporaryFolder({
      'web/index.html': "<script>\naddEventListener('click', () => botpressWebChat.sendEvent({ type: 'pricing-idle' }))\n</script>\n",
      'data/bots/shop/hooks/after_incoming_middleware/10_lead.js': "\nif (event.type === 'lead') return\n",
      'data/global/hooks/before_incoming_middleware/greet.js': "if (event.type === 'pricing-idle') return\n"
    })
    client = await LanguageClient.start([pathToFileURL(folder.path).toString()], {}, CAPABILITIES)
  })
  after(async () => {
    await client.stop()
    folder[Symbol.dispose]()
  })

  const offered = async (text: string, hookType?: string) => {
    const items = await client.completions(await client.open(text, { ...(hookType !== undefined && { hookType }) }))
    return items.filter(item => item.kind === 15)
  }

  for (const text of [
    '‸',
    'gre‸',
    'bp.logger.info()\n‸\n',
    'bp.logger.info(); gre‸',
    'if (event.type) {\n  gre‸\n}\n',
    'const a = async () => {\n  ‸\n}'
  ])
    it(`offers proactive idioms where a statement starts: ${JSON.stringify(text)}`, async () => {
      assert.deepEqual((await offered(text)).map(item => item.label).sort(), NAMES)
    })

  for (const text of ['event.‸', 'const a = gre‸', 'const a = {\n  gre‸\n}\n', '/*\n‸\n*/', 'const a = `\n‸\n`', 'return [\n  ‸\n]'])
    it(`offers none elsewhere: ${JSON.stringify(text)}`, async () => {
      assert.deepEqual(await offered(text), [])
    })

  it('offers none where the dialog engine cannot be skipped (R5.2), and no await where there can be none', async () => {
    assert.deepEqual(await offered('‸', 'before_outgoing_middleware'), [])
    assert.deepEqual(
      (await offered('function a() {\n  ‸\n}')).map(item => item.label),
      ['readPageData']
    )
  })

  for (const hookType of ['before_incoming_middleware', 'after_incoming_middleware'])
    it(`no rule finds anything in the idioms, with an event that a page sends: ${hookType}`, async () => {
      for (const text of ['‸\n', 'const run = async () => {\n  ‸\n}\n\nreturn run()\n']) {
        for (const { label, insertText } of await offered(text, hookType)) {
          const indented = plainText(insertText!).replaceAll('\n', text.startsWith('‸') ? '\n' : '\n  ')
          assert.match(indented, /'pricing-idle'/, label)
          using written = temporaryFolder({
            [`data/global/hooks/${hookType}/a.js`]: text.replace('‸', () => indented),
            'data/bots/shop/flows/main.flow.json': '{ "nodes": [{ "name": "entry" }] }'
          })
          const findings = (await checkFolder(written.path)).filter(finding => finding.severity !== 'hint')
          assert.deepEqual(
            findings.map(({ code, message }) => `${code} ${message}`),
            [],
            `${label}:\n${indented}`
          )
        }
      }
    })

  it('finds hooks by type and name, and the event types that they handle', async () => {
    const find = async (query: string) =>
      (await client.request<WorkspaceSymbol[]>('workspace/symbol', { query })).map(({ name, containerName, location }) => [
        name,
        containerName,
        'range' in location ? location.range.start : undefined
      ])
    assert.deepEqual(await find('lead'), [
      ['10_lead.js', 'shop/after_incoming_middleware', { line: 0, character: 0 }],
      ['lead', 'shop/after_incoming_middleware/10_lead.js', { line: 1, character: 19 }]
    ])
    assert.deepEqual((await find('outgoing greet')).length, 0)
    assert.deepEqual(
      (await find('grt before_incoming')).map(([name]) => name),
      ['greet.js']
    )
    assert.equal((await find('')).length, 4)
  })

  it('shows names of parameters and types when the editor is set to, and nothing by default', async () => {
    const open = await client.open("const id = bp.dialog.createId(event)\nbp.events.replyToEvent(event, [], 'a')\n")
    const range = { start: { line: 0, character: 0 }, end: open.document.positionAt(1000) }
    const hints = async () =>
      (await client.request<InlayHint[]>('textDocument/inlayHint', { textDocument: { uri: open.uri }, range })).map(
        ({ position, label }) => `${position.line}:${position.character} ${label}`
      )
    assert.deepEqual(await hints(), [])
    client.settings['javascript.inlayHints'] = { parameterNames: { enabled: 'literals' }, variableTypes: { enabled: true } }
    assert.deepEqual(await hints(), ['0:8 : string', '1:34 incomingEventId:'])
    delete client.settings['javascript.inlayHints']
  })

  it('keeps a hook of the workspace findable by what is typed in it, saved or not', async () => {
    const uri = pathToFileURL(join(folder.path, 'data/global/hooks/before_incoming_middleware/greet.js')).toString()
    const open = await client.open("if (event.type === 'exit-intent') return\n", { uri })
    const symbols = await client.request<WorkspaceSymbol[]>('workspace/symbol', { query: 'exit-intent' })
    assert.deepEqual(
      symbols.map(({ name }) => name),
      ['exit-intent']
    )
    await client.close(open)
  })
})
