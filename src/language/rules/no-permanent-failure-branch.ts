import ts from 'typescript'
import { ancestors, walk } from '../analysis/nodes.ts'
import { continuedOf } from '../bots/bot-code.ts'
import { type BotRule, botSample } from '../rule.ts'

/** Words by which an error handler tells a refusal for good from a passing one. */
const TELLS = /status|\b40[34]\b|\bcode\b|NotInConversation|Blocked|Forbidden/i

export const rule: BotRule = {
  id: 'BFP009',
  name: 'no-permanent-failure-branch',
  severity: 'info',
  about: 'bot',
  title: 'refusals for good are treated like passing ones',
  visitor:
    'Those who removed or blocked the bot are tried again and again, which slows the notices for all others and may get the bot closed.',
  why: 'A channel answers 403 (or 404) for people who removed or blocked the bot: nothing can be sent to them until they come back. 429 and 5xx pass. An error handler that makes no difference either tries for ever or gives up too early.',
  bad: botSample(`try {
  await adapter.continueConversationAsync(process.env.MicrosoftAppId ?? '', reference, context => context.sendActivity('News'))
} catch (error) {
  console.error(error)
}
`),
  good: botSample(`try {
  await adapter.continueConversationAsync(process.env.MicrosoftAppId ?? '', reference, context => context.sendActivity('News'))
} catch (error) {
  if (error.statusCode === 403 || error.statusCode === 404) await forget(reference)
  else console.error(error)
}
`),
  check({ source, report }) {
    walk(source, node => {
      const continued = continuedOf(node)
      const handler = continued && handlerOf(continued.call)
      if (!continued || !handler || TELLS.test(handler.getText())) return
      report(
        continued.name,
        'The handler of its errors makes no difference between people who removed the bot, for good, and a channel that is busy.'
      )
    })
  }
}

/** The `catch` of the send: a clause around it, or a method behind it. */
function handlerOf(call: ts.CallExpression): ts.Node | undefined {
  const { parent } = call
  if (ts.isPropertyAccessExpression(parent) && parent.name.text === 'catch' && ts.isCallExpression(parent.parent))
    return parent.parent.arguments[0]
  let below: ts.Node = call
  for (const above of ancestors(call)) {
    if (ts.isTryStatement(above) && above.tryBlock === below) return above.catchClause
    if (ts.isFunctionLike(above)) return undefined
    below = above
  }
  return undefined
}
