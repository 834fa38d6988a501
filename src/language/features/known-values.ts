import { basename } from 'node:path'
import ts from 'typescript'
import { type CompletionItem, CompletionItemKind, type Hover, MarkupKind, type Position } from 'vscode-languageserver/node'
import { URI } from 'vscode-uri'
import { bpAliases, fullPath, mayBe } from '../analysis/effects.ts'
import { hookModel, isIn } from '../analysis/hook-model.ts'
import { walk } from '../analysis/nodes.ts'
import { arrivingPayload } from '../pages/page-calls.ts'
import { exampleOf, memberOf, type Shape } from '../pages/shapes.ts'
import type { WorkspaceFacts } from '../rule.ts'
import type { SeenValues } from '../seen-values.ts'
import { type HookContext, rangeOf } from './context.ts'

/** What is known of the value of an expression, and from whom. */
interface Known {
  /** `index.html`, or undefined for a run of this hook. */
  readonly page?: string
  readonly shape: Shape
}

/** An example longer than this is cut. */
const MAX_LINES = 30

/** After `event.payload.`, `event.state.session.` and deeper: the keys that pages send for the event types of the branch, and those that the hook saw when it ran. */
export function valueCompletions(context: HookContext, workspace: WorkspaceFacts, seen: SeenValues, position: Position): CompletionItem[] {
  const access = accessAt(context, context.document.offsetAt(position))
  if (!access || !ts.isPropertyAccessExpression(access)) return []
  const items = new Map<string, CompletionItem>()
  for (const { page, shape } of knownOf(context, workspace, seen, access.expression)) {
    for (const { name: key, shape: inner } of shape.kind === 'object' ? shape.members : []) {
      const example = exampleOf(inner)
      const from = page === undefined ? 'seen in the last run' : `sent by ${page}`
      const detail = example === undefined ? from : `${shortened(JSON.stringify(example))}, ${from}`
      if (!items.has(key)) items.set(key, { label: key, kind: CompletionItemKind.Field, detail, sortText: `0${key}` })
    }
  }
  return [...items.values()].filter(({ label }) => /^[\w$]+$/.test(label))
}

/** The hover of something below `event`, with what pages send there and what was there when the hook ran last. */
export function withValues(
  hover: Hover | undefined,
  context: HookContext,
  workspace: WorkspaceFacts,
  seen: SeenValues,
  position: Position
): Hover | null {
  const access = accessAt(context, context.document.offsetAt(position))
  const known = access ? knownOf(context, workspace, seen, access) : []
  const sent = known.flatMap(({ page, shape }) => (page === undefined ? [] : exampleLines(shape).map(lines => `// ${page}\n${lines}`)))
  const ran = known.flatMap(({ page, shape }) => (page === undefined ? exampleLines(shape) : []))
  const shown = [block('Pages send:', sent), block('In the last run:', ran)].filter(Boolean)
  if (!access || shown.length === 0) return hover ?? null
  const before = hover && 'kind' in (hover.contents as object) ? [(hover.contents as { value: string }).value] : []
  const name = ts.isPropertyAccessExpression(access) ? access.name : access
  const range = hover?.range ?? rangeOf(context.document, { start: name.getStart(), end: name.end })
  return { contents: { kind: MarkupKind.Markdown, value: [...before, ...shown].join('\n\n') }, range }
}

function exampleLines(shape: Shape): string[] {
  const value = exampleOf(shape)
  if (value === undefined) return []
  const lines = JSON.stringify(value, undefined, 2).split('\n')
  return [lines.length > MAX_LINES ? [...lines.slice(0, MAX_LINES), '…'].join('\n') : lines.join('\n')]
}

function block(title: string, examples: readonly string[]): string {
  return examples.length === 0 ? '' : `${title}\n\n\`\`\`javascript\n${[...new Set(examples)].join('\n')}\n\`\`\``
}

function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}

/** The member of an object, or the plain name, at a position. */
function accessAt(context: HookContext, offset: number): ts.PropertyAccessExpression | ts.Identifier | undefined {
  let found: ts.PropertyAccessExpression | ts.Identifier | undefined
  walk(context.hook.bare, node => {
    if (offset < node.pos || offset > node.end) return false
    if (ts.isPropertyAccessExpression(node) && offset > node.expression.end && offset <= node.name.end) found = node
    else if (
      ts.isIdentifier(node) &&
      offset >= node.getStart() &&
      !(ts.isPropertyAccessExpression(node.parent) && node.parent.name === node)
    )
      found = node
    return undefined
  })
  return found
}

function knownOf(context: HookContext, workspace: WorkspaceFacts, seen: SeenValues, expression: ts.Expression): Known[] {
  const path = fullPath(expression, bpAliases(context.hook.bare, mayBe))
  if (path === undefined || !path.startsWith('event.')) return []
  const [, first, ...steps] = path.split('.')
  const branches = hookModel(context.hook.bare).branches.filter(branch => isIn(expression, branch.code))
  const types = [...new Set(branches.flatMap(branch => branch.types))]
  const sent = types.flatMap(type =>
    workspace.sendersOf(type).flatMap(({ page, sent }) => {
      const shape = first === 'payload' ? steps.reduce(memberOf, arrivingPayload(sent)) : undefined
      return shape === undefined ? [] : [{ page: basename(page.path), shape }]
    })
  )
  const shape = first === undefined ? undefined : [first, ...steps].reduce(memberOf, seen.of(URI.parse(context.uri).fsPath, types))
  return shape === undefined ? sent : [...sent, { shape }]
}
