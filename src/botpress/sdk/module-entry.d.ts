/** What a module of Botpress tells the server. Of use to modules, not to hooks. */
declare namespace sdk {
  /** What happened to a content element. */
  type ElementChangedAction = 'create' | 'update' | 'delete'

  /** What a module exports. */
  interface ModuleEntryPoint {
    /** What it is. */
    definition: ModuleDefinition
    /** Skills it brings. */
    skills?: Skill[]
    /** Bots it brings as templates. */
    botTemplates?: BotTemplate[]
    /** Texts of its interface, by language. */
    translations?: { [lang: string]: object }
    /** Conditions it adds to intent routing. */
    dialogConditions?: Condition[]
    /** Called when the server has started, before it answers requests. */
    onServerStarted?: (bp: typeof sdk) => Promise<void>
    /** Called when the server answers requests. */
    onServerReady?: (bp: typeof sdk) => Promise<void>
    /** Called for each bot that is mounted. */
    onBotMount?: (bp: typeof sdk, botId: string) => Promise<void>
    /** Called for each bot that is unmounted. */
    onBotUnmount?: (bp: typeof sdk, botId: string) => Promise<void>
    /** Called before the module is unloaded. */
    onModuleUnmount?: (bp: typeof sdk) => Promise<void>
    /** Called when a topic was made, renamed or deleted. */
    onTopicChanged?: (bp: typeof sdk, botId: string, oldName?: string, newName?: string) => Promise<void>
    /** Called when a flow was changed. */
    onFlowChanged?: (bp: typeof sdk, botId: string, flow: Flow) => Promise<void>
    /** Called when a flow was renamed. */
    onFlowRenamed?: (bp: typeof sdk, botId: string, previousFlowName: string, newFlowName: string) => Promise<void>
    /** Called when an element was made, changed or deleted. */
    onElementChanged?: (
      bp: typeof sdk,
      botId: string,
      action: ElementChangedAction,
      element: ContentElement,
      oldElement?: ContentElement
    ) => Promise<void>
  }

  /** A bot to start from. */
  interface BotTemplate {
    /** Its id. */
    id: string
    /** Its name. */
    name: string
    /** What it shows. */
    desc: string
    /** The module that brings it; set by the server. */
    readonly moduleId?: string
    /** Name of that module; set by the server. */
    readonly moduleName?: string
  }

  /** What a module is. */
  interface ModuleDefinition {
    /** Its name in addresses and folders. */
    name: string
    /** Its name for people. */
    fullName?: string
    /** Parts it puts into the interface. */
    plugins?: ModulePluginEntry[]
    /** How its view is laid out. */
    moduleView?: ModuleViewOptions
    /** Whether it has no view. */
    noInterface?: boolean
    /** Icon in the menu. */
    menuIcon?: string
    /**
     * Its name in the menu.
     *
     * @deprecated use `fullName`, or the texts of `translations`
     */
    menuText?: string
    /** Address of its web site. */
    homepage?: string
    /** Whether it may change from one version to the next. */
    experimental?: boolean
    /** Where in the administration it shows. */
    workspaceApp?: {
      /** With each bot. */
      bots?: boolean
      /** Once for all. */
      global?: boolean
    }
  }

  /** A form that makes a flow. */
  interface Skill {
    /** Its id. */
    id: string
    /** Its name. */
    name: string
    /** Its icon. */
    icon?: string | any
    /** The module that brings it; set by the server. */
    readonly moduleName?: string
    /** Makes the flow from what was filled in. */
    flowGenerator: (skillData: any, metadata: FlowGeneratorMetadata) => Promise<FlowGenerationResult>
  }

  /** For which bot a skill makes a flow. */
  interface FlowGeneratorMetadata {
    /** The bot. */
    botId: string
    /** Whether it is one of the bots with a single flow view. */
    isOneFlow?: boolean
  }

  /** A part of the interface that a module brings. */
  interface ModulePluginEntry {
    /** Name of the part. */
    entry: 'WebBotpressUIInjection'
    /** Where it shows. */
    position: 'overlay'
  }

  /** How a module's view is laid out. */
  interface ModuleViewOptions {
    /** Whether it takes all the room. */
    stretched: boolean
  }

  /** How a migration went. */
  interface MigrationResult {
    /** Whether it worked. */
    success: boolean
    /** Whether it changed something. */
    hasChanges?: boolean
    /** What to tell. */
    message?: string
  }

  /** Brings data of an earlier version up to date. */
  interface ModuleMigration {
    /** What it is. */
    info: {
      /** What it does. */
      description: string
      /** Whether it runs once, or for each bot. */
      target?: 'core' | 'bot'
      /** What it changes. */
      type: 'database' | 'config' | 'content'
      /** Whether it can say what it would do without doing it. */
      canDryRun?: boolean
    }
    /** Brings data up to date. */
    up: (opts: ModuleMigrationOpts) => Promise<MigrationResult>
    /** Takes that back. */
    down?: (opts: ModuleMigrationOpts) => Promise<MigrationResult>
  }

  /** What a migration is given. */
  interface ModuleMigrationOpts {
    /** The SDK. */
    bp: typeof sdk
    /** Which bot, and whether only to say what it would do. */
    metadata: MigrationMetadata
    /** Reads and writes configuration. */
    configProvider: any
    /** The database. */
    database: any
    /** The server's parts. */
    inversify: any
  }

  /** Which bot a migration is for. */
  interface MigrationMetadata {
    /** The bot. */
    botId?: string
    /** Whether only to say what it would do. */
    isDryRun?: boolean
  }
}
