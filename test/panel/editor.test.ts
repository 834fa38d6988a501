import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import type { PanelState, ToPanel } from '../../src/protocol/panel.ts'
import { closeBrowser, newContext } from '../support/browser.ts'
import { PanelHost, READY } from './panel-host.ts'
import { recorded } from './recorded.ts'
import { until } from './until.ts'

/** The editor's side of a webview: it remembers what the panel said and saved, across loads. */
const EDITOR = `
  window.heard = []
  window.acquireVsCodeApi = () => ({
    postMessage: message => heard.push(message),
    getState: () => JSON.parse(sessionStorage.getItem('editor') ?? 'null') ?? undefined,
    setState: state => sessionStorage.setItem('editor', JSON.stringify(state))
  })`

describe('panel inside the editor', function () {
  this.timeout(60_000)
  let host: PanelHost
  let page: Page
  /** The framed page is of another origin, as in the editor. */
  let other: PanelState

  beforeEach(async () => {
    host = await PanelHost.open()
    const context = await newContext({ viewport: { width: 1000, height: 600 }, reducedMotion: 'reduce' })
    page = await context.newPage()
    await page.addInitScript(EDITOR)
    const url = `${host.url.replace('127.0.0.1', 'localhost')}page.html`
    other = { ...READY, frameUrl: url, visitors: [{ ...READY.visitors[0]!, tabs: [{ tab: 1, page: 'pages/shop.html', url }] }] }
    await page.goto(host.url)
  })
  afterEach(async () => {
    await page.context().close()
    await host.close()
  })
  after(closeBrowser)

  const heard = () => page.evaluate<{ kind: string }[]>('heard')
  const send = (message: ToPanel) => page.evaluate(`window.postMessage(${JSON.stringify(message)}, '*')`)

  it('talks by messages, never by the network', async () => {
    await until(async () => (await heard()).length === 1)
    assert.deepEqual(await heard(), [{ kind: 'ready' }])
    assert.deepEqual(host.heard, [])
  })

  it('asks the editor for trust', async () => {
    await send({ kind: 'state', state: { ...other, status: 'untrusted' } })
    await page.getByRole('button', { name: 'Trust this folder' }).click()
    assert.deepEqual((await heard()).at(-1), { kind: 'trust' })
  })

  it('takes the editor’s colours and none of its own', async () => {
    assert.equal(await page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--vscode-foreground')"), '')
    assert.equal(await page.evaluate('document.documentElement.dataset.host'), 'editor')
  })

  it('presses a key again that a frame hands on while somebody is in it, and none that its script makes up', async () => {
    await send({ kind: 'state', state: other })
    await page.evaluate(
      "window.pressed = []; addEventListener('keydown', ({ key, keyCode, ctrlKey }) => pressed.push([key, keyCode, ctrlKey]))"
    )
    const frame = await (await page.locator('iframe').elementHandle())!.contentFrame()
    await frame!.locator('button').waitFor()
    const handOn = (key: string, keyCode: number) => {
      const chord = { key, keyCode, ctrlKey: true }
      const arrived = page.evaluate("new Promise(resolve => addEventListener('message', () => resolve(), { once: true }))")
      return Promise.all([arrived, frame!.evaluate(`parent.postMessage(${JSON.stringify({ proactiveHooks: 'key', chord })}, '*')`)])
    }
    await handOn('P', 80)
    assert.deepEqual(await page.evaluate('pressed'), [])
    await frame!.locator('button').click()
    await handOn('S', 83)
    assert.deepEqual(await page.evaluate('pressed'), [['S', 83, true]])
  })

  it('keeps drafts and open cards in the editor’s state', async () => {
    await send({ kind: 'state', state: other })
    await send({ kind: 'entries', from: 1, entries: recorded() })
    await page.locator('.card-toggle', { hasText: 'queue locked' }).click()
    await page.getByRole('button', { name: 'Send event' }).click()
    await page.getByRole('combobox', { name: 'Type' }).fill('half-writ')
    await page.reload()
    await send({ kind: 'state', state: other })
    await send({ kind: 'entries', from: 1, entries: recorded() })
    await page.locator('.card', { hasText: 'queue locked' }).locator('.steps').waitFor()
    assert.equal(await page.getByRole('combobox', { name: 'Type' }).inputValue(), 'half-writ')
  })

  it('does not listen to the page that it frames, nor to a frame of that page from anywhere', async () => {
    await send({ kind: 'state', state: other })
    const frame = page.frameLocator('iframe').getByText('Shoes & more')
    const said = JSON.stringify({ kind: 'notice', level: 'error', text: 'from the page' })
    await frame.evaluate(`parent.postMessage(${said}, '*')`)
    await frame.evaluate(`new Promise(resolve => {
      const inner = document.createElement('iframe')
      inner.onload = resolve
      inner.src = '${host.url}page.html'
      document.body.append(inner)
    })`)
    const inner = page.frames().find(one => one.parentFrame()?.parentFrame() === page.mainFrame())!
    await inner.evaluate(`top.postMessage(${said}, '*')`)
    await send({ kind: 'notice', level: 'info', text: 'from the editor' })
    // Messages arrive in order: once the editor’s is shown, the page’s has been passed over.
    await page.getByText('from the editor').waitFor()
    assert.equal(await page.getByText('from the page').count(), 0)
  })
})
