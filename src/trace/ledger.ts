import type { EntryOf, Origin, TraceEntry } from './entry.ts'
import { type Frequency, isQuiet } from './frequency.ts'
import { chatText } from './step-table.ts'
import type { Story } from './story.ts'
import type { TraceIndex } from './trace-index.ts'

/** Something the bot said of its own accord. Messages on grounds of one event are one: they reach the visitor together. */
export interface Notice {
  at: number
  /** `seq` of the first `chat-received` entry. */
  seq: number
  texts: string[]
  /** The event that led to it. */
  type: string
  page?: string
  from: Origin
  story: Story
  /** What the visitor did next: wrote, closed the chat, left the page, or nothing. */
  reaction: 'answered' | 'closed' | 'left' | 'nothing'
}

/** What a visitor was told unasked. */
export interface Account {
  visitorId: string
  botId: string
  notices: Notice[]
  /** Hours by which the visitor's clock is ahead of UTC, as the browser told it. */
  offset: number
}

export interface Breach {
  account: Account
  /** The notice that was one too many, or came at night. */
  notice: Notice
  why: { kind: 'cap'; messages: number; hours: number; count: number } | { kind: 'quiet'; from: string; to: string }
}

/** What each visitor was told without having asked, oldest first (S54 to S57). */
export function ledgerOf(index: TraceIndex, entries: readonly TraceEntry[]): Account[] {
  const accounts = new Map<string, Account>()
  const offsets = new Map<string, number>()
  const lastOf = new Map<string, Notice>()
  const close = (visitorId: string, reaction: Notice['reaction']) => {
    const last = lastOf.get(visitorId)
    if (last?.reaction === 'nothing') last.reaction = reaction
  }
  for (const entry of entries) {
    if (entry.kind === 'chat-received') {
      if (entry.by === 'visitor') close(entry.visitorId, 'answered')
      else if (entry.what === 'message') note(entry)
    } else if (entry.kind === 'page-posted' && entry.name === 'webchatClosed') close(entry.visitorId, 'closed')
    else if (entry.kind === 'page-loaded') close(entry.visitorId, 'left')
    else if (entry.kind === 'page-sent' && entry.type === 'visit') {
      const zone = (entry.payload as { timezone?: unknown } | null | undefined)?.timezone
      if (typeof zone === 'number') offsets.set(entry.visitorId, zone)
    }
  }
  for (const account of accounts.values()) account.offset = offsets.get(account.visitorId) ?? 0
  return [...accounts.values()]

  function note(entry: EntryOf<'chat-received'>): void {
    const story = index.storyAt(entry.seq)
    if (!story || !index.isUnasked(entry.seq)) return
    const cause = story.received
    const key = `${entry.botId}\n${entry.visitorId}`
    const account = accounts.get(key) ?? { visitorId: entry.visitorId, botId: entry.botId, notices: [], offset: 0 }
    accounts.set(key, account)
    const text = chatText(entry.payload) ?? ''
    const last = account.notices.at(-1)
    if (last?.story === story) {
      if (text) last.texts.push(text)
      return
    }
    const reply = story.entries.find(other => other.kind === 'event-received' && other.eventId === entry.eventId)
    const notice: Notice = {
      at: entry.at,
      seq: entry.seq,
      texts: text ? [text] : [],
      type: cause?.type ?? triggerOf(story),
      ...(story.sent && { page: story.sent.page }),
      from: reply?.kind === 'event-received' ? reply.from : (cause?.from ?? { by: 'bot', name: entry.botId }),
      story,
      reaction: 'nothing'
    }
    account.notices.push(notice)
    lastOf.set(entry.visitorId, notice)
  }
}

/** The notices that the workspace's settings do not allow. A message exactly `hours` after another is allowed again. */
export function breachesOf(accounts: readonly Account[], frequency: Frequency): Breach[] {
  const breaches: Breach[] = []
  for (const account of accounts) {
    for (const { messages, hours } of frequency.caps) {
      let first = 0
      for (const [n, notice] of account.notices.entries()) {
        while (notice.at - account.notices[first]!.at >= hours * 3_600_000) first++
        const count = n - first + 1
        if (count > messages) breaches.push({ account, notice, why: { kind: 'cap', messages, hours, count } })
      }
    }
    const { quietHours } = frequency
    if (!quietHours) continue
    const { from, to } = quietHours
    for (const notice of account.notices) {
      if (isQuiet(notice.at, quietHours, account.offset)) breaches.push({ account, notice, why: { kind: 'quiet', from, to } })
    }
  }
  return breaches
}

/** What made a bot that no event led to speak: a call from outside, or itself. */
function triggerOf(story: Story): string {
  const called = story.entries.find(entry => entry.kind === 'bot-triggered')
  return called?.kind === 'bot-triggered' ? `${called.method} ${called.url}` : 'the bot'
}
