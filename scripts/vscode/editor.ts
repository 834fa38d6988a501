/** The editor inside a window of VS Code, in the words of its user: click a word, rest the mouse on it, pick from a list. */
import type { Locator } from 'playwright-core'
import type { VsCodeWindow } from './window.ts'

interface Point {
  x: number
  y: number
}

/** A part of the program for the page: the lines that can be seen, with their text as it was written. */
const LINES = `[...document.querySelectorAll('.editor-group-container.active .editor-instance .view-lines .view-line')]
  .toSorted((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top)`
const WRITTEN = "line.textContent.replaceAll('\\u00a0', ' ').replaceAll('\\u200c', '')"

export class Editor {
  readonly suggestions: Locator
  readonly hover: Locator
  readonly actions: Locator
  readonly #window: VsCodeWindow

  private constructor(window: VsCodeWindow) {
    const { page } = window
    this.#window = window
    this.suggestions = page.locator('.suggest-widget.visible .monaco-list-row')
    this.hover = page.locator('.monaco-hover:not(.hidden) .hover-contents')
    this.actions = page.locator('.action-widget .monaco-list-row.action')
  }

  /** Opens a file of the folder; a hook is waited for until it is known as one, others where a language is named. */
  static async open(window: VsCodeWindow, file: string, language = file.endsWith('.js') ? 'Botpress Hook' : undefined): Promise<Editor> {
    await window.openFile(file)
    const editor = new Editor(window)
    if (language) await window.page.locator('.statusbar-item', { hasText: language }).waitFor()
    await window.page.locator('.editor-group-container.active .editor-instance .view-line').first().waitFor()
    return editor
  }

  /** Puts the cursor into the first place of the file that holds this text, at its middle. */
  async click(text: string): Promise<void> {
    const { x, y } = await this.#find(text)
    await this.#window.page.mouse.click(x, y)
  }

  /** Rests the mouse on the first place of the file that holds this text, until the hover says these words. */
  async rest(text: string, says: string | RegExp): Promise<Locator> {
    const { page } = this.#window
    const { x, y } = await this.#find(text)
    const said = this.hover.filter({ hasText: says }).first()
    const move = async () => {
      await page.mouse.move(x, y + 200)
      await page.mouse.move(x, y, { steps: 4 })
    }
    await move()
    await until(`the hover over ${text}`, () => shows(said), move)
    return said
  }

  /** Begins to rename what stands at the first place of this text; the new name is written and not confirmed yet. */
  async rename(text: string, to: string): Promise<void> {
    const { page } = this.#window
    await this.click(text)
    const name = page.locator('.rename-box input')
    const begin = () => page.keyboard.press('F2')
    await begin()
    await until('the field for the new name', () => shows(name), begin)
    await name.fill(to)
  }

  /** Puts the cursor behind the last character. */
  async end(): Promise<void> {
    await this.#window.page.keyboard.press('Control+End')
  }

  /** Opens the list of quick fixes where the cursor stands, as soon as it holds one with this title. */
  async fixes(title: string): Promise<Locator> {
    const { page } = this.#window
    const fix = this.actions.filter({ hasText: title })
    await page.keyboard.press('Control+.')
    await until(
      `the fix “${title}”`,
      () => shows(fix.first()),
      async () => {
        await page.keyboard.press('Escape')
        await page.keyboard.press('Control+.')
      }
    )
    return fix.first()
  }

  /** Types a dot behind what stands before the cursor, again when the server was not there yet, until the list holds this name. */
  async complete(name: string): Promise<Locator> {
    const { page } = this.#window
    const offered = this.suggestions.filter({ has: page.getByText(name, { exact: true }) }).first()
    await page.keyboard.type('.')
    await until(
      `the completion ${name}`,
      () => shows(offered),
      async () => {
        await page.keyboard.press('Escape')
        await page.keyboard.press('Backspace')
        await page.keyboard.type('.')
      }
    )
    return offered
  }

  /** Waits until a line that can be seen holds this text. */
  async holds(text: string): Promise<void> {
    await this.#window.page.waitForFunction(`${LINES}.some(line => ${WRITTEN}.includes(${JSON.stringify(text)}))`)
  }

  /** Goes to the definition of what the cursor stands in, again while the server has not read what was saved, until this file is the active one. */
  async follow(file: string): Promise<void> {
    const { page } = this.#window
    const there = page.locator('.tabs-container .tab.active', { hasText: file }).first()
    const nothing = page.locator('.monaco-editor-overlaymessage', { hasText: 'No definition found' }).first()
    // Only after an answer is it asked again: a key that comes after the jump would jump on from there.
    const answered = async () => {
      await page.keyboard.press('F12')
      await there.or(nothing).first().waitFor()
      return there.isVisible()
    }
    await until(`${file} as the definition`, answered, async () => {
      await page.keyboard.press('Escape')
      await nothing.waitFor({ state: 'hidden' })
    })
  }

  /** Searches the file, so that the place is in sight, and tells where on the screen it is. */
  async #find(text: string): Promise<Point> {
    const { page } = this.#window
    await page.keyboard.press('Control+Home')
    await page.keyboard.press('Control+F')
    const widget = page.locator('.editor-group-container.active .find-widget.visible')
    const wanted = widget.locator('textarea').first()
    // What was searched for last may still stand there; written again, it would not be searched for.
    await wanted.fill('')
    await wanted.fill(text)
    await widget.locator('.matchesCount', { hasText: /^\d+ of \d+$/ }).waitFor()
    await page.keyboard.press('Escape')
    await widget.waitFor({ state: 'hidden' })
    const point = await page.waitForFunction(`(() => {
      const text = ${JSON.stringify(text)}
      for (const line of ${LINES}) {
        const at = ${WRITTEN}.indexOf(text)
        if (at < 0) continue
        const range = document.createRange()
        const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT)
        const middle = at + Math.floor(text.length / 2)
        for (let node = walker.nextNode(), passed = 0; node; passed += node.data.length, node = walker.nextNode()) {
          if (passed + node.data.length <= middle) continue
          range.setStart(node, middle - passed)
          range.setEnd(node, middle - passed + 1)
          const { x, y, width, height } = range.getBoundingClientRect()
          return { x: x + width / 2, y: y + height / 2 }
        }
      }
    })()`)
    return (await point.jsonValue()) as Point
  }
}

/** Whether it can be seen within a few seconds. */
export const shows = (what: Locator): Promise<boolean> =>
  what.waitFor({ timeout: 4000 }).then(
    () => true,
    () => false
  )

/**
 * Tries again until it is there, for a minute: what is asked while a server still starts is not answered later.
 *
 * @throws when it does not come
 */
export async function until(what: string, isThere: () => Promise<boolean>, again: () => Promise<void>): Promise<void> {
  const end = Date.now() + 60_000
  while (!(await isThere())) {
    if (Date.now() > end) throw new Error(`VS Code did not show ${what}.`)
    await again()
  }
}
