/** The simulator inside a window of VS Code, in the words of its user: choose a page, look at the chat, read the trace. */
import type { Frame, Locator } from 'playwright-core'
import type { VsCodeWindow } from './window.ts'

export class Simulator {
  readonly panel: Frame
  readonly #window: VsCodeWindow

  private constructor(window: VsCodeWindow, panel: Frame) {
    this.#window = window
    this.panel = panel
  }

  /** Opens it in the side bar and waits until its bot can be talked to. */
  static async open(window: VsCodeWindow): Promise<Simulator> {
    await window.command('Proactive Hooks: Open Simulator')
    const panel = await window.webview('.toolbar', { timeout: 60_000 })
    await panel.locator('.toolbar .gesture:not([disabled])').first().waitFor({ timeout: 60_000 })
    return new Simulator(window, panel)
  }

  /** @param page path below the workspace: `pages/product.html`; `builtin` for the page with buttons */
  async choose(choice: { bot?: string; page?: string }): Promise<void> {
    if (choice.bot) await this.panel.getByRole('combobox', { name: 'Bot' }).selectOption(choice.bot)
    if (choice.page) {
      const { page } = choice
      await this.#loadsAnew(page, () => this.panel.getByRole('combobox', { name: 'Page' }).selectOption(page))
    }
  }

  /** Shows the page or the trace, where the panel is too narrow for both. */
  async show(view: 'Page' | 'Trace'): Promise<void> {
    const tab = this.panel.getByRole('tab', { name: view })
    if (await tab.isVisible()) await tab.click()
  }

  /** The user's page in the visitor's browser. */
  page(path = ''): Promise<Frame> {
    return this.#frame(`the page ${path}`, url => isPage(url, path))
  }

  /** The chat inside the page. */
  chat(): Promise<Frame> {
    return this.#frame('the chat', url => url.pathname.includes('/lite/'))
  }

  async openChat(): Promise<void> {
    await (await this.chat()).getByRole('button', { name: /^Open the chat/ }).click()
  }

  async closeChat(): Promise<void> {
    await (await this.chat()).getByRole('button', { name: 'Close the chat' }).click()
  }

  async say(text: string): Promise<void> {
    const chat = await this.chat()
    await chat.getByLabel('Your message').fill(text)
    await chat.getByRole('button', { name: 'Send' }).click()
  }

  /** Sends an event as another system would, past the page. */
  async send(type: string): Promise<void> {
    const button = this.panel.getByRole('button', { name: 'Send event' })
    if ((await button.getAttribute('aria-expanded')) !== 'true') await button.click()
    const form = this.panel.getByRole('form', { name: 'Send event' })
    await form.getByLabel('Type', { exact: true }).fill(type)
    await form.getByRole('button', { name: 'Send' }).click()
  }

  /** A message of the conversation that holds these words; it may not be there yet. */
  async message(text: string): Promise<Locator> {
    return (await this.chat()).locator('.message', { hasText: text })
  }

  /** A story of the trace: what an event, a page or the engine is called, and words that its card holds. */
  story(title: string, text: string | RegExp = ''): Locator {
    const named = this.panel.locator('article.card', { has: this.panel.getByText(title, { exact: true }) })
    return named.filter({ hasText: text })
  }

  /** Forgets the trace, so that only what happens from now on stands in it. */
  async clearTrace(): Promise<void> {
    await this.show('Trace')
    await this.panel.getByRole('button', { name: 'Clear' }).click()
    await this.panel.locator('article.card').first().waitFor({ state: 'detached' })
  }

  /** Opens or closes a drawer of the stage: `Visitor`, `Clock`, `Trouble`, `Gestures`. */
  async drawer(name: string, open = true): Promise<void> {
    // In a narrow panel the stage is beside the page only.
    await this.show('Page')
    const button = this.panel.getByRole('toolbar', { name: 'Stage' }).getByRole('button', { name: new RegExp(`^${name}`) })
    if ((await button.getAttribute('aria-expanded')) !== String(open)) await button.click()
    if (open) await this.panel.locator('.drawer').waitFor()
  }

  /** Waits for the page that takes the place of the one at this address. */
  async loadedAfter(before: string): Promise<void> {
    await this.#loadsAnew('', async () => {}, before)
  }

  async restart(as: 'Same visitor' | 'New visitor'): Promise<void> {
    await this.#loadsAnew('', () => this.panel.getByRole('button', { name: as }).click())
  }

  /** Each load has an address of its own. What is clicked before the page's scripts have run is lost, so their end is waited for. */
  async #loadsAnew(path: string, act: () => Promise<unknown>, last?: string): Promise<void> {
    const before = last ?? (await this.page()).url()
    await act()
    const anew = (url: URL) => isPage(url, path) && url.href !== before
    // A page that another one replaces while it loads takes its frame with it: the next one is waited for.
    for (let frame: Frame; ; ) {
      frame = await this.#frame(`the page ${path}, loaded anew`, anew)
      await frame.waitForLoadState().catch((error: unknown) => {
        if (!frame.isDetached()) throw error
      })
      if (!frame.isDetached()) return
    }
  }

  /** Frames come and go while pages load. */
  async #frame(name: string, wanted: (url: URL) => boolean): Promise<Frame> {
    const until = Date.now() + 30_000
    while (Date.now() < until) {
      const found = this.#window.page.frames().findLast(frame => URL.canParse(frame.url()) && wanted(new URL(frame.url())))
      if (found) return found
      await this.#window.page.waitForTimeout(50)
    }
    throw new Error(
      `The simulator does not show ${name}. Frames:\n${this.#window.page
        .frames()
        .map(frame => frame.url())
        .join('\n')}`
    )
  }
}

/** A page of the workspace, or the one for workspaces without any. */
function isPage({ pathname }: URL, path: string): boolean {
  return (pathname.includes('/site/') || pathname.endsWith('/builtin')) && pathname.endsWith(path)
}
