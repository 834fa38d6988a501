import type { Push } from '../../protocol/engine.ts'

/** `bp.RealTimePayload` (R18.10). */
export class RealTimePayload {
  readonly eventName: string
  readonly payload: Record<string, unknown>

  constructor(eventName: string, payload: Record<string, unknown>) {
    this.eventName = eventName
    this.payload = payload
  }

  static forVisitor(visitorId: string, eventName: string, payload: Record<string, unknown>): RealTimePayload {
    return new RealTimePayload(`guest.${eventName}`, { ...payload, __room: `visitor:${visitorId}` })
  }

  static forAdmins(eventName: string, payload: Record<string, unknown>): RealTimePayload {
    return new RealTimePayload(eventName, payload)
  }
}

/** `bp.realtime`: needs the browser's visitor id, not the event's target (R18.10). */
export function realtimeOf(push: (push: Push) => void) {
  return {
    sendPayload({ eventName, payload }: RealTimePayload): void {
      const visitorId = /^visitor:(.*)$/.exec(String(payload?.__room ?? ''))?.[1]
      if (visitorId !== undefined) push({ visitorId, name: eventName.replace(/^guest\./, ''), payload })
    },
    getVisitorIdFromGuestSocketId: async (_socketId: string) => undefined
  }
}
