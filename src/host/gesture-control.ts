import { setTimeout as delay } from 'node:timers/promises'
import type { Gesture } from '../trace/stage-entries.ts'
import type { BrowserLine, BrowserLines } from './browser-lines.ts'
import type { ClockControl } from './clock-control.ts'
import type { Visitors } from './visitors.ts'

export interface GestureControlOptions {
  visitors: Visitors
  clock: ClockControl
  lines(): BrowserLines
  /** Loads another page in the shown tab. */
  load(page: string): void
}

/** Done in the chat's own frame, where there is one; else by the page, which may have a chat of another kind. */
const IN_CHAT: readonly Gesture['do'][] = ['open', 'close', 'escape', 'say', 'choose', 'reset']

/** Asks the page of the shown tab to do what its visitor would do. */
export class GestureControl {
  #options: GestureControlOptions

  constructor(options: GestureControlOptions) {
    this.#options = options
  }

  /** Ends when it is done. @throws Error with a sentence for the user */
  async do(gesture: Gesture): Promise<void> {
    const { clock, load, visitors } = this.#options
    if (gesture.do === 'load') return load(gesture.page)
    if (gesture.do === 'idle') return clock.isVirtual ? clock.do({ do: 'advance', ms: gesture.ms }) : void (await delay(gesture.ms))
    const page = await this.#page()
    const chat = IN_CHAT.includes(gesture.do) ? await this.#chat(page) : undefined
    await (chat ?? page).gesture(gesture)
    if (gesture.do === 'leave') visitors.leave(visitors.shownTab)
  }

  /** @throws Error when no page is there */
  async #page(): Promise<BrowserLine> {
    const { visitors, lines } = this.#options
    const { url } = visitors.shownTab
    const part = url && /\/v\/([^/]+)\//.exec(new URL(url).pathname)?.[1]
    const line = part && (await lines().find(ref => ref.as === 'page' && ref.part === part))
    if (!line) throw new Error('No page is open: it has to be seen in the simulator, or in a browser.')
    return line
  }

  /** The chat on the page: the one without a chat id first. */
  async #chat(page: BrowserLine): Promise<BrowserLine | undefined> {
    const { pageId } = page.ref
    const lines = this.#options.lines()
    const plain = await lines.find(ref => ref.as === 'chat' && ref.pageId === pageId && ref.chatId === undefined, 0)
    return plain ?? lines.find(ref => ref.as === 'chat' && ref.pageId === pageId, 0)
  }
}
