/** What the NLU knows and finds. */
declare namespace sdk.NLU {
  /** State of the training of a bot's language. */
  type TrainingStatus = 'idle' | 'done' | 'needs-training' | 'training-pending' | 'training' | 'canceled' | 'errored' | null

  /** A training. */
  interface TrainingSession {
    /** Which training it is. */
    key: string
    /** How it stands. */
    status: TrainingStatus
    /** The language that is trained. */
    language: string
    /** Between 0 and 1. */
    progress: number
  }

  /** Where the entities of a type come from: built in, a regular expression, a list of words. */
  type EntityType = 'system' | 'pattern' | 'list'

  /** A word of a list entity. */
  interface EntityDefOccurrence {
    /** The value it stands for. */
    name: string
    /** Other ways to say it. */
    synonyms: string[]
  }

  /** An entity as the bot's author defined it. */
  interface EntityDefinition {
    /** Its id. */
    id: string
    /** Its name. */
    name: string
    /** Where it comes from. */
    type: EntityType
    /** Whether the value must not be stored. */
    sensitive?: boolean
    /** Whether upper and lower case matter. */
    matchCase?: boolean
    /** Examples of a pattern. */
    examples?: string[]
    /** How much a word may differ, 0 to 1; list entities only. */
    fuzzy?: number
    /** The words; list entities only. */
    occurrences?: EntityDefOccurrence[]
    /** The regular expression; pattern entities only. */
    pattern?: string
  }

  /** A slot of an intent. */
  interface SlotDefinition {
    /** Its id. */
    id: string
    /** Its name. */
    name: string
    /** Entities that can fill it. */
    entities: string[]
    /** Number of its colour in the studio. */
    color: number
  }

  /** An intent as the bot's author defined it. */
  interface IntentDefinition {
    /** Its name. */
    name: string
    /** Example sentences by language. */
    utterances: { [lang: string]: string[] }
    /** Its slots. */
    slots: SlotDefinition[]
    /** Contexts in which it counts. */
    contexts: string[]
  }

  /** An intent that was predicted. */
  interface Intent {
    /** Its name; `none` when nothing matched (R4.5). */
    name: string
    /** Between 0 and 1. */
    confidence: number
    /** The context it belongs to; `global` by default. */
    context: string
  }

  /** Something recognised in a text. */
  interface Entity {
    /** The entity's name. */
    name: string
    /** The entity's type. */
    type: string
    /** Where and how it was found. */
    meta: EntityMeta
    /** What was found. */
    data: EntityBody
  }

  /** The value of an entity. */
  interface EntityBody {
    /** More about it, by kind of entity. */
    extras?: any
    /** The value. */
    value: any
    /** The unit of the value, such as a currency. */
    unit: string
  }

  /** Where and how an entity was found. */
  interface EntityMeta {
    /** Whether the value must not be stored. */
    sensitive: boolean
    /** Between 0 and 1. */
    confidence: number
    /** Who found it. */
    provider?: string
    /** The words as the user wrote them. */
    source: string
    /** Position of the first character. */
    start: number
    /** Position after the last character. */
    end: number
    /** The finder's own data. */
    raw?: any
  }

  /** A slot that was filled. */
  interface Slot {
    /** The slot's name. */
    name: string
    /** The value. */
    value: any
    /** The words as the user wrote them. */
    source: any
    /** The entity that filled it. */
    entity: Entity | null
    /** Between 0 and 1. */
    confidence: number
    /** Position of the first character. */
    start: number
    /** Position after the last character. */
    end: number
  }

  /** Slots by name. */
  type SlotCollection = Dic<Slot>

  /** What was predicted within a context. */
  interface ContextPrediction {
    /** How sure the NLU is of this context. */
    confidence: number
    /** How likely the text lies outside of everything that was trained. */
    oos: number
    /** Intents of the context, best first. */
    intents: {
      /** The intent's name. */
      label: string
      /** Between 0 and 1. */
      confidence: number
      /** Slots found for it. */
      slots: NLU.SlotCollection
      /** How the slots were found. */
      extractor: string
    }[]
  }
}

/** An object that maps any name to a `T`. */
interface Dic<T> {
  /** The value of a name. */
  [Key: string]: T
}
