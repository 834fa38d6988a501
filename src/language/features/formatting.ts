import ts from 'typescript'
import type { FormattingOptions, Position, Range, TextEdit } from 'vscode-languageserver/node'
import * as z from 'zod/mini'
import type { HookContext } from './context.ts'

/** The section of the editor's settings that the built-in service reads as well. */
export const FORMAT_SECTION = 'javascript.format'

const flag = z.optional(z.boolean())

/** `javascript.format` as VS Code defines it, by the names that TypeScript has for the same. */
export const FormatSettings = z.object({
  enable: flag,
  insertSpaceAfterCommaDelimiter: flag,
  insertSpaceAfterConstructor: flag,
  insertSpaceAfterSemicolonInForStatements: flag,
  insertSpaceBeforeAndAfterBinaryOperators: flag,
  insertSpaceAfterKeywordsInControlFlowStatements: flag,
  insertSpaceAfterFunctionKeywordForAnonymousFunctions: flag,
  insertSpaceBeforeFunctionParenthesis: flag,
  insertSpaceAfterOpeningAndBeforeClosingNonemptyParenthesis: flag,
  insertSpaceAfterOpeningAndBeforeClosingNonemptyBrackets: flag,
  insertSpaceAfterOpeningAndBeforeClosingNonemptyBraces: flag,
  insertSpaceAfterOpeningAndBeforeClosingEmptyBraces: flag,
  insertSpaceAfterOpeningAndBeforeClosingTemplateStringBraces: flag,
  placeOpenBraceOnNewLineForFunctions: flag,
  placeOpenBraceOnNewLineForControlBlocks: flag,
  indentSwitchCase: flag,
  semicolons: z.optional(z.enum(['ignore', 'insert', 'remove']))
})
export type FormatSettings = z.infer<typeof FormatSettings>

/** How to format: indentation as the editor asks for it, the rest as the user set it. */
export interface FormatOptions {
  readonly indentation: FormattingOptions
  readonly settings: FormatSettings
}

function codeSettings(context: HookContext, { indentation, settings }: FormatOptions): ts.FormatCodeSettings {
  const { enable, semicolons, ...rules } = settings
  return {
    ...ts.getDefaultFormatCodeSettings(context.hook.text.includes('\r\n') ? '\r\n' : '\n'),
    // As the editor has it by default.
    insertSpaceAfterFunctionKeywordForAnonymousFunctions: true,
    ...Object.fromEntries(Object.entries(rules).filter(([, value]) => value !== undefined)),
    indentSize: indentation.tabSize,
    tabSize: indentation.tabSize,
    convertTabsToSpaces: indentation.insertSpaces,
    semicolons: (semicolons ?? 'ignore') as ts.SemicolonPreference
  }
}

/** The hook's text on its own is what is formatted: there the statements stand at the margin. */
function bareService(context: HookContext): ts.LanguageService {
  const name = '/bare.js'
  const snapshot = ts.ScriptSnapshot.fromString(context.hook.text)
  return ts.createLanguageService(
    {
      getCompilationSettings: () => ({ allowJs: true }),
      getScriptFileNames: () => [name],
      getScriptVersion: () => '1',
      getScriptSnapshot: file => (file === name ? snapshot : undefined),
      getCurrentDirectory: () => '/',
      getDefaultLibFileName: () => '/lib.d.ts',
      fileExists: file => file === name,
      readFile: file => (file === name ? context.hook.text : undefined)
    },
    undefined,
    ts.LanguageServiceMode.Syntactic
  )
}

function edits(context: HookContext, changes: readonly ts.TextChange[]): TextEdit[] {
  return changes.map(change => ({
    range: {
      start: context.document.positionAt(change.span.start),
      end: context.document.positionAt(change.span.start + change.span.length)
    },
    newText: change.newText
  }))
}

/** Formats a whole hook, or a part. A hook that does not parse is left alone. */
export function format(context: HookContext, options: FormatOptions, range?: Range): TextEdit[] {
  if (context.hook.syntax.length > 0 || options.settings.enable === false) return []
  const service = bareService(context)
  const how = codeSettings(context, options)
  const changes = range
    ? service.getFormattingEditsForRange('/bare.js', context.document.offsetAt(range.start), context.document.offsetAt(range.end), how)
    : service.getFormattingEditsForDocument('/bare.js', how)
  return edits(context, changes)
}

/** Formats around a character just typed: `;`, `}` or a new line. */
export function formatOnType(context: HookContext, options: FormatOptions, position: Position, typed: string): TextEdit[] {
  if (options.settings.enable === false) return []
  const changes = bareService(context).getFormattingEditsAfterKeystroke(
    '/bare.js',
    context.document.offsetAt(position),
    typed,
    codeSettings(context, options)
  )
  return edits(context, changes)
}
