import ts from 'typescript'
import { ancestors, walk } from '../analysis/nodes.ts'
import { fix, newLineOf, replace } from '../analysis/rewrite.ts'
import type { Edit, Fix } from '../problem.ts'
import { type BotFlavour, flavourOf } from './bot-code.ts'

/** A storage of version 4 that outlives the process. Version 3 keeps its data otherwise. */
const MODULE = 'botbuilder-azure-blobs'
const FLAVOURS: ReadonlySet<BotFlavour> = new Set(['v4-cloud', 'v4-old'])

/** The variable's values in a storage instead. Only where each use reads or writes a single one by its key: a storage does not list what it has. */
export function inStorage(source: ts.SourceFile, declaration: ts.VariableDeclaration): Fix[] {
  const { name, parent: list } = declaration
  if (!FLAVOURS.has(flavourOf(source)) || !ts.isIdentifier(name)) return []
  if (!ts.isVariableDeclarationList(list) || !ts.isVariableStatement(list.parent) || list.declarations.length > 1) return []
  const edits: (Edit | undefined)[] = []
  const callers = new Set<ts.Node>()
  walk(source, node => {
    if (!ts.isIdentifier(node) || node.text !== name.text || node === name) return
    if (ts.isPropertyAccessExpression(node.parent) && node.parent.name === node) return
    const edit = useOf(node)
    const caller = [...ancestors(node)].find(ts.isFunctionLike)
    edits.push(caller && edit)
    if (caller && !isAsync(caller)) callers.add(caller)
  })
  if (!edits.every(edit => edit !== undefined)) return []
  const eol = newLineOf(source)
  const isModule = source.statements.some(ts.isImportDeclaration)
  const load = isModule ? `import { BlobsStorage } from '${MODULE}'` : `const { BlobsStorage } = require('${MODULE}')`
  const at = source.getStart()
  return [
    fix(`Keep them in a storage (${MODULE})`, [
      { span: { start: at, end: at }, text: `${load}${eol}` },
      replace(list.parent, `const referenceStorage = new BlobsStorage(process.env.BLOBS_CONNECTION_STRING, '${name.text.toLowerCase()}')`),
      ...[...callers].map(caller => ({ span: { start: caller.getStart(), end: caller.getStart() }, text: 'async ' })),
      ...edits
    ])
  ]
}

/** `x[key] = value` and `x.set(key, value)` write, `x[key]` and `x.get(key)` read. */
function useOf(node: ts.Identifier): Edit | undefined {
  const { parent } = node
  if (ts.isElementAccessExpression(parent) && parent.expression === node) {
    const around = parent.parent
    const key = keyOf(node.text, parent.argumentExpression)
    if (!ts.isBinaryExpression(around) || around.left !== parent) return replace(parent, read(key))
    return around.operatorToken.kind === ts.SyntaxKind.EqualsToken ? replace(around, write(key, around.right)) : undefined
  }
  const call = parent.parent
  if (!ts.isPropertyAccessExpression(parent) || !ts.isCallExpression(call) || call.expression !== parent) return undefined
  const [first, second] = call.arguments
  if (!first) return undefined
  const key = keyOf(node.text, first)
  if (parent.name.text === 'get') return replace(call, read(key))
  return parent.name.text === 'set' && second ? replace(call, write(key, second)) : undefined
}

const keyOf = (name: string, key: ts.Expression) =>
  ts.isStringLiteralLike(key) ? `'${name}/${key.text}'` : `\`${name}/\${${key.getText()}}\``

const read = (key: string) => `(await referenceStorage.read([${key}]))[${key}]`

const write = (key: string, value: ts.Expression) => `await referenceStorage.write({ [${key}]: ${value.getText()} })`

const isAsync = (node: ts.SignatureDeclaration) =>
  ts.canHaveModifiers(node) && ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword) === true
