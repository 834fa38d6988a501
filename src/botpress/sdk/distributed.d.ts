/** Locks and calls among the servers of a cluster; on a single server they work within it (R18.12). */
declare namespace sdk.distributed {
  /**
   * Takes a lock.
   *
   * @param duration how long it holds, in milliseconds
   * @returns undefined when someone else has it
   */
  function acquireLock(resource: string, duration: number): Promise<RedisLock | undefined>

  /** Takes a lock away from whoever has it; resolves with whether someone had. */
  function clearLock(resource: string): Promise<boolean>

  /** A function that runs `fn` on every server of the cluster. */
  function broadcast<T>(fn: Function): Promise<Function>
}

declare namespace sdk {
  /** A lock that was taken. */
  interface RedisLock {
    /** Gives it back. */
    unlock(): Promise<void>
    /** Holds it for so many milliseconds more. */
    extend(duration: number): Promise<void>
  }
}
