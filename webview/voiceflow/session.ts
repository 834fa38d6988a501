/** What of the argument of `load` decides where the session is kept. */
export interface SessionConfig {
  verify?: { projectID?: string }
  assistant?: { persistence?: string }
}

/** Keeps the session where the real widget does: `voiceflow-session-<project>`, in local storage unless the page wants it otherwise. */
export function keepSession({ verify, assistant }: SessionConfig, session: string): void {
  const kind = assistant?.persistence ?? 'localStorage'
  if (kind !== 'localStorage' && kind !== 'sessionStorage') return
  try {
    window[kind].setItem(`voiceflow-session-${verify?.projectID}`, session)
  } catch {
    // Storage may be forbidden.
  }
}
