import lodash from 'lodash'
import { isAllowed } from './allowances.ts'
import type { Case, Recorded } from './case.ts'

/** Differences between what was recorded from the real engine and what ours did, in words; empty when there are none. */
export function compare(given: Case, actual: Recorded): string[] {
  const found: string[] = []
  const { start, events = [] } = given.expected
  const check = (path: string, expected: unknown, got: unknown) => {
    const problem = difference(expected, got, path, (...leaf) => isAllowed(given.name, ...leaf))
    if (problem !== undefined) found.push(problem)
  }
  for (const key of ['hooks', 'errors'] as const) if (start?.[key]) check(`start.${key}`, start[key], actual.start[key])
  events.forEach((expected, index) => {
    const got = actual.events[index]!
    for (const key of Object.keys(expected) as (keyof typeof expected)[]) {
      if (key === 'send') continue
      const path = `events[${index}].${key}`
      if (key === 'argsAfter') {
        // The recorder kept only arguments that hooks may change.
        check(path, expected[key], lodash.pick(got.argsAfter, Object.keys(expected.argsAfter!)))
      } else check(path, expected[key], got[key])
    }
    for (const key of ['unhandledRejections', 'uncaughtExceptions'] as const) {
      if (!expected[key] && got[key]?.length) found.push(`events[${index}].${key}: nothing expected, got ${JSON.stringify(got[key])}`)
    }
  })
  return found
}

/** The first difference, or undefined. Text in angle brackets stands for anything of its kind. */
export function difference(
  expected: unknown,
  got: unknown,
  path: string,
  allowed: (path: string, expected: unknown, got: unknown) => boolean = () => false
): string | undefined {
  if (allowed(path, expected, got)) return undefined
  if (typeof expected === 'string') return sameText(expected, got) ? undefined : tell(path, expected, got)
  if (Array.isArray(expected)) {
    if (!Array.isArray(got) || got.length !== expected.length) return tell(path, expected, got)
    return first(expected.map((item, index) => difference(item, got[index], `${path}[${index}]`, allowed)))
  }
  if (typeof expected === 'object' && expected !== null) {
    if (typeof got !== 'object' || got === null) return tell(path, expected, got)
    const [a, b] = [expected as Record<string, unknown>, got as Record<string, unknown>]
    return first([...new Set([...Object.keys(a), ...Object.keys(b)])].map(key => difference(a[key], b[key], `${path}.${key}`, allowed)))
  }
  return expected === got ? undefined : tell(path, expected, got)
}

const first = (problems: (string | undefined)[]) => problems.find(problem => problem !== undefined)
const tell = (path: string, expected: unknown, got: unknown) => `${path}: expected ${short(expected)}, got ${short(got)}`
const short = (value: unknown) => lodash.truncate(JSON.stringify(value) ?? 'undefined', { length: 900 })

/** V8's words for these vary with its release; the error's class has to be the same. */
const V8_WORDS = /^(.*(?:SyntaxError|TypeError|ReferenceError|RangeError)): .*$/s

function sameText(expected: string, got: unknown): boolean {
  if (/^<[^<>]+>$/.test(expected) && !/^<(in|out|internal)\d+>$/.test(expected)) return true
  if (typeof got !== 'string') return false
  const want = normal(expected)
  const have = normal(got)
  if (want === have) return true
  const [a, b] = [V8_WORDS.exec(want), V8_WORDS.exec(have)]
  if (a && b && a[1] === b[1]) return true
  // Logged stacks: only their first line.
  if (/\n {4}at /.test(want)) return want.split('\n')[0] === have.split('\n')[0]
  if (/Cannot read propert/.test(want)) return /Cannot read propert/.test(have) && want.split('Cannot')[0] === have.split('Cannot')[0]
  if (want.includes('<')) return pattern(want).test(have)
  // The recorder kept the first 300 characters of a line.
  return want.length >= 300 && have.startsWith(want)
}

/** Places in angle brackets within a text. */
function pattern(text: string): RegExp {
  return new RegExp(`^${lodash.escapeRegExp(text).replace(/<[a-zA-Z]+>/g, '[\\s\\S]*')}$`)
}

/** The project's folder has another name at every run. */
function normal(text: string): string {
  return text.replace(/\/[^"\s]*conformance-[^/"\s]*/g, '<project>')
}
