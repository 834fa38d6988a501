import type { BotEvent } from '../api.ts'
import type { DialogEngine } from '../dialog/engine.ts'
import { type Sessions, sessionIdOf } from '../state/sessions.ts'

/** `bp.dialog` (R17). */
export function dialogOf(engine: DialogEngine, sessions: Sessions) {
  return {
    createId: (event: BotEvent) => sessionIdOf(event),
    /** The session id is ignored (R10.12). */
    jumpTo: async (sessionId: unknown, event: BotEvent, flow: string, node?: string) => {
      const isOther = sessionId !== sessionIdOf(event)
      return engine.jump(event, flow, node, isOther ? String(sessionId) : undefined)
    },
    /** Saves nothing and runs no hooks (R17.3). */
    processEvent: async (_sessionId: string, event: BotEvent) => engine.process(event),
    deleteSession: async (sessionId: string, _botId?: string) => sessions.delete(sessionId),
    getConditions: () => []
  }
}
