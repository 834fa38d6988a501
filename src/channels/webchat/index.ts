import { isAtLeast, NEWEST, SINCE } from '../../botpress/versions.ts'
import type { EngineApi, WebchatChannel } from '../../runtime/api.ts'
import { messagingOf } from './messaging.ts'
import { Outbox } from './outbox.ts'
import { Refusal, Routes } from './routes.ts'
import { WebchatStore } from './store.ts'

/** Puts the server part of channel-web next to the engine: its routes, its outgoing middleware and its tables (R19). */
export function createWebchat(engine: EngineApi): WebchatChannel {
  const { botpressVersion = NEWEST } = engine.settings
  const store = new WebchatStore(engine.database, engine.clock, engine.uuid, isAtLeast(botpressVersion, SINCE.messagingIds))
  const outbox = new Outbox(engine, store)
  const routes = new Routes(engine, store, outbox)

  engine.events.registerMiddleware({
    name: 'web.sendMessages',
    description: 'Sends what the bot says to the web chat',
    direction: 'outgoing',
    order: 100,
    handler(event, next) {
      if (event.channel !== 'web') return next(undefined, false, true)
      outbox.deliver(event)
      next(undefined, false)
    }
  })
  engine.targetsOf = visitorId => store.userIdsOf(visitorId)
  engine.onForget(visitorId => store.forget(visitorId))
  engine.messaging = messagingOf(engine, store)

  return {
    async handle({ botId, visitorId, route, body, headers }) {
      try {
        return { status: 200, body: await routes.answer(botId, visitorId, route, body, headers) }
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        return { status: error.status, body: { message: error.message } }
      }
    },
    address: (botId, visitorId) => routes.address(botId, visitorId),
    socket: (visitorId, open) => outbox.socket(visitorId, open)
  }
}
