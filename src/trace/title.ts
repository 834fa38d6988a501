import type { Story } from './story.ts'

/** What a story is called: the event's type, the page, the hook. */
export function titleOf(story: Story): string {
  const type = story.received?.type ?? story.sent?.type
  if (type !== undefined) return type
  const first = story.entries[0]
  if (story.kind === 'page' && first && 'page' in first && first.page !== undefined) return first.page
  if (first?.kind === 'hook-started') return `${first.hookType} · ${first.name}`
  if (first?.kind === 'replay-started' || first?.kind === 'replay-ended') return 'played again'
  return TITLES[story.kind]
}

const TITLES: Record<Story['kind'], string> = {
  event: 'event',
  sent: 'sent by the page',
  page: 'page',
  hooks: 'hook',
  engine: 'engine',
  problem: 'problem',
  notes: 'notes'
}
