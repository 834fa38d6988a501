import type { TraceLog } from '../trace/log.ts'
import type { Sight } from '../trace/shown.ts'
import { deedOn, entryShowing, partsOf } from '../trace/shown.ts'
import type { BrowserLine, BrowserLines, LineRef } from './browser-lines.ts'
import { visitorOf } from './guard.ts'

export interface SightControlOptions {
  trace: TraceLog
  lines(): BrowserLines
  /** The how-manieth tab of its visitor shows that part of an address. */
  tabOf(part: string): number | undefined
  /** Chats that have no line of their own are told that something else is marked. */
  onMarked(): void
  onPicking(picking: boolean): void
  /** Shows the entry in every panel, and leads the keyboard there. */
  reveal(seq: number): void
  /** There is nothing to show: a sentence. */
  onNothing(text: string): void
}

/** One selection for trace, pages and chats: what is looked at in the trace is marked where the visitor sees it, and the other way round. */
export class SightControl {
  #options: SightControlOptions
  #sight: Sight = { messages: [] }
  #isPicking = false

  constructor(options: SightControlOptions) {
    this.#options = options
  }

  /** Names of the messages and bubbles that are marked. */
  get messages(): readonly string[] {
    return this.#sight.messages
  }

  mark(sight: Sight): void {
    this.#sight = sight
    for (const line of this.#options.lines().all) this.#tell(line)
    this.#options.onMarked()
  }

  /** A page or chat is there that was not told yet what is marked: it was loaded anew, perhaps. */
  joined(line: BrowserLine): void {
    if (this.#sight.messages.length > 0 || this.#sight.element) this.#tell(line)
    if (this.#isPicking) this.#offer(line)
  }

  /** The next press on a page chooses a part of it, or not any more. */
  pick(on: boolean): void {
    if (on === this.#isPicking) return
    this.#isPicking = on
    for (const line of this.#options.lines().all) this.#offer(line)
    this.#options.onPicking(on)
  }

  /** @param selector the part that was chosen; absent where nothing was done with what was pressed */
  picked({ page }: LineRef, selector: string | undefined, isCancelled: boolean): void {
    if (!this.#isPicking) return
    this.pick(false)
    const deed = selector === undefined ? undefined : deedOn(this.#options.trace.entries, page, selector)
    if (deed) this.#options.reveal(deed.seq)
    else if (!isCancelled) this.#options.onNothing('Nothing was done with this part of the page yet, so the trace has no entry of it.')
  }

  /** Somebody wants to know where a message or bubble comes from. */
  inspect(name: string): void {
    const entry = entryShowing(this.#options.trace.entries, name)
    if (entry) this.#options.reveal(entry.seq)
  }

  #tell(line: BrowserLine): void {
    const { messages, element } = this.#sight
    const selector = element && this.#shows(line.ref, element.pageId) ? element.selector : undefined
    line.send({ kind: 'mark', messages, ...(selector !== undefined && { selector }) })
  }

  /** Whether it is that load of a page, or a later one of the same page in the same tab. */
  #shows({ as, part, page, pageId }: LineRef, wanted: string): boolean {
    if (as !== 'page') return false
    if (pageId === wanted) return true
    const loaded = this.#options.trace.entries.find(entry => entry.kind === 'page-loaded' && entry.pageId === wanted)
    if (loaded?.kind !== 'page-loaded' || loaded.page !== page || loaded.visitorId !== visitorOf(part)) return false
    return (loaded.tab ?? 1) === this.#options.tabOf(part)
  }

  #offer(line: BrowserLine): void {
    if (line.ref.as !== 'page') return
    line.send({ kind: 'pick', on: this.#isPicking, selectors: this.#isPicking ? partsOf(this.#options.trace.entries, line.ref.page) : [] })
  }
}
