import { inline } from '../../src/trace/words.ts'
import { TEXTS } from './texts.ts'

/** The expression for a member as an author writes it: `event.payload.text`, `items[0]`, `headers["x-id"]`. */
export function memberPath(path: string, key: string, inArray: boolean): string {
  if (inArray) return `${path}[${key}]`
  return /^[A-Za-z_$][\w$]*$/.test(key) ? `${path}.${key}` : `${path}[${JSON.stringify(key)}]`
}

/** A value in a few characters. */
export function preview(value: unknown): string {
  if (value === undefined) return 'undefined'
  if (Array.isArray(value)) return value.length === 0 ? '[]' : `[${value.length}] ${inline(value, 40)}`
  if (typeof value === 'object' && value !== null) return Object.keys(value).length === 0 ? `{} ${TEXTS.empty}` : inline(value, 48)
  return inline(value, 400)
}

/** The line (from 1) that a JSON syntax error names, where the engine gives a position. */
export function jsonErrorLine(text: string, message: string): number | undefined {
  const named = /line (\d+)/.exec(message)
  if (named) return Number(named[1])
  const position = /position (\d+)/.exec(message)
  return position ? text.slice(0, Number(position[1])).split('\n').length : undefined
}
