import ts from 'typescript'
import { type Hover, MarkupKind, type Position } from 'vscode-languageserver/node'
import { bodyRange, type HookContext, markdown } from './context.ts'

/** Type and documentation of the name at a position. */
export function hover(context: HookContext, position: Position): Hover | undefined {
  const at = context.hook.map.toVirtual(context.document.offsetAt(position))
  const info = context.types.language.getQuickInfoAtPosition(context.hook.name, at)
  const range = info && bodyRange(context, info.textSpan)
  if (!info || !range) return undefined
  const name = context.document.getText(range)
  const own = name === 'event' || name === 'bp' ? context.hook.type.called : ''
  const words = [`\`\`\`typescript\n${ts.displayPartsToString(info.displayParts)}\n\`\`\``, markdown(info.documentation, info.tags)]
  if (own && info.kind === ts.ScriptElementKind.parameterElement) words.push(`\`${context.hook.type.id}\` — ${own}`)
  return { contents: { kind: MarkupKind.Markdown, value: words.filter(Boolean).join('\n\n') }, range }
}
