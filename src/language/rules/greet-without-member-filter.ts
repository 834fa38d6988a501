import ts from 'typescript'
import { ancestors, statementOf, walk } from '../analysis/nodes.ts'
import { fix, indentOf, newLineOf } from '../analysis/rewrite.ts'
import { isFunctionExpression, sendOf, some } from '../bots/bot-code.ts'
import type { Fix } from '../problem.ts'
import { type BotRule, botSample } from '../rule.ts'

const HANDLERS: ReadonlySet<string> = new Set(['onMembersAdded', 'onConversationUpdate'])
/** Words by which a handler tells the bot itself from people. */
const COMPARES = /\brecipient\b|\.bot\b|isBot|address\.bot/

export const rule: BotRule = {
  id: 'BFP004',
  name: 'greet-without-member-filter',
  severity: 'warning',
  about: 'bot',
  title: 'a greeting for the bot itself',
  visitor: 'The greeting comes twice, on some channels only.',
  why: 'The bot is a member too, and some channels tell of it in an update of its own: without a comparison of each member with the recipient of the activity the bot greets itself first.',
  bad: botSample(`bot.onMembersAdded(async (context, next) => {
  await context.sendActivity('Welcome')
  await next()
})
`),
  good: botSample(`bot.onMembersAdded(async (context, next) => {
  for (const member of context.activity.membersAdded) {
    if (member.id !== context.activity.recipient.id) await context.sendActivity('Welcome')
  }
  await next()
})
`),
  check({ source, report }) {
    walk(source, node => {
      const handler = handlerIn(node)
      if (!handler || COMPARES.test(handler.getText())) return
      let isFirst = true
      walk(handler.body, inner => {
        const call = greets(inner)
        if (!call || !isFirst) return
        isFirst = false
        report(
          call.expression,
          'The bot greets itself as well: on channels that tell of both members one by one, people read the greeting twice.',
          {
            fixes: fixesFor(call, handler)
          }
        )
      })
    })
  }
}

function handlerIn(node: ts.Node): ts.ArrowFunction | ts.FunctionExpression | undefined {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return undefined
  const name = node.expression.name.text
  const [first] = node.arguments
  const isV3 = name === 'on' && first !== undefined && ts.isStringLiteralLike(first) && first.text === 'conversationUpdate'
  const isAgents = name === 'onConversationUpdate' && first !== undefined && ts.isStringLiteralLike(first) && first.text === 'membersAdded'
  if (!HANDLERS.has(name) && !isV3 && !isAgents) return undefined
  return node.arguments.find(isFunctionExpression)
}

function greets(node: ts.Node): ts.CallExpression | undefined {
  const send = sendOf(node)
  if (send) return send.call
  const isV3 = ts.isCallExpression(node) && /^bot\.(send|beginDialog)$/.test(node.expression.getText())
  return isV3 ? node : undefined
}

/** The send for each member that is not the bot, where the code is simple enough to say so. */
function fixesFor(call: ts.CallExpression, handler: ts.ArrowFunction | ts.FunctionExpression): Fix[] {
  const statement = statementOf(call)
  const context = handler.parameters[0]?.name
  if (!statement || !context || !ts.isIdentifier(context) || !sendOf(call)) return []
  const recipient = `${context.text}.activity.recipient.id`
  const loop = [...ancestors(call)].find(parent => ts.isForOfStatement(parent)) as ts.ForOfStatement | undefined
  const member = loop && ts.isVariableDeclarationList(loop.initializer) ? loop.initializer.declarations[0]?.name : undefined
  if (member && ts.isIdentifier(member)) {
    const start = statement.getStart()
    return [fix('Leave the bot out', [{ span: { start, end: start }, text: `if (${member.text}.id !== ${recipient}) ` }])]
  }
  if (loop || some(statement, ts.isFunctionLike)) return []
  const eol = newLineOf(call.getSourceFile())
  const indent = indentOf(statement)
  const lines = [
    `for (const member of ${context.text}.activity.membersAdded) {`,
    `  if (member.id !== ${recipient}) ${statement.getText()}`,
    '}'
  ]
  return [fix('Greet people only', [{ span: { start: statement.getStart(), end: statement.end }, text: lines.join(`${eol}${indent}`) }])]
}
