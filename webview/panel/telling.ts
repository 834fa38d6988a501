import type { Searchable } from '../../src/trace/query.ts'
import type { Story } from '../../src/trace/story.ts'
import { titleOf } from '../../src/trace/title.ts'
import type { TraceIndex } from '../../src/trace/trace-index.ts'
import type { Verdict, verdictOf } from '../../src/trace/verdict.ts'

interface Told {
  readonly version: number
  readonly verdict: Verdict
  readonly searchable: Searchable
}

/** What is said of each story, and by which words it is found: worked out once for each version of it. */
export class Telling {
  readonly #index: () => TraceIndex
  readonly #told = new WeakMap<Story, Told>()
  /** The tables of verdicts, which the first picture does without. */
  #verdicts: { verdictOf: typeof verdictOf } | undefined

  constructor(index: () => TraceIndex) {
    this.#index = index
  }

  get isLoaded(): boolean {
    return this.#verdicts !== undefined
  }

  async load(): Promise<void> {
    this.#verdicts = await import('../../src/trace/verdict.ts')
  }

  of(story: Story): Told {
    const known = this.#told.get(story)
    if (known?.version === story.version) return known
    const verdict = this.#verdicts!.verdictOf(story, this.#index())
    const told = { version: story.version, verdict, searchable: searchableOf(story, verdict) }
    this.#told.set(story, told)
    return told
  }
}

function searchableOf(story: Story, verdict: Verdict): Searchable {
  const { received, sent } = story
  const hooks = story.entries.flatMap(entry => (entry.kind === 'hook-started' ? [entry.name] : []))
  const lower = (values: readonly (string | undefined)[]) => values.flatMap(value => (value ? [value.toLowerCase()] : []))
  return {
    words: [titleOf(story), verdict.chip, ...verdict.sentences, ...verdict.rules].join(' ').toLowerCase(),
    fields: {
      type: lower([received?.type, sent?.type]),
      hook: lower(hooks),
      visitor: lower([received?.target, sent?.visitorId]),
      bot: lower([received?.botId]),
      rule: lower(verdict.rules),
      is: [verdict.tone],
      kind: story.entries.map(entry => entry.kind)
    }
  }
}
