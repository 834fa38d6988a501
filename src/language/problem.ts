import type { Span } from './body-map.ts'

export type Severity = 'error' | 'warning' | 'info' | 'hint'

/** A replacement within one document. */
export interface Edit {
  readonly span: Span
  readonly text: string
}

/** A change that makes a problem go away. */
export interface Fix {
  readonly title: string
  readonly edits: readonly Edit[]
  /** It does what the author most likely means, and can be applied to a whole file without looking. */
  readonly safe?: boolean
  /** The file itself moves, to this path relative to its folder. */
  readonly renameTo?: string
  /** A new file that belongs to it, by absolute path; one that is there stays as it is. */
  readonly creates?: { readonly file: string; readonly text: string }
}

/** Something wrong, or worth a word, at a place of a document. */
export interface Problem {
  /** A rule's id, or the number of TypeScript's message. */
  readonly code: string | number
  readonly severity: Severity
  readonly message: string
  readonly span: Span
  readonly tag?: 'unused' | 'deprecated'
  readonly fixes?: readonly Fix[]
}
