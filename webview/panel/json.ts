import { jsonErrorLine } from './paths.ts'
import { TEXTS } from './texts.ts'

/** JSON as people write it by hand: the value, or a sentence about what is wrong and in which line. */
export function parseJson(text: string): { value?: unknown; problem?: string } {
  if (text.trim() === '') return { problem: TEXTS.payloadEmpty }
  try {
    return { value: JSON.parse(text) as unknown }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return { problem: TEXTS.payloadWrong(message, jsonErrorLine(text, message)) }
  }
}

/** The same where only an object will do. */
export function parseObject(text: string): { value?: Record<string, unknown>; problem?: string } {
  const { value, problem } = parseJson(text)
  if (problem !== undefined) return { problem }
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
  return isObject ? { value: value as Record<string, unknown> } : { problem: TEXTS.notAnObject }
}
