declare namespace sdk {
  /**
   * The server's log, under the name `Hooks` (R18.1). Chain what it should say more about before the message; all of that is forgotten after each message.
   *
   * @example
   * bp.logger.forBot(event.botId).attachError(err).error('Could not greet')
   */
  const logger: Logger

  /** A log. */
  interface Logger {
    /** Files the next message under a bot, so that its author sees it in the studio. */
    forBot(botId: string): this
    /** Adds the stack trace to the next message; anything but an Error is ignored (R18.1). */
    attachError(error: unknown): this
    /** Links the next message to an event; with `event.debugger` it shows in the event debugger (R4.10). */
    attachEvent(event: IO.Event): this
    /** Whether the next message is stored. */
    persist(shouldPersist: boolean): this
    /** From which verbosity on the next message is shown. */
    level(level: LogLevel): this
    /** Keeps the next message from the studio. */
    noEmit(): this
    /** Shown at verbosity 2 and above only, and never stored (R18.1). */
    debug(message: string, metadata?: any): void
    /** Logs something worth knowing. */
    info(message: string, metadata?: any): void
    /** Logs something that may be wrong. */
    warn(message: string, metadata?: any): void
    /** Logs something that went wrong; `on_bot_error` hooks get it when a bot is named (R2.5). */
    error(message: string, metadata?: any): void
    /** Logs something that keeps the server from working. */
    critical(message: string, metadata?: any): void
  }

  /** A line of the log, as `on_bot_error` hooks get it. */
  interface LoggerEntry {
    /** The bot it is about. */
    botId?: string
    /** The machine it was written on. */
    hostname?: string
    /** How bad it is: a value of `LoggerLevel`. */
    level: string
    /** The log's name. */
    scope: string
    /** What was logged. */
    message: string
    /** What was given with it. */
    metadata: any
    /** When it was logged. */
    timestamp: Date
  }

  /** How bad a message is. */
  enum LoggerLevel {
    /** Worth knowing. */
    Info = 'info',
    /** May be wrong. */
    Warn = 'warn',
    /** Went wrong. */
    Error = 'error',
    /** Keeps the server from working. */
    Critical = 'critical',
    /** For finding mistakes. */
    Debug = 'debug'
  }

  /** How much is shown. */
  enum LogLevel {
    /** Least. */
    PRODUCTION = 0,
    /** More. */
    DEV = 1,
    /** Everything. */
    DEBUG = 2
  }

  /** Is told of each message. */
  interface LoggerListener {
    /** Called for a message. */
    (level: LogLevel, message: string, args: any): void
  }
}
