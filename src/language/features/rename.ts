import { type Position, type Range, ResponseError, type WorkspaceEdit } from 'vscode-languageserver/node'
import { bodyRange, type HookContext } from './context.ts'

const REQUEST_FAILED = -32803

/** The range to rename, or undefined when the name cannot be renamed: it is declared outside the hook, as `event`, `bp` and the SDK are. */
export function prepareRename(context: HookContext, position: Position): Range | undefined {
  const { language } = context.types
  const at = context.hook.map.toVirtual(context.document.offsetAt(position))
  const info = language.getRenameInfo(context.hook.name, at, {})
  if (!info.canRename) return undefined
  const definitions = language.getDefinitionAtPosition(context.hook.name, at) ?? []
  const within = definitions.every(
    entry => entry.fileName === context.hook.name && context.hook.map.toBody(entry.textSpan.start, entry.textSpan.length)
  )
  return definitions.length > 0 && within ? bodyRange(context, info.triggerSpan) : undefined
}

/**
 * Renames a name in its hook.
 *
 * @throws ResponseError when the name is declared outside the hook
 */
export function rename(context: HookContext, position: Position, newName: string): WorkspaceEdit {
  if (!prepareRename(context, position)) {
    throw new ResponseError(REQUEST_FAILED, 'This name is given to the hook by Botpress or by the language: it cannot be renamed here.')
  }
  const at = context.hook.map.toVirtual(context.document.offsetAt(position))
  const places =
    context.types.language.findRenameLocations(context.hook.name, at, false, false, { providePrefixAndSuffixTextForRename: true }) ?? []
  const edits = places.flatMap(place => {
    const range = place.fileName === context.hook.name ? bodyRange(context, place.textSpan) : undefined
    return range ? [{ range, newText: `${place.prefixText ?? ''}${newName}${place.suffixText ?? ''}` }] : []
  })
  return { changes: { [context.uri]: edits } }
}
