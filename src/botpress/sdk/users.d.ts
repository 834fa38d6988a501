/** Users of the bots' channels. */
declare namespace sdk.users {
  /**
   * Finds a user, or makes one. Served from a cache of one hour that `event.state.user` shares (R15.1, R6.3).
   *
   * @param channel lower-cased
   */
  function getOrCreateUser(channel: string, userId: string, botId?: string): GetOrCreateResult<User>

  /**
   * Adds attributes to those of a user. **Lost when the state of the current event is saved afterwards**, because the whole object is then
   * overwritten (R6.6).
   *
   * @deprecated write to `event.state.user`, with FORCE_PERSIST_STATE when the dialog engine is skipped
   */
  function updateAttributes(channel: string, userId: string, attributes: any): Promise<void>

  /**
   * Replaces all attributes of a user. **Lost when the state of the current event is saved afterwards** (R6.6).
   *
   * @deprecated write to `event.state.user`, with FORCE_PERSIST_STATE when the dialog engine is skipped
   */
  function setAttributes(channel: string, userId: string, attributes: any): Promise<void>

  /** Users of all channels, a page of them when asked for. */
  function getAllUsers(paging?: Paging): Promise<any>

  /** How many users there are. */
  function getUserCount(): Promise<any>

  /**
   * Attributes of a user as the database has them.
   *
   * @throws (rejects) for an unknown user (R15.2)
   */
  function getAttributes(channel: string, userId: string): Promise<any>
}

declare namespace sdk {
  /** A user on a channel. */
  interface User {
    /** The user's id on the channel. */
    id: string
    /** The channel, in lower case. */
    channel: string
    /** When the user was first seen. */
    createdOn: Date
    /** When the attributes were last saved. */
    updatedOn: Date
    /** What is known of the user; `event.state.user` holds the same object (R6.3). */
    attributes: any
    /** The same user on other channels. */
    otherChannels?: User[]
  }

  /** A promise of something that was found or made. */
  type GetOrCreateResult<T> = Promise<{
    /** Whether it was made just now. */
    created: boolean
    /** What was found or made. */
    result: T
  }>

  /** A page of a list. */
  interface Paging {
    /** How many to leave out. */
    start: number
    /** How many at most. */
    count: number
  }
}
