/** Whether a release is the given one or a later one; parts that are missing count as 0 (`12.22` is `12.22.0`). */
export function isAtLeast(version: string, wanted: string): boolean {
  const [a, b] = [version, wanted].map(text => text.split('.').map(part => Number.parseInt(part, 10) || 0)) as [number[], number[]]
  for (let index = 0; index < 3; index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0)
    if (difference !== 0) return difference > 0
  }
  return true
}

/** The release whose behaviour the engine shows unless told otherwise. */
export const NEWEST = '12.31.10'

/** Behaviour that differs by release (section 25), by the release that brought it. */
export const SINCE = {
  /** Ids of users and conversations are those of the messaging server; before, the visitor's own id and a number. */
  messagingIds: '12.26.0',
  /** One payload per element; `typing` is a property (R13.9); hooks and flow at the end of a conversation. */
  onePayload: '12.26.0',
  conversationEnd: '12.26.0',
  /** What a page sends before the chat is ready is dropped (R20.6); before, it was sent all the same. */
  dropsEarly: '12.26.4',
  /** Flow names in any letter case (R10.1). */
  anyCaseFlows: '12.26.9',
  /** Triggers of messaging channels are skipped unless a hook answers (R24.2). */
  preSkippedTrigger: '12.26.11',
  /** `bp.messaging` (R18.8). */
  messaging: '12.27.0',
  /** The chat's `visit` is an event and its attributes are not kept; before, a message whose attributes were (R19.9, R20.9). */
  visitIsEvent: '12.30.7',
  /** Time-out events are `internal`. */
  internalTimeouts: '12.30.8'
} as const
