import ts from 'typescript'
import { type InlayHint, InlayHintKind, type Range } from 'vscode-languageserver/node'
import * as z from 'zod/mini'
import type { HookContext } from './context.ts'

/** The section of the editor's settings that the built-in service reads as well. */
export const INLAY_SECTION = 'javascript.inlayHints'

const Switch = z.optional(z.object({ enabled: z.optional(z.boolean()), suppressWhenTypeMatchesName: z.optional(z.boolean()) }))

/** `javascript.inlayHints` as VS Code defines it; all is off by default. */
export const InlaySettings = z.object({
  parameterNames: z.optional(
    z.object({ enabled: z.optional(z.enum(['none', 'literals', 'all'])), suppressWhenArgumentMatchesName: z.optional(z.boolean()) })
  ),
  parameterTypes: Switch,
  variableTypes: Switch,
  functionLikeReturnTypes: Switch
})
export type InlaySettings = z.infer<typeof InlaySettings>

const KINDS: Partial<Record<ts.InlayHintKind, InlayHintKind>> = {
  [ts.InlayHintKind.Parameter]: InlayHintKind.Parameter,
  [ts.InlayHintKind.Type]: InlayHintKind.Type
}

/** Names of parameters before arguments, and types that are not written, as far as the settings ask for them. */
export function inlayHints(context: HookContext, range: Range, settings: InlaySettings): InlayHint[] {
  const { document, hook, types } = context
  const start = hook.map.toVirtual(document.offsetAt(range.start))
  const length = hook.map.toVirtual(document.offsetAt(range.end)) - start
  const { parameterNames, parameterTypes, variableTypes, functionLikeReturnTypes } = settings
  const hints = types.language.provideInlayHints(
    hook.name,
    { start, length },
    {
      includeInlayParameterNameHints: parameterNames?.enabled ?? 'none',
      includeInlayParameterNameHintsWhenArgumentMatchesName: parameterNames?.suppressWhenArgumentMatchesName === false,
      includeInlayFunctionParameterTypeHints: parameterTypes?.enabled ?? false,
      includeInlayVariableTypeHints: variableTypes?.enabled ?? false,
      includeInlayVariableTypeHintsWhenTypeMatchesName: variableTypes?.suppressWhenTypeMatchesName === false,
      includeInlayFunctionLikeReturnTypeHints: functionLikeReturnTypes?.enabled ?? false
    }
  )
  return hints.flatMap(hint => {
    const at = hook.map.toBody(hint.position, 0)
    const kind = KINDS[hint.kind]
    if (!at || !kind) return []
    const label = hint.text || (hint.displayParts ?? []).map(part => part.text).join('')
    return [
      {
        position: document.positionAt(at.start),
        label,
        kind,
        ...(hint.whitespaceBefore && { paddingLeft: true }),
        ...(hint.whitespaceAfter && { paddingRight: true })
      }
    ]
  })
}
