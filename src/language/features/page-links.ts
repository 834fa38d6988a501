import type { LocationLink, Position } from 'vscode-languageserver/node'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { URI } from 'vscode-uri'
import { hookModel } from '../analysis/hook-model.ts'
import type { Span } from '../body-map.ts'
import { fragmentsOf } from '../pages/fragments.ts'
import { pageCalls, sentEvents } from '../pages/page-calls.ts'
import type { WorkspaceFacts } from '../rule.ts'
import { type HookContext, rangeOf } from './context.ts'
import { literalAt, meaningOf } from './string-meaning.ts'

/** *Go to page*: from an event type in a hook to the calls that send it. */
export function sendersAt(context: HookContext, workspace: WorkspaceFacts, position: Position): LocationLink[] {
  const literal = literalAt(context.hook.bare, context.document.offsetAt(position))
  if (!literal || meaningOf(context, literal)?.of !== 'event type') return []
  const origin = rangeOf(context.document, { start: literal.getStart(), end: literal.end })
  return workspace.sendersOf(literal.text).map(({ page, sent }) => linkTo(page.path, page.text, sent.span, origin))
}

/** *Go to hook*: from an event type that a page sends to the hooks that handle it. */
export function handlersAt(document: TextDocument, workspace: WorkspaceFacts, position: Position): LocationLink[] {
  const offset = document.offsetAt(position)
  const path = URI.parse(document.uri).fsPath
  for (const { type, span } of sentEvents(pageCalls(fragmentsOf(path, document.getText())))) {
    if (type === undefined || offset < span.start || offset > span.end) continue
    const origin = rangeOf(document, span)
    return workspace.hooksHandling(type).flatMap(hook => {
      const test = hookModel(hook.source).branches.find(branch => branch.types.includes(type))
      return test ? [linkTo(hook.path, hook.text, { start: test.literal.getStart(), end: test.literal.end }, origin)] : []
    })
  }
  return []
}

function linkTo(path: string, text: string, span: Span, originSelectionRange: LocationLink['originSelectionRange']): LocationLink {
  const range = rangeOf(TextDocument.create('', '', 0, text), span)
  return { targetUri: URI.file(path).toString(), targetRange: range, targetSelectionRange: range, originSelectionRange }
}
