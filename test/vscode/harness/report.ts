/** What the suite inside VS Code tells the script outside, a JSON object a line in the file that `PROACTIVE_HOOKS_REPORT` names. */
export type ReportLine =
  | { kind: 'start'; total: number }
  | { kind: 'pass'; title: string[]; ms: number }
  | { kind: 'pending'; title: string[] }
  | { kind: 'fail'; title: string[]; ms: number; message: string; stack: string }
  /** The suite itself could not run: a test file that throws when loaded, for example. */
  | { kind: 'broken'; message: string }
  | { kind: 'end' }

/** Names of the environment variables that the script sets for the suite. */
export const variables = { report: 'PROACTIVE_HOOKS_REPORT', grep: 'PROACTIVE_HOOKS_GREP' } as const
