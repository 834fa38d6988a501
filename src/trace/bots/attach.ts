import type { EntryOf, TraceEntry } from '../entry.ts'
import type { Story, StoryKind } from '../story.ts'
import { BotReading } from './reading.ts'
import type { Judged, Judgement, Posting } from './turns.ts'

type Open = (kind: StoryKind) => Story

/** Sorts what bots of the Bot Framework family do into stories, as attach.ts does for the engine. */
export class BotStories {
  readonly #reading = new BotReading()
  readonly #byActivity = new Map<string, Story>()
  readonly #byTrigger = new Map<string, Story>()
  /** The story to which loose words of a conversation are added. */
  readonly #lastIn = new Map<string, Story>()
  #life: Story | undefined
  /** The bot's first words may come before it listens. */
  #isStarting = false
  #last: Story | undefined

  /** The story of an entry; undefined for entries that are about something else. */
  attach(entry: TraceEntry, open: Open): Story | undefined {
    const story = this.#storyOf(entry, this.#reading.see(entry), open)
    if (story) this.#last = story
    return story
  }

  /** The newest collision, where this entry was the visitor's answer or the notice itself. */
  collisionWith(entry: TraceEntry): Story['collision'] {
    const last = this.#reading.collisions.at(-1)
    return last && (last.answer === entry || last.notice === entry) ? last : undefined
  }

  /** Of an activity, in whichever direction. */
  storyOf(activityId: string): Story | undefined {
    return this.#byActivity.get(activityId)
  }

  #storyOf(entry: TraceEntry, judged: Judged | undefined, open: Open): Story | undefined {
    switch (entry.kind) {
      case 'activity-to-bot': {
        const story = open('turn')
        this.#byActivity.set(entry.activityId, story)
        this.#lastIn.set(entry.conversationId, story)
        return story
      }
      case 'bot-answered':
        return this.#byActivity.get(entry.activityId) ?? open('turn')
      case 'activity-from-bot':
        return this.#fromBot(entry, judged, open)
      case 'chat-received':
        return entry.eventId === undefined ? undefined : this.#byActivity.get(entry.eventId)
      case 'bot-triggered': {
        const story = open('trigger')
        this.#byTrigger.set(entry.triggerId, story)
        return story
      }
      case 'bot-trigger-ended':
        return this.#byTrigger.get(entry.triggerId) ?? open('trigger')
      case 'bot-state':
        return this.#lastIn.get(entry.conversationId ?? '') ?? this.#last
      case 'connector-call':
        // What was refused belongs where it would have stood.
        if (entry.activity !== undefined && entry.conversationId !== undefined) {
          const posting = { conversationId: entry.conversationId, replyTo: entry.replyTo, at: entry.at }
          return this.#homeOf(posting, this.#reading.judgeRefused(entry), open)
        }
        return this.#lastIn.get(entry.conversationId ?? '') ?? this.#last ?? open('bot')
      case 'bot-started':
      case 'bot-stopped': {
        const story = this.#isStarting && this.#life ? this.#life : open('bot')
        this.#life = story
        this.#isStarting = false
        return story
      }
      case 'bot-output':
        if (this.#last) return this.#last
        this.#life ??= open('bot')
        this.#isStarting = true
        return this.#life
      case 'bot-conversation':
        return this.#last ?? open(entry.by === 'bot' ? 'notice' : 'bot')
      case 'bot-reach':
        return this.#last
      default:
        return undefined
    }
  }

  #fromBot(entry: EntryOf<'activity-from-bot'>, judged: Judged | undefined, open: Open): Story {
    // Changed, deleted: told where it was said.
    const story = this.#byActivity.get(entry.activityId) ?? this.#homeOf(entry, judged?.judgement, open)
    this.#byActivity.set(entry.activityId, story)
    return story
  }

  /** The story of something that the bot posted: that of the turn it answers, of the call that triggered it, or one of its own. */
  #homeOf(posting: Posting, judgement: Judgement | undefined, open: Open): Story {
    const { conversationId, replyTo } = posting
    const replied = replyTo === undefined ? undefined : this.#byActivity.get(replyTo)
    const last = this.#lastIn.get(conversationId)
    if (!judgement || judgement.kind === 'reply') return replied ?? last ?? open('turn')
    const trigger = judgement.cause?.by === 'trigger' ? this.#byTrigger.get(judgement.cause.triggerId) : undefined
    // One turn of the bot's own may say several things.
    const again = last?.kind === 'notice' && isSameTurn(last, posting) ? last : undefined
    const story = trigger ?? again ?? open('notice')
    story.judgement ??= judgement
    this.#lastIn.set(conversationId, story)
    return story
  }
}

/** So soon after one another things come of one turn, ms. */
const NEAR_MS = 1000

function isSameTurn(story: Story, { conversationId, replyTo, at }: Posting): boolean {
  const last = story.entries.findLast(other => other.kind === 'activity-from-bot')
  return last?.kind === 'activity-from-bot' && last.conversationId === conversationId && last.replyTo === replyTo && at - last.at < NEAR_MS
}
