import type { Activity } from '../../botframework/activity.ts'
import { activityText } from '../bot-lines.ts'
import { causeText } from '../bots/turns.ts'
import type { EntryKind, EntryOf, Place } from '../entry.ts'
import type { Story, StoryKind } from '../story.ts'
import { count, duration, list, quote, stop } from '../words.ts'
import type { Tone } from './cause.ts'

/** What is said of a story of bots of the Bot Framework family. */
export interface BotTelling {
  outcome: string
  tone: Tone
  chip: string
  says: string[]
  todo: string[]
  rules: string[]
  place?: Place | undefined
}

/** A row for each kind of story that is about such bots. */
export const BOT_TELLINGS: { [K in StoryKind]?: (story: Story) => BotTelling } = {
  turn: tellTurn,
  notice: tellNotice,
  trigger: tellTrigger,
  bot: tellLife
}

function entriesOf<K extends EntryKind>(story: Story, kind: K): EntryOf<K>[] {
  return story.entries.filter(entry => entry.kind === kind) as unknown[] as EntryOf<K>[]
}

const messagesOf = (story: Story) =>
  entriesOf(story, 'activity-from-bot').filter(
    ({ type, via }) => type === 'message' && via !== 'update' && via !== 'delete' && via !== 'history'
  )

const read = (messages: readonly EntryOf<'activity-from-bot'>[]) =>
  list(
    messages.map(({ activity }) => activityText(activity)),
    3
  )

function tellTurn(story: Story): BotTelling {
  const [asked] = entriesOf(story, 'activity-to-bot')
  const answered = entriesOf(story, 'bot-answered').at(-1)
  const said = messagesOf(story)
  const refused = refusedIn(story)
  const what = asked ? activityText(asked.activity) : 'something'
  const base = { todo: [...(answered?.todo ?? []), ...refused.todo], rules: ['C14'] }
  const captured = story.collision?.kind === 'astray' && story.collision.answer === asked ? story.collision : undefined
  if (!answered) return { ...base, outcome: 'bot-works', tone: 'running', chip: 'working', says: [`The bot works on ${what}.`] }
  if (answered.outcome !== 'done' && answered.outcome !== 'accepted') {
    const says = [
      answered.says ?? `The bot answered ${answered.status}.`,
      `It was sent ${what}; the visitor ${said.length > 0 ? `read ${read(said)}` : 'saw nothing'}.`
    ]
    return { ...base, outcome: `bot-${answered.outcome}`, tone: 'error', chip: CHIPS[answered.outcome], says }
  }
  if (captured) {
    return {
      outcome: 'answer-captured',
      tone: 'error',
      chip: 'answer astray',
      says: [
        `${what} was taken as the answer to ${activityText(captured.question.activity)}, not to ${activityText(captured.notice.activity)}.`,
        ...captured.says.slice(1)
      ],
      todo: captured.todo,
      rules: ['S31', 'BFP005']
    }
  }
  if (refused.says.length > 0) return { ...base, outcome: 'bot-refused', tone: 'warning', chip: 'refused', says: refused.says }
  if (said.length > 0)
    return { ...base, outcome: 'bot-replied', tone: 'good', chip: 'replied', says: [`The visitor read ${read(said)}.`], rules: ['P4'] }
  // A bot that answers at once may still be at work.
  if (asked?.type !== 'message')
    return { ...base, outcome: 'bot-silent', tone: 'quiet', chip: 'no words', says: [`The bot was told: ${what}. It said nothing.`] }
  if (answered.outcome === 'accepted')
    return { ...base, outcome: 'bot-silent', tone: 'running', chip: 'accepted', says: ['The bot took it; nothing was said yet.'] }
  return {
    ...base,
    outcome: 'bot-mute',
    tone: 'warning',
    chip: 'no reply',
    says: [`The visitor wrote ${what} and got no answer.`, 'The bot took the message, ended its turn and said nothing.'],
    todo: ['Look whether a handler for messages is registered, and whether it waits for what it sends (BFP002).'],
    rules: ['BFP002']
  }
}

const CHIPS: Record<Exclude<EntryOf<'bot-answered'>['outcome'], 'done' | 'accepted'>, string> = {
  refused: 'bot refused',
  unreachable: 'not running',
  closed: 'bot died',
  hanging: 'hangs'
}

function tellNotice(story: Story): BotTelling {
  const said = messagesOf(story)
  const refused = refusedIn(story)
  const { judgement, collision } = story
  const why = judgement ? [judgement.says, ...(judgement.cause ? [`It was ${causeText(judgement.cause)}.`] : [])] : []
  const rules = judgement ? [judgement.rule] : []
  if (said.length === 0) {
    const says =
      refused.says.length > 0
        ? refused.says
        : [`The bot sent ${list(entriesOf(story, 'activity-from-bot').map(({ activity }) => activityText(activity)))} on its own.`]
    return {
      outcome: 'notice',
      tone: refused.says.length > 0 ? 'warning' : 'quiet',
      chip: 'on its own',
      says: [...says, ...why],
      todo: refused.todo,
      rules
    }
  }
  const says = [`The bot wrote ${read(said)} without having been asked.`, ...why, ...(collision?.says ?? []), ...refused.says]
  const tone: Tone =
    collision?.kind === 'astray'
      ? 'error'
      : collision && collision.kind !== 'kept'
        ? 'warning'
        : judgement?.kind === 'unclear'
          ? 'quiet'
          : 'good'
  const chip = judgement?.kind === 'unclear' ? 'proactive or late' : 'proactive'
  return {
    outcome: 'notice',
    tone,
    chip,
    says,
    todo: [...(collision?.todo ?? []), ...refused.todo],
    rules: [...rules, ...(collision ? ['S31'] : [])]
  }
}

function tellTrigger(story: Story): BotTelling {
  const [called] = entriesOf(story, 'bot-triggered')
  const ended = entriesOf(story, 'bot-trigger-ended').at(-1)
  const said = messagesOf(story)
  const refused = refusedIn(story)
  const name = called ? `${called.method} ${URL.canParse(called.url) ? new URL(called.url).pathname : called.url}` : 'The call'
  const places = new Set(said.map(({ conversationId }) => conversationId)).size
  const reached =
    said.length > 0
      ? `The bot sent ${count(said.length, 'message')} to ${count(places, 'conversation')}: ${read(said)}.`
      : 'Nobody was written to: the bot may know nobody yet, or keeps nobody in mind after a restart.'
  const base = { outcome: 'trigger', rules: ['X1', ...(story.judgement ? [story.judgement.rule] : [])] }
  if (!ended) return { ...base, tone: 'running', chip: 'called', says: [`${name} was called; it has not answered yet.`], todo: [] }
  const failed = ended.status === undefined || ended.status >= 400
  const answer =
    ended.status === undefined ? `failed: ${stop(ended.reason ?? 'no answer')}` : `answered ${ended.status} after ${duration(ended.ms)}.`
  const collided = story.collision ?? { says: [], todo: [] }
  const hidden = !failed && refused.says.length > 0 ? ['It answered as if all had gone well.'] : []
  return {
    ...base,
    tone: failed
      ? 'error'
      : refused.says.length > 0 || said.length === 0
        ? 'warning'
        : story.collision && story.collision.kind !== 'kept'
          ? 'warning'
          : 'good',
    chip: failed ? 'trigger failed' : said.length === 0 ? 'reached nobody' : 'triggered',
    // The first sentence is the one that is shown before the story is opened.
    says: [...(failed ? [`${name} ${answer}`, reached] : [reached, `${name} ${answer}`]), ...refused.says, ...hidden, ...collided.says],
    todo: [...refused.todo, ...collided.todo]
  }
}

function tellLife(story: Story): BotTelling {
  const stopped = entriesOf(story, 'bot-stopped').at(-1)
  const started = entriesOf(story, 'bot-started').at(-1)
  if (stopped) {
    const isOurs = stopped.reason === 'request'
    const words = stopped.output && !isOurs ? ` Its last words: ${quote(lastLine(stopped.output), 160)}.` : ''
    return {
      outcome: 'bot-stopped',
      tone: isOurs ? 'quiet' : 'error',
      chip: isOurs ? 'stopped' : 'bot ended',
      says: [`${stopped.bot}: ${stopped.says}${words}`],
      todo: stopped.todo,
      rules: ['C14'],
      place: stopped.place
    }
  }
  const hasWords = entriesOf(story, 'bot-output').length > 0
  const why = started?.why === 'saved' ? ' anew, since a file was saved' : started?.why === 'restart' ? ' anew' : ''
  const says = started
    ? [`${started.bot} runs${why} at ${started.endpoint}.`]
    : [hasWords ? 'The bot said something while it started.' : 'A conversation with the bot was opened.']
  return { outcome: 'bot-started', tone: 'quiet', chip: started ? 'running' : hasWords ? 'output' : 'opened', says, todo: [], rules: [] }
}

/** The line of an output that says most: the error itself, not its stack. */
function lastLine(output: string): string {
  const lines = output.split('\n').filter(line => line.trim() !== '')
  return lines.findLast(line => /^\s*(\w*Error\b|Uncaught|\w+Exception\b)/.test(line)) ?? lines.at(-1) ?? ''
}

/** What the channel refused in a story, and what that means. */
function refusedIn(story: Story): { says: string[]; todo: string[] } {
  const refused = entriesOf(story, 'connector-call').filter(({ status }) => status >= 400)
  const says = refused.map(({ status, reason, activity, retryAfterMs }) => {
    const what = (activity as Activity | undefined)?.text ? activityText(activity) : 'a call'
    const retry = retryAfterMs === undefined ? '' : ` It may try again after ${duration(retryAfterMs)}.`
    return `The channel refused ${what} with ${status}: ${stop(reason ?? 'no reason given')}${retry}`
  })
  const todo = [...new Set(refused.flatMap(({ status }) => REFUSED[status] ?? []))]
  return {
    says: says.length > 3 ? [...says.slice(0, 2), `${count(says.length - 2, 'more call was', 'more calls were')} refused.`] : says,
    todo
  }
}

const REFUSED: Record<number, string[]> = {
  403: ['Take people who removed or blocked the bot off the list, and do not try again until they are back (BFP009).'],
  404: ['Look whether the stored reference names a conversation and an address that still exist.'],
  405: ['This channel does not let bots open conversations: write into one that the user opened.'],
  429: ['Send slower, and try again after the time that the channel names (BFP008). Only SDK v4 does so by itself.']
}
