import { setTimeout as delay } from 'node:timers/promises'
import type { CallParams } from '../protocol/engine.ts'
import type { PanelState } from '../protocol/panel.ts'
import type { EntryOf, Report, TraceEntry } from '../trace/entry.ts'
import type { TraceLog } from '../trace/log.ts'
import { type RecordedDeed, recordingOf, restOf, withoutReplays } from '../trace/recording/recording.ts'
import type { Transcript } from '../trace/transcript/transcript.ts'
import { Player, type PlayerOptions } from './replay-player.ts'
import { Heard, partsOfTranscript } from './replay-transcript.ts'

/** How long a page may take to load, and what is played to its end, real ms. */
const PATIENCE_MS = 10_000
/** So much longer it is waited for what came before and has not come yet, and looked so often, real ms. */
const GRACE_MS = 2000
const STEP_MS = 50
/** Files saved within so many ms are one save. */
const TOGETHER_MS = 200

type Replayed = Omit<EntryOf<'replay-started'>, 'kind' | 'seq' | 'at'>

export interface ReplayOptions extends PlayerOptions {
  trace: TraceLog
  /** Somebody new takes the shown visitor's place and loads the page. */
  newVisitor(page: string | undefined): Promise<void>
  report(entry: Said): void
  onChange(change: { live?: PanelState['live']; replaying?: boolean }): void
}
/** A report without its time. */
type Said<R = Report> = R extends Report ? Omit<R, 'at'> : never

/** What came of the last deed without another: how long it took, and how much there was in the whole run. */
interface Rest {
  ms: number
  causes: number
}

/** Plays again what the trace tells of: one event, or all that was done. One thing at a time. */
export class Replay {
  readonly #options: ReplayOptions
  #mode: NonNullable<PanelState['live']> = 'off'
  #saved = new Set<string>()
  #timer: NodeJS.Timeout | undefined
  #running = false
  #disposed = false

  constructor(options: ReplayOptions) {
    this.#options = options
  }

  /** What is played again when files are saved. */
  set mode(mode: NonNullable<PanelState['live']>) {
    this.#mode = mode
    this.#options.onChange({ live: mode })
  }

  /** Files were saved: plays again what the author wants, once they have all come. */
  filesSaved(files: readonly string[]): void {
    if (this.#mode === 'off') return
    for (const file of files) if (/\.(js|mjs|json|html?|css)$/i.test(file)) this.#saved.add(file)
    if (this.#saved.size === 0) return
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#playSaved(), TOGETHER_MS)
  }

  /** @throws Error with a sentence for the user */
  async play(what: 'event' | 'run', reversed = false): Promise<void> {
    if (what === 'event') await this.#event('asked', [])
    else await this.#run('asked', [], reversed)
  }

  /** Does again what visitor and page did in a transcript. */
  async transcript(transcript: Transcript): Promise<void> {
    const parts = partsOfTranscript(transcript)
    if (parts.deeds.length === 0) throw new Error('Nobody did anything in this transcript.')
    await this.#play({ what: 'transcript', why: 'asked', files: [], from: 0, to: 0 }, parts.deeds, {
      heard: new Heard(this.#options.trace, parts.said)
    })
  }

  dispose(): void {
    this.#disposed = true
    clearTimeout(this.#timer)
  }

  async #playSaved(): Promise<void> {
    // What was saved meanwhile is played when that is over.
    if (this.#running || this.#saved.size === 0 || this.#disposed) return
    const files = [...this.#saved]
    this.#saved.clear()
    const { trace } = this.#options
    if (!trace.entries.some(isDeedful)) return
    const play = this.#mode === 'event' ? this.#event('saved', files) : this.#run('saved', files, false)
    // The trace tells how it failed; there is nobody to answer to.
    await play.catch(() => {})
  }

  async #event(why: Replayed['why'], files: string[]): Promise<void> {
    const { trace, call } = this.#options
    const event = trace.entries.findLast(isDeedful)
    if (!event) throw new Error('There is no event to play again yet.')
    const { botId, channel, target, threadId, type, payload, preview, eventId } = event
    await this.#during({ what: 'event', why, files, from: event.seq, to: trace.entries.length }, async () => {
      const loaded = trace.entries.find(entry => entry.kind === 'state-loaded' && entry.eventId === eventId)
      const address = { botId, channel, target, ...(threadId !== undefined && { threadId }) }
      if (loaded?.kind === 'state-loaded') await call('writeState', { ...address, ...partsOf(loaded.state) })
      await call('send', { ...address, type, payload, ...(preview !== undefined && { preview }) })
      await call('settle', { ms: PATIENCE_MS })
      return undefined
    })
  }

  async #run(why: Replayed['why'], files: string[], reversed: boolean): Promise<void> {
    const { trace } = this.#options
    const deeds = recordingOf(trace.entries)
    if (deeds.length === 0) throw new Error('Nothing was done yet that could be played again.')
    const before = lastRun(trace.entries)
    const rest = { ms: restOf(trace.entries, deeds), causes: withoutReplays(trace.entries).filter(isCause).length }
    await this.#play({ what: 'run', why, files, ...before, ...(reversed && { reversed }) }, deeds, { rest })
  }

  /** @param more what the bot is to say meanwhile, and what came by itself after the last deed, where that is known */
  async #play(about: Replayed, deeds: readonly RecordedDeed[], { heard, rest }: { heard?: Heard; rest?: Rest }): Promise<void> {
    const { trace, handle, call, newVisitor, state } = this.#options
    const from = trace.entries.length
    const reversed = about.reversed === true
    await this.#during(about, async () => {
      const before = state().conditions
      await handle({ kind: 'conditions', conditions: { line: reversed ? { order: 'reversed' } : {}, hooks: [], unmounted: [] } })
      try {
        const first = deeds[0]!
        await this.#loads(() => newVisitor(pageOfComing(first)))
        const player = new Player(this.#options, first.visitorId, reversed)
        for (const [n, recorded] of deeds.entries()) {
          if (this.#disposed) return undefined
          await heard?.next()
          await player.wait(recorded.wait)
          if (n === 0 && pageOfComing(recorded) !== undefined) continue
          await (loads(recorded) ? this.#loads(() => player.play(recorded)) : player.play(recorded))
        }
        await heard?.next()
        if (rest && state().clock.kind === 'real') await this.#rest(rest, from)
        await call('settle', { ms: PATIENCE_MS })
      } finally {
        // Also after a run that failed on its way: nobody staged that order for what comes next.
        if (reversed && !this.#disposed) await handle({ kind: 'conditions', conditions: before })
      }
      return heard?.difference
    })
  }

  /** By the clock of this computer a page takes its time to load, to open its chat and to send: as long as before, and a little longer where less has come. */
  async #rest({ ms, causes }: Rest, from: number): Promise<void> {
    const { trace } = this.#options
    const least = Math.min(ms, PATIENCE_MS)
    const most = least * 2 + GRACE_MS
    for (let passed = 0; passed < most && !this.#disposed; passed += STEP_MS) {
      if (passed >= least && trace.entries.slice(from).filter(isCause).length >= causes) return
      await delay(STEP_MS)
    }
  }

  /** Does something that loads a page, and waits until it has loaded. */
  async #loads(action: () => Promise<void>): Promise<void> {
    const { trace } = this.#options
    let stop = () => {}
    const loaded = new Promise<void>(resolve => {
      stop = trace.subscribe(entries => entries.some(entry => entry.kind === 'page-loaded') && resolve())
    })
    const patience = new AbortController()
    try {
      await action()
      // A page that says nothing of itself (it has no chat) is not waited for for ever.
      await Promise.race([loaded, delay(PATIENCE_MS / 4, undefined, { signal: patience.signal }).catch(() => {})])
    } finally {
      patience.abort()
      stop()
    }
  }

  /** @param action resolves with what came out otherwise, if that is known */
  async #during(about: Replayed, action: () => Promise<string | undefined>): Promise<void> {
    const { report, onChange } = this.#options
    if (this.#running) throw new Error('Something is being played again already.')
    this.#running = true
    onChange({ replaying: true })
    report({ kind: 'replay-started', ...about })
    try {
      const otherwise = await action()
      report({ kind: 'replay-ended', outcome: 'completed', ...(otherwise && { reason: otherwise }) })
    } catch (error) {
      report({ kind: 'replay-ended', outcome: 'failed', reason: error instanceof Error ? error.message : String(error) })
      throw error
    } finally {
      this.#running = false
      onChange({ replaying: false })
      if (this.#saved.size > 0) this.#timer = setTimeout(() => void this.#playSaved(), TOGETHER_MS)
    }
  }
}

/** Events that somebody caused from outside of the bot, and that can be sent again. */
function isDeedful(entry: TraceEntry): entry is EntryOf<'event-received'> {
  if (entry.kind !== 'event-received' || entry.direction !== 'incoming' || entry.during !== undefined || entry.type === 'visit')
    return false
  return entry.from.by === 'page' || entry.from.by === 'visitor' || entry.from.by === 'author'
}

/** What pages and visitors send, as opposed to what bots say to it. */
const isCause = (entry: TraceEntry) => entry.kind === 'page-sent' || (entry.kind === 'event-received' && entry.direction === 'incoming')

/** The page of a deed that is somebody's coming: whoever plays the run comes to it. */
function pageOfComing({ deed }: RecordedDeed): string | undefined {
  if (deed.do === 'page') return deed.page
  const isPlain = deed.do === 'visitor' && deed.change.what === 'new' && !deed.change.language && !deed.change.attributes
  return isPlain ? deed.change.page : undefined
}

const loads = ({ deed }: RecordedDeed) =>
  deed.do === 'page' ||
  (deed.do === 'gesture' && (deed.gesture.do === 'load' || deed.gesture.do === 'reload')) ||
  (deed.do === 'visitor' && ['new', 'returned', 'expired', 'new-conversation', 'language', 'tab-opened'].includes(deed.change.what))

/** The range of entries of the last whole run: the one that was played again last, or what was done at first. */
function lastRun(entries: readonly TraceEntry[]): { from: number; to: number } {
  const last = entries.findLast(entry => entry.kind === 'replay-started' && entry.what === 'run')
  if (last) return { from: last.seq + 1, to: entries.length }
  const first = entries.find(entry => entry.kind === 'replay-started')
  return { from: 1, to: first ? first.seq - 1 : entries.length }
}

function partsOf(state: unknown): Pick<CallParams<'writeState'>, 'user' | 'session' | 'context' | 'temp'> {
  const parts = (state ?? {}) as Record<string, unknown>
  const names = ['user', 'session', 'context', 'temp'] as const
  return Object.fromEntries(names.filter(name => isObject(parts[name])).map(name => [name, parts[name]]))
}

const isObject = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value)
