import ts from 'typescript'
import { spanIn } from '../pages/fragments.ts'
import { type PageRule, pageSample } from '../rule.ts'

const IGNORED: Record<string, string> = {
  channel: 'the server always says `web`',
  target: 'the server takes the visitor who sent it',
  botId: 'the server takes the bot of this chat',
  platform: 'nothing reads it',
  direction: 'what a page sends is always incoming'
}

export const rule: PageRule = {
  id: 'BPP007',
  name: 'ignored-fields',
  severity: 'hint',
  about: 'page',
  title: 'fields of an event that have no effect',
  visitor: 'No difference.',
  why: 'Channel, target and bot of an event are set by the server (R22.4). What a page writes there only travels along inside of the payload.',
  bad: pageSample(
    "document.querySelector('button').addEventListener('click', () => {\n  window.botpressWebChat.sendEvent({ type: 'hello', channel: 'web' })\n})"
  ),
  good: pageSample(
    "document.querySelector('button').addEventListener('click', () => {\n  window.botpressWebChat.sendEvent({ type: 'hello' })\n})"
  ),
  check({ calls, report }) {
    for (const call of calls) {
      const [argument] = call.call.arguments
      if (call.api !== 'botpress' || call.method !== 'sendEvent' || !argument || !ts.isObjectLiteralExpression(argument)) continue
      for (const property of argument.properties) {
        const name = property.name && ts.isIdentifier(property.name) ? property.name.text : undefined
        if (name === undefined || !Object.hasOwn(IGNORED, name)) continue
        const span = spanIn(call.fragment, property)
        const rest = /^\s*,?\s*/.exec(call.fragment.source.text.slice(property.end))![0]
        report(span, `\`${name}\` has no effect here: ${IGNORED[name]}.`, {
          fixes: [
            {
              title: `Leave ${name} out`,
              edits: [{ span: { start: span.start, end: span.end + (rest.includes(',') ? rest.length : 0) }, text: '' }]
            }
          ]
        })
      }
    }
  }
}
