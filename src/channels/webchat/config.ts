import { MODULE_DEFAULTS } from '../../botpress/module-config.ts'
import type { EngineApi } from '../../runtime/api.ts'

/** Module configuration of channel-web with its defaults, as far as the server part reads it (R19.11). */
export const CONFIG_DEFAULTS = { ...MODULE_DEFAULTS['channel-web'], extraStylesheet: '' }
export type WebchatConfig = typeof CONFIG_DEFAULTS

export function configOf(engine: EngineApi, botId: string): WebchatConfig {
  return engine.moduleConfig('channel-web', botId, CONFIG_DEFAULTS)
}

/** Visitor ids longer than this are refused (R19.1). */
export const MAX_VISITOR_ID_LENGTH = 40

/** The list of a visitor's conversations ends here (R19.5). */
export const MAX_CONVERSATIONS = 100

/** The typing notice of a message with `typing: true`, and of a typing payload without a value (R19.6). */
export const TYPING_MS = 500

/** Types that the route for messages accepts (R19.3). */
export const ACCEPTED_MESSAGE_TYPES: readonly string[] = [
  'text',
  'quick_reply',
  'form',
  'login_prompt',
  'visit',
  'request_start_conversation',
  'postback',
  'voice'
]

/** Those of them that need no text (R19.3). */
export const TEXTLESS_MESSAGE_TYPES: readonly string[] = ['postback', 'voice']
