/** The four flags the engine reads (R5.1). */
export const WELL_KNOWN_FLAGS = {
  SKIP_DIALOG_ENGINE: { description: 'skipDialogEngine', effect: 'the dialog engine does not run for this event' },
  SKIP_QNA_PROCESSING: {
    description: 'avoidQnaProcessing',
    effect: 'no Q&A suggestion is added, and the event waits two seconds for it (R5.5)'
  },
  SKIP_NATIVE_NLU: { description: 'skipNativeNLU', effect: 'the NLU does not predict an intent' },
  FORCE_PERSIST_STATE: { description: 'forcePersistState', effect: 'state is saved although the dialog engine did not run' }
} as const

export type FlagName = keyof typeof WELL_KNOWN_FLAGS

/** The value of `bp.IO.WellKnownFlags.<name>`: a registered symbol, equal in every realm of a process. */
export function flagSymbol(name: FlagName): symbol {
  return Symbol.for(WELL_KNOWN_FLAGS[name].description)
}

/** The flag's name for what `setFlag` was given, or undefined when the engine reads no such flag (R5.2). */
export function flagNameOf(key: unknown): FlagName | undefined {
  return (Object.keys(WELL_KNOWN_FLAGS) as FlagName[]).find(name => flagSymbol(name) === key)
}
