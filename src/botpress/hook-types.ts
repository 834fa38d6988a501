/** Where a hook of a type may lie. */
export type HookScope = 'global' | 'global+bot'

/** What calls a hook of a type; events pass through it, the others are called by the server's own life. */
export type HookCategory = 'event' | 'dialog' | 'bot' | 'server' | 'pipeline'

export interface HookArgument {
  readonly name: string
  /** The argument's type as an expression over the SDK declarations (`sdk.IO.IncomingEvent`). */
  readonly type: string
}

export interface HookType {
  /** Folder name, which is also the type's id. */
  readonly id: string
  readonly category: HookCategory
  readonly scope: HookScope
  /** Arguments after `bp`, in order. */
  readonly args: readonly HookArgument[]
  /** When the server calls it, in a sentence. */
  readonly called: string
  /** Whether a failing hook fails its caller (R3.13). */
  readonly throwOnError: boolean
}

const incoming: HookArgument = { name: 'event', type: 'sdk.IO.IncomingEvent' }
const botId: HookArgument = { name: 'botId', type: 'string' }

/** The 15 hook types of Botpress 12.31 (R2.1). */
export const HOOK_TYPES = [
  {
    id: 'after_server_start',
    category: 'server',
    scope: 'global',
    args: [],
    called: 'Once, as the last step of start-up, after the bots were mounted. Saving the file does not run it again.',
    throwOnError: false
  },
  {
    id: 'after_bot_mount',
    category: 'bot',
    scope: 'global+bot',
    args: [botId],
    called: 'Each time a bot is mounted, before it is flagged as mounted.',
    throwOnError: false
  },
  {
    id: 'after_bot_unmount',
    category: 'bot',
    scope: 'global+bot',
    args: [botId],
    called: 'Each time a bot is unmounted, after its resources were released.',
    throwOnError: false
  },
  {
    id: 'before_incoming_middleware',
    category: 'event',
    scope: 'global+bot',
    args: [incoming],
    called: 'For every incoming event, after its state was restored and before any middleware.',
    throwOnError: false
  },
  {
    id: 'after_incoming_middleware',
    category: 'event',
    scope: 'global+bot',
    args: [incoming],
    called: 'For every incoming event that is not paused, after the middleware chain and before the decision engine.',
    throwOnError: false
  },
  {
    id: 'before_suggestions_election',
    category: 'event',
    scope: 'global+bot',
    args: [{ name: 'sessionId', type: 'string' }, incoming, { name: 'suggestions', type: 'sdk.IO.Suggestion[]' }],
    called: 'After the suggestions were ranked, before the elected one is picked; also when the dialog engine is skipped.',
    throwOnError: false
  },
  {
    id: 'after_event_processed',
    category: 'event',
    scope: 'global+bot',
    args: [incoming],
    called: 'After the dialog engine ran, or after a suggestion was sent. Not for skipped, paused or failed events.',
    throwOnError: false
  },
  {
    id: 'before_outgoing_middleware',
    category: 'event',
    scope: 'global+bot',
    args: [{ name: 'event', type: 'sdk.IO.OutgoingEvent' }],
    called: 'For every outgoing event, before the outgoing middleware chain. Its state is empty.',
    throwOnError: false
  },
  {
    id: 'before_session_timeout',
    category: 'dialog',
    scope: 'global+bot',
    args: [{ name: 'event', type: 'sdk.IO.InternalEvent' }],
    called: 'From the janitor for each stale context, before the time-out flow is chosen.',
    throwOnError: false
  },
  {
    id: 'before_conversation_end',
    category: 'dialog',
    scope: 'global+bot',
    args: [{ name: 'event', type: 'sdk.IO.IncomingEvent | sdk.IO.InternalEvent' }],
    called: 'Each time a flow ends, which is often after every message.',
    throwOnError: false
  },
  {
    id: 'before_bot_import',
    category: 'bot',
    scope: 'global+bot',
    args: [botId, { name: 'tmpFolder', type: 'string' }, { name: 'hookResult', type: '{ allowImport: boolean }' }],
    called: 'While a bot archive is imported, after it was extracted to `tmpFolder`.',
    throwOnError: false
  },
  {
    id: 'on_bot_error',
    category: 'server',
    scope: 'global+bot',
    args: [botId, { name: 'events', type: 'sdk.LoggerEntry[]' }],
    called: 'Every minute, for each bot that logged errors in it.',
    throwOnError: false
  },
  {
    id: 'on_stage_request',
    category: 'pipeline',
    scope: 'global',
    args: [
      { name: 'bot', type: 'sdk.BotConfig' },
      { name: 'users', type: 'sdk.WorkspaceUserWithAttributes[]' },
      { name: 'pipeline', type: 'sdk.Pipeline' },
      { name: 'hookResult', type: '{ actions: sdk.StageAction[] }' }
    ],
    called: 'When promotion of a bot to its next stage is requested. A throw here fails the request.',
    throwOnError: true
  },
  {
    id: 'after_stage_changed',
    category: 'pipeline',
    scope: 'global',
    args: [
      { name: 'previousBotConfig', type: 'sdk.BotConfig' },
      { name: 'bot', type: 'sdk.BotConfig' },
      { name: 'users', type: 'sdk.WorkspaceUserWithAttributes[]' },
      { name: 'pipeline', type: 'sdk.Pipeline' }
    ],
    called: 'After a bot was promoted, when its stage changed.',
    throwOnError: false
  },
  {
    id: 'on_incident_status_changed',
    category: 'server',
    scope: 'global',
    args: [{ name: 'incident', type: 'sdk.Incident' }],
    called: 'Declared by the SDK; the open-source server never calls it.',
    throwOnError: false
  }
] as const satisfies readonly HookType[]

export type HookTypeId = (typeof HOOK_TYPES)[number]['id']

const byId = new Map<string, HookType>(HOOK_TYPES.map(type => [type.id, type]))

/** The hook type of a folder name, or undefined when Botpress has none of that name. */
export function hookTypeOf(folder: string): HookType | undefined {
  return byId.get(folder)
}
