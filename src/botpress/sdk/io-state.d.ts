/** The state that comes with an incoming event. */
declare namespace sdk.IO {
  /** What is known of user and conversation. What is saved when: R6.5. Values are kept as JSON: a Date becomes a string (R3.29). */
  interface EventState {
    /**
     * Attributes of the user, on this channel. This is an object shared with the user's next events: `event.state.user.x = 1` is seen by them
     * even if nothing was saved, until the server restarts (R6.3). Null and undefined values are removed when it is saved (R6.4).
     */
    user: UserAttributes
    /**
     * Variables of the conversation, gone after 30 idle minutes by default (R6.8). Add to it; do not replace it by an object without `workflows`,
     * which breaks the session (R6.7).
     */
    session: CurrentSession
    /** Variables of the running dialog; emptied when a flow ends, which is often after each message (R6.11, R10.14). */
    temp: TemporaryVariables
    /** Variables of the bot, a snapshot of its key-value entry `global`; undefined if never written, and never saved from here (R6.2, R14.8). */
    bot: any
    /** Where the user is in the flows; `{}` when nowhere (R6.2). */
    context: DialogContext
    /** The running workflow, computed from `session.workflows` and `session.currentWorkflow`; cannot be assigned (R6.2). */
    workflow: WorkflowHistory
    /** Flows and nodes visited by this event (R10.15). */
    __stacktrace: JumpPoint[]
  }

  /** Attributes of a user. The ones below are known to Botpress and its webchat, any other can be added. */
  interface UserAttributes {
    /**
     * Two-letter language of the user, which decides the language of content (R13.6). The webchat's `visit` brings it, but a stock install does not
     * save it (R19.9).
     */
    language?: string
    /** Hours between the user's clock and UTC, -12 to 14; from the webchat's `visit`, not saved in a stock install (R19.9). */
    timezone?: number
    /** The `userId` that the page configured, when it is no visitor id (R20.5). */
    webchatCustomId?: string
    /** Any other attribute. */
    [attribute: string]: any
  }

  /** Variables of the running dialog. */
  interface TemporaryVariables {
    /** Flow to go to when an action fails, instead of `error.flow.json` (R10.10). */
    onErrorFlowTo?: string
    /** Any other variable. */
    [variable: string]: any
  }

  /** Variables of the conversation (R6.2). */
  interface CurrentSession {
    /**
     * The last answers, at most five once saved (R6.4). Filled by `say` and by sent suggestions; **replies of hooks and actions are never recorded**
     * (R6.9). Empty again in a new conversation, after a reset or after 30 idle minutes (R6.10).
     */
    lastMessages: DialogTurnHistory[]
    /** NLU contexts with the number of events they stay; counted down by a stock hook (R1.14). */
    nluContexts?: NluContext[]
    /** Memory of intent routing; not used in a stock install. */
    nduContext?: NduContext
    /** Workflows of this session by name. Must stay an object (R6.7). */
    workflows: { [name: string]: WorkflowHistory }
    /** Name of the workflow that is running. */
    currentWorkflow?: string
    /** Any variable of your own. */
    [anyKey: string]: any
  }

  /** An answer that was given in this session (R6.9). */
  interface DialogTurnHistory {
    /** The incoming event that was answered. */
    eventId: string
    /** Its preview. */
    incomingPreview: string
    /** `dialogManager` for `say`, else source and details of the suggestion (R6.9). */
    replySource: string
    /** A reference such as `#!builtin_text-ab12cd` for `say`; for a suggestion the first payload object that has a text (R6.9). */
    replyPreview: any
    /** 1 for `say`, else the suggestion's confidence. */
    replyConfidence: number
    /** When it was given; a string once it was saved (R3.29). */
    replyDate: Date
  }

  /** How far a workflow has come. */
  interface WorkflowHistory {
    /** The event that started it. */
    eventId: string
    /** The workflow it was started from. */
    parent?: string
    /** Whether it is running, waiting for another one, or done. */
    status: 'active' | 'pending' | 'completed'
    /** Whether it reached its goal. */
    success?: boolean
  }

  /** Where the user is in the flows. Write it with `bp.dialog.jumpTo` (R10.12). */
  interface DialogContext {
    /** The flow before the current one. */
    previousFlow?: string
    /** The node before the current one. */
    previousNode?: string
    /** The node the user is at. */
    currentNode?: string
    /** The flow the user is in, such as `main.flow.json`. While set, no suggestion is elected by itself (R9.2). */
    currentFlow?: string
    /** Where to return to from the flows that were called. */
    jumpPoints?: JumpPoint[]
    /** Instructions that wait for the next event (R10.4). */
    queue?: any
    /** Whether a jump was made that is not executed yet (R10.12). */
    hasJumped?: boolean
  }

  /** A place in a flow. */
  interface JumpPoint {
    /** The flow's file name. */
    flow: string
    /** The node's name. */
    node: string
    /** Whether it was returned to. */
    used?: boolean
    /** Whether the node is executed again on return, rather than its transitions only (R10.6). */
    executeNode?: boolean
  }

  /** A context that narrows what the NLU considers. */
  interface NluContext {
    /** Its name. */
    context: string
    /** For how many more events it holds (R1.14). */
    ttl: number
  }

  /** Memory of intent routing between turns; not used in a stock install. */
  interface NduContext {
    /** What was done last. */
    last_turn_action_name: string
    /** The trigger that ranked highest. */
    last_turn_highest_ranking_trigger_id: string
    /** The node that was active. */
    last_turn_node_id: string
    /** When that was, in milliseconds. */
    last_turn_ts: number
    /** The topic the user was in. */
    last_topic: string
  }

  /** Something that failed while an event with `debugger` was processed (R4.10). */
  interface EventError {
    /** What failed. */
    type: 'action-execution' | 'dialog-transition' | 'dialog-engine' | 'hook-execution'
    /** The stack trace. */
    stacktrace?: string
    /** The action that failed. */
    actionName?: string
    /** What it was given. */
    actionArgs?: any
    /** The hook that failed. */
    hookName?: string
    /** Where the transition wanted to go. */
    destination?: string
    /** The flow it happened in. */
    flowName?: string
    /** The node it happened in. */
    nodeName?: string
  }
}
