import assert from 'node:assert/strict'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { TextEdit } from 'vscode-languageserver/node'
import { INIT_OPTIONS, LIFECYCLE_MESSAGES, RESERVED_EVENT_TYPES } from '../../src/botpress/webchat.ts'
import { LanguageClient } from './client.ts'
import { type TemporaryFolder, temporaryFolder } from './workspace.ts'

const html = (script: string) => `<h1>Shop</h1>\n<script>\n${script}\n</script>\n<p>'</p>\n`

describe('language: completions in pages', () => {
  let folder: TemporaryFolder
  let client: LanguageClient
  let count = 0
  before(async () => {
    folder = temporaryFolder({
      'data/global/hooks/before_incoming_middleware/a.js': "if (event.type === 'pricing-idle' || event.type === 'toggle') return\n"
    })
    client = await LanguageClient.start([pathToFileURL(folder.path).toString()])
  })
  after(async () => {
    await client.stop()
    folder[Symbol.dispose]()
  })

  const open = (text: string, name: string) =>
    client.open(text, {
      uri: pathToFileURL(join(folder.path, name)).toString(),
      languageId: name.endsWith('.html') ? 'html' : 'javascript'
    })
  /** In an HTML page and in a script of its own alike. */
  const offered = async (script: string) => {
    const inPage = await client.completions(await open(html(script), `web/${++count}.html`))
    const inScript = await client.completions(await open(script, `web/${++count}.js`))
    const labels = inPage.map(item => item.label)
    assert.deepEqual(
      inScript.map(item => item.label),
      labels
    )
    return labels
  }
  const types = ['pricing-idle', 'toggle', ...Object.keys(RESERVED_EVENT_TYPES).filter(type => type !== 'toggle')]

  for (const script of [
    "addEventListener('message', event => { if (event.data.name === '‸') botpressWebChat.sendEvent({}) })",
    "addEventListener('message', ({ data }) => { if ('web‸' === data.name) botpressWebChat.sendEvent({}) })",
    "addEventListener('message', event => {\n  switch (event.data.name) {\n    case '‸'\n  }\n})"
  ])
    it(`completes the messages of the widget (R21.1): ${JSON.stringify(script)}`, async () => {
      assert.deepEqual(await offered(script), Object.keys(LIFECYCLE_MESSAGES))
    })

  for (const script of [
    "window.botpressWebChat.sendEvent({ type: '‸' })",
    "const chat = window.botpressWebChat\nchat.sendPayload({ type: 'pri‸', payload: {} })",
    "botpressWebChat.sendEvent({ type: '‸"
  ])
    it(`completes the types that hooks handle, and those that the widget handles itself (R20.8): ${JSON.stringify(script)}`, async () => {
      assert.deepEqual(await offered(script), types)
    })

  it('completes the options of a chat that are not given yet (R20.4)', async () => {
    const rest = Object.keys(INIT_OPTIONS).filter(name => name !== 'host')
    assert.deepEqual(await offered("botpressWebChat.init({ host: 'x', ‸ })"), rest)
    assert.deepEqual(await offered("botpressWebChat.mergeConfig({\n  bo‸,\n  host: 'x'\n})"), rest)
    assert.deepEqual(await offered('botpressWebChat.init({ host: ‸ })'), [])
    assert.deepEqual(await offered("botpressWebChat.init({ host: 'x' ‸ })"), [])
  })

  for (const script of [
    "botpressWebChat.sendEvent({ type: 'a', text: '‸' })",
    "other.sendEvent({ type: '‸' })\nbotpressWebChat",
    "if (event.data.kind === '‸') botpressWebChat.init({})",
    'const a = ‸\nbotpressWebChat.init({})'
  ])
    it(`offers nothing elsewhere: ${JSON.stringify(script)}`, async () => {
      assert.deepEqual(await offered(script), [])
    })

  it('replaces what stands between the quotes, and says what a name does', async () => {
    const page = await open(html("botpressWebChat.sendEvent({ type: 'sh‸ow' })"), 'web/edit.html')
    const item = (await client.completions(page)).find(({ label }) => label === 'show')
    assert.equal(page.document.getText((item!.textEdit as TextEdit).range), 'show')
    assert.deepEqual(item!.documentation, { kind: 'markdown', value: 'opens the chat' })
  })
})
