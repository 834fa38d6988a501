import { FromPanel, type PanelState, type ToPanel } from '../protocol/panel.ts'
import type { TraceEntry } from '../trace/entry.ts'
import type { TraceLog } from '../trace/log.ts'
import type { PanelLine } from './simulator-options.ts'

const BATCH_MS = 16

interface Line {
  send(message: ToPanel): void
  /** Whether the panel said `ready`: before that nobody listens. */
  isReady: boolean
  /** Seq of the first entry not yet sent. */
  next: number
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
    this.#stop = options.trace.subscribe(entries => this.#soon(entries))
  }

  connect(send: (message: ToPanel) => void): PanelLine {
    const line: Line = { send, isReady: false, next: 1 }
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
    for (const line of this.#lines) line.next = 1
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
      line.send({ kind: 'state', state: this.#options.state() })
      this.#sendEntries(line)
    } else {
      try {
        await this.#options.handle(parsed.data, answer => line.send(answer))
      } catch (error) {
        line.send({ kind: 'notice', level: 'error', text: error instanceof Error ? error.message : String(error) })
      }
    }
  }

  #soon(_entries: readonly TraceEntry[]): void {
    if (this.#lines.size === 0) return
    this.#timer ??= setTimeout(() => this.#flush(), BATCH_MS)
  }

  #flush(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    for (const line of this.#lines) if (line.isReady) this.#sendEntries(line)
  }

  #sendEntries(line: Line): void {
    const { entries } = this.#options.trace
    // The first message of a panel starts its list anew, even when there is nothing yet.
    if (line.next > 1 && line.next > entries.length) return
    line.send({ kind: 'entries', from: line.next, entries: entries.slice(line.next - 1) })
    line.next = entries.length + 1
  }

  #all(message: ToPanel): void {
    for (const line of this.#lines) if (line.isReady) line.send(message)
  }
}
