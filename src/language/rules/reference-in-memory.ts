import ts from 'typescript'
import { pathOf, walk } from '../analysis/nodes.ts'
import { continuedOf, some } from '../bots/bot-code.ts'
import { inStorage } from '../bots/in-storage.ts'
import { type BotRule, botSample } from '../rule.ts'

export const rule: BotRule = {
  id: 'BFP003',
  name: 'reference-in-memory',
  severity: 'warning',
  about: 'bot',
  title: 'conversation references that do not survive a restart',
  visitor: 'After the next deployment nobody is notified any more, until they write to the bot again.',
  why: 'A variable of the module lives as long as the process. The reference of a conversation is all that a bot has to reach somebody, so it belongs into a storage (file, database) from which the sending code reads it.',
  bad: botSample(`const references = {}

adapter.process(req, res, async context => {
  const reference = TurnContext.getConversationReference(context.activity)
  references[reference.conversation.id] = reference
})

server.get('/api/notify', async (req, res) => {
  const reference = references[req.query.id]
  await adapter.continueConversationAsync(process.env.MicrosoftAppId ?? '', reference, context => context.sendActivity('News'))
})
`),
  good: botSample(`adapter.process(req, res, async context => {
  const reference = TurnContext.getConversationReference(context.activity)
  await storage.write({ [\`references/\${reference.conversation.id}\`]: reference })
})

server.get('/api/notify', async (req, res) => {
  const key = \`references/\${req.query.id}\`
  const { [key]: reference } = await storage.read([key])
  await adapter.continueConversationAsync(process.env.MicrosoftAppId ?? '', reference, context => context.sendActivity('News'))
})
`),
  check({ source, path, report }) {
    if (!some(source, sends)) return
    const kept = containers(source)
    const names = new Set<string>()
    walk(source, node => {
      const stored = storedIn(node)
      if (stored && kept.has(stored.name) && isReference(stored.value, source)) names.add(stored.name)
    })
    for (const name of names) {
      const declaration = kept.get(name)!
      report(declaration.name, 'References kept here are lost when the bot restarts: nobody can be notified until they write again.', {
        // A sample says so beside it, or means it.
        fixes: inStorage(source, declaration),
        ...(/[\\/]samples?[\\/]/i.test(path) && { severity: 'info' })
      })
    }
  }
}

const sends = (node: ts.Node): boolean =>
  continuedOf(node) !== undefined || (ts.isCallExpression(node) && /\.(send|beginDialog|loadSession)$/.test(pathOf(node.expression) ?? ''))

/** Variables of the module that begin as an empty collection. */
function containers(source: ts.SourceFile): Map<string, ts.VariableDeclaration> {
  const found = new Map<string, ts.VariableDeclaration>()
  for (const statement of source.statements) {
    if (!ts.isVariableStatement(statement)) continue
    for (const declaration of statement.declarationList.declarations) {
      const { name, initializer } = declaration
      const isCollection =
        initializer &&
        (ts.isObjectLiteralExpression(initializer) ||
          ts.isArrayLiteralExpression(initializer) ||
          (ts.isNewExpression(initializer) && /^(Map|Set)$/.test(initializer.expression.getText())))
      if (ts.isIdentifier(name) && isCollection) found.set(name.text, declaration)
    }
  }
  return found
}

/** `x[key] = value`, `x.key = value`, `x.set(key, value)`, `x.push(value)`, `x.add(value)`. */
function storedIn(node: ts.Node): { name: string; value: ts.Expression } | undefined {
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken) {
    const target = node.left
    if (!ts.isElementAccessExpression(target) && !ts.isPropertyAccessExpression(target)) return undefined
    return ts.isIdentifier(target.expression) ? { name: target.expression.text, value: node.right } : undefined
  }
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression) || !ts.isIdentifier(node.expression.expression)) {
    return undefined
  }
  const value = node.arguments.at(-1)
  return value && /^(set|push|add)$/.test(node.expression.name.text) ? { name: node.expression.expression.text, value } : undefined
}

const MAKES = /getConversationReference\s*\(|\.address\b/

function isReference(value: ts.Expression, source: ts.SourceFile): boolean {
  if (MAKES.test(value.getText())) return true
  if (!ts.isIdentifier(value)) return /reference|address/i.test(value.getText())
  return /reference|address/i.test(value.text) || some(source, node => isMade(node, value.text))
}

const isMade = (node: ts.Node, name: string): boolean =>
  ts.isVariableDeclaration(node) && node.name.getText() === name && node.initializer !== undefined && MAKES.test(node.initializer.getText())
