import ts from 'typescript'
import { walk } from '../analysis/nodes.ts'
import { fix, indentOf, newLineOf } from '../analysis/rewrite.ts'
import { flavourOf, madeBy } from '../bots/bot-code.ts'
import { type BotRule, botSample } from '../rule.ts'

export const rule: BotRule = {
  id: 'BFP007',
  name: 'proactive-clears-stack',
  severity: 'info',
  about: 'bot',
  title: '`bot.beginDialog` ends what the visitor was doing',
  visitor: 'Whatever they were in the middle of is gone: after the new dialog the bot begins anew.',
  why: 'In SDK v3 `bot.beginDialog(address, …)` replaces the dialogs of the conversation. To push a dialog on top of them, load the session of the address and begin it there.',
  bad: botSample(`const bot = new builder.UniversalBot(connector)

function ask(address) {
  bot.beginDialog(address, '*:survey')
}
`),
  good: botSample(`const bot = new builder.UniversalBot(connector)

function ask(address) {
  bot.loadSession(address, (error, session) => {
    if (error) return console.error(error)
    session.beginDialog('*:survey')
    session.sendBatch()
  })
}
`),
  check({ source, report }) {
    if (flavourOf(source) !== 'v3') return
    const bot = madeBy(source, /UniversalBot$/) ?? 'bot'
    walk(source, node => {
      if (!ts.isCallExpression(node) || node.expression.getText() !== `${bot}.beginDialog`) return
      const [address, ...rest] = node.arguments
      if (!address || rest.length === 0) return
      const indent = indentOf(node)
      const lines = [
        `${bot}.loadSession(${address.getText()}, (error, session) => {`,
        '  if (error) return console.error(error)',
        `  session.beginDialog(${rest.map(argument => argument.getText()).join(', ')})`,
        '  session.sendBatch()',
        '})'
      ]
      report(
        node.expression,
        'This ends whatever the visitor was doing: the dialogs that run are replaced, and nobody comes back to them.',
        {
          fixes:
            rest.length <= 2 && ts.isExpressionStatement(node.parent)
              ? [
                  fix('Push the dialog on top instead', [
                    { span: { start: node.getStart(), end: node.end }, text: lines.join(`${newLineOf(source)}${indent}`) }
                  ])
                ]
              : []
        }
      )
    })
  }
}
