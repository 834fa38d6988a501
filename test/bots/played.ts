import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Activity } from '../../src/botframework/activity.ts'
import { BotPlay, type BotPlayOptions } from '../../src/host/bots/bot-play.ts'
import { SharedClock } from '../../src/host/shared-clock.ts'
import { judgedOf, proactiveOf } from '../../src/trace/bots/reading.ts'
import type { Judged } from '../../src/trace/bots/turns.ts'
import type { EntryKind, EntryOf, TraceEntry } from '../../src/trace/entry.ts'
import { TraceLog } from '../../src/trace/log.ts'
import { type Kind, packagesOf, SAMPLES } from './install.ts'

/** The source runs as it is where the tests run. */
export const PROBE = join(dirname(dirname(dirname(fileURLToPath(import.meta.url)))), 'src', 'probe', 'main.ts')
export const START = Date.UTC(2025, 2, 3, 9)

export interface Played {
  play: BotPlay
  trace: TraceLog
  clock: SharedClock
  /** The first conversation. */
  c: string
  entries<K extends EntryKind>(kind: K): EntryOf<K>[]
  /** Texts of the bot's messages in a conversation, in order. */
  said(conversationId?: string): string[]
  proactive(): Judged[]
  judged(): Judged[]
  say(text: string): Promise<void>
  advance(ms: number): Promise<void>
  /** Resolves when such an entry is there or comes. */
  until<K extends EntryKind>(kind: K, fits?: (entry: EntryOf<K>) => boolean): Promise<EntryOf<K>>
  dispose(): Promise<void>
}

export interface PlayedOptions extends Partial<Omit<BotPlayOptions, 'spec' | 'trace' | 'clock'>> {
  env?: Record<string, string>
  /** Real time instead of virtual. */
  real?: boolean
  /** Do not open a conversation. */
  cold?: boolean
}

/** A sample bot on the real packages, started, with a conversation open. Its time is virtual unless told. */
export async function played(kind: Kind, script: string, options: PlayedOptions = {}): Promise<Played> {
  const modules = await packagesOf(kind)
  const start = { run: { script }, cwd: join(SAMPLES, kind), env: { NODE_PATH: modules, ...options.env } }
  return playedAs({ name: script, sdk: kind === 'agents-dialogs' ? 'agents' : kind, start }, options)
}

export async function playedAs(spec: BotPlayOptions['spec'], options: PlayedOptions = {}): Promise<Played> {
  const { real, cold, env: _, ...rest } = options
  const trace = new TraceLog()
  const clock = new SharedClock({ startAt: START })
  const play = await BotPlay.open({ probe: PROBE, watch: false, ...rest, spec, trace, ...(!real && { clock }) })
  clock.join(play.keeper)
  try {
    await play.host.start()
    const c = cold ? '' : await play.open([{ id: 'ann', name: 'Ann' }], 'talk-1')
    return toolsFor(play, trace, clock, c)
  } catch (error) {
    await play.dispose()
    throw error
  }
}

function toolsFor(play: BotPlay, trace: TraceLog, clock: SharedClock, c: string): Played {
  const messages = (conversationId: string) =>
    trace.entries.filter(
      (entry): entry is EntryOf<'activity-from-bot'> => entry.kind === 'activity-from-bot' && entry.conversationId === conversationId
    )
  return {
    play,
    trace,
    clock,
    c,
    entries: kind => trace.entries.filter(entry => entry.kind === kind) as unknown[] as never,
    said: (conversationId = c) =>
      messages(conversationId)
        .filter(({ type, via }) => type === 'message' && via !== 'update' && via !== 'delete')
        .map(({ activity }) => (activity as Activity).text ?? ''),
    proactive: () => proactiveOf(trace.entries),
    judged: () => judgedOf(trace.entries).filter(({ entry }) => entry.type === 'message'),
    say: text => play.say(c, text),
    advance: async ms => void (await clock.advance(ms)),
    until: (kind, fits = () => true) => until(trace, kind, fits),
    dispose: () => play.dispose()
  }
}

/** Resolves with the first entry that fits, there already or to come; rejects after 20 s with what there is. */
export function until<K extends EntryKind>(trace: TraceLog, kind: K, fits: (entry: EntryOf<K>) => boolean): Promise<EntryOf<K>> {
  const find = (entries: readonly TraceEntry[]) =>
    (entries as readonly unknown[] as EntryOf<K>[]).find(one => one.kind === kind && fits(one))
  return new Promise((resolve, reject) => {
    const there = find(trace.entries)
    if (there) return resolve(there)
    const limit = setTimeout(() => {
      stop()
      reject(new Error(`No ${kind} that fits came. There are: ${trace.entries.map(entry => entry.kind).join(', ')}`))
    }, 20_000)
    const stop = trace.subscribe(entries => {
      const found = find(entries)
      if (!found) return
      clearTimeout(limit)
      stop()
      resolve(found)
    })
  })
}
