/**
 * What people type to find something in a trace: words, “phrases in quotes”, `field:value`, and `-` before any of them for what they do not want to see.
 * Upper and lower case are alike.
 */
export interface Query {
  terms: readonly Term[]
}

interface Term {
  field?: string
  value: string
  not: boolean
}

/** What a line of the trace offers to a query. */
export interface Searchable {
  /** All its words, in lower case. */
  words: string
  /** Values by field, in lower case. */
  fields: Partial<Record<Field, readonly string[]>>
}

/** Fields one can ask for, with an example of each. */
export const FIELDS = {
  type: 'type:proactive-trigger',
  hook: 'hook:greet.js',
  visitor: 'visitor:ann',
  bot: 'bot:shop',
  rule: 'rule:BPH006',
  is: 'is:error',
  kind: 'kind:flag-set'
} as const
export type Field = keyof typeof FIELDS

const TERM = /(-?)(?:(\w+):)?(?:"([^"]*)"?|(\S*))/g

export function parseQuery(text: string): Query {
  const terms = [...text.toLowerCase().matchAll(TERM)].flatMap<Term>(([whole, minus, field, phrase, word]) => {
    const value = phrase ?? word ?? ''
    const isField = field !== undefined && Object.hasOwn(FIELDS, field)
    // `http://…` is no field, and a lone minus no wish.
    const plain = isField ? value : phrase !== undefined ? value : whole.slice(minus ? 1 : 0)
    return plain === '' ? [] : [{ ...(isField && { field }), value: plain, not: minus === '-' }]
  })
  return { terms }
}

/** Whether every term holds. An empty query holds for everything. */
export function matches(query: Query, of: Searchable): boolean {
  return query.terms.every(({ field, value, not }) => {
    const found = field ? (of.fields[field as Field] ?? []).some(own => own.includes(value)) : of.words.includes(value)
    return found !== not
  })
}
