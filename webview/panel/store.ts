import type { FromPanel, PanelState, ToPanel } from '../../src/protocol/panel.ts'
import type { TraceEntry } from '../../src/trace/entry.ts'
import { matches, parseQuery, type Searchable } from '../../src/trace/query.ts'
import { sightOf } from '../../src/trace/shown.ts'
import type { Story } from '../../src/trace/story.ts'
import { titleOf } from '../../src/trace/title.ts'
import type { TraceIndex } from '../../src/trace/trace-index.ts'
import type { Verdict } from '../../src/trace/verdict.ts'
import { type Book, Books } from './books.ts'
import { Intake } from './intake.ts'
import type { Judgement } from './judgement.ts'
import { Judging } from './judging.ts'
import { readSaved, type Saved } from './saved.ts'
import { Telling } from './telling.ts'
import { TEXTS } from './texts.ts'
import type { Rows } from './trace/rows.ts'
import { connect, type Transport } from './transport.ts'

export interface Notice {
  id: number
  level: 'info' | 'warning' | 'error'
  text: string
}

/** What the panel knows: a copy of the host's truth, and its own small view state. Components read it and are told when it changed. */
export class Store {
  panel: PanelState | undefined
  line: 'connecting' | 'open' | 'lost' = 'connecting'
  notices: Notice[] = []
  saved: Saved
  /** Story to scroll to; `turn` grows with each wish. */
  reveal: { id: number; seq: number; turn: number; focus: boolean } | undefined
  /** What is stored of a conversation, as it was asked for last. */
  stored: (ToPanel & { kind: 'stored' }) | undefined
  /** What a screen reader is told next. */
  announcement = ''
  readonly transport: Transport
  #visible: Story[] = []
  #visibleOf: unknown[] = []
  readonly #telling = new Telling(() => this.index)
  #books = new Books()
  /** An entry that is to be shown as soon as it has come. */
  #wanted: number | undefined
  #saving: ReturnType<typeof setTimeout> | undefined
  #notices = 0
  /** The timeline's lines, kept from one look at them to the next. */
  rows: Rows | undefined
  readonly #judging: Judging
  #listeners = new Set<() => void>()
  #clockListeners = new Set<() => void>()
  #drawing = false
  #settled = new WeakSet<Story>()
  #history = true
  /** What the page was told last to mark. */
  #sight = JSON.stringify({ messages: [] })
  /** What came before verdicts could be told. */
  #early: ToPanel[] = []

  constructor() {
    this.#judging = new Judging(this, () => this.#draw())
    void this.#telling.load().then(
      () => {
        for (const message of this.#early.splice(0)) this.#take(message)
      },
      () => this.#notice('error', TEXTS.notLoaded)
    )
    const intake = new Intake({
      take: message => this.#take(message),
      unreadable: () => this.#notice('error', TEXTS.unreadable)
    })
    this.transport = connect({ message: message => intake.push(message), line: state => this.#line(state) })
    this.saved = readSaved(this.transport.load())
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /** Told when the clock moved, many times a second while it plays, and of nothing else. */
  subscribeClock(listener: () => void): () => void {
    this.#clockListeners.add(listener)
    return () => void this.#clockListeners.delete(listener)
  }

  /** The trace, sorted into stories. */
  get index(): TraceIndex {
    return this.#books.shown.index
  }

  /** The trace, in order: all of it, or its newest part while the rest is `coming`. */
  get entries(): readonly TraceEntry[] {
    return this.#books.shown.entries
  }

  /** How far a long past has come that is not shown yet. */
  get coming(): Books['coming'] {
    return this.#books.coming
  }

  /** What comes is still the past. */
  get isHistory(): boolean {
    return this.#history
  }

  /** What is thought of the whole run; a moment behind the trace. */
  get judgement(): Judgement | undefined {
    return this.#judging.of(this.index)
  }

  entryAt(seq: number): TraceEntry | undefined {
    return this.index.storyAt(seq)?.entries.find(entry => entry.seq === seq)
  }

  get findings() {
    return this.judgement?.findings
  }

  get accounts() {
    return this.judgement?.accounts
  }

  get changes() {
    return this.judgement?.changes
  }

  get entryCount(): number {
    return this.entries.length
  }

  send(message: FromPanel): void {
    this.transport.send(message)
  }

  /** What people do is drawn at once, not with the next frame: a text that they go on writing within it would meet the one that is still drawn. */
  update(change: Partial<Saved>): void {
    this.saved = { ...this.saved, ...change }
    this.transport.save(this.saved)
    this.#show()
  }

  /** Remembers without drawing, and writes it down a little later: for what changes many times a second. */
  remember(change: Partial<Saved>): void {
    this.saved = { ...this.saved, ...change }
    clearTimeout(this.#saving)
    this.#saving = setTimeout(() => this.transport.save(this.saved), 200)
  }

  toggle(story: Story, open = !this.isOpen(story)): void {
    const expanded = this.saved.expanded.filter(id => id !== story.id)
    this.update({ expanded: open ? [...expanded, story.id].slice(-100) : expanded })
  }

  isOpen(story: Story): boolean {
    return this.saved.expanded.includes(story.id)
  }

  verdict(story: Story): Verdict {
    return this.#telling.of(story).verdict
  }

  /** Looks at an entry: what shows it in any view, on the page and in the chat is marked. */
  select(seq: number | undefined): void {
    this.update({ selected: seq })
    // The trace of a scenario has no page any more.
    if (this.panel?.status === 'played') return
    const story = seq === undefined ? undefined : this.index.storyAt(seq)
    const entry = seq === undefined ? undefined : this.entryAt(seq)
    const sight = story && entry ? sightOf(entry, story) : { messages: [] }
    const now = JSON.stringify(sight)
    if (now !== this.#sight) this.send({ kind: 'mark', ...sight })
    this.#sight = now
  }

  /** Shows the story of an entry opened, wherever one was. */
  show(seq: number, focus = false): void {
    const story = this.index.storyAt(seq)
    if (!story) {
      if (this.coming) this.#wanted = seq
      return
    }
    this.reveal = { id: story.id, seq, turn: (this.reveal?.turn ?? 0) + 1, focus }
    this.update({ tab: 'trace', view: 'stories', filter: '', problemsOnly: false })
    this.toggle(story, true)
    this.select(seq)
  }

  searchable(story: Story): Searchable {
    return this.#telling.of(story).searchable
  }

  dismiss(id: number): void {
    this.notices = this.notices.filter(notice => notice.id !== id)
    this.#draw()
  }

  announce(text: string): void {
    this.announcement = text
    this.#draw()
  }

  /** The stories that pass the filter, oldest first. */
  visible(): Story[] {
    const { filter, problemsOnly } = this.saved
    const key = [filter, problemsOnly, this.entryCount, this.#books.shown]
    if (key.some((part, n) => part !== this.#visibleOf[n])) {
      this.#visibleOf = key
      this.#visible = filter || problemsOnly ? this.index.stories.filter(story => this.#passes(story)) : [...this.index.stories]
    }
    return this.#visible
  }

  #passes(story: Story): boolean {
    const { verdict, searchable } = this.#telling.of(story)
    if (this.saved.problemsOnly && verdict.tone !== 'warning' && verdict.tone !== 'error') return false
    return matches(parseQuery(this.saved.filter), searchable)
  }

  #line(state: 'open' | 'lost'): void {
    this.line = state
    if (state === 'open') this.#greet()
    this.#draw()
  }

  /** Asks for everything: the entries that come next are the past. */
  #greet(): void {
    this.#history = true
    this.send({ kind: 'ready' })
  }

  #take(message: ToPanel): void {
    if (!this.#telling.isLoaded && (message.kind === 'entries' || message.kind === 'recent' || message.kind === 'reveal')) {
      this.#early.push(message)
      return
    }
    switch (message.kind) {
      case 'state':
        this.panel = message.state
        break
      case 'entries':
      case 'recent':
        this.#append(message)
        break
      case 'reveal':
        this.show(message.seq, message.focus)
        break
      case 'clock':
        if (this.panel) this.panel = { ...this.panel, clock: message.clock }
        for (const listener of this.#clockListeners) listener()
        return
      case 'stored':
        this.stored = message
        break
      case 'notice':
        this.#notice(message.level, message.text)
        break
    }
    this.#draw()
  }

  #append(message: ToPanel & { kind: 'entries' | 'recent' }): void {
    const before = this.#books.shown
    const changed = this.#books.take(message)
    // Something was missed, which `ready` brings back.
    if (!changed) {
      this.#greet()
      return
    }
    // It was cleared, and its numbers begin anew: what was opened or looked at is not there any more.
    if (message.from === 1 && message.entries.length === 0) this.update({ expanded: [], selected: undefined, reading: undefined })
    this.#speak(changed)
    if (this.#books.shown !== before) this.#turnTo(this.#books.shown)
    if (message.kind === 'entries' && !message.more) this.#history = false
    this.#judging.soon()
  }

  /** Another trace is shown, or another part of it. */
  #turnTo(book: Book): void {
    const wanted = this.#wanted
    if (wanted !== undefined && book.index.storyAt(wanted)) {
      this.#wanted = undefined
      this.show(wanted)
    }
  }

  /** Says the newest settled verdict; what was there before the panel opened is no news. */
  #speak(changed: Story[]): void {
    let newest: Story | undefined
    for (const story of changed) {
      if (this.#settled.has(story) || (story.kind !== 'event' && story.kind !== 'sent' && story.kind !== 'problem')) continue
      if (this.#history ? story.kind === 'event' && !story.ended : this.verdict(story).tone === 'running') continue
      this.#settled.add(story)
      newest = story
    }
    if (newest && !this.#history) this.announcement = `${titleOf(newest)}: ${this.verdict(newest).headline}`
  }

  #notice(level: Notice['level'], text: string): void {
    if (this.notices.some(notice => notice.text === text)) return
    this.notices = [...this.notices.slice(-2), { id: ++this.#notices, level, text }]
    this.#draw()
  }

  #show(): void {
    for (const listener of this.#listeners) listener()
  }

  #draw(): void {
    if (this.#drawing) return
    this.#drawing = true
    const draw = () => {
      this.#drawing = false
      this.#show()
    }
    // A hidden page gets no frames; it is drawn when it is seen again. Of a long past that comes in, one sees no more than how far it has come.
    if (this.coming) setTimeout(draw, 150)
    else requestAnimationFrame(draw)
  }
}
