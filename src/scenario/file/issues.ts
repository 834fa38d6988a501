import type * as z from 'zod'
import type { ScenarioProblem } from '../../protocol/scenario.ts'
import { list, similar } from '../../trace/words.ts'
import { ScenarioFile } from '../schema/index.ts'
import type { Path, Source } from './source.ts'

/** The editor completes the others. */
const MOST_WORDS = 16

type Issue = z.core.$ZodIssue
type Schema = z.core.$ZodType

const KINDS: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a block of words',
  record: 'a block of words',
  null: 'nothing',
  undefined: 'nothing'
}

/** Words that people try first, with the one that is meant where it is known. */
const MEANT: Record<string, string> = {
  user: 'say',
  message: 'say',
  write: 'say',
  reply: 'says',
  replies: 'says',
  replied: 'says',
  text: 'says',
  wait: 'advance',
  sleep: 'advance',
  refresh: 'reload',
  goto: 'navigate',
  visit: 'load',
  send: 'event',
  sendEvent: 'event',
  trigger: 'event',
  assert: 'expect'
}

/** What the schema refused, as sentences at their lines: one for each mistake. */
export function problemsOf(error: z.ZodError, source: Source, value: unknown): ScenarioProblem[] {
  const issues = error.issues.flatMap(issue => resolve(issue as Issue, []))
  const unknown = new Set(issues.filter(issue => issue.code === 'unrecognized_keys').map(({ path }) => path.join('/')))
  return issues
    .filter(issue => issue.code !== 'custom' || !unknown.has(issue.path.join('/')))
    .map(issue => {
      const path = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0]!] : issue.path
      return { code: codeOf(issue), message: sentenceOf(issue, value), range: source.range(path, issue.code === 'unrecognized_keys') }
    })
}

/** Of a union the branch that came furthest is the one that was meant. */
function resolve(issue: Issue, above: Path): Issue[] {
  const path = [...above, ...issue.path]
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [{ ...issue, path: path as PropertyKey[] }]
  const branches = issue.errors.map(issues => issues.flatMap(one => resolve(one, path)))
  const depth = (issues: Issue[]) => Math.max(...issues.map(one => one.path.length))
  const rank = (issues: Issue[]) =>
    depth(issues) * 10 - (issues.some(one => one.code === 'invalid_type') ? 5 : 0) - Math.min(issues.length, 4)
  const best = branches.reduce((a, b) => (rank(b) > rank(a) ? b : a))
  // Nothing fits even from outside: say all that could stand here.
  if (depth(best) === path.length && best.every(one => one.code === 'invalid_type')) {
    const expected = branches.flat().flatMap(one => (one.code === 'invalid_type' ? [one.expected] : []))
    return [{ ...best[0]!, path: path as PropertyKey[], expected: [...new Set(expected)] } as never]
  }
  return best
}

function codeOf(issue: Issue): string {
  if (issue.code === 'unrecognized_keys') return 'UNKNOWN_WORD'
  return issue.code === 'invalid_type' ? 'WRONG_TYPE' : 'WRONG_VALUE'
}

function sentenceOf(issue: Issue, file: unknown): string {
  const given = valueAt(file, issue.path)
  switch (issue.code) {
    case 'unrecognized_keys': {
      const known = keysAt(ScenarioFile, issue.path)
      const [word] = issue.keys
      const meant = [MEANT[word!], similar(word!, known)].find(one => one !== undefined && known.includes(one))
      return `“${word}” is not known here. ${meant ? `Did you mean “${meant}”?` : `Known are ${list(known, MOST_WORDS)}.`}`
    }
    case 'invalid_type': {
      const expected = [issue.expected].flat() as string[]
      const kinds = [...new Set(expected.map(kind => KINDS[kind] ?? kind))]
      return `${capital(or(kinds))} is expected here, not ${describe(given)}.`
    }
    case 'invalid_value': {
      const values = issue.values.map(String)
      const wordy = typeof given === 'string' ? insteadOfWord(given, values, keysAt(ScenarioFile, issue.path)) : undefined
      if (wordy) return wordy
      const meant = typeof given === 'string' ? similar(given, values) : undefined
      return `${capital(or(values.map(value => `“${value}”`)))} is expected here, not ${describe(given)}.${meant ? ` Did you mean “${meant}”?` : ''}`
    }
    case 'too_small':
      return `At least ${issue.minimum}${issue.origin === 'array' ? ' items are' : ' is'} expected here, not ${describe(given)}.`
    case 'too_big':
      return `At most ${issue.maximum}${issue.origin === 'array' ? ' items are' : ' is'} expected here, not ${describe(given)}.`
    default:
      return `${issue.message.replace(/\.$/, '')}${given !== undefined && issue.message.startsWith('A step') ? '' : `, not ${describe(given)}`}.`
  }
}

/** Where a word stands for a block, as `- open` does, a text that is none was meant as one of the words, those that need something included. */
function insteadOfWord(given: string, words: readonly string[], keys: readonly string[]): string | undefined {
  if (keys.length === 0) return undefined
  const [, first = '', rest] = /^(\S+)(?:\s+(.*))?$/s.exec(given) ?? []
  const key = [first.replace(/:$/, ''), MEANT[first]].find(one => one !== undefined && keys.includes(one))
  if (key && rest)
    return `“${shown(given)}” is one text, because no colon and space follow “${first}”. Did you mean “${key}: ${shown(rest)}”?`
  if (key) return `“${key}” needs something: “${key}: …”.`
  const meant = similar(given, [...words, ...keys])
  return `“${shown(given)}” is not known here. ${meant ? `Did you mean “${meant}”?` : `Known are ${list([...new Set([...words, ...keys])], MOST_WORDS)}.`}`
}

const shown = (text: string) => (text.length > 40 ? `${text.slice(0, 39)}…` : text)

function describe(value: unknown): string {
  if (value === undefined || value === null) return 'nothing'
  if (typeof value === 'string') return `the text “${shown(value)}”`
  if (Array.isArray(value)) return 'a list'
  return typeof value === 'object' ? `a block with ${list(Object.keys(value)) || 'nothing in it'}` : String(value)
}

const or = (words: string[]) => (words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`)
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

export function valueAt(value: unknown, path: Path): unknown {
  let at = value
  for (const part of path) at = (at as Record<PropertyKey, unknown> | null | undefined)?.[part]
  return at
}

/** The words that the schema knows at a path, of every branch. */
function keysAt(schema: Schema, path: Path): string[] {
  let at = [schema]
  for (const part of path) at = at.flatMap(inner).flatMap(one => child(one, part))
  return [...new Set(at.flatMap(inner).flatMap(one => (isObject(one) ? Object.keys(one._zod.def.shape) : [])))]
}

type Def = { type: string; innerType?: Schema; options?: Schema[]; element?: Schema; valueType?: Schema; shape?: Record<string, Schema> }
const defOf = (schema: Schema) => schema._zod.def as unknown as Def
const isObject = (schema: Schema): schema is z.core.$ZodObject => defOf(schema).type === 'object'

/** Without what is only wrapping. */
function inner(schema: Schema): Schema[] {
  const { innerType, options } = defOf(schema)
  if (innerType) return inner(innerType)
  return options ? options.flatMap(inner) : [schema]
}

function child(schema: Schema, part: PropertyKey): Schema[] {
  const { shape, element, valueType } = defOf(schema)
  const found = shape?.[part as string] ?? (typeof part === 'number' ? element : valueType)
  return found ? [found] : []
}
