import ts from 'typescript'
import {
  type CompletionItem,
  CompletionItemKind,
  CompletionItemTag,
  type CompletionList,
  MarkupKind,
  type Position
} from 'vscode-languageserver/node'
import { bodyRange, type HookContext, markdown } from './context.ts'

/** What a completion item carries until it is resolved. */
export interface CompletionData {
  readonly uri: string
  readonly offset: number
  readonly name: string
}

const KINDS: Record<string, CompletionItemKind> = {
  [ts.ScriptElementKind.primitiveType]: CompletionItemKind.Keyword,
  [ts.ScriptElementKind.keyword]: CompletionItemKind.Keyword,
  [ts.ScriptElementKind.constElement]: CompletionItemKind.Constant,
  [ts.ScriptElementKind.letElement]: CompletionItemKind.Variable,
  [ts.ScriptElementKind.variableElement]: CompletionItemKind.Variable,
  [ts.ScriptElementKind.localVariableElement]: CompletionItemKind.Variable,
  [ts.ScriptElementKind.parameterElement]: CompletionItemKind.Variable,
  [ts.ScriptElementKind.alias]: CompletionItemKind.Variable,
  [ts.ScriptElementKind.memberVariableElement]: CompletionItemKind.Field,
  [ts.ScriptElementKind.memberGetAccessorElement]: CompletionItemKind.Field,
  [ts.ScriptElementKind.memberSetAccessorElement]: CompletionItemKind.Field,
  [ts.ScriptElementKind.functionElement]: CompletionItemKind.Function,
  [ts.ScriptElementKind.localFunctionElement]: CompletionItemKind.Function,
  [ts.ScriptElementKind.memberFunctionElement]: CompletionItemKind.Method,
  [ts.ScriptElementKind.constructSignatureElement]: CompletionItemKind.Method,
  [ts.ScriptElementKind.callSignatureElement]: CompletionItemKind.Method,
  [ts.ScriptElementKind.indexSignatureElement]: CompletionItemKind.Method,
  [ts.ScriptElementKind.enumElement]: CompletionItemKind.Enum,
  [ts.ScriptElementKind.enumMemberElement]: CompletionItemKind.EnumMember,
  [ts.ScriptElementKind.moduleElement]: CompletionItemKind.Module,
  [ts.ScriptElementKind.classElement]: CompletionItemKind.Class,
  [ts.ScriptElementKind.interfaceElement]: CompletionItemKind.Interface,
  [ts.ScriptElementKind.typeElement]: CompletionItemKind.Class,
  [ts.ScriptElementKind.string]: CompletionItemKind.Constant
}

/** Declared for the types only; at run time there are no such names. */
const NOT_AT_RUN_TIME = new Set(['sdk', 'hooks', 'pages', 'HookTimer'])

const PREFERENCES: ts.UserPreferences = {
  includeCompletionsForModuleExports: false,
  includeCompletionsWithInsertText: true,
  // `?.` is a syntax error on Node 12.
  includeAutomaticOptionalChainCompletions: false,
  quotePreference: 'single'
}

/** The members and names that fit at a position. Never empty-handed because of a syntax error elsewhere. */
export function completion(context: HookContext, position: Position, trigger?: string): CompletionList {
  const offset = context.document.offsetAt(position)
  const found = context.types.language.getCompletionsAtPosition(context.hook.name, context.hook.map.toVirtual(offset), {
    ...PREFERENCES,
    ...(trigger && { triggerCharacter: trigger as ts.CompletionsTriggerCharacter })
  })
  const items = (found?.entries ?? [])
    .filter(
      entry =>
        entry.kind !== ts.ScriptElementKind.warning &&
        // Of types such as `'incoming' | ''`.
        entry.name !== '' &&
        !(entry.kind !== 'property' && !found?.isMemberCompletion && NOT_AT_RUN_TIME.has(entry.name))
    )
    .map(entry => toItem(context, entry, offset))
  return { isIncomplete: false, items }
}

/** The list with names of the workspace in front; a name in both is shown once. */
export function withNames(list: CompletionList, names: readonly CompletionItem[]): CompletionList {
  const known = new Set(names.map(item => item.label))
  return { ...list, items: [...names, ...list.items.filter(item => !known.has(item.label))] }
}

function toItem(context: HookContext, entry: ts.CompletionEntry, offset: number): CompletionItem {
  const replaced = entry.replacementSpan && bodyRange(context, entry.replacementSpan)
  const data: CompletionData = { uri: context.uri, offset, name: entry.name }
  return {
    label: entry.name,
    kind: KINDS[entry.kind] ?? CompletionItemKind.Property,
    sortText: entry.sortText,
    ...(entry.insertText !== undefined && { insertText: entry.insertText }),
    ...(replaced && { textEdit: { range: replaced, newText: entry.insertText ?? entry.name } }),
    ...(entry.kindModifiers?.includes('deprecated') && { tags: [CompletionItemTag.Deprecated] }),
    ...(entry.isRecommended && { preselect: true }),
    data
  }
}

/** Adds signature and documentation to an item. */
export function resolveCompletion(context: HookContext, item: CompletionItem): CompletionItem {
  const data = item.data as CompletionData | undefined
  if (!data) return item
  const at = context.hook.map.toVirtual(data.offset)
  const details = context.types.language.getCompletionEntryDetails(context.hook.name, at, data.name, {}, undefined, PREFERENCES, undefined)
  if (!details) return item
  return {
    ...item,
    detail: ts.displayPartsToString(details.displayParts),
    documentation: { kind: MarkupKind.Markdown, value: markdown(details.documentation, details.tags) }
  }
}
