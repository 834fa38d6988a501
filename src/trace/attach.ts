import type { BotStories } from './bots/attach.ts'
import type { EntryKind, EntryOf, TraceEntry } from './entry.ts'
import type { Story, StoryKind } from './story.ts'

/** What is remembered while a trace is read, to tell which story an entry belongs to. */
export interface Clues {
  byEvent: Map<string, Story>
  byPage: Map<string, Story>
  /** What pages posted and no event has claimed yet, by event type, oldest first. */
  posted: Map<string, Story[]>
  /** Events from a page whose `page-sent` has not been seen yet: page and engine report over different ways. */
  unclaimed: Map<string, Story[]>
  /** Hooks that have started and not ended, by file. */
  openHooks: Map<string, Story[]>
  running: Set<Story>
  bots: BotStories
  /** What each visitor sent last. */
  lastSent: Map<string, Story>
}

/** Page and engine report over different ways; what lies further apart (ms) does not belong together. */
const NEAR = 10_000

type Open = (kind: StoryKind) => Story

const STORY_OF_KIND: Partial<Record<EntryKind, StoryKind>> = {
  'engine-started': 'engine',
  'engine-stopped': 'engine',
  'fault-staged': 'notes',
  'state-edited': 'notes',
  'bot-mounted': 'notes',
  'bot-unmounted': 'notes',
  'replay-started': 'notes',
  'file-saved': 'notes',
  'session-expired': 'notes',
  'data-problem': 'problem',
  'event-rejected': 'problem',
  'unhandled-rejection': 'problem',
  'uncaught-exception': 'problem',
  'page-loaded': 'page'
}

/** Finds the story of an entry, or opens one. `last` is the newest story, to which loose words are added. */
export function attach(entry: TraceEntry, clues: Clues, open: Open, last: Story | undefined): Story {
  const ofBot = clues.bots.attach(entry, open)
  if (ofBot) return ofBot
  if (entry.kind === 'event-received') return receive(entry, clues, open)
  if (entry.kind === 'page-sent') return send(entry, clues, open)
  if (entry.kind === 'page-refused') return refuse(entry, clues, open)
  if (entry.kind === 'hook-started' || entry.kind === 'hook-ended') return hook(entry, clues, open)
  if (entry.kind === 'chat-received' && entry.eventId === undefined) return clues.lastSent.get(entry.visitorId) ?? open('notes')
  if (entry.kind === 'page-loaded') {
    const story = open('page')
    story.pageId = entry.pageId
    clues.byPage.set(entry.pageId, story)
    return story
  }
  if (
    entry.kind === 'page-posted' ||
    entry.kind === 'page-console' ||
    entry.kind === 'page-gesture' ||
    entry.kind === 'page-left' ||
    entry.kind === 'voiceflow-called' ||
    entry.kind === 'bubbles-changed'
  ) {
    return ofPage(entry.pageId, clues, open)
  }
  const eventId = 'eventId' in entry ? entry.eventId : undefined
  if (eventId !== undefined) {
    const story = clues.byEvent.get(eventId)
    if (story) return story
    const orphan = open('event')
    orphan.eventId = eventId
    clues.byEvent.set(eventId, orphan)
    return orphan
  }
  const kind = STORY_OF_KIND[entry.kind]
  if (kind) return open(kind)
  return speaker(entry, clues) ?? (last?.kind === 'notes' ? last : open('notes'))
}

function ofPage(pageId: string, clues: Clues, open: Open): Story {
  const story = clues.byPage.get(pageId) ?? open('page')
  story.pageId = pageId
  clues.byPage.set(pageId, story)
  return story
}

function receive(entry: EntryOf<'event-received'>, clues: Clues, open: Open): Story {
  const cause = clues.byEvent.get(entry.during ?? entry.incomingEventId ?? '')
  if (entry.direction === 'outgoing' && cause) {
    clues.byEvent.set(entry.eventId, cause)
    return cause
  }
  const known = clues.byEvent.get(entry.eventId)
  const fromPage = entry.from.by === 'page' || entry.from.by === 'visitor'
  const story = known ?? (fromPage ? takePosted(entry, clues) : undefined) ?? open('event')
  story.kind = 'event'
  story.eventId = entry.eventId
  story.direction = entry.direction
  story.received = entry
  clues.byEvent.set(entry.eventId, story)
  if (entry.direction === 'incoming') clues.running.add(story)
  if (cause) {
    story.parent = cause
    story.depth = cause.depth + 1
  }
  if (fromPage && !story.sent) queue(clues.unclaimed, entry.type, story)
  return story
}

/** The oldest thing of that type that the same load of a page posted; where the event does not tell which: for that visitor, where both sides name the visitor alike; else for anybody. */
function takePosted(entry: EntryOf<'event-received'>, clues: Clues): Story | undefined {
  const waiting = clues.posted.get(entry.type)
  if (!waiting?.length) return undefined
  const { pageId } = entry.from
  const matches: ((story: Story) => boolean)[] = [
    story => pageId !== undefined && story.pageId === pageId,
    story => story.sent?.visitorId === entry.target,
    story => story.sent !== undefined && entry.at - story.sent.at < NEAR
  ]
  const found = matches.map(fits => waiting.findIndex(fits)).find(n => n >= 0)
  return found === undefined ? undefined : waiting.splice(found, 1)[0]
}

/** What the widget makes of it: a command to say something becomes words of the visitor (R20.8). */
const typeOnTheLine = (entry: EntryOf<'page-sent'>) => (entry.via === 'sendEvent' && entry.type === 'message' ? 'text' : (entry.type ?? ''))

function send(entry: EntryOf<'page-sent'>, clues: Clues, open: Open): Story {
  const type = typeOnTheLine(entry)
  if (entry.fate === 'posted') {
    const waiting = clues.unclaimed.get(type)?.filter(story => story.received !== undefined && entry.at - story.received.at < NEAR) ?? []
    const early =
      waiting.find(story => story.received?.from.pageId === entry.pageId) ??
      waiting.find(story => story.received?.target === entry.visitorId) ??
      waiting[0]
    if (early) clues.unclaimed.set(type, waiting.toSpliced(waiting.indexOf(early), 1))
    else clues.unclaimed.delete(type)
    if (early) {
      early.sent = entry
      early.pageId = entry.pageId
      clues.lastSent.set(entry.visitorId, early)
      return early
    }
  }
  const story = open('sent')
  story.sent = entry
  story.pageId = entry.pageId
  if (entry.fate === 'posted') {
    queue(clues.posted, type, story)
    clues.lastSent.set(entry.visitorId, story)
  }
  return story
}

function refuse(entry: EntryOf<'page-refused'>, clues: Clues, open: Open): Story {
  const waiting = clues.posted.get(entry.type ?? '') ?? []
  const own = waiting.findIndex(story => story.pageId === entry.pageId)
  if (own >= 0) return waiting.splice(own, 1)[0]!
  // Nothing was sent: the chat itself could not start.
  if (entry.type === undefined) return ofPage(entry.pageId, clues, open)
  const story = open('sent')
  story.pageId = entry.pageId
  return story
}

function hook(entry: EntryOf<'hook-started'> | EntryOf<'hook-ended'>, clues: Clues, open: Open): Story {
  const running = clues.openHooks.get(entry.place.file) ?? []
  const own = running.findIndex(story => story.eventId === entry.eventId || clues.byEvent.get(entry.eventId ?? '') === story)
  const story = clues.byEvent.get(entry.eventId ?? '') ?? running[own] ?? open(entry.eventId === undefined ? 'hooks' : 'event')
  if (entry.eventId !== undefined && story.eventId === undefined) {
    story.eventId = entry.eventId
    clues.byEvent.set(entry.eventId, story)
  }
  if (entry.kind === 'hook-started') queue(clues.openHooks, entry.place.file, story)
  else if (own >= 0) {
    running.splice(own, 1)
    if (running.length === 0) clues.openHooks.delete(entry.place.file)
  }
  return story
}

/** Words, network and accidents name no event; they belong to the hook whose file they come from, or to the only one that is running. */
function speaker(entry: TraceEntry, clues: Clues): Story | undefined {
  const file = 'place' in entry ? entry.place?.file : undefined
  const own = file === undefined ? undefined : clues.openHooks.get(file)
  if (own?.length) return own.at(-1)
  if (clues.openHooks.size !== 1) return undefined
  const [stories] = clues.openHooks.values()
  return stories?.length === 1 ? stories[0] : undefined
}

function queue(map: Map<string, Story[]>, key: string, story: Story): void {
  const waiting = map.get(key)
  if (waiting) waiting.push(story)
  else map.set(key, [story])
}
