/** Intent routing. Needs a module that 12.31 no longer ships, so nothing of it is set in a stock install. */
declare namespace sdk.NDU {
  /** What all triggers have. */
  interface GenericTrigger {
    /** All of them must hold. */
    conditions: DecisionTriggerCondition[]
  }

  /** Starts a workflow. */
  interface WorkflowTrigger extends GenericTrigger {
    /** Always `workflow`. */
    type: 'workflow'
    /** The workflow that starts. */
    workflowId: string
    /** The node it starts at. */
    nodeId: string
    /** Whether it counts only while its workflow is running. */
    activeWorkflow?: boolean
  }

  /** Answers a question. */
  interface FaqTrigger extends GenericTrigger {
    /** Always `faq`. */
    type: 'faq'
    /** The question. */
    faqId: string
    /** The topic it belongs to. */
    topicName: string
  }

  /** Goes to a node. */
  interface NodeTrigger extends GenericTrigger {
    /** Always `node`. */
    type: 'node'
    /** The node's workflow. */
    workflowId: string
    /** The node. */
    nodeId: string
  }

  /** A trigger of any kind. */
  type Trigger = NodeTrigger | FaqTrigger | WorkflowTrigger

  /** What intent routing decided about an event. */
  interface DialogUnderstanding {
    /** Triggers that were considered, with the score of each condition. */
    triggers: {
      [triggerId: string]: {
        /** Score of each condition. */
        result: Dic<number>
        /** The trigger. */
        trigger: Trigger
      }
    }
    /** What to do, in order. */
    actions: Actions[]
    /** The likeliest trigger for each kind of action. */
    predictions: {
      [key: string]: {
        /** The trigger. */
        triggerId: string
        /** Between 0 and 1. */
        confidence: number
      }
    }
  }

  /** A step that intent routing decided on. */
  interface Actions {
    /** What to do. */
    action: 'send' | 'startWorkflow' | 'redirect' | 'continue' | 'goToNode'
    /** What to send, or where to go. */
    data?: SendContent | FlowRedirect
  }

  /** Where to go. */
  interface FlowRedirect {
    /** The flow. */
    flow: string
    /** The node. */
    node: string
  }

  /** What to send. */
  type SendContent = Pick<IO.Suggestion, 'confidence' | 'payloads' | 'source' | 'sourceDetails'>
}
