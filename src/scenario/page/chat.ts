import type { Place } from '../../trace/entry.ts'
import { buttonPayload, choicePayload, contentOf } from '../../webchat/content.ts'
import { Life } from '../../webchat/life.ts'
import type { Outside, SocketOptions } from '../../webchat/outside.ts'
import type { PageRef, PageReport } from '../../webchat/page-report.ts'
import type { Browser } from './browser.ts'
import type { Surroundings } from './surroundings.ts'
import type { TimerQueue } from './timer-queue.ts'

export interface ChatOptions {
  config: Record<string, unknown>
  ref: PageRef
  around: Surroundings
  browser: Browser
  /** Storage of the tab. */
  tabStorage: Map<string, string>
  /** What the chat posts to the page. */
  post(message: unknown): void
}

/** A chat on a page without a browser: the same life as in one, its surroundings played. */
export class Chat {
  readonly life: Life
  /** What the visitor has begun to write. */
  draft = ''
  /** The visitor that it is connected as. */
  visitorId: string | undefined
  /** The frame's code listens (R20.2). */
  listens = false
  #options: ChatOptions
  #timers: TimerQueue
  #leave: () => void
  #hangUp: (() => void) | undefined
  #gone = false

  constructor(options: ChatOptions) {
    this.#options = options
    const { timers, leave } = options.around.timers(`the chat on ${options.ref.page}`, error => this.#warn(String(error)))
    this.#timers = timers
    this.#leave = leave
    const { config, around } = options
    this.life = new Life(this.#outside(), config, String(config.viewMode ?? 'Embedded'), around.botpressVersion)
  }

  get botId(): string {
    return String(this.#options.config.botId)
  }

  /** The frame is loaded: its code listens from now on, and its life begins. */
  begin(): void {
    if (this.#gone) return
    this.listens = true
    this.life.start().catch((error: Error) => {
      this.#warn(`[webchat] ${error.message}`)
      this.#report({ kind: 'page-refused', status: 0, reason: error.message })
    })
  }

  /** Posted by the page, one task later. Nothing is queued: what comes before the frame listens is lost (R20.2). @returns whether it was heard */
  receive(action: string, payload: unknown, place?: Place): boolean {
    if (!this.listens || this.#gone) return false
    this.life.command(action, payload, place)
    return true
  }

  /** Whether its life is on its way somewhere: opening, showing that the bot types. */
  get isBusy(): boolean {
    return !this.#gone && (this.life.phase === 'opening' || this.life.phase === 'loading' || this.life.history.isTyping)
  }

  /**
   * Presses a button of what the bot said last.
   *
   * @throws Error with what there is to press
   */
  choose(title: string): void {
    const offered: string[] = []
    for (const message of this.life.history.messages.toReversed()) {
      if (message.authorId != null) break
      for (const button of buttonsOf(message.payload)) {
        if (button.title === title && button.says) {
          this.life.say(button.says)
          return
        }
        offered.push(button.title)
      }
    }
    throw new Error(
      `There is no button “${title}”. ${offered.length > 0 ? `There are: ${offered.join(', ')}.` : 'The bot’s last message has none.'}`
    )
  }

  /** The page is gone. */
  end(): void {
    this.#gone = true
    this.#hangUp?.()
    this.#timers.stop()
    this.#leave()
  }

  #outside(): Outside {
    const { around, browser } = this.#options
    const owner = () => this.visitorId ?? browser.visitorId
    return {
      now: () => this.#timers.now(),
      set: (callback, ms) => this.#timers.set(callback, ms),
      clear: timer => this.#timers.clear(timer),
      post: message => {
        if (!this.#gone) this.#options.post(message)
      },
      warn: text => this.#warn(text),
      report: report => this.#report(report),
      newVisitorId: () => around.chance.id(24),
      locale: () => ({ timezone: browser.timezone, language: browser.language }),
      connect: options => this.#connect(options),
      // The trace says which visitor asks; a lazy chat has no socket yet (R21.7).
      request: (route, body) =>
        around.request(owner(), String(this.#options.config.botId), route, body).then(answer => (this.#gone ? never() : answer))
    }
  }

  async #connect(options: SocketOptions): Promise<{ userId: string }> {
    const { around, browser, tabStorage } = this.#options
    const visitorId = browser.identify(options, tabStorage, around.chance)
    await around.handshake()
    if (this.#gone) return never()
    this.visitorId = visitorId
    this.#hangUp?.()
    this.#hangUp = around.listen({
      visitorId,
      botId: this.botId,
      onPush: ({ name, payload }) => options.onPush(name, payload as Record<string, unknown>)
    })
    return { userId: visitorId }
  }

  #report(report: PageReport): void {
    if (!this.#gone)
      this.#options.around.report({ ...report, ...this.#options.ref, visitorId: this.visitorId ?? this.#options.ref.visitorId } as never)
  }

  #warn(text: string): void {
    this.#report({ kind: 'page-console', level: 'warn', text })
  }
}

/** A page that is gone hears no answer any more. */
const never = () => new Promise<never>(() => {})

/** What can be pressed in a message, with what that says to the bot. */
function buttonsOf(payload: Record<string, unknown>): { title: string; says: Record<string, unknown> | undefined }[] {
  const content = contentOf(payload)
  if (content.as === 'choices')
    return content.choices.map(choice => ({ title: choice.title, says: choicePayload(choice, content.isDropdown) }))
  if (content.as !== 'cards') return []
  return content.cards.flatMap(card => card.buttons).map(button => ({ title: button.title, says: buttonPayload(button) }))
}
