/** The format of a case; see README.md. */
export interface Case {
  name: string
  about: string
  files: Record<string, unknown>
  bots: Record<string, { files?: Record<string, unknown>; config?: Record<string, unknown> | null }>
  options: {
    quiet?: number
    settle?: number
    hangAfter?: number
    builtinHooks?: boolean
    env?: { env?: Record<string, string>; production?: boolean; disableGlobalSandbox?: boolean; disableBotSandbox?: boolean }
  }
  events: Step[]
  expected: {
    start?: Partial<StartRecord>
    events?: Partial<EventRecord>[]
    hang?: boolean
    fatal?: boolean
    lastHook?: string
    uncaught?: string[]
  }
}

/** An event to send, or an operation. */
export interface Step {
  $op?: 'hook' | 'timeout' | 'writeFile' | 'wait'
  $burst?: Step[]
  type?: string
  args?: Record<string, unknown>
  dest?: { target?: string; threadId?: string; botId?: string; channel?: string }
  file?: string
  botId?: string
  content?: string
  ms?: number
  [key: string]: unknown
}

export interface StartRecord {
  hooks: Record<string, string[]>
  errors: string[]
  console: string[]
}

export interface Result {
  event: string
  reachedState: boolean
  flags: Record<string, unknown>
  isPause?: boolean
  changesByHooks: Record<string, unknown>
  changesAtEnd: Record<string, unknown>
  decision?: unknown
  suggestions?: unknown[]
  steps: string[]
}

export interface EventRecord {
  send: unknown
  stuck: boolean
  hooksByEvent: Record<string, string[]>
  errors: string[]
  threw?: string
  argsAfter?: Record<string, unknown>
  result: Result[]
  dialogEngineReached: boolean
  jumps: string[]
  incomingSent: unknown[]
  replies: unknown[]
  logs: string[]
  console: string[]
  unhandledRejections?: string[]
  uncaughtExceptions?: string[]
  stored: { sessions: unknown[]; users: unknown[]; kvs: unknown[] }
}

export interface Recorded {
  start: StartRecord
  events: EventRecord[]
}
