import ts from 'typescript'
import { type SemanticTokens, SemanticTokensBuilder, type SemanticTokensLegend } from 'vscode-languageserver/node'
import type { HookContext } from './context.ts'

/** In the order of TypeScript's own encoding (its `2020` format). */
export const SEMANTIC_LEGEND: SemanticTokensLegend = {
  tokenTypes: [
    'class',
    'enum',
    'interface',
    'namespace',
    'typeParameter',
    'type',
    'parameter',
    'variable',
    'enumMember',
    'property',
    'function',
    'method'
  ],
  tokenModifiers: ['declaration', 'static', 'async', 'readonly', 'defaultLibrary', 'local']
}

const TYPE_SHIFT = 8
const MODIFIER_MASK = 255

/** What each name is: parameter, function, constant of the SDK … Only names within the body. */
export function semanticTokens(context: HookContext): SemanticTokens {
  const { hook } = context
  const whole = { start: hook.map.toVirtual(0), length: hook.text.length }
  const { spans } = context.types.language.getEncodedSemanticClassifications(hook.name, whole, ts.SemanticClassificationFormat.TwentyTwenty)
  const builder = new SemanticTokensBuilder()
  for (let at = 0; at + 2 < spans.length; at += 3) {
    const body = hook.map.toBody(spans[at]!, spans[at + 1]!)
    if (!body) continue
    const { line, character } = context.document.positionAt(body.start)
    const encoded = spans[at + 2]!
    builder.push(line, character, body.end - body.start, (encoded >> TYPE_SHIFT) - 1, encoded & MODIFIER_MASK)
  }
  return builder.build()
}
