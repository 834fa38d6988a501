import ts from 'typescript'
import { ancestors, statementOf, walk } from '../analysis/nodes.ts'
import { fix, insertBefore } from '../analysis/rewrite.ts'
import { continuing, isFunctionExpression, ownerOf, referenceFrom, sendOf } from '../bots/bot-code.ts'
import { type BotRule, botSample } from '../rule.ts'

const TIMERS: ReadonlySet<string> = new Set(['setTimeout', 'setInterval', 'setImmediate', 'nextTick', 'on', 'once', 'addListener'])

export const rule: BotRule = {
  id: 'BFP001',
  name: 'context-after-turn',
  severity: 'error',
  about: 'bot',
  title: 'the turn’s context is used after its turn',
  visitor: 'The message that was promised never comes.',
  why: 'A turn context lives as long as its turn: the SDK takes it back when the turn ends, and whatever uses it later, in a timer or a listener, gets an error that no turn catches. Keep the conversation’s reference during the turn, and continue the conversation by the adapter.',
  bad: botSample(`adapter.process(req, res, async context => {
  await context.sendActivity('Working on it')
  setTimeout(() => context.sendActivity('Done'), 5000)
})
`),
  good: botSample(`adapter.process(req, res, async context => {
  await context.sendActivity('Working on it')
  const reference = TurnContext.getConversationReference(context.activity)
  setTimeout(() => adapter.continueConversationAsync(process.env.MicrosoftAppId ?? '', reference, later => later.sendActivity('Done')), 5000)
})
`),
  check({ source, report }) {
    const seen = new Set<ts.Node>()
    walk(source, node => {
      const send = sendOf(node)
      const owner = send && ownerOf(send.root, node)
      if (!send || !owner) return
      const late = laterFunction(node, owner)
      if (!late || seen.has(late)) return
      seen.add(late)
      const timer = late.parent as ts.CallExpression
      const simple = late.parameters.length === 0 && send.context === send.root && statementOf(timer)
      const text = source.text.slice(late.body.getStart(), late.body.end)
      const isAsync = late.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword) === true
      const turn = `() => ${continuing(source, 'reference')}${isAsync ? 'async ' : ''}${send.root} => ${text})`
      report(
        send.call.expression,
        'The turn is over when this runs, and its context with it: the SDK throws, and the message never comes.',
        simple
          ? {
              fixes: [
                fix('Continue the conversation', [
                  ...insertBefore(timer, [`const reference = ${referenceFrom(source, send.root)}`]),
                  { span: { start: late.getStart(), end: late.end }, text: turn }
                ])
              ]
            }
          : {}
      )
    })
  }
}

/** The function that a timer or a listener runs later, between a send and the function whose context it uses. */
function laterFunction(send: ts.Node, owner: ts.Node): ts.ArrowFunction | ts.FunctionExpression | undefined {
  let late: ts.ArrowFunction | ts.FunctionExpression | undefined
  for (const parent of ancestors(send)) {
    if (parent === owner) return late
    // The turn waits for it.
    if (late && ts.isNewExpression(parent) && parent.expression.getText() === 'Promise') return undefined
    if (late || !isFunctionExpression(parent) || !ts.isCallExpression(parent.parent)) continue
    const { expression } = parent.parent
    const name = ts.isPropertyAccessExpression(expression) ? expression.name.text : expression.getText()
    if (TIMERS.has(name)) late = parent
  }
  return undefined
}
