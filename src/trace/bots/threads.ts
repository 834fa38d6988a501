import type { ChannelAccount } from '../../botframework/activity.ts'
import { type Activity, isShown, streamPart } from '../../botframework/activity.ts'
import { activityText } from '../bot-lines.ts'
import type { EntryOf, TraceEntry } from '../entry.ts'
import { BotReading } from './reading.ts'
import { causeText } from './turns.ts'

/** A message as a chat shows it now; see `ShownMessage` of the protocol, which is this. */
export interface ThreadMessage {
  id: string
  at: number
  by: 'bot' | 'user' | 'system'
  name?: string
  activity: Activity
  badge?: { rule: string; kind: 'proactive' | 'unclear'; says: string; cause?: string }
  collision?: string
  before: string[]
  deleted: boolean
  open: boolean
}

export interface BotThread {
  id: string
  channelId: string
  by: 'visitor' | 'bot'
  members: ChannelAccount[]
  messages: ThreadMessage[]
  typing: boolean
  trouble?: string
}

/** Activities to a bot that are told in the thread, besides messages. */
const TOLD: ReadonlySet<string> = new Set([
  'conversationUpdate',
  'installationUpdate',
  'event',
  'messageReaction',
  'endOfConversation',
  'contactRelationUpdate'
])

/** The conversations of a trace as chats show them: changed messages in their last form, deleted ones struck out, streams as one bubble (R8, R9, R10). */
export function threadsOf(entries: readonly TraceEntry[]): BotThread[] {
  const reading = new BotReading()
  const threads = new Map<string, BotThread>()
  const messages = new Map<string, ThreadMessage>()
  const threadOf = (id: string, channelId = ''): BotThread => {
    const thread = threads.get(id) ?? { id, channelId, by: 'visitor', members: [], messages: [], typing: false }
    threads.set(id, thread)
    return thread
  }
  const put = (thread: BotThread, message: ThreadMessage) => {
    thread.messages.push(message)
    messages.set(message.id, message)
  }
  for (const entry of entries) {
    const judged = reading.see(entry)
    switch (entry.kind) {
      case 'bot-conversation': {
        const thread = threadOf(entry.conversationId, entry.channelId)
        Object.assign(thread, { by: entry.by, members: entry.members, channelId: entry.channelId })
        break
      }
      case 'activity-to-bot': {
        const thread = threadOf(entry.conversationId, entry.channelId)
        const activity = entry.activity as Activity
        delete thread.trouble
        if (entry.type !== 'message' && !TOLD.has(entry.type)) break
        const isWord = entry.type === 'message'
        const base = { id: entry.activityId, at: entry.at, before: [], deleted: false, open: false }
        const name = (activity.from as ChannelAccount | undefined)?.name
        put(thread, {
          ...base,
          by: isWord ? 'user' : 'system',
          activity: isWord ? activity : { type: 'message', text: activityText(activity) },
          ...(name && { name })
        })
        break
      }
      case 'bot-answered':
        tellTrouble(threadOf(entry.conversationId), entry)
        break
      case 'activity-from-bot':
        say(threadOf(entry.conversationId), entry, judged, messages, put)
    }
  }
  for (const { notice, says } of reading.collisions) {
    const message = messages.get(notice.activityId)
    if (message) message.collision = says.join(' ')
  }
  return [...threads.values()]
}

/** A turn that ends after all is trouble no more. */
function tellTrouble(thread: BotThread, { says, todo = [] }: EntryOf<'bot-answered'>): void {
  if (says) thread.trouble = [says, ...todo].join(' ')
  else delete thread.trouble
  thread.typing = false
}

function say(
  thread: BotThread,
  entry: EntryOf<'activity-from-bot'>,
  judged: ReturnType<BotReading['see']>,
  messages: Map<string, ThreadMessage>,
  put: (thread: BotThread, message: ThreadMessage) => void
): void {
  const activity = entry.activity as Activity
  const known = messages.get(entry.activityId)
  if (entry.via === 'delete') {
    if (known) known.deleted = true
    return
  }
  if (entry.via === 'update' && known) {
    known.before.push(known.activity.text ?? '')
    known.activity = activity
    return
  }
  const stream = streamPart(activity)
  const begun = stream?.streamId === undefined ? undefined : messages.get(stream.streamId)
  if (begun) {
    begun.activity = { ...activity, type: 'message' }
    begun.open = stream?.type !== 'final'
    thread.typing = false
    return
  }
  if (activity.type === 'typing' && !stream) {
    thread.typing = true
    return
  }
  if (!isShown(activity) && !stream) return
  thread.typing = false
  const message: ThreadMessage = {
    id: entry.activityId,
    at: entry.at,
    by: 'bot',
    activity: { ...activity, type: 'message' },
    before: [],
    deleted: false,
    open: stream !== undefined && stream.type !== 'final'
  }
  if (judged && judged.judgement.kind !== 'reply') {
    const { rule, kind, says, cause } = judged.judgement
    message.badge = { rule, kind, says, ...(cause && { cause: causeText(cause) }) }
  }
  put(thread, message)
}
