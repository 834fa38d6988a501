import { randomBytes } from 'node:crypto'
import type { WebSocket } from 'ws'
import type { Push } from '../protocol/engine.ts'
import { FromLine, type ToLine } from '../protocol/line.ts'
import type { Gesture } from '../trace/stage-entries.ts'
import { visitorOf } from './guard.ts'
import type { LineAnswer } from './line-conditions.ts'
import type { TimeKeeper } from './shared-clock.ts'

/** Which page, or which chat on it, speaks on a line. */
export interface LineRef {
  as: 'page' | 'chat'
  /** The visitor's part of the address: `<visitor>~<load>`. */
  part: string
  page: string
  pageId: string
  /** A chat's. */
  botId?: string | undefined
  chatId?: string | undefined
}

export interface BrowserLinesOptions {
  /** Told when the first chat of a visitor connects and when the last one is gone. */
  onVisitor(visitorId: string, open: boolean): void
  /** Anything that a browser reports; the visitor is who has the chat, or the browser. */
  onReports(reports: unknown, visitorId: string): void
  request(line: BrowserLine, route: string, body: unknown): Promise<LineAnswer>
  /** Opens an address that a visitor pressed. @returns whether there is somebody who does */
  openLink?(url: string): boolean
  /** Somebody wants to know where a message or bubble comes from. */
  onInspect?(name: string): void
  /** The author chose a part of a page; see `picked` of the protocol. */
  onPicked?(ref: LineRef, selector: string | undefined, isCancelled: boolean): void
  /** Resolves when a new socket is told its visitor id. */
  handshake(): Promise<void>
  /** The virtual clock's time; undefined while the clock is real. */
  now(): number | undefined
  /** A page that ran ahead on the virtual clock says how late it is there. */
  onTime(now: number): void
  /** A page or chat is there, and keeps timers from now on. @returns told when it has gone */
  onLine(line: BrowserLine): () => void
}

/** What has to answer at once counts as gone after so long: a page may be stopped by its own dialog. */
const PATIENCE_MS = 3000
const HEARTBEAT_MS = 20_000
const GOODBYE_MS = 300
const ROUNDS = 30

type Question = ToLine extends infer M ? (M extends { kind: 'gesture' | 'time' | 'still' } ? Omit<M, 'id'> : never) : never
type Done = FromLine & { kind: 'done' }

/** One WebSocket: of a page, or of a chat on it. On a virtual clock it stands for the timers there. */
export class BrowserLine implements TimeKeeper {
  readonly ref: LineRef
  /** Socket id of a connected chat (R19.1). */
  webSessionId: string | undefined
  /** Who has the chat, once it is connected; before that, and for pages, whose browser it is. */
  visitorId: string
  #socket: WebSocket
  #now: () => number | undefined
  #asked = new Map<number, (done: Done | undefined) => void>()
  #lastId = 0
  #due: number | undefined

  constructor(ref: LineRef, socket: WebSocket, now: () => number | undefined) {
    this.ref = ref
    this.#socket = socket
    this.#now = now
    this.visitorId = visitorOf(ref.part)!
  }

  get name(): string {
    return this.ref.as === 'page' ? `the page ${this.ref.page}` : `the chat on ${this.ref.page}`
  }

  send(message: ToLine): void {
    const now = this.#now()
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.send(JSON.stringify(now === undefined ? message : { ...message, now }))
  }

  /** @returns undefined when the page has gone, or does not answer in time */
  ask(question: Question, patience = PATIENCE_MS): Promise<Done | undefined> {
    const id = ++this.#lastId
    return new Promise(resolve => {
      const end = (done: Done | undefined) => {
        clearTimeout(timer)
        this.#asked.delete(id)
        resolve(done)
      }
      const timer = setTimeout(() => end(undefined), patience)
      this.#asked.set(id, end)
      this.send({ ...question, id } as ToLine)
    })
  }

  /** @throws Error with a sentence for the user */
  async gesture(gesture: Gesture): Promise<void> {
    const done = await this.ask({ kind: 'gesture', gesture })
    // Going away is an answer too.
    if (!done && !['load', 'reload', 'leave'].includes(gesture.do)) throw new Error('The page does not answer.')
    if (done?.problem !== undefined) throw new Error(done.problem)
  }

  nextDue(): number | undefined {
    return this.#due
  }

  /** Also without a timer it is waited for: who looks at the page afterwards finds it at that time. */
  async runTo(at: number): Promise<void> {
    await this.runAhead(at)
  }

  async runAhead(limit: number): Promise<{ now: number }> {
    const done = await this.ask({ kind: 'time', to: limit })
    if (!done) this.#due = undefined
    return { now: done?.now ?? limit }
  }

  done(done: Done): void {
    if (this.#now() !== undefined) this.#due = done.due
    this.#asked.get(done.id)?.(done)
  }

  dueAt(at: number | undefined): void {
    this.#due = at
  }

  gone(): void {
    this.#due = undefined
    for (const end of this.#asked.values()) end(undefined)
  }

  /** Says goodbye. A browser that does not answer, frozen or stopped at a breakpoint, is not waited for. */
  end(): void {
    this.#socket.close()
    const patience = setTimeout(() => this.#socket.terminate(), GOODBYE_MS)
    this.#socket.once('close', () => clearTimeout(patience))
  }
}

/** The pages that are open in browsers, and the chats on them. */
export class BrowserLines {
  #options: BrowserLinesOptions
  #lines = new Set<BrowserLine>()
  #waiting = new Set<() => void>()
  /** Grows with everything that may cause something: when it stands still, so does the stage. */
  #activity = 0
  /** Requests without an answer. */
  #open = 0
  #heartbeat: NodeJS.Timeout
  #beating = new Map<WebSocket, boolean>()

  constructor(options: BrowserLinesOptions) {
    this.#options = options
    // Proxies on the way close what is silent; a browser that vanished answers no ping.
    this.#heartbeat = setInterval(() => this.#beat(), HEARTBEAT_MS)
    this.#heartbeat.unref()
  }

  accept(socket: WebSocket, ref: LineRef): void {
    const line = new BrowserLine(ref, socket, this.#options.now)
    this.#lines.add(line)
    this.#beating.set(socket, true)
    const left = this.#options.onLine(line)
    socket.on('pong', () => this.#beating.set(socket, true))
    socket.on('message', data => this.#receive(line, String(data)))
    socket.on('close', () => {
      this.#lines.delete(line)
      this.#beating.delete(socket)
      line.gone()
      left()
      this.#disconnect(line)
      this.#changed()
    })
    // What follows is a `close`.
    socket.on('error', () => {})
    this.#changed()
  }

  get all(): readonly BrowserLine[] {
    return [...this.#lines]
  }

  /** To the visitor's connected chats. */
  push({ visitorId, botId, name, payload }: Push): void {
    for (const line of this.#lines) {
      const isMeant = line.webSessionId !== undefined && line.visitorId === visitorId && (botId === undefined || botId === line.ref.botId)
      if (!isMeant) continue
      this.#activity++
      line.send({ kind: 'push', name, payload: payload as Record<string, unknown> })
    }
  }

  /** Whose socket it is, or undefined when it is not alive. */
  ofSocket(socketId: unknown): BrowserLine | undefined {
    return typeof socketId === 'string' ? [...this.#lines].find(({ webSessionId }) => webSessionId === socketId) : undefined
  }

  /** The line that fits, newest first, now or within `ms`. */
  async find(fits: (ref: LineRef) => boolean, ms = PATIENCE_MS): Promise<BrowserLine | undefined> {
    const end = performance.now() + ms
    for (;;) {
      const found = [...this.#lines].findLast(({ ref }) => fits(ref))
      const left = end - performance.now()
      if (found || left <= 0) return found
      await new Promise<void>(resolve => {
        const timer = setTimeout(resolve, left)
        this.#waiting.add(() => {
          clearTimeout(timer)
          resolve()
        })
      })
    }
  }

  /** Resolves when nothing is under way in any page: asks all until a round in which nothing happened. */
  async settle(also: () => Promise<unknown>): Promise<void> {
    let quiet = 0
    for (let round = 0; round < ROUNDS; round++) {
      const before = this.#activity
      await Promise.all([...this.#lines].map(line => line.ask({ kind: 'still' })))
      await also()
      quiet = this.#activity === before ? quiet + 1 : 0
      // What the server was asked may be answered in a moment, or not before time has passed.
      if (quiet > (this.#open > 0 ? 2 : 0)) return
    }
  }

  close(): void {
    clearInterval(this.#heartbeat)
    for (const line of this.#lines) line.end()
  }

  #receive(line: BrowserLine, text: string): void {
    const parsed = FromLine.safeParse(parse(text))
    if (!parsed.success) return
    const said = parsed.data
    if (said.now !== undefined) this.#options.onTime(said.now)
    if (said.kind === 'done') line.done(said)
    else if (said.kind === 'due') line.dueAt(said.at)
    else if (said.kind !== 'inspect' && said.kind !== 'picked') this.#activity++
    if (said.kind === 'reports') this.#options.onReports(said.reports, line.visitorId)
    else if (said.kind === 'inspect') this.#options.onInspect?.(said.name)
    else if (said.kind === 'picked') this.#options.onPicked?.(line.ref, said.selector, said.cancelled === true)
    else if (said.kind === 'link') this.#link(line, said.url)
    else if (said.kind === 'connect') void this.#connect(line, said.id, said.visitorId)
    else if (said.kind === 'request') void this.#request(line, said.id, said.route, said.body)
  }

  /** Only what an editor may open by itself, too. */
  #link(line: BrowserLine, url: string): void {
    if (!/^(https?|mailto|tel):/i.test(url)) return
    if (!this.#options.openLink?.(url)) line.send({ kind: 'openHere', url })
  }

  async #connect(line: BrowserLine, id: number, wanted: string): Promise<void> {
    await this.#options.handshake()
    if (!this.#lines.has(line) || line.ref.as !== 'chat') return
    this.#disconnect(line)
    if (visitorOf(wanted) === wanted) line.visitorId = wanted
    const isFirst = !this.#isThere(line.visitorId)
    line.webSessionId = randomBytes(15).toString('base64url')
    if (isFirst) this.#options.onVisitor(line.visitorId, true)
    this.#activity++
    line.send({ kind: 'connected', id, webSessionId: line.webSessionId, visitorId: line.visitorId })
  }

  async #request(line: BrowserLine, id: number, route: string, body: unknown): Promise<void> {
    this.#open++
    const answer = await this.#options
      .request(line, route, body)
      .catch((error: Error) => ({ status: 500, body: { message: error.message } }))
    this.#open--
    this.#activity++
    line.send({ kind: 'answer', id, ...answer })
  }

  #disconnect(line: BrowserLine): void {
    if (line.webSessionId === undefined) return
    line.webSessionId = undefined
    if (!this.#isThere(line.visitorId)) this.#options.onVisitor(line.visitorId, false)
  }

  #isThere(visitorId: string): boolean {
    return [...this.#lines].some(line => line.webSessionId !== undefined && line.visitorId === visitorId)
  }

  #changed(): void {
    const waiting = [...this.#waiting]
    this.#waiting.clear()
    for (const go of waiting) go()
  }

  #beat(): void {
    for (const [socket, isAlive] of this.#beating) {
      if (!isAlive) socket.terminate()
      this.#beating.set(socket, false)
      socket.ping()
    }
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
