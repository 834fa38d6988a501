import type { EngineSettings, Push } from '../protocol/engine.ts'
import type { Origin, Report } from '../trace/entry.ts'
import type { Clock } from './clock.ts'

/** What the engine offers to the channels that are put next to it. */

/** An event as `bp.IO.Event` makes it (R4); every field is writable (R3.25). */
export interface BotEvent {
  id: string
  type: string
  channel: string
  direction: 'incoming' | 'outgoing' | 'internal'
  // biome-ignore lint/suspicious/noExplicitAny: authors put anything into a payload
  payload: any
  target: string
  botId: string
  createdOn: Date
  threadId: string | undefined
  preview: unknown
  flags: Record<PropertyKey, unknown>
  // biome-ignore lint/suspicious/noExplicitAny: the state's shape is the authors'
  state: any
  messageId?: string | undefined
  debugger?: boolean | undefined
  credentials?: unknown
  incomingEventId?: string | undefined
  suggestions?: unknown[]
  isPause?: boolean
  hasFlag(flag: symbol): boolean
  setFlag(flag: symbol, value: boolean): void
  [key: string]: unknown
}

/** What makes an event; `direction` decides which own keys it gets (R4.4). */
export interface EventArgs {
  type: string
  channel: string
  direction: 'incoming' | 'outgoing' | 'internal'
  payload: unknown
  target: string
  botId: string
  threadId?: string | number | undefined
  preview?: unknown
  messageId?: string | undefined
  debugger?: boolean | undefined
  credentials?: unknown
  incomingEventId?: string | undefined
  nlu?: unknown
}

export interface Middleware {
  name: string
  description: string
  direction: 'incoming' | 'outgoing'
  /** Chains run in ascending order (R8.2). */
  order?: number
  /** `next(error?, swallow?, skipped?)` (R8.4). */
  handler(event: BotEvent, next: (error?: unknown, swallow?: boolean, skipped?: boolean) => void): unknown
  /** ms-style string; 2 s when absent (R8.7). */
  timeout?: string
}

/** A row as SQLite gives it. */
export type Row = Record<string, string | number | bigint | null | Uint8Array>

/** The engine's SQLite database. Statements are prepared once per text and kept. */
export interface Database {
  /** Runs one or more statements without parameters: for `CREATE TABLE IF NOT EXISTS …`. */
  exec(sql: string): void
  run(sql: string, ...params: SqlValue[]): { changes: number }
  get<T = Row>(sql: string, ...params: SqlValue[]): T | undefined
  all<T = Row>(sql: string, ...params: SqlValue[]): T[]
  /** Runs `work` in one transaction; rolls back when it throws. */
  transaction<T>(work: () => T): T
}
export type SqlValue = string | number | bigint | null | Uint8Array

/** `data/bots/<id>/bot.config.json` as far as the engine reads it. */
export interface BotConfig {
  id: string
  name?: string
  defaultLanguage?: string
  languages?: string[]
  disabled?: boolean
  // biome-ignore lint/suspicious/noExplicitAny: the file is the author's
  [key: string]: any
}

/** A user row (R15.1). `attributes` is the shared object that events see as `state.user` (R6.3). */
export interface ChatUser {
  id: string
  channel: string
  // biome-ignore lint/suspicious/noExplicitAny: attributes are the authors'
  attributes: Record<string, any>
}

export interface EngineApi {
  readonly settings: EngineSettings
  readonly clock: Clock
  readonly database: Database
  /** A new id; the same ones in the same order when the engine has a seed. */
  uuid(): string
  /** Appends to the trace; `at` is filled in when absent. */
  report(entry: ReportInput): void
  /** Sends a socket message to a visitor's browser. */
  push(push: Push): void
  readonly events: {
    /** `bp.IO.Event` (R4.1). */
    create(args: EventArgs): BotEvent
    /** Validates, queues, resolves when queued (R7.1); rejects when the event is invalid (R4.8). */
    sendEvent(event: BotEvent, from?: Origin): Promise<void>
    registerMiddleware(middleware: Middleware): void
  }
  readonly dialog: {
    /** Session id of an event (R6.1). */
    createId(event: Pick<BotEvent, 'botId' | 'channel' | 'target' | 'threadId'>): string
    deleteSession(sessionId: string): Promise<void>
  }
  readonly bots: {
    ids(): string[]
    /** The bot's configuration, or undefined when there is no such bot. */
    config(botId: string): BotConfig | undefined
    /** Why there is no such bot, in a sentence. */
    whyNone(botId: string): string
    /** Whether somebody unmounted it. */
    isUnmounted(botId: string): boolean
  }
  readonly users: {
    /** Creates the row on first sight (R15.1). */
    getOrCreate(channel: string, userId: string, botId?: string): { result: ChatUser; created: boolean }
    /** Shallow merge, drops the cache entry (R15.2). */
    updateAttributes(channel: string, userId: string, attributes: Record<string, unknown>): void
  }
  /** Module configuration as `bp.config.getModuleConfigForBot` reads it (R18.5), laid over `defaults`. */
  moduleConfig<T extends object>(module: string, botId: string, defaults: T): T
  /** Calls `handler` when a visitor (or everything, without id) is to be forgotten, so that a channel can drop its own rows. */
  onForget(handler: (visitorId: string | undefined) => void): void
  /** Which targets belong to a visitor: a channel answers with the ids of its users so that the engine can forget their state. */
  targetsOf: (visitorId: string) => string[]
  /** What `bp.messaging.forBot` gives, as a channel has it (R18.8). */
  messaging: ((botId: string) => object) | undefined
}

/** A report without its time. */
export type ReportInput = Report extends infer R
  ? R extends { kind: string; at: number }
    ? Omit<R, 'at'> & { at?: number }
    : never
  : never

/** The server part of a channel, as `createWebchat(engine)` returns it. */
export interface WebchatChannel {
  handle(request: {
    botId: string
    visitorId: string
    route: string
    body: unknown
    headers: Record<string, string>
  }): Promise<{ status: number; body: unknown }>
  /** Who the visitor is to a bot, and their current conversation; both are made at the first call (R19.2). */
  address(botId: string, visitorId: string): { target: string; threadId: string }
  /** A page of the visitor came or went. */
  socket(visitorId: string, open: boolean): void
}
