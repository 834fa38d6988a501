import type { Place } from '../trace/entry.ts'
import type { GhostFiles } from './files.ts'

/** Told of what is wrong with a file of the author's. */
export type OnProblem = (place: Place, problem: string) => void

/** A file that is not the JSON it should be, with the place where it goes wrong. */
export class JsonError extends Error {
  readonly place: Place
  constructor(message: string, place: Place) {
    super(message)
    this.place = place
  }
}

/** @throws JsonError for a broken file, and with `code` ENOENT for one that is not there */
export function readJson(files: GhostFiles, file: string): unknown {
  const text = files.readText(file).replace(/^\uFEFF/, '')
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new JsonError((error as Error).message.replace(/ \(line \d+ column \d+\)$/, ''), placeAt(file, text, brokenAt(text)))
  }
}

/** The place of a problem that reading a file has shown. */
export function placeOf(error: unknown, file: string): Place {
  return error instanceof JsonError ? error.place : { file }
}

/** Line and column, from 1, of an offset. */
export function placeAt(file: string, text: string, offset: number): Place {
  const before = text.slice(0, offset)
  return { file, line: before.split('\n').length, column: offset - before.lastIndexOf('\n') }
}

const TOKEN =
  /[\s]*(?:([{}[\],:])|("(?:[^"\\\n\r\t]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null))/y

/** The offset at which a text stops being JSON: V8 tells it of some errors only. */
function brokenAt(text: string): number {
  let offset = 0
  /** The next token, if it is one of these kinds; else nothing, and `offset` stays before it. */
  const take = (kinds: string): string | undefined => {
    TOKEN.lastIndex = offset
    const [all, sign, string, plain] = TOKEN.exec(text) ?? []
    const kind = sign ?? (string !== undefined ? 's' : plain !== undefined ? 'p' : undefined)
    if (all === undefined || kind === undefined || !kinds.includes(kind)) return undefined
    offset += all.length
    return kind
  }
  const list = (end: string, item: () => boolean): boolean => {
    if (take(end)) return true
    for (;;) {
      if (!item()) return false
      const next = take(`,${end}`)
      if (next !== ',') return next === end
    }
  }
  const value = (): boolean => {
    const kind = take('sp{[')
    if (kind === '{') return list('}', () => take('s') !== undefined && take(':') !== undefined && value())
    if (kind === '[') return list(']', value)
    return kind !== undefined
  }
  value()
  const rest = /\s*/y
  rest.lastIndex = offset
  return offset + (rest.exec(text)?.[0].length ?? 0)
}

/** Where the how-manieth item of the list that a text holds begins. */
export function placeOfItem(file: string, text: string, index: number): Place {
  let [depth, items, offset] = [0, -1, 0]
  for (;;) {
    TOKEN.lastIndex = offset
    const [all, sign] = TOKEN.exec(text) ?? []
    if (all === undefined) return { file }
    const begins = sign === '[' || sign === '{' || (sign === undefined && all.trim() !== '')
    if (depth === 1 && begins && ++items === index) return placeAt(file, text, offset + all.length - all.trimStart().length)
    if (sign === '[' || sign === '{') depth++
    if (sign === ']' || sign === '}') depth--
    offset += all.length
  }
}
