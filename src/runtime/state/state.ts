import type { Change } from '../../trace/entry.ts'
import type { BotConfig, BotEvent, ReportInput } from '../api.ts'
import { copy, difference } from '../changes.ts'
import type { Clock } from '../clock.ts'
import { milliseconds } from '../durations.ts'
import type { KeyValues } from './kvs.ts'
import { type Sessions, sessionIdOf } from './sessions.ts'
import type { Users } from './users.ts'

const PARTS = ['user', 'session', 'context', 'temp'] as const
type Part = (typeof PARTS)[number]

/** What a session without content is seen as (R6.2). */
export function newSession(parse: (json: string) => unknown): Record<string, unknown> {
  return parse('{"lastMessages":[],"workflows":{}}') as Record<string, unknown>
}

/** What a stock hook adds to every session (R1.14); nobody misses it. */
function isStock({ path, before, after }: Change): boolean {
  return path === 'state.session.slots' && before === undefined && JSON.stringify(after) === '{}'
}

export interface StateHost {
  readonly clock: Clock
  readonly users: Users
  readonly sessions: Sessions
  readonly kvs: KeyValues
  readonly parse: (json: string) => unknown
  botConfig(botId: string): BotConfig | undefined
  serverConfig(): { dialog?: { timeoutInterval?: string; sessionTimeoutInterval?: string } }
  report(entry: ReportInput): void
}

/** Loads an event's state and writes it back (R6). */
export class StateManager {
  readonly #host: StateHost
  /** For each event: its parts as they are stored. */
  #stored = new WeakMap<BotEvent, Partial<Record<Part, unknown>>>()

  constructor(host: StateHost) {
    this.#host = host
  }

  /** Fills `event.state` (R6.2). */
  load(event: BotEvent): void {
    const { users, sessions, kvs, parse } = this.#host
    const sessionId = sessionIdOf(event)
    const { result: user } = users.getOrCreate(event.channel, event.target, event.botId)
    const row = sessions.get(sessionId)
    const session = row?.session ?? {}
    const state = event.state
    state.user = user.attributes
    state.context = row?.context ?? parse('{}')
    state.session = Object.keys(session).length > 0 ? session : newSession(parse)
    state.temp = row?.temp ?? parse('{}')
    state.bot = kvs.get(event.botId, 'global')
    state.__stacktrace = []
    Object.defineProperty(state, 'workflow', {
      get: () => state.session.workflows[state.session.currentWorkflow],
      configurable: true,
      enumerable: false
    })
    this.#remember(event, PARTS)
    this.#host.report({
      kind: 'state-loaded',
      eventId: event.id,
      sessionId,
      state: { ...this.#stored.get(event), bot: copy(state.bot) },
      newSession: !row
    })
  }

  /** Writes what Botpress writes (R6.4). */
  save(event: BotEvent, { ignoreContext = false, ignoreUser = false } = {}): void {
    const { users, sessions, report } = this.#host
    const { user, session, context, temp } = event.state
    const sessionId = sessionIdOf(event)
    const parts: Part[] = [...(ignoreUser ? [] : ['user' as const]), 'session', ...(ignoreContext ? [] : (['context', 'temp'] as const))]
    const changes = this.#unsaved(event, parts)
    if (!ignoreUser) users.save(event.channel, event.target, user ?? {})
    const kept = session && Array.isArray(session.lastMessages) ? { ...session, lastMessages: session.lastMessages.slice(-5) } : session
    sessions.save(
      sessionId,
      event.botId,
      { session: kept ?? {}, ...(!ignoreContext && { context: context ?? {}, temp: temp ?? {} }) },
      this.expiry(event.botId)
    )
    this.#remember(event, parts)
    report({ kind: 'state-saved', eventId: event.id, sessionId, parts, changes })
  }

  /** Says which changes are lost when the event ends (R6.5), and which the visitor's next events see all the same (R6.3). */
  reportDiscarded(event: BotEvent): void {
    const changes = this.#unsaved(event, PARTS).filter(change => !isStock(change))
    if (changes.length === 0) return
    const shared = this.#host.users.isShared(event.channel, event.target, event.state.user)
    const leaks = shared ? changes.filter(change => change.path.startsWith('state.user.')) : []
    this.#host.report({ kind: 'state-discarded', eventId: event.id, changes, leaks })
  }

  /** When context and session of a bot go stale if saved now (R6.8). */
  expiry(botId: string): { context: Date; session: Date } {
    const server = this.#host.serverConfig().dialog ?? {}
    const bot = (this.#host.botConfig(botId)?.dialog ?? {}) as typeof server
    const after = (interval: unknown) => new Date(this.#host.clock.now() + milliseconds(interval, 0))
    return {
      context: after(bot.timeoutInterval || server.timeoutInterval || '25m'),
      session: after(bot.sessionTimeoutInterval || server.sessionTimeoutInterval || '30m')
    }
  }

  #remember(event: BotEvent, parts: readonly Part[]): void {
    const stored = this.#stored.get(event) ?? {}
    for (const part of parts) stored[part] = copy(event.state[part])
    this.#stored.set(event, stored)
  }

  #unsaved(event: BotEvent, parts: readonly Part[]): Change[] {
    const stored = this.#stored.get(event)
    return stored ? parts.flatMap(part => difference(stored[part], event.state[part], `state.${part}`)) : []
  }
}
