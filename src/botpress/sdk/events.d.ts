/** Sending, answering and finding events. */
declare namespace sdk.events {
  /**
   * Adds a middleware for all bots, until it is removed or the server stops (R8.3). Names are not unique: registering twice runs it twice, so remove
   * it first (R8.2). Usually done in `after_server_start`. To stop a reply, the order must lie below the channel's, 100, and the handler must swallow
   * the event (R7.9, R8.4).
   *
   * @throws when name, description, direction or handler is missing (R8.1)
   * @example
   * bp.events.removeMiddleware('shop.stamp')
   * bp.events.registerMiddleware({
   *   name: 'shop.stamp', description: 'Stamps incoming events', direction: 'incoming', order: 50,
   *   handler: (event, next) => { event.state.temp.seenAt = Date.now(); next() }
   * })
   */
  function registerMiddleware<D extends IO.MiddlewareDirection>(middleware: IO.MiddlewareDefinition<D>): void

  /** Removes all middlewares of that name, in the direction of the first one found (R8.2). */
  function removeMiddleware(middlewareName: string): void

  /**
   * Queues an event: an incoming one is processed after the current event of the same user, with all hooks, so beware of loops (R16.4).
   * **Resolves when queued, not when processed or delivered** (R7.1).
   *
   * @param event made by `bp.IO.Event`
   * @throws (rejects) outside production mode when a field is missing, empty or unknown (R4.8)
   */
  function sendEvent(event: IO.Event): Promise<void>

  /**
   * Sends replies to the user that an event came from, in order. **Resolves when they are queued, not when they are delivered** (R7.1).
   * Replies of hooks are never recorded in `session.lastMessages` (R6.9).
   *
   * @param eventDestination the event itself will do; `channel`, `target`, `botId` and `threadId` are taken from it (R16.1)
   * @param payloads an array, rendered or written by hand; a payload without `type` is sent as `text`. Anything but an array rejects (R16.2)
   * @param incomingEventId give `event.id`: it is not inferred, and without it the replies are not linked to the event (R16.1)
   * @example
   * return bp.events.replyToEvent(event, [{ type: 'text', text: 'Hello' }], event.id)
   */
  function replyToEvent(eventDestination: IO.EventDestination, payloads: any[], incomingEventId?: string): Promise<void>

  /** Whether no further incoming event of this user waits; the current one does not count (R16.5). */
  function isIncomingQueueEmpty(event: IO.IncomingEvent | IO.InternalEvent): boolean

  /**
   * Finds stored events. Events are stored in batches once a second, so what was just sent is not found yet (R7.11).
   *
   * @param fields what they must have; at least one field
   * @param searchParams by default the 10 oldest; given without `count`, all of them (R16.6)
   */
  function findEvents(fields: Partial<IO.StoredEvent>, searchParams?: EventSearchParams): Promise<IO.StoredEvent[]>

  /** Changes fields of a stored event (R16.6). */
  function updateEvent(id: string, fields: Partial<IO.StoredEvent>): Promise<void>

  /**
   * Stores the user's rating of an answer.
   *
   * @param feedback 1 or -1
   * @returns false when the event is unknown (R16.7)
   */
  function saveUserFeedback(incomingEventId: string, target: string, feedback: number, type?: string): Promise<boolean>
}

declare namespace sdk.IO {
  /**
   * Continues the chain. A handler that never calls it delays the event until its time-out, two seconds by default (R8.7).
   *
   * @param error anything truthy fails the event, which is then processed once more from the start (R8.6)
   * @param swallow ends the chain. For an incoming event hooks and dialog engine still run (R8.5)
   * @param skipped only marks the step as skipped (R8.4)
   */
  type MiddlewareNextCallback = (error?: Error | null, swallow?: boolean, skipped?: boolean) => void

  /** Directions that have a chain of middlewares (R8.1). */
  type MiddlewareDirection = 'incoming' | 'outgoing' | (string & {})

  /** The event that a middleware of a direction gets; only an incoming one has a state. */
  type MiddlewareEvent<D extends MiddlewareDirection> = D extends 'incoming' ? IncomingEvent : D extends 'outgoing' ? OutgoingEvent : any

  /** What a middleware does with an event. A rejection without `next` is not noticed and ends in the time-out (R8.6). */
  type MiddlewareHandler<D extends MiddlewareDirection = string> = (event: MiddlewareEvent<D>, next: MiddlewareNextCallback) => void

  /** A middleware (R8.1). */
  interface MiddlewareDefinition<D extends MiddlewareDirection = string> {
    /** Its name, by which it is removed. */
    name: string
    /** What it does, in a sentence. */
    description: string
    /** Its place in the chain, ascending; without it, last. Stock ones: NLU 100, Q&A 130, the webchat's sender 100 (R8.2, R8.8). */
    order?: number
    /** Called for each event of the direction. */
    handler: MiddlewareHandler<D>
    /** `incoming` or `outgoing`. */
    direction: D
    /** How long the chain waits for it, such as `'5s'`; 2 s by default. Then the next middleware runs (R8.7). */
    timeout?: string
  }
}

declare namespace sdk {
  /** Which way an event travels; the same as `IO.EventDirection`. */
  type EventDirection = 'incoming' | 'outgoing' | 'internal'

  /** Which events `bp.events.findEvents` returns, and in what order (R16.6). */
  interface EventSearchParams {
    /** How many to leave out. */
    from?: number
    /** How many at most; -1, or nothing, for all. */
    count?: number
    /** By which columns they are sorted. */
    sortOrder?: SortOrder[]
    /** Only those created within a span of time. */
    createdOn?: {
      /** Not before. */
      after?: Date
      /** Not after. */
      before?: Date
    }
  }
}
