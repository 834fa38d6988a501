import ts from 'typescript'
import { bpAliases, fullPath } from './effects.ts'
import { constantOf } from './event-types.ts'
import { plain, walk } from './nodes.ts'

const BY_PREFIX = 'removeStorageKeysStartingWith'
/** Methods of a key-value store that are given a key first. Those of `bp.kvs` itself, which are deprecated, take a bot's id before it, but for the last. */
const TAKE_KEY = new Set(['get', 'set', 'delete', 'exists', 'setStorageWithExpiry', 'getStorageWithExpiry', BY_PREFIX])

/** The argument of a call that is a key of the key-value store (R14); undefined for any other call. */
export function kvsKeyOf(call: ts.CallExpression): ts.Expression | undefined {
  if (!ts.isPropertyAccessExpression(call.expression)) return undefined
  const { expression: receiver, name } = call.expression
  if (!TAKE_KEY.has(name.text)) return undefined
  const source = call.getSourceFile()
  const aliases = bpAliases(source)
  if (fullPath(receiver, aliases) === 'bp.kvs') return call.arguments[name.text === BY_PREFIX ? 0 : 1]
  const store = plain(ts.isIdentifier(receiver) ? (constantOf(source, receiver.text) ?? receiver) : receiver)
  return ts.isCallExpression(store) && /^bp\.kvs\.(forBot|global)$/.test(fullPath(store.expression, aliases) ?? '')
    ? call.arguments[0]
    : undefined
}

/** The keys that a hook uses: those written out, and the beginnings of those put together. */
export function kvsKeys(source: ts.SourceFile): string[] {
  const keys = new Set<string>()
  walk(source, node => {
    const given = ts.isCallExpression(node) ? kvsKeyOf(node) : undefined
    const key = given && ts.isIdentifier(given) ? constantOf(source, given.text) : given
    const text = key && beginningOf(plain(key))
    if (text) keys.add(text)
  })
  return [...keys]
}

function beginningOf(expression: ts.Expression): string {
  if (ts.isStringLiteralLike(expression)) return expression.text
  if (ts.isTemplateExpression(expression)) return expression.head.text
  if (ts.isBinaryExpression(expression)) return beginningOf(expression.left)
  return ''
}
