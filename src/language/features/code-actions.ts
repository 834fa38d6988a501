import { existsSync } from 'node:fs'
import { type CodeAction, CodeActionKind, type CodeActionParams, type TextEdit, type WorkspaceEdit } from 'vscode-languageserver/node'
import type { TextDocument } from 'vscode-languageserver-textdocument'
import { URI } from 'vscode-uri'
import type { Fix, Problem } from '../problem.ts'
import { rangeOf } from './context.ts'

/** The fixes of the problems that touch a range, and one action for all safe ones of the document. */
export function codeActions(document: TextDocument, problems: readonly Problem[], params: CodeActionParams): CodeAction[] {
  const wanted = params.context.only
  const asks = (kind: string) => !wanted || wanted.some(only => kind === only || kind.startsWith(`${only}.`))
  const from = document.offsetAt(params.range.start)
  const to = document.offsetAt(params.range.end)
  const actions: CodeAction[] = []
  if (asks(CodeActionKind.QuickFix)) {
    for (const problem of problems) {
      if (problem.span.start > to || problem.span.end < from) continue
      const diagnostics = params.context.diagnostics.filter(diagnostic => diagnostic.code === problem.code)
      for (const [index, fix] of (problem.fixes ?? []).entries()) {
        actions.push({
          title: fix.title,
          kind: CodeActionKind.QuickFix,
          diagnostics,
          isPreferred: index === 0,
          edit: editOf(document, fix)
        })
      }
    }
  }
  const safe = safeFixes(problems)
  if (safe.length > 0 && asks(CodeActionKind.SourceFixAll)) {
    actions.push({
      title: 'Fix all that can be fixed safely',
      kind: CodeActionKind.SourceFixAll,
      edit: { changes: { [document.uri]: safe.flatMap(fix => editsOf(document, fix)) } }
    })
  }
  return actions
}

/** The first safe fix of each problem, without those that touch the place of an earlier one. */
export function safeFixes(problems: readonly Problem[]): Fix[] {
  const taken: { start: number; end: number }[] = []
  return problems.flatMap(problem => {
    const fix = problem.fixes?.find(candidate => candidate.safe)
    const overlaps = fix?.edits.some(edit => taken.some(span => edit.span.start <= span.end && span.start <= edit.span.end))
    if (!fix || overlaps) return []
    taken.push(...fix.edits.map(edit => edit.span))
    return [fix]
  })
}

/** A fix may move the file instead of changing it, and bring another one. */
function editOf(document: TextDocument, fix: Fix): WorkspaceEdit {
  if (fix.renameTo !== undefined)
    return { documentChanges: [{ kind: 'rename', oldUri: document.uri, newUri: URI.file(fix.renameTo).toString() }] }
  const edits = editsOf(document, fix)
  if (!fix.creates) return { changes: { [document.uri]: edits } }
  const uri = URI.file(fix.creates.file).toString()
  const start = { line: 0, character: 0 }
  return {
    documentChanges: [
      { textDocument: { uri: document.uri, version: document.version }, edits },
      { kind: 'create', uri, options: { ignoreIfExists: true } },
      ...(existsSync(fix.creates.file)
        ? []
        : [{ textDocument: { uri, version: null }, edits: [{ range: { start, end: start }, newText: fix.creates.text }] }])
    ]
  }
}

function editsOf(document: TextDocument, fix: Fix): TextEdit[] {
  return fix.edits.map(edit => ({ range: rangeOf(document, edit.span), newText: edit.text }))
}
