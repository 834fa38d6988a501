import type { BotEvent, Middleware } from '../api.ts'
import { originNow } from '../current.ts'
import type { EventEngine } from '../events/engine.ts'
import type { EventLog } from '../events/log.ts'

/** `bp.events` (R16). */
export function eventsOf(engine: EventEngine, log: EventLog) {
  return {
    registerMiddleware: (middleware: Middleware) => engine.middlewares.register(middleware),
    removeMiddleware: (name: string) => engine.middlewares.remove(name),
    sendEvent: (event: BotEvent) => engine.sendEvent(event, originNow()),
    replyToEvent: (destination: Partial<BotEvent>, payloads: unknown[], incomingEventId?: string) =>
      engine.reply(destination, payloads, incomingEventId, originNow()),
    isIncomingQueueEmpty: (event: BotEvent) => engine.isIncomingEmpty(event),
    findEvents: async (fields: Record<string, unknown>, params?: object) => log.find(fields, params),
    updateEvent: async (id: string, fields: Record<string, unknown>) => log.update(id, fields),
    saveUserFeedback: async (incomingEventId: string, target: string, feedback: number, type?: string) =>
      log.feedback(incomingEventId, target, feedback, type)
  }
}
