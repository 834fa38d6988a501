import * as z from 'zod/mini'

/** What outlives the page: where one was, and what one was writing. Everything else comes from the host. */
export const Saved = z.object({
  tab: z._default(z.enum(['page', 'trace']), 'page'),
  /** How the trace is looked at. */
  view: z._default(z.enum(['stories', 'timeline', 'findings', 'changes']), 'stories'),
  /** The drawer of the stage that is open. */
  drawer: z.optional(z.enum(['visitor', 'clock', 'trouble', 'gesture', 'state', 'run'])),
  /** `seq` of the entry that is looked at in every view. */
  selected: z.optional(z.number()),
  /** Part of the height that the inspector takes, 0 to 1. */
  inspector: z._default(z.number().check(z.minimum(0.15), z.maximum(0.85)), 0.45),
  lanes: z._default(z.array(z.string()), []),
  /** Part of the width that the page takes, 0 to 1. */
  split: z._default(z.number().check(z.minimum(0.15), z.maximum(0.85)), 0.5),
  expanded: z._default(z.array(z.number()), []),
  filter: z._default(z.string(), ''),
  problemsOnly: z._default(z.boolean(), false),
  /** The first story in sight, and how much of it is above, px; absent: at the end, following. */
  reading: z.optional(z.object({ story: z.number(), above: z.number() })),
  draft: z._default(z.object({ open: z.boolean(), type: z.string(), payload: z.string(), times: z._default(z.string(), '1') }), {
    open: false,
    type: '',
    payload: '{}',
    times: '1'
  })
})
export type Saved = z.infer<typeof Saved>

/** The saved state, or a fresh one where there is none, or one of another version. */
export function readSaved(value: unknown): Saved {
  const parsed = Saved.safeParse(value ?? {})
  return parsed.success ? parsed.data : Saved.parse({})
}
