import type { Change, EntryKind, EntryOf, Origin, Place } from './entry.ts'
import { isOwn } from './state.ts'
import type { Story } from './story.ts'
import { baseName } from './words.ts'

/** A run of a hook: its start, and its end when it has come. */
export interface HookRun {
  started: EntryOf<'hook-started'>
  ended?: EntryOf<'hook-ended'>
}

/** Something said on grounds of the event, and what became of it. */
export interface Reply {
  received: EntryOf<'event-received'>
  chats: EntryOf<'chat-received'>[]
  lost?: EntryOf<'reply-lost'>
  ended: boolean
  /** It went to another visitor, bot or conversation than the event came from. */
  elsewhere?: 'visitor' | 'conversation'
}

/** A story's entries, sorted by what they tell. All lists are in the order of the trace. */
export interface Facts {
  story: Story
  /** Hooks of the event itself; `replyHooks` are those of the replies (before_outgoing_middleware). */
  hooks: HookRun[]
  replyHooks: HookRun[]
  replies: Reply[]
  flags: EntryOf<'flag-set'>[]
  late: EntryOf<'too-late'>[]
  /** What hooks left for later: timers that still run, values of the store. */
  timers: EntryOf<'script-timer'>[]
  stored: EntryOf<'value-stored'>[]
  /** Events that hooks injected while this one was processed are stories of their own; here only what this story holds. */
  decision?: EntryOf<'decision-made'>
  entered: EntryOf<'dialog-entered'>[]
  waits?: EntryOf<'dialog-waits'>
  dialogFailed?: EntryOf<'dialog-failed'>
  failedInstruction?: EntryOf<'dialog-instruction'>
  jumps: EntryOf<'dialog-jumped'>[]
  middlewares: EntryOf<'middleware-ended'>[]
  saved: EntryOf<'state-saved'>[]
  discarded: EntryOf<'state-discarded'>[]
  stuck?: EntryOf<'event-stuck'>
  waiting?: EntryOf<'event-waiting'>
  starts: EntryOf<'event-started'>[]
  ended?: EntryOf<'event-ended'>
  refused?: EntryOf<'page-refused'>
  posted: EntryOf<'page-posted'>[]
}

/** One pass over a story. */
export function factsOf(story: Story): Facts {
  const facts: Facts = {
    story,
    hooks: [],
    replyHooks: [],
    replies: [],
    flags: [],
    late: [],
    timers: [],
    stored: [],
    entered: [],
    jumps: [],
    middlewares: [],
    saved: [],
    discarded: [],
    starts: [],
    posted: []
  }
  const replies = new Map<string, Reply>()
  for (const entry of story.entries) {
    const own = 'eventId' in entry && entry.eventId === story.eventId
    const reply = 'eventId' in entry && !own ? replies.get(entry.eventId ?? '') : undefined
    switch (entry.kind) {
      case 'event-received': {
        if (entry === story.received) break
        const made: Reply = { received: entry, chats: [], ended: false }
        const where = elsewhere(story.received, entry)
        if (where) made.elsewhere = where
        replies.set(entry.eventId, made)
        facts.replies.push(made)
        break
      }
      case 'chat-received':
        if (!reply) break
        reply.chats.push(entry)
        if (entry.conversationId && story.received?.threadId && entry.conversationId !== story.received.threadId) {
          reply.elsewhere ??= 'conversation'
        }
        break
      case 'reply-lost':
        if (reply) reply.lost = entry
        break
      case 'hook-started':
        ;(reply ? facts.replyHooks : facts.hooks).push({ started: entry })
        break
      case 'hook-ended':
        endHook(reply ? facts.replyHooks : facts.hooks, entry)
        break
      case 'event-ended':
        if (reply) reply.ended = true
        else if (entry.outcome !== 'retried') facts.ended = entry
        break
      case 'flag-set':
        if (!reply) facts.flags.push(entry)
        break
      case 'middleware-ended':
        if (!reply) facts.middlewares.push(entry)
        break
      default:
        if (!reply) note(facts, entry)
    }
  }
  return facts
}

const LISTS = {
  'too-late': 'late',
  'script-timer': 'timers',
  'value-stored': 'stored',
  'dialog-entered': 'entered',
  'dialog-jumped': 'jumps',
  'state-saved': 'saved',
  'state-discarded': 'discarded',
  'event-started': 'starts',
  'page-posted': 'posted'
} as const satisfies Partial<Record<EntryKind, keyof Facts>>

const LAST = {
  'decision-made': 'decision',
  'dialog-waits': 'waits',
  'dialog-failed': 'dialogFailed',
  'event-stuck': 'stuck',
  'event-waiting': 'waiting',
  'page-refused': 'refused'
} as const satisfies Partial<Record<EntryKind, keyof Facts>>

function note(facts: Facts, entry: Story['entries'][number]): void {
  if (entry.kind in LISTS) (facts[LISTS[entry.kind as keyof typeof LISTS]] as unknown[]).push(entry)
  else if (entry.kind in LAST) Object.assign(facts, { [LAST[entry.kind as keyof typeof LAST]]: entry })
  else if (entry.kind === 'dialog-instruction' && entry.error) facts.failedInstruction = entry
}

function endHook(runs: HookRun[], entry: EntryOf<'hook-ended'>): void {
  const run = runs.findLast(run => !run.ended && run.started.place.file === entry.place.file && run.started.hookType === entry.hookType)
  if (run) run.ended = entry
  else runs.push({ started: { ...entry, kind: 'hook-started' }, ended: entry })
}

function elsewhere(cause: EntryOf<'event-received'> | undefined, reply: EntryOf<'event-received'>): Reply['elsewhere'] {
  if (!cause) return undefined
  if (reply.target !== cause.target || reply.channel !== cause.channel || reply.botId !== cause.botId) return 'visitor'
  return cause.threadId && reply.threadId && cause.threadId !== reply.threadId ? 'conversation' : undefined
}

/** The entry that set SKIP_DIALOG_ENGINE in time, if any (R5.7). */
export function skippedBy(facts: Facts): EntryOf<'flag-set'> | undefined {
  const before = facts.decision?.seq ?? Number.POSITIVE_INFINITY
  return facts.flags.find(flag => flag.flag === 'SKIP_DIALOG_ENGINE' && flag.value && flag.known && flag.seq < before)
}

export const failedHooks = (facts: Facts): HookRun[] => facts.hooks.filter(run => run.ended?.outcome === 'failed')

/** The script is no JavaScript to Node 12: nothing of it ran (R3.24). The stack of such an error begins with the script's own place. */
export const isUnreadable = ({ ended }: HookRun): boolean =>
  ended?.error?.name === 'SyntaxError' && ended.error.stack?.startsWith(`${ended.place.file}:`) === true

export const openHooks = (facts: Facts): HookRun[] => facts.hooks.filter(run => !run.ended)

/** Replies made by code of the author: hooks and actions. */
export const hookReplies = (facts: Facts): Reply[] => facts.replies.filter(reply => reply.received.from.by === 'hook')

export const dialogReplies = (facts: Facts): Reply[] =>
  facts.replies.filter(reply => reply.received.from.by === 'dialog' || reply.received.from.by === 'action')

/** Whether some hook did anything about the event: replied, set a flag, jumped or changed it. */
export function handled(facts: Facts): boolean {
  return (
    hookReplies(facts).length > 0 ||
    facts.flags.some(flag => flag.from.by === 'hook') ||
    facts.jumps.some(jump => jump.from.by === 'hook') ||
    facts.hooks.some(run => (run.ended?.changes.length ?? 0) > 0)
  )
}

/** All changes of the author that were thrown away, and that were saved; Botpress's own book-keeping is left out. */
export const discardedChanges = (facts: Facts): Change[] => authored(facts, facts.discarded)
/** Those of them that later events see all the same (R6.3). */
export const leakedChanges = (facts: Facts): Change[] =>
  authored(
    facts,
    facts.discarded.map(({ leaks }) => ({ changes: leaks }))
  )
export const savedChanges = (facts: Facts): Change[] => authored(facts, facts.saved)

const authored = (facts: Facts, entries: readonly { changes: Change[] }[]) =>
  entries.flatMap(entry => entry.changes).filter(change => !isOwn(change, facts.story))

export const hookName = (run: HookRun): string => baseName(run.started.name)

/** Where the hook's error is; its file at least. */
export const errorPlace = (run: HookRun): Place => run.ended?.error?.place ?? run.started.place

export const originName = (origin: Origin): string => origin.name ?? (origin.place ? baseName(origin.place.file) : origin.by)
