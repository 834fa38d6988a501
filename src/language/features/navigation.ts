import { type DocumentHighlight, DocumentHighlightKind, type Location, type LocationLink, type Position } from 'vscode-languageserver/node'
import { bodyRange, type HookContext, locationsOf } from './context.ts'

const offsetOf = (context: HookContext, position: Position) => context.hook.map.toVirtual(context.document.offsetAt(position))

/** Where a name is declared, in the hook or in the declarations of SDK and language. For `event` and `bp`, whose parameters are synthetic, their type. */
export function definition(context: HookContext, position: Position): LocationLink[] {
  const { language } = context.types
  const at = offsetOf(context, position)
  const found = language.getDefinitionAndBoundSpan(context.hook.name, at)
  if (!found) return []
  const origin = bodyRange(context, found.textSpan)
  const declared = (found.definitions ?? []).flatMap(entry => locationsOf(context, entry.fileName, entry.textSpan))
  const targets = declared.length > 0 ? declared : typeDefinition(context, position)
  return targets.map(target => ({
    targetUri: target.uri,
    targetRange: target.range,
    targetSelectionRange: target.range,
    ...(origin && { originSelectionRange: origin })
  }))
}

/** Where the type of a name is declared. */
export function typeDefinition(context: HookContext, position: Position): Location[] {
  const found = context.types.language.getTypeDefinitionAtPosition(context.hook.name, offsetOf(context, position)) ?? []
  return found.flatMap(entry => locationsOf(context, entry.fileName, entry.textSpan))
}

/** All uses of a name in open hooks; with the declaration unless it is not wanted. */
export function references(context: HookContext, position: Position, withDeclaration: boolean): Location[] {
  const found = context.types.language.findReferences(context.hook.name, offsetOf(context, position)) ?? []
  return found
    .flatMap(symbol => symbol.references)
    .filter(entry => withDeclaration || !entry.isDefinition)
    .flatMap(entry => locationsOf(context, entry.fileName, entry.textSpan))
}

/** The uses of a name in this hook. */
export function highlights(context: HookContext, position: Position): DocumentHighlight[] {
  const found = context.types.language.getDocumentHighlights(context.hook.name, offsetOf(context, position), [context.hook.name]) ?? []
  return found
    .flatMap(file => file.highlightSpans)
    .flatMap(span => {
      const range = bodyRange(context, span.textSpan)
      const kind = span.kind === 'writtenReference' ? DocumentHighlightKind.Write : DocumentHighlightKind.Read
      return range ? [{ range, kind }] : []
    })
}
