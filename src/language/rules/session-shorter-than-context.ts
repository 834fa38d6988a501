import type { FileRule } from '../rule.ts'

const UNITS: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }
/** R6.8. */
const DEFAULTS = { timeoutInterval: '25m', sessionTimeoutInterval: '30m' }

export const rule: FileRule = {
  id: 'BPC002',
  name: 'session-shorter-than-context',
  severity: 'warning',
  about: 'file',
  files: /\/(bot|botpress)\.config\.json$/i,
  title: 'sessions end before their time-out is noticed',
  visitor: 'The “still there?” never comes.',
  why: 'The janitor deletes expired sessions first and looks for stale contexts then (R6.8). When the session ends no later than the context, `before_session_timeout` never runs.',
  bad: { file: 'data/bots/shop/bot.config.json', text: '{ "dialog": { "timeoutInterval": "10m", "sessionTimeoutInterval": "5m" } }\n' },
  good: { file: 'data/bots/shop/bot.config.json', text: '{ "dialog": { "timeoutInterval": "10m", "sessionTimeoutInterval": "30m" } }\n' },
  check({ text, report }) {
    const context = /"timeoutInterval"\s*:\s*"([^"]*)"/.exec(text)
    const session = /"sessionTimeoutInterval"\s*:\s*"([^"]*)"/.exec(text)
    if (!context && !session) return
    const stale = msOf(context?.[1] ?? DEFAULTS.timeoutInterval)
    const ends = msOf(session?.[1] ?? DEFAULTS.sessionTimeoutInterval)
    if (stale === undefined || ends === undefined || ends > stale) return
    const at = session ?? context!
    report(
      { start: at.index, end: at.index + at[0].length },
      'Sessions end no later than their contexts: `before_session_timeout` and the time-out flow never run.'
    )
  }
}

function msOf(text: string): number | undefined {
  const match = /^\s*(\d+(?:\.\d+)?)\s*(ms|s|m|h|d)?/.exec(text)
  return match ? Number(match[1]) * UNITS[match[2] ?? 'ms']! : undefined
}
