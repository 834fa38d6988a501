/** What a person does with the panel: by the words on its controls, in the page as its visitor, and by looking. */
import assert from 'node:assert/strict'
import type { FrameLocator, Locator, Page, Request } from 'playwright-core'
import { until } from '../panel/until.ts'
import { type Drawer, drawerOf } from './drawers.ts'

/** Controls after which a page loads anew. */
const LOADING: ReadonlySet<string> = new Set([
  'Bot',
  'Page',
  'Same session',
  'Session expired',
  'New conversation',
  'Another visitor',
  'Another tab',
  'Of the browser'
])

/** Runs in the panel. */
const FEEL = `if (window === window.top) for (const type of ['pointerdown', 'pointerup', 'click', 'submit']) addEventListener(type, event => {
  const { localName, id, textContent, disabled } = event.target
  felt([Math.round(performance.now()), type, localName, id, textContent?.slice(0, 20), disabled ? '(disabled)' : ''].join(' '))
}, true)`

export class Hands {
  readonly panel: Page
  /** Where the files lie that are played. */
  readonly folder: string

  /** What the panel has asked for, newest last: whether it was answered tells a press that was lost from one that waits. */
  readonly #asked: { message: string; request: Request; answered: boolean }[] = []

  /** What the browser made of the last presses, which tells one that met nothing from one that was refused. */
  readonly #felt: string[] = []

  constructor(panel: Page, folder: string) {
    this.panel = panel
    this.folder = folder
    panel.on('request', request => {
      const message = request.method() === 'POST' && request.url().includes('/ui/send') ? request.postData() : null
      if (message !== null) this.#asked.push({ message, request, answered: false })
    })
    panel.on('requestfinished', request => {
      for (const asked of this.#asked) if (asked.request === request) asked.answered = true
    })
  }

  /** Before the panel is loaded. */
  async feel(): Promise<void> {
    await this.panel.exposeFunction('felt', (what: string) => this.#felt.push(what))
    await this.panel.addInitScript(FEEL)
  }

  /** For whoever reads that something failed: alarms, cards, what was asked for last. */
  async account(): Promise<string> {
    const alarms = await this.panel.locator('.banner, .problem:not(:empty)').allInnerTexts()
    const cards = await this.cards().catch(() => [])
    const asked = this.#asked.slice(-6).map(({ message, answered }) => `${message}${answered ? '' : ' (not answered)'}`)
    const part = (title: string, lines: string[]) => `${title}:\n${lines.map(line => `  ${line}\n`).join('')}`
    return (
      part('Alarms', alarms) +
      part(
        'Cards',
        cards.map(({ text }) => text)
      ) +
      part('Asked for last', asked) +
      part('Felt last', this.#felt.slice(-12))
    )
  }

  /** The page that is shown, where the visitor acts. */
  get page(): FrameLocator {
    return this.panel.frameLocator('iframe[data-shown="true"]')
  }

  /** The chat on it. @param id of a page's several chats */
  chat(id = 'bp-widget'): FrameLocator {
    return this.page.frameLocator(`#${id}`)
  }

  /** How many buttons of closed chats can be seen. */
  async launchers(): Promise<number> {
    const ours = await this.page.locator('#bp-widget').isVisible()
    return (await this.page.locator('.vfrc-launcher').count()) + (ours ? await this.chat().locator('.launcher').count() : 0)
  }

  /** Opens a drawer; the one that was open closes. */
  async drawer(name: Drawer): Promise<Locator> {
    const region = this.panel.getByRole('region', { name, exact: true })
    const button = this.panel.locator(`#drawer-${NAMES[name]}-button`)
    if ((await button.getAttribute('aria-expanded')) !== 'true') await button.click()
    await region.locator('button, input, select').first().waitFor()
    return region
  }

  /** The drawer that has a control. */
  within(control: string): Promise<Locator> {
    return this.drawer(drawerOf(control))
  }

  async press(control: string): Promise<void> {
    const button = (await this.within(control)).getByRole('button', { name: control, exact: true })
    // Nobody opens a chat that they do not see yet.
    if (control === 'Open') await until(async () => (await this.launchers()) > 0)
    await (LOADING.has(control) ? this.loads(() => button.click()) : button.click())
  }

  /** Does something that shows another load of a page, and waits until it is shown. */
  async loads(action: () => Promise<unknown>): Promise<void> {
    const frame = this.panel.locator('iframe[data-shown="true"]')
    const before = (await frame.count()) > 0 ? await frame.getAttribute('src') : undefined
    await action()
    await until(async () => (await frame.count()) > 0 && (await frame.getAttribute('src')) !== before)
    // Nobody acts in a page that is not drawn yet.
    await (await (await frame.elementHandle())?.contentFrame())?.waitForLoadState('load')
  }

  async choose(control: string, option: string): Promise<void> {
    const around = control === 'Bot' || control === 'Page' ? this.panel.locator('.toolbar') : await this.within(control)
    const box = around.getByRole('combobox', { name: control, exact: true })
    await (LOADING.has(control) ? this.loads(() => box.selectOption({ label: option })) : box.selectOption({ label: option }))
  }

  async turn(control: Locator, on: boolean): Promise<void> {
    // It shows what the host holds, which comes after the hand.
    if ((await control.isChecked()) !== on) await control.click()
    await until(async () => (await control.isChecked()) === on)
  }

  /** Page, line, hooks and engine have another clock once it is shown, or no longer. */
  async turnClock(to: 'virtual' | 'real'): Promise<void> {
    const drawer = await this.drawer('Clock')
    const face = drawer.locator('.clock-face')
    if ((await face.isVisible()) !== (to === 'virtual')) await drawer.getByRole('switch', { name: 'Virtual clock' }).click()
    await face.waitFor({ state: to === 'virtual' ? 'visible' : 'detached' })
  }

  /** An entry of the form that sends events; the payload stays as it is offered where none is given. */
  async send(type: string, payload?: unknown, times = 1): Promise<void> {
    const form = this.panel.getByRole('form', { name: 'Send event' })
    if (!(await form.isVisible())) await this.panel.getByRole('button', { name: 'Send event', exact: true }).click()
    await form.getByRole('combobox', { name: 'Type' }).fill(type)
    if (payload !== undefined) await form.getByRole('textbox', { name: 'Payload (JSON)' }).fill(JSON.stringify(payload))
    await form.getByRole('spinbutton', { name: 'Times at once' }).fill(String(times))
    await form.getByRole('button', { name: 'Send', exact: true }).click()
  }

  /** Something that the visitor does to an element of the page. */
  async element(action: string, selector: string, text?: string): Promise<void> {
    const group = (await this.within(action)).getByRole('group', { name: 'Element' })
    await group.getByRole('textbox', { name: 'Element (CSS)' }).fill(selector)
    await group.getByRole('combobox', { name: 'What it does' }).selectOption({ label: action })
    if (text !== undefined) await group.getByRole('textbox', { name: 'Text' }).fill(text)
    await group.getByRole('button', { name: action, exact: true }).click()
  }

  /** What the clock shows, in ms. */
  async now(): Promise<number> {
    return Date.parse((await (await this.drawer('Clock')).locator('time').getAttribute('datetime'))!)
  }

  /** Moves the clock by a control and waits until it stands still again. */
  async move(to: (now: number) => number | Promise<number>, by: () => Promise<void>): Promise<void> {
    const target = await to(await this.now())
    await by()
    const standing = (await this.drawer('Clock')).locator('.clock-face')
    await until(async () => (await this.now()) >= target && !(await standing.innerText()).includes('Time passes'), Date.now() + 60_000)
  }

  /** What the bot has said in a chat, as it is drawn. */
  said(id?: string): Promise<string[]> {
    return this.chat(id).locator('.theirs .bubble:not(.typing)').allInnerTexts()
  }

  /** What stands in a chat, of visitor and bot. */
  spoken(id?: string): Promise<string[]> {
    return this.chat(id).locator('.bubble:not(.typing)').allInnerTexts()
  }

  /** The cards of the trace in sight, oldest first: their titles, and verdict with all that stands on them. */
  async cards(): Promise<{ title: string; text: string }[]> {
    await this.view('Events')
    return this.panel.locator('article.card').evaluateAll(cards =>
      (cards as unknown as { querySelector(selector: string): { textContent: string }; innerText: string }[]).map(card => ({
        title: card.querySelector('.card-title').textContent,
        text: card.innerText.replace(/\s+/g, ' ')
      }))
    )
  }

  /** Opens the newest card of a title. */
  async open(title: string): Promise<Locator> {
    await this.view('Events')
    const ofTitle = this.panel.locator('.card-title').and(this.panel.getByText(title, { exact: true }))
    const card = this.panel.locator('article.card', { has: ofTitle }).last()
    const toggle = card.locator('.card-toggle')
    if ((await toggle.getAttribute('aria-expanded')) !== 'true') await toggle.click()
    return card
  }

  async view(name: string): Promise<void> {
    const tab = this.panel.getByRole('tab', { name: new RegExp(`^${name}`) })
    if ((await tab.getAttribute('aria-selected')) !== 'true') await tab.click()
  }

  /** Everything as when the simulator was started, but for what its bots have stored: by the panel's own controls. */
  async startAnew({ bot, page, clock }: { bot?: string; page?: string; clock?: 'virtual' }): Promise<void> {
    const banner = this.panel.getByRole('button', { name: 'Dismiss', exact: true })
    while ((await banner.count()) > 0) await pressed(banner.first())
    await this.view('Events')
    const normal = (await this.drawer('Trouble')).getByRole('button', { name: 'All as it should be' })
    await until(async () => {
      if (await normal.isDisabled()) return true
      await pressed(normal)
      return false
    })
    const remove = (await this.drawer('Visitor')).getByRole('button', { name: /^Remove / })
    await until(async () => {
      if ((await remove.count()) === 0) return true
      await pressed(remove.first())
      return false
    })
    // A new visitor speaks the language of the one before.
    const language = (await this.drawer('Visitor')).getByRole('combobox', { name: 'Of the browser', exact: true })
    if ((await language.inputValue()) !== '') await this.loads(() => language.selectOption(''))
    await this.turnClock('real')
    await (await this.drawer('Run')).getByRole('radio', { name: 'only use it from now on' }).check()
    if (bot !== undefined) await this.choose('Bot', bot)
    if (page !== undefined) await this.choose('Page', page)
    if (clock) await this.turnClock(clock)
    await this.panel.getByRole('button', { name: 'Clear', exact: true }).click()
    await this.loads(() => this.panel.getByRole('button', { name: 'New visitor', exact: true }).click())
    await until(async () => (await this.cards()).some(({ text }) => text.includes('Somebody who was never here.')))
  }

  /** No banner tells of something that failed. */
  async noAlarm(): Promise<void> {
    assert.deepEqual(await this.panel.locator('.banner.error, .banner.warning').allInnerTexts(), [])
  }
}

/** Presses what may go or be of no use at that moment, by what was pressed before; whoever asks looks again. */
const pressed = (button: Locator) => button.click({ timeout: 500 }).catch(() => {})

const NAMES: Record<Drawer, string> = {
  Visitor: 'visitor',
  Clock: 'clock',
  Trouble: 'trouble',
  Gestures: 'gesture',
  State: 'state',
  Run: 'run'
}
