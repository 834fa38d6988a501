/** One function type per hook type: the parameters that a script of that folder sees (R2.1). A returned promise is awaited (R3.6). */
declare namespace hooks {
  /** Once, as the last step of start-up. */
  type after_server_start = (bp: typeof sdk) => any
  /** Each time a bot is mounted. */
  type after_bot_mount = (bp: typeof sdk, botId: string) => any
  /** Each time a bot is unmounted. */
  type after_bot_unmount = (bp: typeof sdk, botId: string) => any
  /** For every incoming event, before any middleware. */
  type before_incoming_middleware = (bp: typeof sdk, event: sdk.IO.IncomingEvent) => any
  /** For every incoming event that is not paused, before the decision engine. */
  type after_incoming_middleware = (bp: typeof sdk, event: sdk.IO.IncomingEvent) => any
  /** After the suggestions were ranked. `suggestions` and `event.suggestions` are one array (R2.2). */
  type before_suggestions_election = (
    bp: typeof sdk,
    sessionId: string,
    event: sdk.IO.IncomingEvent,
    suggestions: sdk.IO.Suggestion[]
  ) => any
  /** After the dialog engine ran or a suggestion was sent; not for skipped, paused or failed events (R9.9). */
  type after_event_processed = (bp: typeof sdk, event: sdk.IO.IncomingEvent) => any
  /** For every reply, before it is sent. */
  type before_outgoing_middleware = (bp: typeof sdk, event: sdk.IO.OutgoingEvent) => any
  /** For each stale context, before the time-out flow is chosen (R12.2). */
  type before_session_timeout = (bp: typeof sdk, event: sdk.IO.InternalEvent) => any
  /** Each time a flow ends, which is often after every message (R10.14). */
  type before_conversation_end = (bp: typeof sdk, event: sdk.IO.IncomingEvent | sdk.IO.InternalEvent) => any
  /** While a bot's archive is imported; `hookResult.allowImport = false` refuses it silently (R2.3). */
  type before_bot_import = (bp: typeof sdk, botId: string, tmpFolder: string, hookResult: { allowImport: boolean }) => any
  /** Every minute by default, for each bot that logged errors (R2.5). */
  type on_bot_error = (bp: typeof sdk, botId: string, events: sdk.LoggerEntry[]) => any
  /** When promotion of a bot is requested; a throw fails the request (R2.4, R3.13). */
  type on_stage_request = (
    bp: typeof sdk,
    bot: sdk.BotConfig,
    users: sdk.WorkspaceUserWithAttributes[],
    pipeline: sdk.Pipeline,
    hookResult: { actions: sdk.StageAction[] }
  ) => any
  /** After a promotion changed a bot's stage (R2.4). */
  type after_stage_changed = (
    bp: typeof sdk,
    previousBotConfig: sdk.BotConfig,
    bot: sdk.BotConfig,
    users: sdk.WorkspaceUserWithAttributes[],
    pipeline: sdk.Pipeline
  ) => any
  /** Declared by the SDK; the open-source server never calls it. */
  type on_incident_status_changed = (bp: typeof sdk, incident: sdk.Incident) => any
}
