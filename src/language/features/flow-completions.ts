import ts from 'typescript'
import { type CompletionItem, CompletionItemKind, type Position } from 'vscode-languageserver/node'
import type { TextDocument } from 'vscode-languageserver-textdocument'
import { URI } from 'vscode-uri'
import { walk } from '../analysis/nodes.ts'
import type { WorkspaceFacts } from '../rule.ts'
import { rangeOf } from './context.ts'
import { literalAt } from './string-meaning.ts'
import { eventTypeNames, type Name } from './workspace-names.ts'

const FLOW = /[\\/]bots[\\/]([^\\/]+)[\\/]flows[\\/].+\.flow\.json$/i

/** What the end of a string so far says of what comes next: the part that is being written, and the names that fit. */
type Ending = readonly [pattern: RegExp, names: (flow: OpenFlow, workspace: WorkspaceFacts) => Name[]]

interface OpenFlow {
  readonly bot: string
  readonly source: ts.SourceFile
}

/** Endings by the property that the string belongs to. */
const ENDINGS: Readonly<Record<string, readonly Ending[]>> = {
  onEnter: [[/^say (#!?[\w-]*)$/, elementNames]],
  onReceive: [[/^say (#!?[\w-]*)$/, elementNames]],
  condition: [[/event\.type\s*!?={2,3}\s*'([^']*)$/, (_flow, workspace) => eventTypeNames(workspace)]],
  node: [
    [/^([^#]*\.flow\.json#[^#]*)$/, nodesOfFlows],
    [/^([^#]*)$/, (flow, workspace) => [...nodeNames(flow), ...flowNames(flow, workspace)]]
  ],
  startNode: [[/^(.*)$/, nodeNames]]
}

/**
 * In a flow: stored content after `say #!`, event types in conditions, nodes and flows that a transition may lead to.
 *
 * @returns undefined when the document is no flow of a bot
 */
export function flowCompletions(document: TextDocument, workspace: WorkspaceFacts, position: Position): CompletionItem[] | undefined {
  const bot = FLOW.exec(URI.parse(document.uri).fsPath)?.[1]
  if (bot === undefined) return undefined
  const offset = document.offsetAt(position)
  const text = document.getText()
  const source = ts.createSourceFile('flow.json', text, ts.ScriptTarget.ESNext, true, ts.ScriptKind.JSON)
  const literal = literalAt(source, offset)
  if (!literal || offset === literal.end) return []
  const before = text.slice(literal.getStart() + 1, offset)
  for (const [pattern, names] of ENDINGS[ownerOf(literal)] ?? []) {
    const written = pattern.exec(before)?.[1]
    if (written === undefined) continue
    const rest = /^[\w-]*/.exec(text.slice(offset, literal.end))![0]
    const range = rangeOf(document, { start: offset - written.length, end: offset + rest.length })
    return names({ bot, source }, workspace).map(({ name, detail }) => ({
      label: name,
      kind: CompletionItemKind.Constant,
      detail,
      sortText: `0${name}`,
      filterText: name,
      textEdit: { range, newText: name }
    }))
  }
  return []
}

/** The name of the property that has a string, or the list that it stands in. */
function ownerOf(literal: ts.StringLiteralLike): string {
  const holder = ts.isArrayLiteralExpression(literal.parent) ? literal.parent.parent : literal.parent
  return ts.isPropertyAssignment(holder) && holder.name === literal ? '' : propertyName(holder)
}

function propertyName(node: ts.Node): string {
  return ts.isPropertyAssignment(node) && ts.isStringLiteral(node.name) ? node.name.text : ''
}

function elementNames({ bot }: OpenFlow, workspace: WorkspaceFacts): Name[] {
  return [...workspace.elementsOf(bot)].map(([id, text]) => ({ name: `#!${id}`, detail: text === '' ? `of ${bot}` : `“${text}”` }))
}

/** As they stand in the document, whether it parses or not. */
function nodeNames({ source }: OpenFlow): Name[] {
  const names: Name[] = []
  walk(source, node => {
    if (!ts.isPropertyAssignment(node) || !ts.isStringLiteral(node.initializer)) return
    if (propertyName(node) === 'name' && propertyName(node.parent.parent.parent) === 'nodes') {
      names.push({ name: node.initializer.text, detail: 'a node of this flow' })
    }
  })
  return names
}

function flowNames({ bot }: OpenFlow, workspace: WorkspaceFacts): Name[] {
  return [
    ...[...workspace.flowsOf(bot).keys()].map(name => ({ name: `${name}.flow.json`, detail: 'a flow, from its start' })),
    { name: 'END', detail: 'ends the conversation’s dialog' }
  ]
}

function nodesOfFlows({ bot }: OpenFlow, workspace: WorkspaceFacts): Name[] {
  return [...workspace.flowsOf(bot)].flatMap(([flow, nodes]) =>
    nodes.map(node => ({ name: `${flow}.flow.json#${node}`, detail: `a node of ${flow}` }))
  )
}
