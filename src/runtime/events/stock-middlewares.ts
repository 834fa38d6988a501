import { flagSymbol } from '../../botpress/flags.ts'
import type { BotEvent, Middleware } from '../api.ts'
import { NOT_PREDICTED } from '../understanding/intents.ts'

/** Middlewares of the modules that a fresh install enables, as far as they do something to an event (R8.8). */
export function stockMiddlewares(understand: (event: BotEvent) => void): Middleware[] {
  return [
    {
      name: 'nlu-predict.incoming',
      description: 'Fills event.nlu',
      direction: 'incoming',
      order: 100,
      timeout: '6s',
      handler: (event, next) => {
        if (!event.preview || event.hasFlag(flagSymbol('SKIP_NATIVE_NLU')) || NOT_PREDICTED.has(event.type))
          return next(undefined, false, true)
        understand(event)
        next()
      }
    }
  ]
}
