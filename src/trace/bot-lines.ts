import type { Activity } from '../botframework/activity.ts'
import type { botBodies } from './bot-entries.ts'
import type { EntryOf } from './entry.ts'
import type { Line } from './step-table.ts'
import { duration, inline, list, quote, shorten, textOf } from './words.ts'

/** What an activity says in half a line: its text, its event's name, its cards. */
export function activityText(activity: unknown): string {
  const { type = 'message', text, name, attachments, membersAdded, membersRemoved, action } = activity as Activity & Record<string, unknown>
  if (type === 'message' && (text || attachments?.length)) {
    const cards = attachments?.length ? `${attachments.length === 1 ? 'a card' : `${attachments.length} cards`}` : ''
    return text ? quote(text) + (cards && ` and ${cards}`) : cards
  }
  if (type === 'conversationUpdate') {
    const ids = (members: unknown) =>
      list(((members as { id?: string; name?: string }[] | undefined) ?? []).map(({ id = '?', name }) => name ?? id))
    const parts = [ids(membersAdded) && `${ids(membersAdded)} joined`, ids(membersRemoved) && `${ids(membersRemoved)} left`]
    return parts.filter(Boolean).join(', ') || 'conversation update'
  }
  const detail = name ?? (typeof action === 'string' ? action : undefined)
  return detail ? `${type} ${quote(detail)}` : type
}

const VIA: Record<EntryOf<'activity-from-bot'>['via'], string> = {
  reply: 'Bot sent',
  send: 'Bot sent',
  create: 'Bot opened a conversation with',
  update: 'Bot changed a message to',
  delete: 'Bot deleted a message',
  history: 'Bot imported',
  answer: 'Bot answered'
}

const ENDINGS: Record<EntryOf<'bot-answered'>['outcome'], (entry: EntryOf<'bot-answered'>) => string> = {
  done: entry => `Turn ended: ${entry.status} after ${duration(entry.ms)}`,
  accepted: entry => `Bot took it: ${entry.status} after ${duration(entry.ms)}, and works on`,
  refused: entry => entry.says ?? `Bot answered ${entry.status}`,
  unreachable: entry => entry.says ?? 'Bot is not running',
  closed: entry => entry.says ?? 'Bot closed the connection',
  hanging: entry => `${entry.says ?? 'Bot does not answer'} (${duration(entry.ms)})`
}

/** One line for each kind of entry about bots; part of the table in step-table.ts. */
export const BOT_LINES: { [K in keyof typeof botBodies]: (entry: EntryOf<K>) => Line | undefined } = {
  'bot-started': entry => ({ text: `Bot ${entry.bot} runs at ${entry.endpoint}`, icon: 'engine' }),
  'bot-stopped': entry => ({
    text: `Bot ${entry.bot}: ${entry.says}`,
    icon: entry.reason === 'request' ? 'engine' : 'error',
    tone: entry.reason === 'request' ? 'dim' : 'error',
    place: entry.place
  }),
  'bot-output': entry => ({
    text: `Bot’s output: ${shorten(entry.text, 200)}`,
    icon: entry.stream === 'stderr' ? 'warning' : 'log',
    tone: entry.stream === 'stderr' ? 'warning' : 'dim',
    place: entry.place
  }),
  'bot-conversation': entry => ({
    text:
      entry.by === 'bot' ? `Bot opened conversation ${entry.conversationId}` : `Conversation ${entry.conversationId} on ${entry.channelId}`,
    icon: 'chat',
    tone: entry.by === 'bot' ? 'plain' : 'dim'
  }),
  'bot-reach': entry => ({ text: `${entry.userId} is now “${entry.reach}” for the bot`, icon: 'page' }),
  'activity-to-bot': entry => ({
    text: `${entry.by === 'visitor' ? 'Visitor' : entry.by === 'author' ? 'You' : 'Channel'} sent ${activityText(entry.activity)}`,
    icon: entry.type === 'message' ? 'chat' : 'send'
  }),
  'bot-answered': entry => ({
    text: ENDINGS[entry.outcome](entry),
    icon: entry.outcome === 'done' || entry.outcome === 'accepted' ? 'event' : 'error',
    tone: entry.outcome === 'done' || entry.outcome === 'accepted' ? 'dim' : 'error',
    minor: entry.outcome === 'done' || entry.outcome === 'accepted'
  }),
  'activity-from-bot': entry => ({
    text: entry.via === 'delete' ? VIA.delete : `${VIA[entry.via]} ${activityText(entry.activity)}`,
    icon: entry.type === 'message' ? 'reply' : entry.type === 'trace' ? 'log' : 'event',
    minor: entry.type === 'typing' || entry.type === 'trace' || (entry.type === 'event' && entry.via === 'reply')
  }),
  'connector-call': entry => ({
    text: `${entry.method} ${shorten(entry.path, 80)}: ${entry.status}${entry.reason === undefined ? '' : `, ${entry.reason}`}`,
    icon: entry.status >= 400 ? 'warning' : 'network',
    tone: entry.status >= 400 ? 'warning' : 'dim',
    minor: entry.status < 400
  }),
  'bot-state': entry => ({
    text: entry.stack ? `Dialogs: ${entry.stack.join(' › ') || 'none'}` : `Bot saved ${entry.key}`,
    icon: 'state',
    tone: 'dim',
    minor: entry.stack === undefined
  }),
  'bot-triggered': entry => ({ text: `You called ${entry.method} ${entry.url}`, icon: 'send' }),
  'bot-trigger-ended': entry => ({
    text:
      entry.status === undefined
        ? `The call failed: ${entry.reason ?? 'no answer'}`
        : `It answered ${entry.status} after ${duration(entry.ms)}${entry.body === undefined || entry.body === '' ? '' : `: ${textOf(entry.body) ?? inline(entry.body)}`}`,
    icon: entry.status !== undefined && entry.status < 400 ? 'network' : 'error',
    tone: entry.status !== undefined && entry.status < 400 ? 'dim' : 'error'
  })
}
