import type { StoredState } from '../../protocol/engine.ts'
import type { BotEvent, ReportInput } from '../api.ts'
import { copy, difference } from '../changes.ts'
import type { Session, Sessions } from './sessions.ts'
import { sessionIdOf } from './sessions.ts'
import { newSession, type StateManager } from './state.ts'
import type { Users } from './users.ts'

export type Address = Pick<BotEvent, 'botId' | 'channel' | 'target' | 'threadId'>
export type StateParts = Partial<Record<'user' | 'session' | 'context' | 'temp', Record<string, unknown>>>

const PARTS = ['user', 'session', 'context', 'temp'] as const

export interface EditHost {
  readonly users: Users
  readonly sessions: Sessions
  readonly state: StateManager
  parse(json: string): unknown
  /** The context of somebody who waits at the node that a context names. @throws when nobody can wait there */
  waiting(botId: string, context: Record<string, unknown>): Record<string, unknown>
  report(entry: ReportInput): void
}

/** Reads and writes what is stored of a conversation from outside, past all hooks. */
export class StateEditor {
  readonly #host: EditHost

  constructor(host: EditHost) {
    this.#host = host
  }

  /** What the conversation's next event will find. Creates nothing. */
  read(address: Address): StoredState {
    const sessionId = sessionIdOf(address)
    const stored: Partial<Session> = this.#host.sessions.get(sessionId) ?? {}
    const isEmpty = Object.keys(stored.session ?? {}).length === 0
    const parts = {
      user: this.#host.users.peek(address.channel, address.target),
      session: isEmpty ? newSession(this.#host.parse) : stored.session,
      context: stored.context ?? {},
      temp: stored.temp ?? {}
    }
    return { sessionId, ...plain(parts as Omit<StoredState, 'sessionId'>) }
  }

  /**
   * @param merge whether what the given parts do not name is kept
   * @param waiting whether the visitor waits for an answer at the node that the context names
   * @throws FlowError when nobody can wait there
   */
  write(address: Address, given: StateParts, { merge = false, waiting = false } = {}): StoredState {
    const { users, sessions, state, report } = this.#host
    const { botId, channel, target, threadId } = address
    const before = this.read(address)
    const written: StateParts = {}
    for (const part of PARTS) if (given[part]) written[part] = merge ? { ...before[part], ...given[part] } : given[part]
    if (waiting) written.context = this.#host.waiting(botId, written.context ?? before.context)
    const { user, ...session } = written
    if (user) {
      users.getOrCreate(channel, target, botId)
      users.setAttributes(channel, target, user)
    }
    if (Object.keys(session).length > 0) sessions.save(before.sessionId, botId, session, state.expiry(botId))
    const after = this.read(address)
    const changes = PARTS.flatMap(part => difference(before[part], after[part], `state.${part}`))
    report({
      kind: 'state-edited',
      sessionId: before.sessionId,
      botId,
      channel,
      target,
      ...(threadId !== undefined && { threadId }),
      state: Object.fromEntries(PARTS.filter(part => written[part]).map(part => [part, after[part]])),
      changes
    })
    return after
  }
}

/** As it would be stored; what hooks put on a user and JSON cannot hold is described. */
function plain<T>(parts: T): T {
  try {
    return JSON.parse(JSON.stringify(parts)) as T
  } catch {
    return copy(parts) as T
  }
}
