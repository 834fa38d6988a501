import * as z from 'zod/mini'

/** What scripts of the workspace were executed: as V8 counts it, and as people read it. */

/** A range of a script's text, in UTF-16 units from its beginning, with how often it was executed. Ranges of a function nest; the innermost counts. */
const CountedRange = z.tuple([z.number(), z.number(), z.number()])

/** What V8 counted in a script since it was asked last. */
export const ScriptCounts = z.object({
  /** Absolute path of the file that the script is, or lies in. */
  file: z.string(),
  /** Where the script's text begins in its file, both from 0; for a script inside a page. */
  at: z.object({ line: z.number(), column: z.number() }),
  text: z.string(),
  functions: z.array(z.object({ ranges: z.array(CountedRange) }))
})
export type ScriptCounts = z.infer<typeof ScriptCounts>

/** A part of a file. Lines and columns count from 1, the end's column is the first after it. */
export const Span = z.object({ line: z.number(), column: z.number(), endLine: z.number(), endColumn: z.number() })
export type Span = z.infer<typeof Span>

const counted = { span: Span, count: z.number() }

/** A script with how often each of its parts was executed. */
export const CoveredScript = z.object({
  file: z.string(),
  /** Names the script within its file: where it begins. */
  at: z.string(),
  /** Names the text; counts of two texts of a file do not add up. */
  version: z.string(),
  statements: z.array(z.object(counted)),
  /** A decision with its ways; a way without a span is not written down, such as the `else` that is not there. */
  branches: z.array(z.object({ span: Span, ways: z.array(z.object({ name: z.string(), span: z.optional(Span), count: z.number() })) })),
  functions: z.array(z.object({ name: z.string(), ...counted }))
})
export type CoveredScript = z.infer<typeof CoveredScript>
