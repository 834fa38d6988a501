/** The bots of the server. */
declare namespace sdk.bots {
  /** All bots, by id. */
  function getAllBots(): Promise<Map<string, BotConfig>>

  /** A bot's configuration, undefined when there is no such bot (R18.6). */
  function getBotById(botId: string): Promise<BotConfig | undefined>

  /** A bot as an archive. */
  function exportBot(botId: string): Promise<Buffer>

  /**
   * Makes a bot from an archive. `before_bot_import` hooks can refuse it, in which case it resolves all the same (R2.3).
   *
   * @param allowOverwrite whether a bot of that id is replaced
   */
  function importBot(botId: string, archive: Buffer, workspaceId: string, allowOverwrite?: boolean): Promise<void>

  /** Files of a template that a module brings. */
  function getBotTemplate(moduleName: string, templateName: string): Promise<FileContent[]>

  /** Revisions that were kept of a bot. */
  function listBotRevisions(botId: string): Promise<string[]>

  /** Keeps the bot as it is now as a revision. */
  function createBotRevision(botId: string): Promise<void>

  /** Turns a bot back to a revision. */
  function rollbackBotToRevision(botId: string, revisionId: string): Promise<void>
}

declare namespace sdk {
  /** A bot's configuration, `bot.config.json`. */
  interface BotConfig {
    /** Address of the schema that editors use. */
    $schema?: string
    /** The bot's id. */
    id: string
    /** Its name. */
    name: string
    /** What it is for. */
    description?: string
    /** A group of bots it belongs to. */
    category?: string
    /** What its information page shows. */
    details: BotDetails
    /** Who made it. */
    author?: string
    /** Whether it is switched off: not mounted, hooks included. */
    disabled?: boolean
    /** Whether only authorised users may talk to it. */
    private?: boolean
    /** Its version. */
    version: string
    /** What it uses of others. */
    imports: {
      /** Ids of the content types it may use. */
      contentTypes: string[]
    }
    /** Its channels. */
    messaging?: MessagingConfig
    /** Limits of the converse API. */
    converse?: ConverseConfig
    /** How long dialogs and sessions last; overrides the server's (R6.8). */
    dialog?: BotDialogConfig
    /** How long its log is kept. */
    logs?: BotLogsConfig
    /** Language of users whose own is not known (R13.6). */
    defaultLanguage: string
    /** Languages it speaks. */
    languages: string[]
    /** Whether it is protected against changes. */
    locked: boolean
    /** Where it stands in the pipeline. */
    pipeline_status: BotPipelineStatus
    /** Whether it is one of the bots with a single flow view. */
    oneflow?: boolean
    /** Seed of its NLU training. */
    nluSeed?: number
    /** Questions and answers. */
    qna: {
      /** Whether they are switched off. */
      disabled: boolean
    }
    /** Its account in the cloud. */
    cloud?: CloudConfig
  }

  /** A bot's account in the cloud. */
  interface CloudConfig {
    /** Where tokens are made. */
    oauthUrl: string
    /** The client's id. */
    clientId: string
    /** The client's secret. */
    clientSecret: string
  }

  /** Stages that a bot passes, in order. */
  type Pipeline = Stage[]

  /** What promotion to a stage does: copies the bot, or moves it. */
  type StageAction = 'promote_copy' | 'promote_move'

  /** A stage of the pipeline. */
  interface Stage {
    /** Its id. */
    id: string
    /** Its name. */
    label: string
    /** What promotion from it does. */
    action: StageAction
  }

  /** Where a bot stands in the pipeline. */
  interface BotPipelineStatus {
    /** The stage it is in. */
    current_stage: {
      /** Who promoted it. */
      promoted_by: string
      /** When it was promoted. */
      promoted_on: Date
      /** The stage's id. */
      id: string
    }
    /** The promotion that was requested; there in `on_stage_request`, and whenever one is pending. */
    stage_request?: {
      /** When it was requested. */
      requested_on: Date
      /** When the request lapses. */
      expires_on?: Date
      /** What the requester says. */
      message?: string
      /** How it stands. */
      status: string
      /** Who requested it. */
      requested_by: string
      /** The stage that was requested. */
      id: string
      /** Who approved it so far. */
      approvals?: StageRequestApprovers[]
    }
  }

  /** Someone who approved a promotion. */
  interface StageRequestApprovers {
    /** Their address. */
    email: string
    /** How they sign in. */
    strategy: string
  }

  /** What a bot's information page shows. */
  interface BotDetails {
    /** The web site. */
    website?: string
    /** A phone number. */
    phoneNumber?: string
    /** Address of the terms of use. */
    termsConditions?: string
    /** Address of the privacy policy. */
    privacyPolicy?: string
    /** A mail address. */
    emailAddress?: string
    /** Address of the bot's picture. */
    avatarUrl?: string
    /** Address of the picture on top. */
    coverPictureUrl?: string
  }

  /** How long a bot's log is kept. */
  interface BotLogsConfig {
    /** A span such as `'1 week'`. */
    expiration: string
  }

  /** How long a bot's dialogs and sessions last (R6.8). */
  interface BotDialogConfig {
    /** After which idle span a dialog is given up; 25 minutes by default. */
    timeoutInterval: string
    /** After which idle span a session is forgotten; 30 minutes by default. */
    sessionTimeoutInterval: string
  }

  /** A bot's channels. */
  interface MessagingConfig {
    /** Settings by name of channel. */
    channels: { [channelName: string]: any }
  }

  /** Limits of the converse API. */
  interface ConverseConfig {
    /** How long a call waits for the answers, such as `'5s'`. */
    timeout: string
    /** Longest text, in characters. */
    maxMessageLength: number
    /** How long it waits for more answers after the last one, in milliseconds. */
    bufferDelayMs: number
    /** Whether the route without authentication is open. */
    enableUnsecuredEndpoint: boolean
  }

  /** A file of a template. */
  interface FileContent {
    /** Its path. */
    name: string
    /** What is in it. */
    content: string | Buffer
  }

  /** Something that the server watches over and that went wrong. */
  interface Incident {
    /** Its id. */
    id: string
    /** The rule that was broken. */
    ruleName: string
    /** The machine it happened on. */
    hostName: string
    /** When it began. */
    startTime: Date
    /** When it ended; undefined while it lasts. */
    endTime?: Date
    /** The value that broke the rule. */
    triggerValue: number
  }
}
