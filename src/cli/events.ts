import { readFileSync } from 'node:fs'
import * as z from 'zod/mini'
import { EventInput } from '../protocol/engine.ts'
import { Misuse } from './misuse.ts'

/** An event of the command line: everything but the bot, which `--bot` names, and the type may be left out. */
const GivenEvent = z.extend(EventInput, { botId: z.optional(z.string()), type: z.string().check(z.minLength(1)) })

/**
 * Reads an event of `--event`.
 *
 * @param origin what to call it in an error: `--event`, or `events.jsonl:3`
 */
export function readEvent(text: string, botId: string, origin: string): EventInput {
  return toEvent(parseJson(text, origin), botId, origin)
}

/** Reads the events of a file: a JSON array, one JSON object, or one event a line. */
export function readEvents(file: string, botId: string): EventInput[] {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw new Misuse(`The events cannot be read: ${(error as Error).message}`)
  }
  const lines = text.split('\n').map((line, index) => ({ line: line.trim(), origin: `${file}:${index + 1}` }))
  const full = lines.filter(({ line }) => line !== '')
  const isLines = full.length > 1 && full.every(({ line }) => line.startsWith('{') && line.endsWith('}'))
  if (isLines) return full.map(({ line, origin }) => readEvent(line, botId, origin))
  const value = parseJson(text, file)
  return (Array.isArray(value) ? value : [value]).map((event, index) =>
    toEvent(event, botId, Array.isArray(value) ? `${file}, event ${index + 1}` : file)
  )
}

function parseJson(text: string, origin: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Misuse(`${origin} is not JSON: ${(error as Error).message}`)
  }
}

function toEvent(value: unknown, botId: string, origin: string): EventInput {
  const parsed = GivenEvent.safeParse(value)
  if (parsed.success) return { ...parsed.data, botId: parsed.data.botId ?? botId }
  const [issue] = parsed.error.issues
  throw new Misuse(`${origin} is not an event: ${issue?.path.join('.') || 'it'}: ${issue?.message ?? 'unknown shape'}`)
}
