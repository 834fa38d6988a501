import { flagSymbol } from '../../botpress/flags.ts'
import { isAtLeast, SINCE } from '../../botpress/versions.ts'
import { attributesOfVisit } from '../../botpress/webchat.ts'
import type { BotEvent } from '../api.ts'

/** Hooks that a stock install runs next to the author's (R1.14), by folder and file; those without an effect of ours on an event are left out. */
export interface StockHook {
  type: string
  module: string
  name: string
  /** The change that brought it. */
  since?: keyof typeof SINCE
  /** @param args the hook's own; without an event also `process` */
  // biome-ignore lint/suspicious/noExplicitAny: as hooks see them
  run(event: BotEvent, bp: any, args: any): unknown
}

const SKIPPED_BY_BUILTIN = ['session_reset', 'typing', 'visit', 'session_reference']
const SKIPPED_BY_WEBCHAT = ['request_start_conversation', 'say_something']

const STOCK_HOOKS: readonly StockHook[] = [
  { type: 'before_incoming_middleware', module: 'channel-web', name: '00_user_attributes.js', since: 'visitIsEvent', run: rememberVisitor },
  {
    type: 'before_incoming_middleware',
    module: 'builtin',
    name: 'apply_nlu_contexts.js',
    run: event => {
      const contexts = event.state.session.nluContexts as { context: string }[] | undefined
      if (contexts?.length) (event.nlu as { includedContexts: string[] }).includedContexts = contexts.map(one => one.context)
    }
  },
  {
    type: 'after_incoming_middleware',
    module: 'builtin',
    name: '00_dialog_engine.js',
    run: event => skip(event, SKIPPED_BY_BUILTIN)
  },
  {
    type: 'after_incoming_middleware',
    module: 'channel-web',
    name: '00_dialog_engine.js',
    run: async (event, bp) => {
      skip(event, SKIPPED_BY_WEBCHAT)
      if (event.type === 'say_something') await saySomething(event, bp)
    }
  },
  {
    type: 'after_incoming_middleware',
    module: 'builtin',
    name: '01_expire_nlu_contexts.js',
    run: event => {
      const contexts = event.state.session.nluContexts as { context: string; ttl: number }[] | undefined
      if (contexts?.length) event.state.session.nluContexts = contexts.map(one => ({ ...one, ttl: one.ttl - 1 })).filter(one => one.ttl > 0)
    }
  },
  { type: 'after_incoming_middleware', module: 'basic-skills', name: '05_extract_slots.js', run: extractSlots },
  {
    type: 'after_bot_mount',
    module: 'builtin',
    name: '00_create_shortlink.js',
    run: (_event, bp, { botId, process }) =>
      bp.http.createShortLink(botId, `${process.EXTERNAL_URL}/lite/${botId}`, { m: 'channel-web', v: 'Fullscreen' })
  },
  {
    type: 'after_bot_unmount',
    module: 'builtin',
    name: '00_delete_shortlink.js',
    run: (_event, bp, { botId }) => bp.http.deleteShortLink(botId)
  }
]

/** Those of a release. */
export function stockHooks(version: string): StockHook[] {
  return STOCK_HOOKS.filter(({ since }) => since === undefined || isAtLeast(version, SINCE[since]))
}

function skip(event: BotEvent, types: string[]): void {
  if (types.includes(event.type)) event.setFlag(flagSymbol('SKIP_DIALOG_ENGINE'), true)
}

/** A `visit` carries time zone and language (R19.9). Without a language it fails, harmlessly, as the real one does. */
function rememberVisitor(event: BotEvent): void {
  if (event.type !== 'visit') return
  Object.assign(event.state.user, attributesOfVisit(event.payload, event.state.user))
  if (typeof event.payload.language !== 'string') throw new TypeError('The visit tells no language')
}

/** Answers a card's button (R19.10): plain text as `builtin_text`; an element with the event as its arguments, which gives it the event's type (R13.8). */
// biome-ignore lint/suspicious/noExplicitAny: `bp` as hooks see it
async function saySomething(event: BotEvent, bp: any): Promise<void> {
  const text = String(event.payload.text ?? '')
  const payloads = text.startsWith('#!')
    ? await bp.cms.renderElement(text, event, event)
    : await bp.cms.renderElement('builtin_text', { text, typing: true }, event)
  await bp.events.replyToEvent(event, payloads, event.id)
}

function extractSlots(event: BotEvent): void {
  const { session } = event.state
  session.slots ??= {}
  const found = (event.nlu as { slots?: Record<string, unknown> }).slots ?? {}
  if (Object.keys(found).length === 0) return
  for (const [name, slot] of Object.entries(found)) {
    const list = Array.isArray(slot) ? slot : [slot]
    const best = list.reduce((a, b) => ((b as { confidence: number }).confidence > (a as { confidence: number }).confidence ? b : a))
    session.slots[name] = { ...(best as object), turns: 0, elicited: true, timestamp: Date.parse(String(event.createdOn)) }
  }
  event.setFlag(flagSymbol('FORCE_PERSIST_STATE'), true)
}
