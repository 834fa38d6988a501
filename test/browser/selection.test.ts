import assert from 'node:assert/strict'
import type { ToPanel } from '../../src/protocol/panel.ts'
import { bubbleName } from '../../src/trace/shown.ts'
import { until } from '../panel/until.ts'
import { closeBrowser } from '../support/browser.ts'
import { clearStage, type Stage, stage } from './stage.ts'
import { BUBBLES } from './voiceflow-page.ts'

describe('one selection for trace, page and chat', function () {
  this.timeout(60_000)
  let on: Stage
  let told: ToPanel[]
  afterEach(() => on.close())
  after(async () => {
    await closeBrowser()
    await clearStage()
  })

  async function begin(page: string, html?: string): Promise<void> {
    on = await stage({ page, ...(html !== undefined && { files: { [page]: html } }) })
    told = []
    await on.simulator.connect(message => told.push(message)).receive({ kind: 'ready' })
  }
  const revealed = () => told.flatMap(message => (message.kind === 'reveal' ? [message] : []))

  it('leads from a message to its entry, by keyboard and by pointer', async () => {
    await begin('pages/product.html')
    await on.visit()
    await on.chat.locator('[data-message]').first().waitFor()
    // A hand in the chat gives its frame the keyboard.
    await on.chat.getByRole('textbox', { name: 'Your message', disabled: false }).click()
    const said = await on.entry('chat-received', ({ by, what }) => by === 'bot' && what === 'message')
    assert.equal(await on.chat.getByRole('button', { name: 'Inspect this message' }).count(), 0)
    await on.chat.getByRole('log', { name: 'Conversation' }).focus()
    await on.page.keyboard.press('Home')
    const first = on.chat.locator('[data-message]').first()
    await on.chat.locator('[data-message]:focus').and(first).waitFor()
    await on.page.keyboard.press('Tab')
    await on.chat
      .locator('button:focus')
      .and(on.chat.getByRole('button', { name: 'Inspect this message' }))
      .waitFor()
    await on.page.keyboard.press('Enter')
    await until(() => revealed().length === 1)
    assert.deepEqual(revealed()[0], { kind: 'reveal', seq: said.seq, focus: true })
    await on.chat.getByRole('textbox', { name: 'Your message' }).focus()
    await on.chat.getByRole('button', { name: 'Inspect this message' }).waitFor({ state: 'detached' })
    await first.hover()
    await on.chat.getByRole('button', { name: 'Inspect this message' }).click()
    await until(() => revealed().length === 2)
    assert.equal(revealed()[1]!.seq, said.seq)
  })

  it('marks the messages that are looked at in the trace, and only these', async () => {
    await begin('pages/product.html')
    await on.visit()
    await on.chat.locator('[data-message]').first().waitFor()
    await on.chat.getByRole('textbox', { name: 'Your message', disabled: false }).fill('Is it there?')
    await on.page.keyboard.press('Enter')
    const own = await on.entry('chat-received', ({ by }) => by === 'visitor')
    const marked = on.chat.locator('[data-message][aria-current=true]')
    await on.simulator.handle({ kind: 'mark', messages: [own.messageId!] })
    await marked.waitFor()
    assert.match((await marked.textContent())!, /Is it there\?/)
    await on.simulator.handle({ kind: 'mark', messages: [] })
    await marked.waitFor({ state: 'detached' })
  })

  it('does both for bubbles of Voiceflow’s chat', async () => {
    await begin('pages/vf.html', BUBBLES)
    await on.page.goto(on.simulator.url('page'))
    const shown = await on.entry('bubbles-changed', ({ bubbles }) => bubbles.length === 2)
    const second = bubbleName(shown.pageId, shown.bubbles[1]!.id)
    await on.page.getByRole('log', { name: 'Messages beside the chat’s button' }).focus()
    await on.page.keyboard.press('ArrowUp')
    await on.page.keyboard.press('Tab')
    await on.page.getByRole('button', { name: 'Inspect this message' }).press('Enter')
    await until(() => revealed().length === 1)
    const first = on.of('bubbles-changed').find(({ bubbles }) => bubbles.some(({ text }) => text === 'Second'))!
    assert.equal(revealed()[0]!.seq, first.seq)
    await on.simulator.handle({ kind: 'mark', messages: [second] })
    const marked = on.page.locator('#voiceflow-chat [aria-current=true]')
    await marked.waitFor()
    assert.equal(await marked.locator('.card').textContent(), 'Second')
  })

  it('leads from a part of the page to what was last done with it, unnoticed by the page', async () => {
    await begin('pages/vf.html', BUBBLES)
    await on.page.goto(on.simulator.url('page'))
    await on.page.evaluate(
      "window.heard = []; for (const name of ['mousedown', 'click', 'keydown']) document.addEventListener(name, event => heard.push(event.type))"
    )
    const mail = on.page.locator('#mail input')
    await mail.focus()
    await on.simulator.handle({ kind: 'gesture', gesture: { do: 'type', into: '#mail input', text: 'a' } })
    await on.simulator.handle({ kind: 'gesture', gesture: { do: 'type', into: '#mail input', text: 'ab' } })
    const typed = () => on.of('page-gesture').filter(({ gesture }) => gesture.do === 'type')
    await until(() => typed().length === 2)
    await on.page.evaluate('void (heard.length = 0)')
    const before = on.of('page-gesture').length
    const pick = async (choose: () => Promise<void>) => {
      await on.simulator.handle({ kind: 'pick', on: true })
      await until(async () => (await on.page.evaluate<string>('getComputedStyle(document.documentElement).cursor')) === 'crosshair')
      assert.equal(on.simulator.state.picking, true)
      await choose()
      await until(() => on.simulator.state.picking === false)
    }
    await pick(() => mail.click())
    assert.deepEqual(revealed(), [{ kind: 'reveal', seq: typed()[1]!.seq, focus: true }])
    await mail.focus()
    await pick(() => on.page.keyboard.press('Enter'))
    assert.equal(revealed().length, 2)
    await pick(() => on.page.keyboard.press('Escape'))
    await pick(() => on.page.mouse.click(300, 400))
    assert.deepEqual(
      revealed()
        .slice(2)
        .map(({ seq }) => on.simulator.trace.entries[seq - 1]),
      []
    )
    const notices = told.flatMap(message => (message.kind === 'notice' ? [message.text] : []))
    assert.deepEqual(notices, ['Nothing was done with this part of the page yet, so the trace has no entry of it.'])
    assert.deepEqual(await on.page.evaluate('heard'), [])
    assert.equal(on.of('page-gesture').length, before)
  })

  it('marks a page and its chat again after they were loaded anew', async () => {
    await begin('pages/product.html')
    await on.visit()
    await on.chat.locator('[data-message]').first().waitFor()
    const { messageId } = await on.entry('chat-received', ({ by, what }) => by === 'bot' && what === 'message')
    const { pageId } = await on.entry('page-loaded')
    const heading = () => on.page.evaluate<string>("getComputedStyle(document.querySelector('h1')).outlineStyle")
    await on.simulator.handle({ kind: 'mark', messages: [messageId!], element: { pageId, selector: 'h1' } })
    await until(async () => (await heading()) === 'solid')
    await on.page.reload()
    await until(async () => (await heading()) === 'solid')
    await on.chat.locator(`[data-message="${messageId}"][aria-current=true]`).waitFor()
    await on.page.goto('about:blank')
    await on.simulator.handle({ kind: 'mark', messages: [] })
    await on.visit()
    await on.chat.locator('[data-message]').first().waitFor()
    assert.equal(await heading(), 'none')
    assert.equal(await on.chat.locator('[aria-current=true]').count(), 0)
  })

  it('frames a part of the page without a trace in its document', async () => {
    await begin('pages/vf.html', BUBBLES)
    await on.page.goto(on.simulator.url('page'))
    const { pageId } = await on.entry('page-loaded')
    const html = () => on.page.evaluate<string>("document.querySelector('#mail').outerHTML")
    const before = await html()
    const outline = () => on.page.evaluate<string>("getComputedStyle(document.querySelector('#mail input')).outlineStyle")
    await on.simulator.handle({ kind: 'mark', messages: [], element: { pageId, selector: '#mail input' } })
    await until(async () => (await outline()) === 'solid')
    assert.equal(await html(), before)
    await on.simulator.handle({ kind: 'mark', messages: [], element: { pageId, selector: 'no [selector' } })
    await until(async () => (await outline()) === 'none')
  })
})
