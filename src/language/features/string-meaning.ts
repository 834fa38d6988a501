import ts from 'typescript'
import { fullPath } from '../analysis/effects.ts'
import { isEventType, typeAliases } from '../analysis/event-types.ts'
import { hookModel } from '../analysis/hook-model.ts'
import { kvsKeyOf } from '../analysis/kvs-keys.ts'
import { propertyOf, walk } from '../analysis/nodes.ts'
import type { HookContext } from './context.ts'

/** What a string in a hook stands for. */
export type Meaning =
  | { readonly of: 'event type' | 'flow' | 'bot' | 'content' | 'key' | 'flag' }
  | { readonly of: 'node'; readonly flow: string | undefined }

export function meaningOf(context: HookContext, literal: ts.StringLiteralLike): Meaning | undefined {
  const { parent } = literal
  if (ts.isBinaryExpression(parent)) return ofOther(context, parent.left === literal ? parent.right : parent.left)
  if (ts.isCaseClause(parent)) return ofOther(context, parent.parent.parent.expression)
  if (ts.isArrayLiteralExpression(parent) && /^\.(includes|indexOf)\(event\.type/.test(context.hook.text.slice(parent.end)))
    return { of: 'event type' }
  if (ts.isPropertyAssignment(parent)) return ofProperty(context, parent)
  return ts.isCallExpression(parent) ? ofArgument(context, parent, parent.arguments.indexOf(literal)) : undefined
}

/** By what the string is compared with or assigned to. */
function ofOther(context: HookContext, other: ts.Expression): Meaning | undefined {
  const { aliases } = hookModel(context.hook.bare)
  if (isEventType(other, typeAliases(context.hook.bare))) return { of: 'event type' }
  const path = fullPath(other, aliases) ?? ''
  if (/^(event\.)?botId$/.test(path)) return { of: 'bot' }
  if (path === 'event.state.context.currentFlow') return { of: 'flow' }
  return path === 'event.state.context.currentNode' ? { of: 'node', flow: undefined } : undefined
}

/** By the property that has it: of an event that is made, or of a suggestion that leads to a flow (R9.5). */
function ofProperty(context: HookContext, property: ts.PropertyAssignment): Meaning | undefined {
  const name = property.name.getText()
  const object = property.parent
  const maker = object.parent
  const made = ts.isCallExpression(maker) && fullPath(maker.expression, hookModel(context.hook.bare).aliases) === 'bp.IO.Event'
  if (name === 'botId') return { of: 'bot' }
  if (name === 'type' && made)
    return propertyOf(object, 'direction')?.getText().slice(1, -1) === 'outgoing' ? undefined : { of: 'event type' }
  const type = propertyOf(object, 'type')
  if (!type || !ts.isStringLiteralLike(type) || type.text !== 'redirect') return undefined
  if (name === 'flow') return { of: 'flow' }
  return name === 'node' ? { of: 'node', flow: textOf(propertyOf(object, 'flow')) } : undefined
}

function ofArgument(context: HookContext, call: ts.CallExpression, at: number): Meaning | undefined {
  const { aliases } = hookModel(context.hook.bare)
  const callee = fullPath(call.expression, aliases)
  if (callee === 'bp.dialog.jumpTo' && at === 2) return { of: 'flow' }
  if (callee === 'bp.dialog.jumpTo' && at === 3) return { of: 'node', flow: textOf(call.arguments[2]) }
  if (callee === 'bp.cms.renderElement' && at === 0) return { of: 'content' }
  if (/^event\.(set|has)Flag$/.test(callee ?? '') && at === 0) return { of: 'flag' }
  if (kvsKeyOf(call) === call.arguments[at]) return { of: 'key' }
  return parameterAt(context, call, at) === 'botId' ? { of: 'bot' } : undefined
}

/** The name of the parameter that an argument is for, by the declarations. */
function parameterAt(context: HookContext, call: ts.CallExpression, at: number): string | undefined {
  const { hook, types } = context
  const inside = hook.map.toVirtual(call.arguments[at]!.getStart() + 1)
  const help = types.language.getSignatureHelpItems(hook.name, inside, undefined)
  return help?.items[help.selectedItemIndex]?.parameters[at]?.name
}

function textOf(expression: ts.Expression | undefined): string | undefined {
  return expression && ts.isStringLiteralLike(expression) ? expression.text : undefined
}

/** The string around a position. */
export function literalAt(source: ts.SourceFile, offset: number): ts.StringLiteralLike | undefined {
  let found: ts.StringLiteralLike | undefined
  walk(source, node => {
    if (offset < node.pos || offset > node.end) return false
    if (ts.isStringLiteralLike(node) && offset > node.getStart() && offset <= node.end) found = node
    return undefined
  })
  return found
}
