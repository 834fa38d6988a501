import ts from 'typescript'
import {
  type DocumentSymbol,
  type FoldingRange,
  FoldingRangeKind,
  type Position,
  type SelectionRange,
  SymbolKind
} from 'vscode-languageserver/node'
import { bodyRange, type HookContext } from './context.ts'

const SYMBOLS: Record<string, SymbolKind> = {
  [ts.ScriptElementKind.functionElement]: SymbolKind.Function,
  [ts.ScriptElementKind.localFunctionElement]: SymbolKind.Function,
  [ts.ScriptElementKind.memberFunctionElement]: SymbolKind.Method,
  [ts.ScriptElementKind.classElement]: SymbolKind.Class,
  [ts.ScriptElementKind.constElement]: SymbolKind.Constant,
  [ts.ScriptElementKind.letElement]: SymbolKind.Variable,
  [ts.ScriptElementKind.variableElement]: SymbolKind.Variable,
  [ts.ScriptElementKind.localVariableElement]: SymbolKind.Variable,
  [ts.ScriptElementKind.alias]: SymbolKind.Module,
  [ts.ScriptElementKind.memberVariableElement]: SymbolKind.Property,
  [ts.ScriptElementKind.memberGetAccessorElement]: SymbolKind.Property,
  [ts.ScriptElementKind.memberSetAccessorElement]: SymbolKind.Property
}

/** The hook's outline. The function around it is left out, its contents move up. */
export function documentSymbols(context: HookContext): DocumentSymbol[] {
  const collect = (item: ts.NavigationTree): DocumentSymbol[] => {
    const children = (item.childItems ?? []).flatMap(collect)
    const span = item.spans[0]
    const range = span && bodyRange(context, span)
    if (!range || item.kind === ts.ScriptElementKind.scriptElement) return children
    return [
      {
        name: item.text,
        kind: SYMBOLS[item.kind] ?? SymbolKind.Variable,
        range,
        selectionRange: (item.nameSpan && bodyRange(context, item.nameSpan)) ?? range,
        children
      }
    ]
  }
  const symbols = collect(context.types.language.getNavigationTree(context.hook.name))
  return symbols.sort((a, b) => a.range.start.line - b.range.start.line || a.range.start.character - b.range.start.character)
}

const FOLDS: Partial<Record<ts.OutliningSpanKind, FoldingRangeKind>> = {
  [ts.OutliningSpanKind.Comment]: FoldingRangeKind.Comment,
  [ts.OutliningSpanKind.Imports]: FoldingRangeKind.Imports,
  [ts.OutliningSpanKind.Region]: FoldingRangeKind.Region
}

export function foldingRanges(context: HookContext): FoldingRange[] {
  return context.types.language.getOutliningSpans(context.hook.name).flatMap(span => {
    const range = bodyRange(context, span.textSpan)
    if (!range) return []
    // The line with the closing bracket stays visible.
    const closes = /^[)}\]]/.test(
      context.document.getText({ start: { line: range.end.line, character: range.end.character - 1 }, end: range.end })
    )
    const endLine = closes ? range.end.line - 1 : range.end.line
    const kind = FOLDS[span.kind]
    return endLine > range.start.line ? [{ startLine: range.start.line, endLine, ...(kind && { kind }) }] : []
  })
}

/** Ever larger ranges around each position, up to the whole hook. */
export function selectionRanges(context: HookContext, positions: readonly Position[]): SelectionRange[] {
  return positions.map(position => {
    const chain: SelectionRange['range'][] = []
    let found: ts.SelectionRange | undefined = context.types.language.getSmartSelectionRange(
      context.hook.name,
      context.hook.map.toVirtual(context.document.offsetAt(position))
    )
    for (; found; found = found.parent) {
      const range = bodyRange(context, found.textSpan)
      if (range) chain.push(range)
    }
    if (chain.length === 0) chain.push({ start: position, end: position })
    return chain.reduceRight<SelectionRange | undefined>((parent, range) => ({ range, ...(parent && { parent }) }), undefined)!
  })
}
