/** What the NLU says about an event. */
declare namespace sdk.IO {
  /** What the NLU understood. There is no `intent.is()` in v12 (R4.5). */
  interface EventUnderstanding {
    /** Whether the prediction failed. */
    errored: boolean
    /** The model that was asked; undefined until the NLU has run. */
    modelId: string | undefined
    /** Predictions by context; not stored (R7.11). */
    predictions?: {
      [context: string]: {
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
    /** What was recognised in the text; `[]` by default. */
    entities: NLU.Entity[]
    /** The intent that won; by default `{ name: 'none', confidence: 1, context: 'global' }` (R4.5). */
    intent: NLU.Intent
    /** All intents; `[]` by default. */
    intents: NLU.Intent[]
    /** Whether several intents are equally likely; false by default. */
    ambiguous: boolean
    /** Slots by name; `{}` by default. */
    slots: NLU.SlotCollection
    /** The text after spell checking. */
    spellChecked?: string
    /** The language that was recognised; undefined until the NLU has run. */
    detectedLanguage: string | undefined
    /** The language that was used for the prediction; `n/a` until the NLU has run (R4.5). */
    language: string
    /** Contexts that the election considers; `['global']` by default. Writing it before the NLU runs narrows the election. */
    includedContexts: string[]
    /** How long the prediction took, in milliseconds. */
    ms: number
  }
}
