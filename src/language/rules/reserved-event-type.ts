import { RESERVED_EVENT_TYPES } from '../../botpress/webchat.ts'
import { typeTests } from '../analysis/event-types.ts'
import { INCOMING } from '../analysis/hook-model.ts'
import { fix, replace } from '../analysis/rewrite.ts'
import { type HookRule, hookSample } from '../rule.ts'

export const rule: HookRule = {
  id: 'BPH015',
  name: 'reserved-event-type',
  severity: 'warning',
  about: 'hook',
  title: 'an event type that never reaches the bot',
  visitor: 'The chat opens or closes, and the hook’s words never come.',
  why: 'The widget handles `show`, `hide`, `toggle`, `loadConversation` and `toggleBotInfo` itself and sends nothing to the bot; `message` arrives as `text` (R20.8).',
  bad: hookSample("if (event.type === 'show') bp.logger.info('opened')\n"),
  good: hookSample("if (event.type === 'chat-shown') bp.logger.info('opened')\n"),
  check({ source, type, report }) {
    if (!INCOMING.has(type.id)) return
    for (const { type: name, literal } of typeTests(source)) {
      if (!Object.hasOwn(RESERVED_EVENT_TYPES, name)) continue
      if (name === 'message') {
        report(literal, "The page's 'message' arrives as 'text': this is never true.", {
          fixes: [fix("Test for 'text'", [replace(literal, "'text'")], true)]
        })
      } else {
        const effect = RESERVED_EVENT_TYPES[name as keyof typeof RESERVED_EVENT_TYPES]
        report(
          literal,
          `'${name}' never reaches the bot: the widget ${effect} and sends nothing. Give the event a name of its own, here and in the page.`,
          {
            fixes: [fix(`Test for 'chat-${name}'`, [replace(literal, `'chat-${name}'`)])]
          }
        )
      }
    }
  }
}
