import ts from 'typescript'
import { MarkupKind, type Position, type SignatureHelp } from 'vscode-languageserver/node'
import { type HookContext, markdown, plain } from './context.ts'

/** The parameters of the call around a position. */
export function signatureHelp(context: HookContext, position: Position): SignatureHelp | undefined {
  const at = context.hook.map.toVirtual(context.document.offsetAt(position))
  const help = context.types.language.getSignatureHelpItems(context.hook.name, at, undefined)
  // The call may be the function around the hook itself.
  if (!help || !context.hook.map.toBody(help.applicableSpan.start, help.applicableSpan.length)) return undefined
  return {
    activeSignature: help.selectedItemIndex,
    activeParameter: help.argumentIndex,
    signatures: help.items.map(item => {
      const separator = ts.displayPartsToString(item.separatorDisplayParts)
      let label = ts.displayPartsToString(item.prefixDisplayParts)
      const parameters = item.parameters.map((parameter, index) => {
        if (index > 0) label += separator
        const start = label.length
        label += ts.displayPartsToString(parameter.displayParts)
        return {
          label: [start, label.length] as [number, number],
          documentation: { kind: MarkupKind.Markdown, value: plain(parameter.documentation) }
        }
      })
      label += ts.displayPartsToString(item.suffixDisplayParts)
      return { label, parameters, documentation: { kind: MarkupKind.Markdown, value: markdown(item.documentation, []) } }
    })
  }
}
