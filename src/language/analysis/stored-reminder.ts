import { join } from 'node:path'
import ts from 'typescript'
import type { Fix } from '../problem.ts'
import { ancestors, walk } from './nodes.ts'
import { fix, newLineOf, replace } from './rewrite.ts'

/** Looks for what is due; the other half of each hook that stores a reminder. */
const SWEEP = `// Every minute: sends an event to each visitor whose reminder is due. Reminders are stored, so a restart loses none.
const sweep = async () => {
  const rows = await bp.database('srv_kvs').where('key', 'like', 'reminder-due%')
  for (const { botId, key, value } of rows) {
    const { due, type, channel, target } = typeof value === 'string' ? JSON.parse(value) : value
    if (due > Date.now()) continue
    await bp.kvs.forBot(botId).delete(key)
    await bp.events.sendEvent(bp.IO.Event({ type, channel, direction: 'incoming', target, botId, payload: {} }))
  }
}
setInterval(() => sweep().catch(error => bp.logger.attachError(error).error('Reminders were not sent')), 60000)
`

/**
 * Puts a reminder into the key-value store instead of a timer, lets a hook of `after_server_start` look for what is due, and runs the timer's function for
 * the event that this one sends. Only where the function stands by itself.
 *
 * @param count the how-manieth of its hook
 * @param path of the hook
 */
export function storedReminder(source: ts.SourceFile, timer: ts.CallExpression, count: number, path: string): Fix[] {
  const [work, delay] = timer.arguments
  const statement = timer.parent
  const data = /^(.*[\\/]data)[\\/]/.exec(path)?.[1]
  if (!work || !delay || data === undefined || !ts.isExpressionStatement(statement)) return []
  if (!(ts.isArrowFunction(work) || ts.isFunctionExpression(work)) || work.parameters.length > 0 || needsOthers(work, source)) return []
  const eol = newLineOf(source)
  const type = count === 1 ? 'reminder-due' : `reminder-due-${count}`
  const branch = [
    `if (event.type === '${type}') {`,
    '  event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)',
    `  return (${work.getText()})()`,
    '}',
    ''
  ].join(eol)
  const value = `{ due: Date.now() + ${delay.getText()}, type: '${type}', channel: event.channel, target: event.target }`
  const stored = `bp.kvs.forBot(event.botId).set('${type}/' + event.target, ${value})`
  return [
    {
      ...fix('Store when it is due, and look for it every minute', [
        { span: { start: 0, end: 0 }, text: branch },
        replace(statement, waited(stored, statement, source))
      ]),
      creates: { file: join(data, 'global/hooks/after_server_start/send_reminders.js'), text: SWEEP }
    }
  ]
}

/** So that the engine waits for it, or at least hears of its failure. */
function waited(promise: string, statement: ts.Statement, source: ts.SourceFile): string {
  if (statement === source.statements.at(-1)) return `return ${promise}`
  const around = [...ancestors(statement)].find(ts.isFunctionLike)
  const isAsync = around && ts.canHaveModifiers(around) && ts.getModifiers(around)?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword)
  return isAsync ? `await ${promise}` : `${promise}.catch(error => bp.logger.attachError(error).error('No reminder was stored'))`
}

/** Whether a function uses a name that its hook declares outside of it. */
function needsOthers(work: ts.Node, source: ts.SourceFile): boolean {
  const declared = new Set<string>()
  walk(source, node => {
    if (node === work) return false
    if ((ts.isVariableDeclaration(node) || ts.isParameter(node) || ts.isBindingElement(node)) && ts.isIdentifier(node.name))
      declared.add(node.name.text)
    if (ts.isFunctionDeclaration(node) && node.name) declared.add(node.name.text)
    return true
  })
  let needs = false
  walk(work, node => {
    if (ts.isIdentifier(node) && declared.has(node.text)) needs = true
  })
  return needs
}
