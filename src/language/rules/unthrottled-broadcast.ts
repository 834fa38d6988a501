import ts from 'typescript'
import { ancestors, walk } from '../analysis/nodes.ts'
import { fix, indentOf, newLineOf } from '../analysis/rewrite.ts'
import { continuedOf, isFunctionExpression } from '../bots/bot-code.ts'
import type { Fix } from '../problem.ts'
import { type BotRule, botSample } from '../rule.ts'

/** Words of a loop that waits, queues, or minds a refusal. */
const MINDS = /setTimeout|\b(delay|sleep|wait|pause|throttle|limiter?|queue|backoff|retry)\w*\s*[.(]|429|retry-?after|statusCode/i

export const rule: BotRule = {
  id: 'BFP008',
  name: 'unthrottled-broadcast',
  severity: 'warning',
  about: 'bot',
  title: 'a message to everybody at full speed',
  visitor: 'The first few hundred read it, the others do not.',
  why: 'Channels answer 429 when a bot sends too much at once. SDK v4 tries four times and gives up, v3 and Agents give up at once. `forEach` with an async function starts all sends in the same moment and waits for none.',
  bad: botSample(`for (const reference of references) {
  await adapter.continueConversationAsync(process.env.MicrosoftAppId ?? '', reference, context => context.sendActivity('News'))
}
`),
  good: botSample(`for (const reference of references) {
  await adapter.continueConversationAsync(process.env.MicrosoftAppId ?? '', reference, context => context.sendActivity('News'))
  await new Promise(resolve => setTimeout(resolve, 200))
}
`),
  check({ source, report }) {
    walk(source, node => {
      const continued = continuedOf(node)
      const loop = continued && loopAround(node)
      if (!loop) return
      const isForEach = ts.isCallExpression(loop)
      if (!isForEach && MINDS.test(loop.getText())) return
      report(
        continued.name,
        isForEach
          ? 'All of these are sent in the same moment, since forEach waits for none: the channel refuses what is too much.'
          : 'This loop sends as fast as it can and minds no refusal: a channel answers 429, and the rest is lost.',
        { fixes: isForEach ? [] : fixesFor(loop, source) }
      )
    })
  }
}

/** The loop, or the `forEach` with an async function, that a send stands in. */
function loopAround(node: ts.Node): ts.IterationStatement | ts.CallExpression | undefined {
  let below: ts.Node = node
  for (const parent of ancestors(node)) {
    if (ts.isIterationStatement(parent, false)) return parent
    if (ts.isFunctionLike(parent)) {
      const call = parent.parent
      const isForEach = isFunctionExpression(parent) && ts.isCallExpression(call) && /\.forEach$/.test(call.expression.getText())
      return isForEach ? call : undefined
    }
    below = parent
  }
  return ts.isIterationStatement(below, false) ? below : undefined
}

function fixesFor(loop: ts.IterationStatement, source: ts.SourceFile): Fix[] {
  if (!ts.isBlock(loop.statement)) return []
  const last = loop.statement.statements.at(-1)
  if (!last) return []
  const text = `${newLineOf(source)}${indentOf(last)}await new Promise(resolve => setTimeout(resolve, 200))`
  return [fix('Pause after each', [{ span: { start: last.end, end: last.end }, text }])]
}
