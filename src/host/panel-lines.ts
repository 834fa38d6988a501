import { setImmediate as turn } from 'node:timers/promises'
import { FromPanel, type PanelState, type ToPanel } from '../protocol/panel.ts'
import type { TraceLog } from '../trace/log.ts'
import { past } from './past.ts'
import type { PanelLine, SendToPanel } from './simulator-options.ts'

const BATCH_MS = 16

interface Line {
  send: SendToPanel
  /** Whether the panel said `ready`: before that nobody listens. */
  isReady: boolean
  /** Seq of the first entry not yet sent. */
  next: number
  /** The sending of a past that is under way: it goes on by itself to the newest entry, unless another one took its place. */
  sending: object | undefined
}

export interface PanelLinesOptions {
  trace: TraceLog
  state(): PanelState
  /** `answer` reaches only the panel that asked. */
  handle(message: FromPanel, answer: (message: ToPanel) => void): Promise<void>
}

/** Every panel that is connected: the state whenever it changes, the trace in batches. */
export class PanelLines {
  #options: PanelLinesOptions
  #lines = new Set<Line>()
  #timer: NodeJS.Timeout | undefined
  #stop: () => void

  constructor(options: PanelLinesOptions) {
    this.#options = options
    this.#stop = options.trace.subscribe(() => this.#soon())
  }

  connect(send: SendToPanel): PanelLine {
    const line: Line = { send, isReady: false, next: 1, sending: undefined }
    this.#lines.add(line)
    return {
      receive: message => this.#receive(line, message),
      dispose: () => void this.#lines.delete(line)
    }
  }

  /** The state changed. */
  state(): void {
    this.#all({ kind: 'state', state: this.#options.state() })
  }

  /** The trace was cleared: its numbers begin anew. */
  cleared(): void {
    for (const line of this.#lines) {
      line.next = 1
      line.sending = undefined
    }
    this.#all({ kind: 'entries', from: 1, entries: [] })
  }

  say(message: ToPanel & { kind: 'notice' | 'reveal' | 'clock' }): void {
    this.#flush()
    this.#all(message)
  }

  close(): void {
    clearTimeout(this.#timer)
    this.#stop()
    this.#lines.clear()
  }

  async #receive(line: Line, message: unknown): Promise<void> {
    const parsed = FromPanel.safeParse(message)
    if (!parsed.success) {
      line.send({ kind: 'notice', level: 'error', text: 'The panel asked for something that the simulator does not know.' })
    } else if (parsed.data.kind === 'ready') {
      line.isReady = true
      line.next = 1
      void line.send({ kind: 'state', state: this.#options.state() })
      // Whoever carries the message does not wait until a long past is there.
      void this.#bring(line)
    } else {
      try {
        await this.#options.handle(parsed.data, answer => line.send(answer))
      } catch (error) {
        line.send({ kind: 'notice', level: 'error', text: error instanceof Error ? error.message : String(error) })
      }
    }
  }

  #soon(): void {
    if (this.#lines.size === 0) return
    this.#timer ??= setTimeout(() => this.#flush(), BATCH_MS)
  }

  #flush(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    for (const line of this.#lines)
      if (line.isReady && !line.sending && line.next <= this.#options.trace.entries.length) void this.#bring(line)
  }

  /** Sends what is missing, a long past piece by piece: each when the one before was taken, so that neither side stands still over it. */
  async #bring(line: Line): Promise<void> {
    const mine = {}
    line.sending = mine
    try {
      for (const message of past(this.#options.trace.entries, line.next)) {
        const taken = line.send(message)
        if (message.kind === 'entries') line.next = message.from + message.entries.length
        if (message.kind === 'entries' && !message.more) break
        await taken
        await turn()
        if (line.sending !== mine || !this.#lines.has(line)) return
      }
    } catch {
      // The panel is gone; another one says `ready` anew.
    }
    if (line.sending === mine) line.sending = undefined
  }

  #all(message: ToPanel): void {
    for (const line of this.#lines) if (line.isReady) void line.send(message)
  }
}
