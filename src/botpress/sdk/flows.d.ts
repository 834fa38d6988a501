/** Flows, nodes and skills: what the studio edits and the dialog engine runs. Hooks rarely need them. */
declare namespace sdk {
  /** A flow, as its file holds it. */
  interface Flow {
    /** Its file name below `flows`, such as `main.flow.json`. */
    name: string
    /** Its title. */
    label?: string
    /** What it is for. */
    description?: string
    /** Its path; not kept when a flow is loaded (R10.17). */
    location?: string
    /** Version of the format. */
    version?: string
    /** Name of the node it starts at. */
    startNode: string
    /** Settings of the skill that made it. */
    skillData?: any
    /** Its nodes. */
    nodes: FlowNode[]
    /** What holds for all its nodes (R10.3). */
    catchAll?: NodeActions
    /** Node for time-outs; **not kept when a flow is loaded, never honoured** (R10.17). */
    timeoutNode?: string
    /** Kind of flow; not kept when a flow is loaded (R10.17). */
    type?: string
    /** Where to go on time-outs; not kept when a flow is loaded (R10.17). */
    timeout?: {
      /** A name for it. */
      name: string
      /** The flow to go to. */
      flow: string
      /** The node to go to. */
      node: string
    }[]
  }

  /** What a node does. */
  interface NodeActions {
    /** Instructions when it is entered: `say …` or the call of an action (R11.1). */
    onEnter?: ActionBuilderProps[] | string[]
    /** Instructions when the user has answered. An empty list waits, null or nothing does not (R10.4). */
    onReceive?: ActionBuilderProps[] | string[]
    /** Where to go; the first whose condition holds is taken (R10.7). */
    next?: NodeTransition[]
    /** Content of a node that says something. */
    content?: {
      /** The content type. */
      contentType: string
      /** Its fields. */
      formData: object
    }
  }

  /** An instruction in parts. */
  interface ActionBuilderProps {
    /** What is rendered or run. */
    name: string
    /** Whether it is rendered, run or said. */
    type: NodeActionType
    /** What it is given. */
    args?: any
  }

  /** What an instruction does. */
  enum NodeActionType {
    /** Renders an element. */
    RenderElement = 'render',
    /** Runs an action. */
    RunAction = 'run',
    /** Says a text. */
    RenderText = 'say'
  }

  /** Languages of captions. */
  type language = 'en' | 'de' | 'pt' | 'ar' | 'nl' | 'fr' | 'he' | 'it' | 'ja' | 'pl' | 'ru' | 'es'

  /** Captions by language: `caption$en` and so on. */
  type MultiLangCaption = { [key in language as `caption$${key}`]?: string }

  /** A way out of a node. */
  type NodeTransition = {
    /** What the studio shows for it. */
    caption?: string
    /** An expression over `event`, `user`, `session`, `temp`, `bot`, `workflow`; a TypeError in it counts as false (R10.8). */
    condition: string
    /** A node, `other.flow.json#node`, `#` back to the caller, or `END` (R10.6). */
    node: string
  } & MultiLangCaption

  /** Kinds of nodes. Only `skill-call` and `say_something` differ for the dialog engine (R10.5). */
  type FlowNodeType =
    | 'standard'
    | 'skill-call'
    | 'listen'
    | 'say_something'
    | 'success'
    | 'failure'
    | 'trigger'
    | 'execute'
    | 'router'
    | 'action'

  /** A node. */
  type FlowNode = {
    /** Its id. */
    id?: string
    /** Its name, by which transitions find it. */
    name: string
    /** Its kind. */
    type?: FlowNodeType
    /** The node to go to on time-outs. */
    timeoutNode?: string
    /** The flow that a skill call jumps to (R10.5). */
    flow?: string
    /** When it was changed. */
    readonly lastModified?: Date
  } & NodeActions

  /** A node that intent routing starts. */
  type TriggerNode = FlowNode & {
    /** All of them must hold. */
    conditions: DecisionTriggerCondition[]
    /** Whether it counts only while its workflow is running. */
    activeWorkflow?: boolean
  }

  /** A node that waits for one of several triggers. */
  type ListenNode = FlowNode & {
    /** The triggers. */
    triggers: {
      /** All of them must hold. */
      conditions: DecisionTriggerCondition[]
    }[]
  }

  /** A node as a skill makes it. */
  type SkillFlowNode = Partial<ListenNode> & Pick<Required<ListenNode>, 'name'> & Partial<TriggerNode>

  /** A flow as a skill makes it. */
  type SkillFlow = Partial<Flow> & Pick<Required<Flow>, 'nodes'>

  /** What a skill makes of its settings. */
  interface FlowGenerationResult {
    /** The flow. */
    flow: SkillFlow
    /** Ways out of the node that calls it. */
    transitions: NodeTransition[]
    /** Ids of elements that the studio shows on that node. */
    previewElements?: string[] | null
  }

  /** A condition of intent routing, with its settings. */
  interface DecisionTriggerCondition {
    /** Id of the condition. */
    id: string
    /** Its settings. */
    params?: { [key: string]: any }
  }

  /** A condition of intent routing that a module offers (R17.5). */
  interface Condition {
    /** Its id. */
    id: string
    /** Its name in the studio. */
    label: string
    /** What it asks. */
    description?: string
    /** Its settings, by name. */
    params?: { [paramName: string]: ConditionParam }
    /** Its place in the studio's list. */
    displayOrder?: number
    /** Route that the studio calls when it is edited. */
    callback?: string
    /** Whether the studio edits it in its small editor. */
    useLiteEditor?: boolean
    /** How well it holds, 0 to 1. */
    evaluate: (event: IO.IncomingEvent, params: any) => number
  }

  /** A setting of a condition. */
  interface ConditionParam {
    /** Its name in the studio. */
    label: string
    /** Its kind. */
    type: 'string' | 'number' | 'boolean' | 'list' | 'radio' | 'array' | 'content'
    /** How the studio shows it. */
    subType?: 'switch' | 'radio'
    /** Whether it must be given. */
    required?: boolean
    /** Its value unless one is given. */
    defaultValue?: any
    /** Lines of its field. */
    rows?: number
    /** What can be chosen. */
    list?: ConditionListOptions
  }

  /** What can be chosen for a setting: a list, or a route that gives one. */
  interface ConditionListOptions {
    /** The list. */
    items?: Option[]
    /** The route. */
    endpoint?: string
    /** Where in its answer the list lies. */
    path?: string
    /** Field with an entry's value. */
    valueField?: string
    /** Field with an entry's name. */
    labelField?: string
  }

  /** An entry to choose. */
  interface Option {
    /** What it stands for. */
    value: string
    /** What is shown. */
    label: string
  }

  /** A topic that groups workflows. */
  interface Topic {
    /** Its name. */
    name: string
    /** What it is about. */
    description: string
  }

  /** An entry of the content library. */
  interface Library {
    /** Its path. */
    elementPath: string
    /** Id of the element. */
    elementId: string
  }
}
