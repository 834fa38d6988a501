import { RESERVED_EVENT_TYPES } from '../botpress/webchat.ts'
import type { HookInfo, PageEvent } from '../protocol/language.ts'
import type { PanelState } from '../protocol/panel.ts'

type KnownEvent = PanelState['knownEvents'][number]

/**
 * Events worth offering for a hook: the types that it handles first, with the payload known for each, then what was seen in this run, then what pages
 * send. Payloads are what a hook finds in `event.payload` (R22).
 *
 * @param labels how the sources are called to the user
 */
export function offeredEvents(
  known: readonly KnownEvent[],
  pageEvents: readonly PageEvent[],
  hook: Pick<HookInfo, 'handles'> | null | undefined,
  labels: { handled: string; page: (uri: string, line: number) => string }
): KnownEvent[] {
  const fromPages = pageEvents.flatMap(event => {
    const payload = payloadOf(event)
    // What the widget handles itself (`show`, `hide`, …) reaches no hook (R20.8).
    return payload && event.type !== undefined && !Object.hasOwn(RESERVED_EVENT_TYPES, event.type)
      ? [{ type: event.type, payload, from: labels.page(event.place.uri, event.place.range.start.line + 1) }]
      : []
  })
  const all = [...known, ...fromPages.filter(event => !known.some(({ type }) => type === event.type))]
  const handled = (hook?.handles ?? []).map(type => {
    const seen = all.find(event => event.type === type)
    return {
      type,
      payload: seen?.payload ?? asSent(type, { type, payload: {} }),
      from: seen ? `${labels.handled} · ${seen.from}` : labels.handled
    }
  })
  const rest = all.filter(({ type }) => !handled.some(event => event.type === type))
  return [...handled, ...rest]
}

/** What `sendEvent(argument)` becomes on its way: one level deeper (R22.2). */
function asSent(type: string, argument: unknown): unknown {
  return { type, payload: argument }
}

function payloadOf({ via, type, argument }: PageEvent): unknown {
  if (type === undefined) return undefined
  if (via === 'sendEvent') return asSent(type, argument)
  return via === 'sendPayload' ? argument : undefined
}
