import type { PanelState } from '../protocol/panel.ts'

/** An event to send: its type, and what a hook finds in `event.payload`. */
export interface EventToSend {
  readonly type: string
  readonly payload: unknown
}

export interface EventChoice extends EventToSend {
  /** Where it was seen. */
  readonly from: string
}

const JSON_EXAMPLE = '{ "type": "proactive-trigger", "payload": { "payload": { "payload": { "text": "hi" } } } }'

/** Events worth offering, none twice; the one sent last comes first. */
export function eventChoices(known: PanelState['knownEvents'], last: EventToSend | undefined, lastLabel: string): EventChoice[] {
  const choices: EventChoice[] = [...(last ? [{ ...last, from: lastLabel }] : []), ...known]
  const seen = new Set<string>()
  return choices.filter(({ type, payload }) => {
    const key = `${type} ${JSON.stringify(payload)}`
    return !seen.has(key) && seen.add(key)
  })
}

/** What somebody typed: JSON with a `type`, or just a type. A string is the reason why it is neither. */
export function parseEvent(text: string): EventToSend | 'empty' | 'not-json' | 'no-type' {
  const trimmed = text.trim()
  if (trimmed === '') return 'empty'
  if (/^[\w.-]+$/.test(trimmed)) return { type: trimmed, payload: {} }
  let value: unknown
  try {
    value = JSON.parse(trimmed)
  } catch {
    return 'not-json'
  }
  if (typeof value !== 'object' || value === null || typeof (value as { type?: unknown }).type !== 'string') return 'no-type'
  const { type, payload = {} } = value as { type: string; payload?: unknown }
  return type === '' ? 'no-type' : { type, payload }
}

/** The text to start from when an event is typed. */
export function eventAsText(event: EventToSend | undefined): string {
  return event ? JSON.stringify({ type: event.type, payload: event.payload }) : JSON_EXAMPLE
}
