import { basename } from 'node:path'
import ts from 'typescript'
import { type CompletionItem, CompletionItemKind, type Hover, MarkupKind, type Position } from 'vscode-languageserver/node'
import { bpAliases, fullPath, mayBe } from '../analysis/effects.ts'
import { hookModel, isIn } from '../analysis/hook-model.ts'
import { walk } from '../analysis/nodes.ts'
import { arrivingPayload } from '../pages/page-calls.ts'
import { exampleOf, memberOf, type Shape } from '../pages/shapes.ts'
import type { WorkspaceFacts } from '../rule.ts'
import { type HookContext, rangeOf } from './context.ts'

/** What a page sends that arrives at an expression. */
interface Arrived {
  readonly page: string
  readonly shape: Shape
}

/** After `event.payload.` and deeper: the keys that pages send for the event types of the branch, each with an example and its page. */
export function payloadCompletions(context: HookContext, workspace: WorkspaceFacts, position: Position): CompletionItem[] {
  const access = accessAt(context, context.document.offsetAt(position))
  if (!access) return []
  const items = new Map<string, CompletionItem>()
  for (const { page, shape } of arrivedAt(context, workspace, access.expression)) {
    for (const { name: key, shape: inner } of shape.kind === 'object' ? shape.members : []) {
      const example = exampleOf(inner)
      const detail = example === undefined ? `sent by ${page}` : `${JSON.stringify(example)}, sent by ${page}`
      if (!items.has(key)) items.set(key, { label: key, kind: CompletionItemKind.Field, detail, sortText: `0${key}` })
    }
  }
  return [...items.values()].filter(({ label }) => /^[\w$]+$/.test(label))
}

/** The hover of a part of the payload with what pages send there. */
export function withPayload(hover: Hover | undefined, context: HookContext, workspace: WorkspaceFacts, position: Position): Hover | null {
  const access = accessAt(context, context.document.offsetAt(position))
  const arrived = access ? arrivedAt(context, workspace, access) : []
  const lines = arrived.flatMap(({ page, shape }) => {
    const value = exampleOf(shape)
    return value === undefined ? [] : [`// ${page}\n${JSON.stringify(value, undefined, 2)}`]
  })
  if (!access || lines.length === 0) return hover ?? null
  const shown = `Pages send:\n\n\`\`\`javascript\n${[...new Set(lines)].join('\n')}\n\`\`\``
  const before = hover && 'kind' in (hover.contents as object) ? `${(hover.contents as { value: string }).value}\n\n` : ''
  const range = hover?.range ?? rangeOf(context.document, { start: access.name.getStart(), end: access.name.end })
  return { contents: { kind: MarkupKind.Markdown, value: before + shown }, range }
}

function accessAt(context: HookContext, offset: number): ts.PropertyAccessExpression | undefined {
  let found: ts.PropertyAccessExpression | undefined
  walk(context.hook.bare, node => {
    if (offset < node.pos || offset > node.end) return false
    if (ts.isPropertyAccessExpression(node) && offset > node.expression.end && offset <= node.name.end) found = node
    return undefined
  })
  return found
}

function arrivedAt(context: HookContext, workspace: WorkspaceFacts, expression: ts.Expression): Arrived[] {
  const model = hookModel(context.hook.bare)
  const path = fullPath(expression, bpAliases(context.hook.bare, mayBe))
  if (path === undefined || !/^event\.payload(\.|$)/.test(path)) return []
  const steps = path.split('.').slice(2)
  const types = new Set(model.branches.filter(branch => isIn(expression, branch.code)).flatMap(branch => branch.types))
  return [...types].flatMap(type =>
    workspace.sendersOf(type).flatMap(({ page, sent }) => {
      const shape = steps.reduce(memberOf, arrivingPayload(sent))
      return shape === undefined ? [] : [{ page: basename(page.path), shape }]
    })
  )
}
