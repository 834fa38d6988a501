import { activityText } from './bot-lines.ts'
import type { Story } from './story.ts'
import { baseName, list } from './words.ts'

/** What a story is called: the event's type, the page, the hook. */
export function titleOf(story: Story): string {
  const type = story.received?.type ?? story.sent?.type
  if (type !== undefined) return type
  const first = story.entries[0]
  if (story.kind === 'page' && first && 'page' in first && first.page !== undefined) return first.page
  if (first?.kind === 'hook-started') return `${first.hookType} · ${first.name}`
  if (first?.kind === 'file-saved')
    return list(
      first.files.map(({ file }) => baseName(file)),
      3
    )
  if (first?.kind === 'data-problem') return baseName(first.place.file)
  if (first?.kind === 'session-expired') return 'session ended'
  if (first?.kind === 'replay-started' || first?.kind === 'replay-ended') return 'played again'
  if (first?.kind === 'activity-to-bot' || first?.kind === 'activity-from-bot') return activityText(first.activity)
  if (first?.kind === 'bot-triggered') return `${first.method} ${URL.canParse(first.url) ? new URL(first.url).pathname : first.url}`
  return TITLES[story.kind]
}

const TITLES: Record<Story['kind'], string> = {
  event: 'event',
  sent: 'sent by the page',
  page: 'page',
  hooks: 'hook',
  engine: 'engine',
  turn: 'message to the bot',
  notice: 'proactive message',
  trigger: 'trigger',
  bot: 'bot',
  problem: 'problem',
  notes: 'notes'
}
