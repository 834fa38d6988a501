import { flagSymbol } from '../../botpress/flags.ts'
import type { BotEvent, Middleware } from '../api.ts'

export interface CoreHost {
  externalUrl: string
  /** Adds what the bot's questions and answers have to say (R8.8). */
  answers(event: BotEvent): Promise<void>
}

/** Channels that the messaging server delivers to (R8.8). */
export const MESSAGING_CHANNELS: ReadonlySet<string> = new Set(['messenger', 'slack', 'smooch', 'teams', 'telegram', 'twilio', 'vonage'])
const MEDIA = /^\/api\/.*\/bots\/.*\/media\/.*/

/** Middlewares that every server has, modules apart (R8.8). */
export function coreMiddlewares(host: CoreHost): Middleware[] {
  return [
    {
      name: 'qna.incoming',
      description: 'Adds suggestions from the questions and answers of the bot',
      direction: 'incoming',
      order: 130,
      handler: async (event, next) => {
        // With the flag the real one never goes on, so the chain waits two seconds (R5.5).
        if (event.hasFlag(flagSymbol('SKIP_QNA_PROCESSING'))) return
        await host.answers(event)
        next()
      }
    },
    {
      name: 'converse.capture.context',
      description: 'Keeps the conversation of API clients',
      direction: 'incoming',
      order: 10_000,
      handler: (event, next) => (event.channel === 'api' ? next() : next(undefined, false, true))
    },
    {
      name: 'messaging.fixUrl',
      description: 'Makes links to media of the bot reachable from outside',
      direction: 'outgoing',
      order: 99,
      handler: (event, next) => {
        fixUrls(event.payload, host.externalUrl)
        next(undefined, false)
      }
    },
    {
      name: 'converse.capture.payload',
      description: 'Hands replies to API clients',
      direction: 'outgoing',
      order: 10_000,
      handler: (event, next) => (event.channel === 'api' ? next() : next(undefined, false, true))
    },
    {
      name: 'messaging.sendOut',
      description: 'Hands replies to the messaging server',
      direction: 'outgoing',
      order: 20_000,
      handler: (event, next) => (MESSAGING_CHANNELS.has(event.channel) ? next(undefined, true) : next(undefined, false, true))
    }
  ]
}

/** Media paths get the server's address in front; the first `BOT_URL` of a text becomes it (R13.16). */
function fixUrls(payload: unknown, externalUrl: string): void {
  if (typeof payload !== 'object' || payload === null) return
  const parts = payload as Record<string, unknown>
  for (const key of Object.keys(parts)) {
    const value = parts[key]
    if (typeof value !== 'string') fixUrls(value, externalUrl)
    else if (MEDIA.test(value)) parts[key] = externalUrl + value
    else if (value.includes('BOT_URL')) parts[key] = value.replace('BOT_URL', externalUrl)
  }
}
