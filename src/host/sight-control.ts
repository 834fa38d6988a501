import type { TraceLog } from '../trace/log.ts'
import type { Sight } from '../trace/shown.ts'
import { entryShowing } from '../trace/shown.ts'
import type { BrowserLines } from './browser-lines.ts'

export interface SightControlOptions {
  trace: TraceLog
  lines(): BrowserLines
  /** Chats that have no line of their own are told that something else is marked. */
  onMarked(): void
  /** Shows the entry in every panel, and leads the keyboard there. */
  reveal(seq: number): void
}

/** One selection for trace, pages and chats: what is looked at in the trace is marked where the visitor sees it, and the other way round. */
export class SightControl {
  #options: SightControlOptions
  #messages: readonly string[] = []

  constructor(options: SightControlOptions) {
    this.#options = options
  }

  /** Names of the messages and bubbles that are marked. */
  get messages(): readonly string[] {
    return this.#messages
  }

  mark({ messages, element }: Sight): void {
    this.#messages = messages
    for (const line of this.#options.lines().all) {
      const selector = line.ref.as === 'page' && line.ref.pageId === element?.pageId ? element.selector : undefined
      line.send({ kind: 'mark', messages, ...(selector !== undefined && { selector }) })
    }
    this.#options.onMarked()
  }

  /** Somebody wants to know where a message or bubble comes from. */
  inspect(name: string): void {
    const entry = entryShowing(this.#options.trace.entries, name)
    if (entry) this.#options.reveal(entry.seq)
  }
}
