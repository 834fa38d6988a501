import ts from 'typescript'
import { functionOf } from '../analysis/flow.ts'
import { ancestors, pathOf, walk } from '../analysis/nodes.ts'

/** What rules about bots of the Bot Framework family look for in their code: sends, turns that the bot begins, dialogs. */

const SDK = /['"](botbuilder(-[\w-]+)?|@microsoft\/agents-[\w-]+)['"]/
const WORDS = /\.(sendActivity|sendActivities|continueConversation|continueConversationAsync)\s*\(/
const SCRIPT = /\.[cm]?[jt]sx?$/i

/** Whether a script is a bot's: it loads one of the SDKs, or sends by one. */
export function isBotScript(path: string, text: string): boolean {
  return SCRIPT.test(path) && !/\.d\.[cm]?ts$/i.test(path) && (SDK.test(text) || WORDS.test(text))
}

export function parseBot(path: string, text: string): ts.SourceFile {
  const kind = /x$/i.test(path) ? ts.ScriptKind.TSX : /\.[cm]?ts$/i.test(path) ? ts.ScriptKind.TS : ts.ScriptKind.JS
  return ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true, kind)
}

/** The family that a script belongs to, by what it loads and calls. Adapters differ in how a conversation is continued. */
export type BotFlavour = 'v3' | 'v4-cloud' | 'v4-old' | 'agents'

export function flavourOf(source: ts.SourceFile): BotFlavour {
  const { text } = source
  if (/@microsoft\/agents-/.test(text)) return 'agents'
  if (/\b(UniversalBot|ChatConnector)\b/.test(text)) return 'v3'
  return /\bBotFrameworkAdapter\b/.test(text) && !/\bCloudAdapter\b/.test(text) ? 'v4-old' : 'v4-cloud'
}

const SENDS: ReadonlySet<string> = new Set(['sendActivity', 'sendActivities', 'updateActivity', 'deleteActivity', 'sendTraceActivity'])

/** `context.sendActivity(…)` and its like. `context` is the plain chain before the method's name. */
export interface Send {
  readonly call: ts.CallExpression
  readonly context: string
  /** The first name of the chain. */
  readonly root: string
}

export function sendOf(node: ts.Node): Send | undefined {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return undefined
  if (!SENDS.has(node.expression.name.text)) return undefined
  const context = pathOf(node.expression.expression)
  return context === undefined ? undefined : { call: node, context, root: context.split('.')[0]! }
}

const CONTINUES: ReadonlySet<string> = new Set(['continueConversation', 'continueConversationAsync'])

/** A turn that the bot begins by itself: the call, and the function that runs in the turn. */
export interface Continued {
  readonly call: ts.CallExpression
  readonly name: ts.Identifier
  readonly turn?: ts.FunctionExpression | ts.ArrowFunction
}

export function continuedOf(node: ts.Node): Continued | undefined {
  if (!ts.isCallExpression(node)) return undefined
  const { expression } = node
  const name = ts.isPropertyAccessExpression(expression) ? expression.name : expression
  if (!ts.isIdentifier(name) || !CONTINUES.has(name.text)) return undefined
  const turn = node.arguments.find(isFunctionExpression)
  return { call: node, name, ...(turn && { turn }) }
}

export function isFunctionExpression(node: ts.Node | undefined): node is ts.FunctionExpression | ts.ArrowFunction {
  return node !== undefined && (ts.isArrowFunction(node) || ts.isFunctionExpression(node))
}

/** The function among whose parameters a name is, seen from a place; undefined for names that are declared otherwise. */
export function ownerOf(name: string, from: ts.Node): ts.SignatureDeclaration | undefined {
  for (const parent of ancestors(from)) {
    if (!ts.isFunctionLike(parent)) continue
    if (parent.parameters.some(({ name: parameter }) => ts.isIdentifier(parameter) && parameter.text === name)) return parent
  }
  return undefined
}

/** The statement with a call, and whether its promise is left to itself. */
export function isDropped(call: ts.CallExpression): boolean {
  return ts.isExpressionStatement(call.parent) && call.parent.expression === call
}

/** Whether anything below a node fits. */
export function some(node: ts.Node, fits: (node: ts.Node) => boolean): boolean {
  let found = false
  walk(node, inner => {
    if (!found && fits(inner)) found = true
    return !found
  })
  return found
}

/** Name of the variable that holds what `new <Class>(…)` makes, or undefined. */
export function madeBy(source: ts.SourceFile, className: RegExp): string | undefined {
  let name: string | undefined
  walk(source, node => {
    if (name !== undefined || !ts.isVariableDeclaration(node) || !ts.isIdentifier(node.name) || !node.initializer) return
    const made = some(node.initializer, inner => ts.isNewExpression(inner) && className.test(inner.expression.getText()))
    if (made) name = node.name.text
  })
  return name
}

/** Words with which a conversation is continued in a script: the call up to and with the reference. */
export function continuing(source: ts.SourceFile, reference: string): string {
  const adapter = madeBy(source, /Adapter$/) ?? 'adapter'
  const flavour = flavourOf(source)
  if (flavour === 'v4-old') return `${adapter}.continueConversation(${reference}, `
  if (flavour === 'agents') return `${adapter}.continueConversation(process.env.clientId || 'local-bot', ${reference}, `
  return `${adapter}.continueConversationAsync(process.env.MicrosoftAppId ?? '', ${reference}, `
}

/** Words that give the reference of a turn's conversation. */
export function referenceFrom(source: ts.SourceFile, context: string): string {
  return flavourOf(source) === 'agents'
    ? `${context}.activity.getConversationReference()`
    : `TurnContext.getConversationReference(${context}.activity)`
}

/** Where `async` goes to make a function so. */
export function asyncAt(call: ts.Node): { start: number; end: number } | undefined {
  const inside = functionOf(call)
  if (ts.isSourceFile(inside)) return undefined
  const name = ts.isMethodDeclaration(inside) ? inside.name : undefined
  const start = name ? name.getStart() : inside.getStart()
  return { start, end: start }
}
