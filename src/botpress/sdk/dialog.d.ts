/** Steering the dialog engine. */
declare namespace sdk.dialog {
  /** The session's id: `botId::channel::target`, and `::threadId` when there is a thread (R6.1). */
  function createId(eventDestination: IO.EventDestination): string

  /**
   * Runs the dialog engine on the event at once and resolves with it; the replies are queued. Nothing is saved and `after_event_processed` is not
   * called (R17.3). Await or return it, **and** set SKIP_DIALOG_ENGINE, else the event is processed a second time and answers itself, **and** set
   * FORCE_PERSIST_STATE, else the position is forgotten. To start at another node, `jumpTo` alone is enough.
   *
   * @param sessionId made by `createId`
   */
  function processEvent(sessionId: string, event: IO.IncomingEvent | IO.InternalEvent): Promise<IO.IncomingEvent>

  /** Deletes the stored session; undone when the event being processed saves its state afterwards. `botId` is not used (R17.4). */
  function deleteSession(sessionId: string, botId: string): Promise<void>

  /**
   * Sets where the dialog engine starts for this event. It runs nothing and saves nothing by itself; the target runs when the engine processes
   * the event (R10.12). The flow's catch-all transitions are looked at first and may divert (R10.13).
   *
   * @param sessionId not used; give `bp.dialog.createId(event)`
   * @param flowName `main` or `main.flow.json`; upper and lower case do not matter since 12.26.9 (R10.1)
   * @param nodeName exact name; by default the flow's start node
   * @throws (rejects) for an unknown flow or node (R10.12)
   * @example
   * return bp.dialog.jumpTo(bp.dialog.createId(event), event, 'main', 'offer')
   */
  function jumpTo(sessionId: string, event: IO.IncomingEvent | IO.InternalEvent, flowName: string, nodeName?: string): Promise<void>

  /** Conditions that modules add to intent routing (R17.5). */
  function getConditions(): Condition[]
}

declare namespace sdk {
  /** State of a dialog. */
  type State = any
}
