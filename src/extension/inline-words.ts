import { samePath } from './places.ts'
import type { RunResult } from './run-results.ts'

/** What is shown at the end of a line. `line` counts from 0. */
export interface LineWords {
  readonly line: number
  readonly text: string
  /** Everything the line said, for the hover. */
  readonly full: string
  readonly loud: boolean
}

const LONGEST = 120

/** The words of each line of a hook: an error wins over what was logged, the latest words over earlier ones, with their number. */
export function wordsOfLines(result: RunResult, file: string): LineWords[] {
  const said = new Map<number, { texts: string[]; loud: boolean }>()
  for (const log of result.logs) {
    if (!samePath(log.place.file, file)) continue
    const line = said.get(log.place.line - 1) ?? { texts: [], loud: false }
    line.texts.push(log.text)
    line.loud ||= log.level === 'error' || log.level === 'critical'
    said.set(log.place.line - 1, line)
  }
  for (const { place, code, message } of result.problems) {
    if (!samePath(place.file, file) || place.line === undefined) continue
    said.set(place.line - 1, { texts: [message ? `${code}: ${message}` : code], loud: true })
  }
  return [...said]
    .sort(([a], [b]) => a - b)
    .map(([line, { texts, loud }]) => {
      const last = oneLine(texts.at(-1)!)
      return { line, loud, text: texts.length > 1 ? `${last} (×${texts.length})` : last, full: texts.join('\n') }
    })
}

function oneLine(text: string): string {
  const flat = text.replace(/\s+/g, ' ').trim()
  return flat.length > LONGEST ? `${flat.slice(0, LONGEST - 1)}…` : flat
}
