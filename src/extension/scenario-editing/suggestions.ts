import { placeAt } from './place.ts'
import type { Path, Schema, SchemaWords } from './schema.ts'

/** Names of the workspace that scenario files mention. */
export interface KnownNames {
  readonly bots: readonly string[]
  /** Below the folder with `data/`. */
  readonly pages: readonly string[]
  /** File names. */
  readonly hooks: readonly string[]
  /** Event types that pages send. */
  readonly events: readonly string[]
  readonly flags: readonly string[]
}

export interface Suggestion {
  readonly label: string
  readonly kind: 'key' | 'value' | 'name'
  readonly about?: string
  /** A snippet of the editor. */
  readonly insert: string
  readonly word: string
}

/** Which names belong to the values of which words. */
const NAMES: readonly [word: RegExp, names: keyof KnownNames][] = [
  [/^(bot|mount|unmount|unmounted)$/, 'bots'],
  [/^(page|load)$/, 'pages'],
  [/^(ran|notRan|hook|hookEnded|from|faults)$/, 'hooks'],
  [/^(event|noEvent|outside|sent|type)$/, 'events']
]

/** What may be typed at an offset of a scenario file. */
export function suggestionsAt(text: string, offset: number, words: SchemaWords, names: KnownNames): Suggestion[] {
  const place = placeAt(text, offset)
  if (!place) return []
  const { path, what, word, taken } = place
  const found: Suggestion[] = []
  if (what !== 'value') {
    for (const [key, schema] of words.keys(path)) {
      if (taken.includes(key) || key === '$schema') continue
      const about = words.about([...path, key])
      found.push({ label: key, kind: 'key', insert: keySnippet(key, schema, words), word, ...(about && { about }) })
    }
  }
  if (what !== 'key') {
    for (const value of words.values(path)) {
      const label = typeof value === 'string' ? value : JSON.stringify(value)
      const about = words.about(what === 'item' ? [...path, label] : path)
      found.push({ label, kind: 'value', insert: label, word, ...(about && { about }) })
    }
    for (const name of namesFor(path, names)) found.push({ label: name, kind: 'name', insert: name, word })
  }
  if (what === 'key' && path.at(-1) === 'flags') {
    for (const name of names.flags) found.push({ label: name, kind: 'name', insert: `${name}: \${1:true}`, word })
  }
  // A word that may stand alone and as a key is offered alone first.
  const alone = new Set(found.filter(({ kind }) => kind === 'value').map(({ label }) => label))
  return found.filter(({ kind, label }) => kind !== 'key' || !alone.has(label) || what === 'key')
}

function namesFor(path: Path, names: KnownNames): readonly string[] {
  const word = String(path.findLast(part => typeof part === 'string'))
  const [, which] = NAMES.find(([pattern]) => pattern.test(word)) ?? []
  return which ? names[which] : []
}

function keySnippet(key: string, schema: Schema, words: SchemaWords): string {
  const form = words.formOf(schema)
  if (form === 'map') return `${key}:\n  $0`
  return form === 'list' ? `${key}:\n  - $0` : `${key}: $0`
}
