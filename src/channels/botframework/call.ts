import type { Activity } from '../../botframework/activity.ts'
import type { ChannelPreset, Reachability } from '../../botframework/presets.ts'
import type { SdkId } from '../../botframework/sdk.ts'
import type { Report, TraceEntry } from '../../trace/entry.ts'
import type { Attachments } from './attachments.ts'
import type { Conversations } from './conversations.ts'
import type { Limits } from './limits.ts'
import type { ProbeLine } from './probe-line.ts'
import type { BotStates } from './states.ts'
import type { Tokens } from './tokens.ts'

/** A request of a bot to the connector, after its path was matched. */
export interface Call {
  method: string
  /** Below the prefix, as asked. */
  path: string
  /** Values of the path's variables, decoded. */
  params: Readonly<Record<string, string>>
  query: URLSearchParams
  /** Parsed JSON, or undefined when there was no body. */
  body: unknown
  sdk: SdkId
}

export interface Answer {
  status: number
  /** Sent as JSON. Without it and `raw` the body is empty. */
  body?: unknown
  raw?: { type: string; data: Buffer | string }
  headers?: Record<string, string>
}

/** What the calls work with: the channel's books and the way to note what happened. */
export interface Desk {
  readonly conversations: Conversations
  readonly states: BotStates
  readonly attachments: Attachments
  readonly tokens: Tokens
  readonly limits: Limits
  readonly probe: ProbeLine
  readonly serviceUrl: string
  /** What the trace calls the bot. */
  readonly botId: string
  readonly preset: () => ChannelPreset
  readonly now: () => number
  readonly newId: () => string
  /** Whether a user may be written to. */
  reachOf(userId: string): Reachability
  note(report: Report): TraceEntry
  /** Whether a posting there is proactive, as things stand. */
  isProactive(conversationId: string, replyTo: string | undefined): boolean
}

/** A refusal with the body that the SDKs expect (F3: always an error body). */
export class CallError extends Error {
  readonly status: number
  readonly code: string
  /** Refused because somebody staged it: a quota, a fault, a user's choice. */
  readonly staged: boolean
  readonly retryAfterMs: number | undefined

  constructor(status: number, code: string, message: string, how: { staged?: boolean; retryAfterMs?: number } = {}) {
    super(message)
    this.name = 'CallError'
    this.status = status
    this.code = code
    this.staged = how.staged === true
    this.retryAfterMs = how.retryAfterMs
  }
}

export const badRequest = (message: string) => new CallError(400, 'BadSyntax', message)

/** The body as an activity. Only that it is an object is asked of it (R6). */
export function activityOf(body: unknown): Activity {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw badRequest('The body must be an activity: a JSON object.')
  return body as Activity
}
