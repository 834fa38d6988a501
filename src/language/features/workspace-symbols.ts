import { SymbolKind, type WorkspaceSymbol } from 'vscode-languageserver/node'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { URI } from 'vscode-uri'
import { hookModel } from '../analysis/hook-model.ts'
import type { HookFact, WorkspaceFacts } from '../rule.ts'
import { rangeOf } from './context.ts'

/** Hooks, by name and by type, and the event types that they handle, as far as they fit a query. */
export function workspaceSymbols(workspace: WorkspaceFacts, query: string): WorkspaceSymbol[] {
  return workspace.hooks.flatMap(hook => symbolsOf(hook)).filter(({ name, containerName }) => matches(name, containerName ?? '', query))
}

function symbolsOf({ path, location, text, source, handles }: HookFact): WorkspaceSymbol[] {
  const uri = URI.file(path).toString()
  const document = TextDocument.create(uri, '', 0, text)
  const start = { line: 0, character: 0 }
  const where = location.botId === undefined ? location.type.id : `${location.botId}/${location.type.id}`
  const hook: WorkspaceSymbol = {
    name: location.relativePath,
    kind: SymbolKind.Function,
    containerName: where,
    location: { uri, range: { start, end: start } }
  }
  const { branches } = hookModel(source)
  return [
    hook,
    ...handles.flatMap(type => {
      const literal = branches.find(branch => branch.types.includes(type))?.literal
      const span = literal ? { start: literal.getStart(), end: literal.end } : { start: 0, end: 0 }
      const location: WorkspaceSymbol['location'] = { uri, range: rangeOf(document, span) }
      return { name: type, kind: SymbolKind.Event, containerName: `${where}/${hook.name}`, location }
    })
  ]
}

/** Each word of a query has to be in the type or bot, or its letters in the name. */
function matches(name: string, container: string, query: string): boolean {
  const words = query.toLowerCase().split(/\s+/)
  return words.every(word => container.toLowerCase().includes(word) || hasLetters(name.toLowerCase(), word))
}

function hasLetters(name: string, letters: string): boolean {
  let at = 0
  for (const letter of letters) {
    at = name.indexOf(letter, at) + 1
    if (at === 0) return false
  }
  return true
}
