import assert from 'node:assert/strict'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { CodeAction, LocationLink } from 'vscode-languageserver/node'
import { drawn, LanguageClient } from './client.ts'
import { type TemporaryFolder, temporaryFolder } from './workspace.ts'

const PAGE = `<script src="/assets/modules/channel-web/inject.js"></script>
<script>
document.querySelector('a').addEventListener('click', () => {
  window.botpressWebChat.sendEvent({ type: 'pricing-idle', payload: { plan: 'pro' } })
})
</script>
`

describe('language: names of the workspace', () => {
  let folder: TemporaryFolder
  let client: LanguageClient
  const uriOf = (path: string) => pathToFileURL(join(folder.path, path)).toString()
  const hook = (text: string, name = 'new.js') =>
    client.open(text, { uri: uriOf(`data/bots/shop/hooks/before_incoming_middleware/${name}`) })

  before(async () => {
    folder = temporaryFolder({
      'web/index.html': PAGE,
      'data/bots/shop/hooks/after_incoming_middleware/a.js':
        "if (event.type === 'pricing-idle') return\nif (event.type === 'lead') return\n",
      'data/bots/shop/hooks/after_incoming_middleware/store.js': [
        'const kvs = bp.kvs.forBot(event.botId)',
        "const key = 'greeted/' + event.target",
        "return kvs.get(key).then(() => bp.kvs.global().set('campaign', 1)).then(() => bp.kvs.get(event.botId, 'old'))",
        "new Map().get('not a key')"
      ].join('\n'),
      'data/bots/shop/flows/main.flow.json': '{ "nodes": [{ "name": "entry" }, { "name": "bye" }] }',
      'data/bots/shop/flows/orders/new.flow.json': '{ "nodes": [{ "name": "start" }] }',
      'data/bots/shop/bot.config.json': '{}',
      'data/bots/support/bot.config.json': '{}'
    })
    client = await LanguageClient.start([pathToFileURL(folder.path).toString()])
  })
  after(async () => {
    await client.stop()
    folder[Symbol.dispose]()
  })

  const offered = async (text: string) => {
    const items = await client.completions(await hook(text))
    return items.filter(item => item.sortText?.startsWith('0')).map(item => `${item.label}: ${item.detail}`)
  }

  for (const text of [
    "if (event.type === '‸') return\n",
    "const { type } = event\nif (type !== '‸') return\n",
    "switch (event.type) {\n  case '‸'\n}\n",
    "if (event.type === '‸"
  ]) {
    it(`completes event types in ${JSON.stringify(text)}, each with where it is from`, async () => {
      assert.deepEqual(await offered(text), ['pricing-idle: sent by index.html', 'lead: handled by a.js'])
    })
  }

  it('completes flows and their nodes in jumpTo', async () => {
    assert.deepEqual(await offered("return bp.dialog.jumpTo(bp.dialog.createId(event), event, '‸')\n"), [
      'main: a flow of shop',
      'orders/new: a flow of shop'
    ])
    assert.deepEqual(await offered("return bp.dialog.jumpTo(bp.dialog.createId(event), event, 'Main', '‸')\n"), [
      'entry: a node of main',
      'bye: a node of main'
    ])
  })

  for (const text of [
    "if (event.botId === '‸') return\n",
    "bp.kvs.forBot('‸')\n",
    "return bp.bots.getBotById('‸')\n",
    "bp.events.sendEvent(bp.IO.Event({ type: 'a', botId: '‸' }))\n"
  ]) {
    it(`completes bots in ${JSON.stringify(text)}`, async () => {
      assert.deepEqual(await offered(text), ['shop: a bot of this workspace', 'support: a bot of this workspace'])
    })
  }

  it('completes flows and nodes where a hook moves the conversation (R9.5)', async () => {
    const flows = ['main: a flow of shop', 'orders/new: a flow of shop']
    assert.deepEqual(await offered("event.state.context.currentFlow = '‸'\n"), flows)
    assert.deepEqual(await offered("suggestions.push({ payloads: [{ type: 'redirect', flow: '‸' }] })\n"), flows)
    assert.deepEqual(await offered("const redirect = { type: 'redirect', flow: 'orders/new', node: '‸' }\n"), [
      'start: a node of orders/new'
    ])
    assert.deepEqual(await offered("const image = { type: 'image', flow: '‸' }\n"), [])
  })

  for (const text of [
    "return bp.kvs.forBot(event.botId).get('‸')\n",
    "const store = bp.kvs.global()\nreturn store.set('‸', 1)\n",
    "return bp.kvs.get(event.botId, '‸')\n"
  ]) {
    it(`completes keys of the key-value store in ${JSON.stringify(text)}`, async () => {
      assert.deepEqual(await offered(text), [
        'greeted/: a key of the store, in store.js',
        'campaign: a key of the store, in store.js',
        'old: a key of the store, in store.js'
      ])
    })
  }

  it('offers no keys to other stores, nor for values', async () => {
    assert.deepEqual(await offered("new Map().get('‸')\n"), [])
    assert.deepEqual(await offered("return bp.kvs.global().set('a', '‸')\n"), [])
  })

  it('completes the types of events that a hook makes', async () => {
    const types = ['pricing-idle: sent by index.html', 'lead: handled by a.js']
    assert.deepEqual(await offered("bp.IO.Event({ type: '‸', direction: 'incoming' })\n"), types)
    assert.deepEqual(await offered("bp.IO.Event({ type: '‸', direction: 'outgoing' })\n"), [])
  })

  it('puts the flag itself in the place of a string (R5.2)', async () => {
    const open = await hook("event.setFlag('SKIP‸', true)\n")
    const flag = (await client.completions(open)).find(({ label }) => label === 'SKIP_DIALOG_ENGINE')
    assert.deepEqual(flag?.textEdit, {
      range: { start: { line: 0, character: 14 }, end: { line: 0, character: 20 } },
      newText: 'bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE'
    })
    assert.equal(flag.filterText, "'SKIP_DIALOG_ENGINE")
  })

  it('goes from a type in a hook to the page that sends it, and back', async () => {
    const open = await hook("if (event.type === 'pricing‸-idle') return\n", 'go.js')
    const [link] = await client.at<LocationLink[]>('textDocument/definition', open)
    assert.equal(link!.targetUri, uriOf('web/index.html'))
    const page = await client.open(PAGE.replace('pricing-idle', 'pricing‸-idle'), { uri: uriOf('web/index.html'), languageId: 'html' })
    const links = await client.at<LocationLink[]>('textDocument/definition', page)
    assert.deepEqual(
      links.map(({ targetUri, targetRange }) => [targetUri.split('/').at(-1), targetRange.start]),
      [['a.js', { line: 0, character: 19 }]]
    )
  })

  it('reports the problems of a page while it is edited, with fixes', async () => {
    const open = await client.open(PAGE.replace('pricing-idle', 'pricing_idle'), { uri: uriOf('web/index.html'), languageId: 'html' })
    const diagnostics = await client.diagnostics(open)
    assert.deepEqual(drawn(open, diagnostics), ["warning BPX004 ‹'pricing_idle'›"])
    const actions = await client.request<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri: open.uri },
      range: diagnostics[0]!.range,
      context: { diagnostics }
    })
    assert.equal(actions[0]!.title, "Send 'pricing-idle'")
  })

  it('moves a hook by a fix that renames its file', async () => {
    const open = await hook("if (event.nlu.intent.name === 'buy') bp.logger.info('a')\n", 'nlu.js')
    const diagnostics = await client.diagnostics(open)
    const actions = await client.request<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri: open.uri },
      range: diagnostics[0]!.range,
      context: { diagnostics }
    })
    assert.deepEqual(actions[0]!.edit!.documentChanges, [
      { kind: 'rename', oldUri: open.uri, newUri: uriOf('data/bots/shop/hooks/after_incoming_middleware/nlu.js') }
    ])
  })
})
