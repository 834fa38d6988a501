import * as z from 'zod/mini'

/** A place in a file of the user's workspace. `file` is an absolute path; `line` and `column` count from 1, as in a stack trace. */
export const Place = z.object({ file: z.string(), line: z.optional(z.number()), column: z.optional(z.number()) })
export type Place = z.infer<typeof Place>
