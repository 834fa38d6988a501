/** Socket messages to browsers. */
declare namespace sdk.realtime {
  /**
   * Sends a socket message to the browsers it was made for. Nothing tells whether one got it.
   *
   * @example
   * const [row] = await bp.database('web_user_map').where({ botId: event.botId, userId: event.target })
   * bp.realtime.sendPayload(bp.RealTimePayload.forVisitor(row.visitorId, 'webchat.custom', { text: 'hi' }))
   */
  function sendPayload(payload: RealTimePayload): any

  /** The visitor behind a socket, undefined when it is not connected. */
  function getVisitorIdFromGuestSocketId(socketId: string): Promise<undefined | string>
}

declare namespace sdk {
  /** A socket message. */
  class RealTimePayload {
    /** The message's name. */
    readonly eventName: string
    /** What it carries. */
    readonly payload: any
    /** Makes a message by hand; `forVisitor` and `forAdmins` say whom it is for. */
    constructor(eventName: string, payload: any)
    /**
     * A message for one browser. `guest.` is put before the name, and the payload gets the visitor's room.
     *
     * @param visitorId the browser's id, **not** `event.target`; the table `web_user_map` maps one to the other (R18.10)
     */
    static forVisitor(visitorId: string, eventName: string, payload: any): RealTimePayload
    /** A message for everyone who has the studio open. */
    static forAdmins(eventName: string, payload: any): RealTimePayload
  }
}
