import * as z from 'zod'
import { isDuration, isMoment } from '../file/time.ts'

/** Small pieces of which scenario files consist. Descriptions are what the editor shows on hover. */

export const Duration = z
  .union([z.number().min(0), z.string().refine(isDuration, { error: 'A length of time such as 300ms, 1.5s, 31min, 2h or 1h 30min' })])
  .describe('A length of time: `300ms`, `1.5s`, `31min`, `2h`, `1d`, `1h 30min`; a plain number is milliseconds.')

export const Moment = z
  .union([
    z.number().min(0),
    z.string().refine(isMoment, { error: 'A moment: a time since the start (29.9s), a time of day (08:00) or a date (2025-03-04T09:00)' })
  ])
  .describe(
    'A moment: a length of time since the start of the scenario (`29.9s`), the next time of day (`08:00`, in the scenario’s time zone) or a date (`2025-03-04T09:00`, with `Z` or `+01:00` for another zone).'
  )

/** A text that must be there. */
export const Text = z
  .union([
    z.string(),
    z.strictObject({
      is: z.string().optional().describe('The whole text.'),
      contains: z
        .union([z.string(), z.array(z.string())])
        .optional()
        .describe('A part of it, or several.'),
      matches: z.string().optional().describe('A regular expression.'),
      not: z
        .union([z.string(), z.array(z.string())])
        .optional()
        .describe('Parts that must not be in it.')
    })
  ])
  .describe('A part of the text; `/…/i` is a regular expression; `{is: …}` is the whole text.')
export type Text = z.infer<typeof Text>

/** A value that must be there: parts of objects suffice. */
export const Value = z
  .unknown()
  .describe(
    'The value; of an object the named parts suffice. `{contains: …}`, `{matches: …}`, `{not: …}`, `{absent: true}`, `{above: 1}`, `{below: 9}` say it in another way.'
  )

export const Json = z.record(z.string(), z.unknown())

/** `session.greeted` → value. */
export const Paths = z.record(z.string(), Value)

export const oneOrMore = <T extends z.ZodType>(item: T) => z.union([item, z.array(item)])

/** A file of the folder, never one beside or above it. */
export const FilePath = z.string().regex(/^(?![\\/]|[A-Za-z]:)(?!(?:.*[\\/])?\.\.(?:[\\/]|$)).+$/, {
  error: 'A path below the folder such as data/global/hooks/before_incoming_middleware/10_greet.js'
})

export const Selector = z.string().min(1).describe('A CSS selector of the page: `#email`, `button`, `[name=card]`.')
