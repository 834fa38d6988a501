import { isDeepStrictEqual } from 'node:util'
import { inline } from '../../trace/words.ts'
import type { Text } from '../schema/index.ts'

/** Whether texts and values are as a scenario says, and its words in a sentence. */

const PATTERN = /^\/(.+)\/([a-z]*)$/s

export function textMatches(expected: Text, actual: string): boolean {
  if (typeof expected === 'string') {
    const pattern = PATTERN.exec(expected)
    return pattern ? regExp(pattern[1]!, pattern[2]).test(actual) : actual.includes(expected)
  }
  const { is, contains = [], matches, not = [] } = expected
  if (is !== undefined && actual !== is) return false
  if (![contains].flat().every(part => actual.includes(part))) return false
  if (matches !== undefined && !regExp(matches, '').test(actual)) return false
  return ![not].flat().some(part => actual.includes(part))
}

/** `“Welcome”`, `a text that matches /x/`. */
export function textWords(expected: Text): string {
  if (typeof expected === 'string') return PATTERN.test(expected) ? `a text that matches ${expected}` : `“${expected}”`
  const { is, contains, matches, not } = expected
  const words: string[] = []
  if (is !== undefined) words.push(`exactly “${is}”`)
  if (contains !== undefined)
    words.push(
      `a text with ${[contains]
        .flat()
        .map(part => `“${part}”`)
        .join(' and ')}`
    )
  if (matches !== undefined) words.push(`a text that matches /${matches}/`)
  if (not !== undefined)
    words.push(
      `${words.length === 0 ? 'a text ' : ''}without ${[not]
        .flat()
        .map(part => `“${part}”`)
        .join(' and ')}`
    )
  return words.join(' and ') || 'any text'
}

/** The same beside what was said, where a difference is drawn: a plain text stands as it is. */
export function textShown(expected: Text): string {
  if (typeof expected === 'string') return expected
  return expected.is !== undefined && Object.keys(expected).length === 1 ? expected.is : textWords(expected)
}

const WAYS = ['contains', 'matches', 'not', 'absent', 'above', 'below', 'is'] as const

/** Whether a value is there: of an object the named parts suffice, of a list all items in order. */
export function valueMatches(expected: unknown, actual: unknown): boolean {
  if (typeof expected !== 'object' || expected === null) {
    const pattern = typeof expected === 'string' && typeof actual === 'string' ? PATTERN.exec(expected) : null
    return pattern
      ? regExp(pattern[1]!, pattern[2]).test(actual as string)
      : Object.is(expected, actual) || (expected === null && actual === undefined)
  }
  if (Array.isArray(expected)) {
    return Array.isArray(actual) && actual.length === expected.length && expected.every((item, index) => valueMatches(item, actual[index]))
  }
  const way = wayOf(expected)
  if (way) return way(actual)
  if (typeof actual !== 'object' || actual === null) return false
  return Object.entries(expected).every(([key, item]) => valueMatches(item, (actual as Record<string, unknown>)[key]))
}

export function valueWords(expected: unknown): string {
  if (typeof expected !== 'object' || expected === null) return inline(expected, 200)
  const entry = Object.entries(expected)[0]
  if (!entry || !wayOf(expected)) return inline(expected, 200)
  const [way, value] = entry
  if (way === 'absent') return value ? 'absent' : 'there'
  if (way === 'not') return `not ${valueWords(value)}`
  return way === 'is'
    ? inline(value, 200)
    : `${{ contains: 'something that contains', matches: 'something that matches', above: 'above', below: 'below' }[way]} ${inline(value, 200)}`
}

/** Of a value only the parts that were asked for, so that one can be read beside the other. */
export function askedFor(expected: unknown, actual: unknown): unknown {
  if (typeof expected !== 'object' || expected === null || wayOf(expected)) return actual
  if (typeof actual !== 'object' || actual === null) return actual
  if (Array.isArray(expected)) return Array.isArray(actual) ? actual.map((item, index) => askedFor(expected[index], item)) : actual
  return Object.fromEntries(
    Object.entries(expected).map(([key, item]) => [key, askedFor(item, (actual as Record<string, unknown>)[key] ?? null)])
  )
}

function wayOf(expected: object): ((actual: unknown) => boolean) | undefined {
  const keys = Object.keys(expected)
  if (keys.length !== 1 || !(WAYS as readonly string[]).includes(keys[0]!)) return undefined
  const value = (expected as Record<string, unknown>)[keys[0]!]
  switch (keys[0] as (typeof WAYS)[number]) {
    case 'contains':
      return actual =>
        typeof actual === 'string'
          ? actual.includes(String(value))
          : Array.isArray(actual) && actual.some(item => valueMatches(value, item))
    case 'matches':
      return actual => typeof actual === 'string' && regExp(String(value), '').test(actual)
    case 'not':
      return actual => !valueMatches(value, actual)
    case 'absent':
      return actual => (actual === undefined) === (value !== false)
    case 'above':
      return actual => typeof actual === 'number' && actual > Number(value)
    case 'below':
      return actual => typeof actual === 'number' && actual < Number(value)
    case 'is':
      return actual => isDeepStrictEqual(plain(value), plain(actual))
  }
}

const plain = (value: unknown) => (value === undefined ? undefined : JSON.parse(JSON.stringify(value)))

function regExp(source: string, flags = ''): RegExp {
  try {
    return new RegExp(source, flags.replace(/[gy]/g, ''))
  } catch (error) {
    throw new Error(`/${source}/ is no regular expression: ${(error as Error).message}`)
  }
}
