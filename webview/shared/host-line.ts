import type { FromLine, ToLine } from '../../src/protocol/line.ts'

export interface Answer {
  status: number
  body: unknown
}

export interface LineListener {
  /** What the host says of itself; answers to requests come back from `request` and `connect`. */
  message(message: ToLine): void
  /** The line is there again after it was lost: sockets have to be connected anew. */
  again?(): void
}

type Waiting = { kind: 'request' | 'connect'; resolve(message: ToLine): void; reject(error: Error): void }

const FIRST_PAUSE_MS = 200
const LAST_PAUSE_MS = 5000

/** A page's or chat's WebSocket to the host. Says things in order, keeps them while the line is not there, and comes back when it was lost. */
export class HostLine {
  #url: string
  #listener: LineListener
  #now: () => number | undefined
  #socket!: WebSocket
  #unsent: string[] = []
  #waiting = new Map<number, Waiting>()
  #lastId = 0
  #pause = FIRST_PAUSE_MS
  #closed = false
  #wasOpen = false
  /** Of the machine, whatever becomes of the page's timers. */
  #later = window.setTimeout.bind(window)

  /**
   * @param url http(s) address, which is that of the WebSocket too
   * @param now the virtual clock's time; undefined while the clock is real
   */
  constructor(url: string, listener: LineListener, now: () => number | undefined) {
    this.#url = url.replace(/^http/, 'ws')
    this.#listener = listener
    this.#now = now
    this.#open()
    addEventListener('pagehide', () => {
      this.#closed = true
    })
    // Back from the browser's cache of pages, with its sockets closed.
    addEventListener('pageshow', event => {
      if (!event.persisted) return
      this.#closed = false
      this.#open()
    })
  }

  /** Whether what is said now leaves the page. */
  get isOpen(): boolean {
    return !this.#closed && this.#socket.readyState === WebSocket.OPEN
  }

  say(message: FromLine): void {
    const now = this.#now()
    const text = plainJson(now === undefined ? message : { ...message, now })
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(text)
    else this.#unsent.push(text)
  }

  /** Rejects when the line is lost before the answer came. */
  async request(route: string, body: unknown): Promise<Answer> {
    const answer = await this.#ask('request', id => ({ kind: 'request', id, route, body }))
    return answer.kind === 'answer' ? { status: answer.status, body: answer.body } : { status: 0, body: null }
  }

  /** Resolves when a socket is connected for the visitor; never when the handshake never ends. */
  async connect(visitorId: string): Promise<{ webSessionId: string; visitorId: string }> {
    const answer = await this.#ask('connect', id => ({ kind: 'connect', id, visitorId }))
    return answer as ToLine & { kind: 'connected' }
  }

  #ask(kind: Waiting['kind'], message: (id: number) => FromLine): Promise<ToLine> {
    const id = ++this.#lastId
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { kind, resolve, reject })
      this.say(message(id))
    })
  }

  #open(): void {
    const socket = new WebSocket(this.#url)
    this.#socket = socket
    socket.onopen = () => {
      this.#pause = FIRST_PAUSE_MS
      for (const text of this.#unsent.splice(0)) socket.send(text)
      if (this.#wasOpen) this.#listener.again?.()
      this.#wasOpen = true
    }
    socket.onmessage = event => this.#receive(JSON.parse(event.data) as ToLine)
    socket.onclose = () => {
      if (this.#closed || socket !== this.#socket) return
      for (const [id, { kind, reject }] of this.#waiting) {
        if (kind === 'connect') continue
        this.#waiting.delete(id)
        reject(new Error('The line to the simulator was lost.'))
      }
      this.#later(() => !this.#closed && this.#open(), this.#pause)
      this.#pause = Math.min(2 * this.#pause, LAST_PAUSE_MS)
    }
  }

  #receive(message: ToLine): void {
    if (message.kind !== 'answer' && message.kind !== 'connected') {
      this.#listener.message(message)
      return
    }
    // Also an answer is a moment of the clock.
    this.#listener.message(message)
    const waiting = this.#waiting.get(message.id)
    this.#waiting.delete(message.id)
    waiting?.resolve(message)
  }
}

/** JSON of what a page may have put anywhere: cycles and big integers stand as words. */
export function plainJson(value: unknown): string {
  const above: unknown[] = []
  return JSON.stringify(value, function (this: unknown, _key, item: unknown) {
    if (typeof item === 'bigint') return `${item}n`
    if (typeof item === 'function') return `‹function ${item.name}›`
    if (typeof item !== 'object' || item === null) return item
    while (above.length > 0 && above.at(-1) !== this) above.pop()
    if (above.includes(item)) return '‹circular›'
    above.push(item)
    return item
  })
}
