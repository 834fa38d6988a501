/** Events: what travels between the channels, the hooks and the dialog engine. */
declare namespace sdk.IO {
  /** Which way an event travels. `internal` is used for time-outs only, since 12.30.8 (R12.1). */
  type EventDirection = 'incoming' | 'outgoing' | 'internal'

  /**
   * Types that Botpress itself and its webchat send to the bot. Any other string is a type too: an unknown one passes all hooks and middlewares
   * and is then handled by the dialog engine like a text message, unless a hook sets SKIP_DIALOG_ENGINE (R7.10).
   */
  type IncomingEventType =
    | 'text'
    | 'quick_reply'
    | 'postback'
    | 'form'
    | 'login_prompt'
    | 'voice'
    | 'visit'
    | 'say_something'
    | 'request_start_conversation'
    | 'session_reset'
    | 'session_reference'
    | 'typing'
    | 'proactive-trigger'
    | (string & {})

  /** Types of replies that the webchat knows how to show; any other string is sent too, and shown as unsupported. */
  type OutgoingEventType =
    | 'text'
    | 'image'
    | 'video'
    | 'audio'
    | 'file'
    | 'location'
    | 'card'
    | 'carousel'
    | 'single-choice'
    | 'dropdown'
    | 'custom'
    | 'data'
    | 'typing'
    | 'login_prompt'
    | 'voice'
    | (string & {})

  /**
   * The four flags that the engine reads (R5.1). Each is a registered symbol; a string or a misspelt name given to `setFlag` is accepted
   * silently and has no effect (R5.2).
   *
   * @example
   * event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
   */
  namespace WellKnownFlags {
    /**
     * The dialog engine does not run for this event (R5.1). Other hooks, middlewares, NLU and Q&A still run, and a suggestion that was elected
     * is still sent (R5.3). Set it in `before_suggestions_election` at the latest (R5.7). Nothing is saved then, unless FORCE_PERSIST_STATE is
     * set too (R6.5).
     */
    const SKIP_DIALOG_ENGINE: unique symbol
    /**
     * Q&A adds no suggestion for this event. Set it in `before_incoming_middleware` (R5.7). Each event with this flag is **delayed by two
     * seconds**, because the Q&A middleware never continues and its time-out has to pass (R5.5).
     */
    const SKIP_QNA_PROCESSING: unique symbol
    /** The NLU predicts nothing for this event; `event.nlu` keeps its defaults. Set it in `before_incoming_middleware` (R5.1, R5.7). */
    const SKIP_NATIVE_NLU: unique symbol
    /**
     * User, session, context and temp are saved although the dialog engine did not run. Read once, at the end of the decision engine; after a
     * normal dialog turn the state is saved anyway and the flag adds nothing (R5.6).
     */
    const FORCE_PERSIST_STATE: unique symbol
  }

  /** Where an event goes to, or comes from. An event is itself such a destination. */
  interface EventDestination {
    /** Lower-case name of the channel: `web`, `messenger`, `api` … Always `web` for the webchat, whatever the page sends (R22.2). */
    channel: string
    /** The user's id on the channel. On `web` the UUID of the messaging user, not the browser's visitor id (R4.13). */
    target: string
    /** Id of the bot. */
    botId: string
    /** The conversation. On `web` the UUID of the messaging conversation (R4.13); without it the session is one per user (R6.1). */
    threadId?: string
  }

  /** What `bp.cms.renderElement` needs to know of a destination: bot and channel (R13.1). An event will do. */
  interface RenderDestination {
    /** The channel to render for. */
    channel: string
    /** The bot whose content elements and languages are used. */
    botId: string
    /** Not used for rendering. */
    target?: string
    /** Not used for rendering. */
    threadId?: string
  }

  /** What an event is made of; the argument of `bp.IO.Event`. */
  interface EventCtorArgs {
    /** What kind of event it is; must not be empty outside production mode (R4.8). */
    type: EventType
    /** The channel that sends or receives it. */
    channel: string
    /** The user's id on that channel. */
    target: string
    /** `incoming` to have the bot process it, `outgoing` to send it to the user. */
    direction: EventDirection | (string & {})
    /** Text that stands for the event; by default the first of `payload.__preview`, `payload.preview` and `payload.text` (R4.3). */
    preview?: string
    /** The data. Must be a plain object outside production mode; fields of your own belong in here (R4.8, R4.9). */
    payload: any
    /** The conversation; turned into a string (R4.1). */
    threadId?: string
    /** The bot that gets or sends it. */
    botId: string
    /** Answers to start with; `[]` by default, incoming events only (R4.4). */
    suggestions?: Suggestion[]
    /** A decoded external-auth token; incoming events only (R4.4). */
    credentials?: any
    /** Overrides the defaults of `event.nlu` key by key (R4.5). */
    nlu?: Partial<EventUnderstanding>
    /** The incoming event that an outgoing one answers. */
    incomingEventId?: string
    /** Whether the steps of its processing are recorded in `event.processing` (R4.10). */
    debugger?: boolean
    /** A GUID of the stored message (R4.8). */
    messageId?: string
  }

  /** A type of an event in either direction. */
  type EventType = IncomingEventType | OutgoingEventType

  /**
   * What incoming, outgoing and internal events have in common. Every hook and middleware sees the same object; all fields can be written at run
   * time and new ones added (R3.25). Spreading an event loses `setFlag` and `hasFlag` (R4.6).
   */
  type Event = {
    /** A decimal string made of a monotonic clock in nanoseconds and three random digits: no wall-clock time (R4.2). */
    id: string
    /** The stored message it belongs to. On outgoing `web` events set after the message was stored (R19.8). */
    messageId?: string
    /** What kind of event it is: the `type` that the page gave to `sendEvent`, or the type of the message. */
    type: EventType
    /** Which way it travels. */
    direction: EventDirection
    /**
     * The data of the event. Where a page's data is depends on how it was sent (R22):
     *
     * - `sendEvent({ type, user })`: the **whole object** is nested once more, so it is `event.payload.payload`, and `user` is
     *   `event.payload.payload.user`.
     * - `sendEvent({ type, payload: { … } })`: its `payload` is three levels deep, `event.payload.payload.payload` (R22.3).
     * - `sendPayload({ type, text })` and messages: one level, `event.payload.text` (R22.5).
     *
     * A `proactive-trigger` of another channel has the payload `{}`, so `event.payload.payload` is undefined there (R24.4).
     */
    payload: any
    /**
     * Text that stands for the event: the first of `payload.__preview`, `payload.preview` and `payload.text` (R4.3). **Undefined** for what a page
     * sends with `sendEvent`, because its text lies deeper (R22.4). NLU runs only for a truthy preview (R7.13).
     */
    preview: string
    /** When the event object was made. */
    createdOn: Date
    /** The decoded external-auth token of the visitor, undefined when there is none (R4.12). Incoming events only. */
    credentials?: any
    /** True for messages sent from the studio: the steps of processing are then recorded (R4.11). */
    debugger?: boolean
    /** The step being recorded; only with `debugger` (R4.10). */
    activeProcessing?: ProcessingEntry
    /** Steps recorded so far, by key such as `hook:<name>:completed`; only with `debugger` (R4.10). */
    processing?: { [activity: string]: ProcessingEntry }
    /** Whether the flag was set to something truthy on this event object (R5.2). */
    hasFlag(flag: symbol): boolean
    /**
     * Sets or clears a flag of this event object. Flags are neither stored nor copied to replies, and no flag has a reader on outgoing events (R5.8).
     *
     * @param flag one of `bp.IO.WellKnownFlags`; a string is accepted at run time and has no effect (R5.2)
     * @example
     * event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
     */
    setFlag(flag: symbol, value: boolean): void
  } & EventDestination

  /**
   * Makes events. Called without `new`. Id, time, flags and state are always fresh; `preview`, `suggestions`, `credentials` and `nlu` are taken from
   * the argument, so `bp.IO.Event({ ...event, payload })` keeps the old ones (R4.1, R4.7).
   *
   * @example
   * const event = bp.IO.Event({ type: 'text', channel: 'web', direction: 'incoming', target, threadId, botId, payload: { text: 'hi' } })
   */
  const Event: EventConstructor

  /** The type of `bp.IO.Event`. */
  interface EventConstructor {
    /** Makes an event; nothing is checked before it is sent (R4.8). */
    (args: EventCtorArgs): Event
  }

  /** One recorded step of processing (R4.10). */
  interface ProcessingEntry {
    /** Lines logged with `attachEvent` during the step. */
    logs?: string[]
    /** What failed during the step. */
    errors?: EventError[]
    /** When the step was recorded. */
    date?: Date
  }

  /** An event on its way to the bot: a message, a visit, a trigger of a page. */
  interface IncomingEvent extends Event {
    /** What kind of event it is: the `type` that the page gave to `sendEvent`, or the type of the message. */
    type: IncomingEventType
    /** Answers that compete for this event, ranked after `after_incoming_middleware`; hooks may add some until then (R9.1). */
    suggestions: Suggestion[]
    /** What is known of user and conversation; restored just before `before_incoming_middleware` (R6.2). */
    state: EventState
    /** What the NLU understood. Always there, with defaults (`intent.name` is `none`) until the NLU has run (R4.5). */
    nlu: EventUnderstanding
    /** The answer that won; set by the decision engine, so only seen in `after_event_processed` (R9.6, R9.7). */
    decision?: Suggestion
    /** When truthy after the middleware chain, the event is stored and nothing more happens to it (R7.6). Set by human-in-the-loop modules. */
    isPause?: boolean
    /** Result of intent routing; never set in a stock install of 12.31. */
    ndu?: NDU.DialogUnderstanding
  }

  /** The event of `before_session_timeout`: type `timeout`, payload an empty string; it passes no other hook or middleware (R12.1). */
  interface InternalEvent extends Event {
    /** Always `internal`. */
    direction: 'internal'
    /** What is known of user and conversation. The session is saved afterwards, changes of the user's attributes are not (R12.4). */
    state: EventState
  }

  /** A reply on its way to the user. It has no `state.user`, `session`, `temp` or `context`: reading `event.state.user.x` throws (R7.8). */
  interface OutgoingEvent extends Event {
    /** What kind of reply it is: the `type` of its payload, `text` without one (R16.1). */
    type: OutgoingEventType
    /** The incoming event it answers; undefined unless it was given to `replyToEvent` (R16.1). */
    incomingEventId?: string
  }

  /** An answer that competes for an event: from Q&A, from a hook, from a module (R9.5). */
  interface Suggestion {
    /** Between 0 and 1; below 0.5 it is dropped (R9.1). */
    confidence: number
    /** What would be sent. A payload `{ type: 'redirect', flow, node }` is not sent; the dialog engine jumps there instead (R9.5). */
    payloads: any[]
    /** Who suggests it: `qna`, `hook` … */
    source: string
    /** More about the source; shown next to it in `session.lastMessages` (R6.9). */
    sourceDetails?: string
    /**
     * Whether it was elected. Overwritten by the ranking; what `before_suggestions_election` writes here counts. A suggestion pushed in that hook
     * **must** carry a decision of its own, else the event fails once and is processed again (R9.3, R9.4).
     */
    decision: {
      /** `elected`, or `dropped`. The first elected one wins (R9.3). */
      status: 'dropped' | 'elected' | (string & {})
      /** Why, in a few words. */
      reason: string
    }
  }

  /** An event as `bp.events.findEvents` finds it (R16.6). Types `visit` and `typing` are never stored (R7.11). */
  type StoredEvent = {
    /** The event's id. */
    readonly id: string
    /** The stored message it belongs to. */
    readonly messageId?: string
    /** Which way it travelled. */
    direction: EventDirection
    /** The incoming event that it answers. */
    incomingEventId?: string
    /** The event's type. */
    type: string
    /** The session it belongs to (R6.1). */
    sessionId: string
    /** The workflow that was running. */
    workflowId?: string
    /** 1 or -1 once the user has rated the answer (R16.7). */
    feedback?: number
    /** Whether the workflow succeeded. */
    success?: boolean
    /** The event itself, without `state`, `processing` and predictions unless it had `debugger` (R7.11). */
    event: IO.Event
    /** When it was stored. */
    createdOn: any
  } & EventDestination
}
