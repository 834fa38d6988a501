import type { LineConditions } from '../trace/stage-entries.ts'
import type { TimeKeeper } from './shared-clock.ts'

/** An answer of the server part of channel-web. */
export interface LineAnswer {
  status: number
  body: unknown
}

/** What the line lost: a request's route, or a pushed message's name. */
export interface Lost {
  what: 'request' | 'push'
  name: string
  visitorId: string
}

export interface LineOptions {
  /** The one clock's time, ms since 1970. */
  now(): number
  /** On a virtual clock what is under way moves by `runTo`, else by itself. */
  isVirtual(): boolean
  onLost(lost: Lost): void
}

interface UnderWay {
  at: number
  arrive(): void
}

const WINDOW_MS = 50

/**
 * The line between pages and server with the trouble that an author stages on it: delay, loss, order, a handshake that takes its time, a server that
 * answers with an error. Without conditions everything arrives at once, within the call. A keeper of the one clock.
 */
export class Line implements TimeKeeper {
  readonly name = 'the line'
  #options: LineOptions
  #conditions: LineConditions = {}
  #underWay: UnderWay[] = []
  #timers = new Map<NodeJS.Timeout, UnderWay>()
  /** What is collected to be reversed; `undefined` when nothing is. */
  #window: (() => void)[] | undefined

  constructor(options: LineOptions) {
    this.#options = options
  }

  get conditions(): LineConditions {
    return this.#conditions
  }

  /** For what is sent from now on; what is under way arrives as it was sent. */
  set conditions(conditions: LineConditions) {
    this.#conditions = conditions
  }

  /** A request of a chat. What is lost is never answered; with a staged status the server is not asked. */
  request(visitorId: string, route: string, ask: () => Promise<LineAnswer>): Promise<LineAnswer> {
    const { lose, status } = this.#conditions
    return new Promise((resolve, reject) => {
      if (lose === 'requests' || lose === 'all') {
        this.#options.onLost({ what: 'request', name: route, visitorId })
        return
      }
      this.#send(() => {
        if (status === undefined) ask().then(resolve, reject)
        else resolve({ status, body: { message: `The server answers with ${status}, as staged.` } })
      })
    })
  }

  /** A message of the server's to a page. */
  push(visitorId: string, name: string, deliver: () => void): void {
    const { lose } = this.#conditions
    if (lose === 'pushes' || lose === 'all') this.#options.onLost({ what: 'push', name, visitorId })
    else this.#send(deliver)
  }

  /** Resolves when a new socket is told its visitor id; maybe never (R21.10). */
  handshake(): Promise<void> {
    const { handshake } = this.#conditions
    return new Promise(resolve => {
      if (handshake === undefined || handshake === 0) resolve()
      else if (handshake !== 'never') this.#later(handshake, resolve)
    })
  }

  nextDue(): number | undefined {
    return this.#underWay.reduce<number | undefined>((first, { at }) => (first === undefined || at < first ? at : first), undefined)
  }

  runTo(at: number): void {
    for (;;) {
      const due = this.nextDue()
      if (due === undefined || due > at) return
      const index = this.#underWay.findIndex(one => one.at === due)
      this.#underWay.splice(index, 1)[0]!.arrive()
    }
  }

  /** All that is under way arrives now: the clock that it waited for is no more. */
  flush(): void {
    const waiting = [...this.#underWay, ...this.#timers.values()].sort((a, b) => a.at - b.at)
    for (const timer of this.#timers.keys()) clearTimeout(timer)
    this.#timers.clear()
    this.#underWay = []
    for (const { arrive } of waiting) arrive()
  }

  #send(arrive: () => void): void {
    const { delayMs = 0, order, windowMs = WINDOW_MS } = this.#conditions
    const go = delayMs > 0 ? () => this.#later(delayMs, arrive) : arrive
    if (order !== 'reversed') {
      go()
      return
    }
    if (this.#window) {
      this.#window.push(go)
      return
    }
    this.#window = [go]
    this.#later(windowMs, () => {
      const sent = this.#window!
      this.#window = undefined
      for (const one of sent.reverse()) one()
    })
  }

  #later(ms: number, arrive: () => void): void {
    const underWay = { at: this.#options.now() + ms, arrive }
    if (this.#options.isVirtual()) {
      this.#underWay.push(underWay)
      return
    }
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      arrive()
    }, ms)
    this.#timers.set(timer, underWay)
  }
}
