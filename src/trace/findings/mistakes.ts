import { verdictOf } from '../verdict.ts'
import { findingsOf, type Run } from './index.ts'

/** Every rule of the editor that a run shows to be broken, with a sentence for each: what verdicts warn of, and what was found across the run. */
export function mistakesIn(
  run: Run,
  verdict = (story: Run['index']['stories'][number]) => verdictOf(story, run.index)
): Map<string, string> {
  const seen = new Map<string, string>()
  for (const story of run.index.stories) {
    const { tone, rules, headline } = verdict(story)
    if (tone === 'warning' || tone === 'error')
      for (const rule of rules) if (rule.startsWith('BP') && !seen.has(rule)) seen.set(rule, headline)
  }
  for (const { rules, says } of findingsOf(run)) for (const rule of rules) if (/^(BP|VF)/.test(rule)) seen.set(rule, says[0] ?? '')
  return seen
}
