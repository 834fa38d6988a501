import ts from 'typescript'
import { isAsync } from '../analysis/flow.ts'
import { walk } from '../analysis/nodes.ts'
import { fix, indentOf, newLineOf } from '../analysis/rewrite.ts'
import { continuedOf, madeBy, some } from '../bots/bot-code.ts'
import type { Fix } from '../problem.ts'
import { type BotRule, botSample } from '../rule.ts'

const CHANGES: ReadonlySet<string> = new Set(['beginDialog', 'replaceDialog', 'cancelAllDialogs', 'endDialog'])
const SAVES = /\.(saveChanges|saveAllChanges|save)\s*\(|AutoSaveStateMiddleware/

export const rule: BotRule = {
  id: 'BFP005',
  name: 'dialog-without-save',
  severity: 'warning',
  about: 'bot',
  title: 'a dialog that is begun and forgotten',
  visitor: 'The bot asks something, and takes the answer for something else.',
  why: 'Dialogs live in the conversation’s state. A turn that the bot begins by itself does not pass the code that saves it after a message, so it has to save it.',
  bad: botSample(`const conversationState = new ConversationState(storage)

await adapter.continueConversationAsync(process.env.MicrosoftAppId ?? '', reference, async context => {
  const dialogContext = await dialogs.createContext(context)
  await dialogContext.beginDialog('survey')
})
`),
  good: botSample(`const conversationState = new ConversationState(storage)

await adapter.continueConversationAsync(process.env.MicrosoftAppId ?? '', reference, async context => {
  const dialogContext = await dialogs.createContext(context)
  await dialogContext.beginDialog('survey')
  await conversationState.saveChanges(context)
})
`),
  check({ source, report }) {
    // Middleware that saves does so for these turns too.
    if (/AutoSaveStateMiddleware/.test(source.text)) return
    walk(source, node => {
      const turn = continuedOf(node)?.turn
      if (!turn || SAVES.test(turn.getText())) return
      let begun: ts.CallExpression | undefined
      some(turn.body, inner => {
        if (!ts.isCallExpression(inner) || !ts.isPropertyAccessExpression(inner.expression)) return false
        if (!CHANGES.has(inner.expression.name.text)) return false
        begun = inner
        return true
      })
      if (!begun) return
      report(
        begun.expression,
        'The dialog is begun, and its state is not saved at the end of this turn: the answer goes to the dialog before it.',
        {
          fixes: fixesFor(turn, source)
        }
      )
    })
  }
}

function fixesFor(turn: ts.ArrowFunction | ts.FunctionExpression, source: ts.SourceFile): Fix[] {
  const context = turn.parameters[0]?.name
  if (!context || !ts.isBlock(turn.body) || !isAsync(turn)) return []
  const last = turn.body.statements.at(-1)
  if (!last || ts.isReturnStatement(last)) return []
  const state = madeBy(source, /ConversationState$/) ?? 'conversationState'
  const text = `${newLineOf(source)}${indentOf(last)}await ${state}.saveChanges(${context.getText()})`
  return [fix('Save the state', [{ span: { start: last.end, end: last.end }, text }])]
}
