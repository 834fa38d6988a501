import { flagSymbol } from '../../botpress/flags.ts'
import type { BotEvent } from '../api.ts'
import type { EventEngine } from '../events/engine.ts'

/** Two texts that the server answers itself (R7.6). */
export async function answerShortcut(event: BotEvent, events: EventEngine, version: string): Promise<void> {
  const answer = event.preview === 'BP_VERSION' ? `Version: ${version}` : event.preview === 'BP_LICENSE' ? 'License: community' : undefined
  if (answer === undefined) return
  await events.reply(event, [{ type: 'text', text: answer, markdown: true }], event.id, { by: 'server' })
  event.setFlag(flagSymbol('SKIP_DIALOG_ENGINE'), true)
}
