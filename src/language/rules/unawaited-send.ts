import ts from 'typescript'
import { functionOf, isAsync } from '../analysis/flow.ts'
import { walk } from '../analysis/nodes.ts'
import { fix } from '../analysis/rewrite.ts'
import { asyncAt, isDropped, sendOf } from '../bots/bot-code.ts'
import { type BotRule, botSample } from '../rule.ts'

export const rule: BotRule = {
  id: 'BFP002',
  name: 'unawaited-send',
  severity: 'warning',
  about: 'bot',
  title: 'a send that nobody waits for',
  visitor: 'Messages come in any order; one whose turn ended first does not come at all.',
  why: 'A send is a call over the network. A turn that does not wait for it may end first, which takes its context back, and an error of the send is seen by nobody.',
  bad: botSample(`adapter.process(req, res, async context => {
  context.sendActivity('One moment')
  await context.sendActivity('Done')
})
`),
  good: botSample(`adapter.process(req, res, async context => {
  await context.sendActivity('One moment')
  await context.sendActivity('Done')
})
`),
  check({ source, report }) {
    walk(source, node => {
      const send = sendOf(node)
      if (!send || !isDropped(send.call)) return
      const inside = functionOf(node)
      const start = send.call.getStart()
      const async = ts.isSourceFile(inside) || isAsync(inside) ? undefined : asyncAt(node)
      const edits = [{ span: { start, end: start }, text: 'await ' }, ...(async ? [{ span: async, text: 'async ' }] : [])]
      report(
        send.call.expression,
        'Nobody waits for this message: it may come too late or not at all, and its error is lost.',
        ts.isSourceFile(inside) || ts.isConstructorDeclaration(inside) ? {} : { fixes: [fix('Wait for it', edits, true)] }
      )
    })
  }
}
