import * as z from 'zod/mini'

export const StatePart = z.record(z.string(), z.unknown())

/** What is stored of a conversation, as its next event will find it. `user` belongs to the target, the rest to the session (R6.1 to R6.3). */
export const StoredState = z.object({ sessionId: z.string(), user: StatePart, session: StatePart, context: StatePart, temp: StatePart })
export type StoredState = z.infer<typeof StoredState>
