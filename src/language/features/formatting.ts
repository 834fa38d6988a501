import ts from 'typescript'
import type { FormattingOptions, Position, Range, TextEdit } from 'vscode-languageserver/node'
import type { HookContext } from './context.ts'

function settings(context: HookContext, options: FormattingOptions): ts.FormatCodeSettings {
  const bare = context.hook.text
  return {
    ...ts.getDefaultFormatCodeSettings(bare.includes('\r\n') ? '\r\n' : '\n'),
    indentSize: options.tabSize,
    tabSize: options.tabSize,
    convertTabsToSpaces: options.insertSpaces,
    semicolons: ts.SemicolonPreference.Ignore
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
export function format(context: HookContext, options: FormattingOptions, range?: Range): TextEdit[] {
  if (context.hook.syntax.length > 0) return []
  const service = bareService(context)
  const how = settings(context, options)
  const changes = range
    ? service.getFormattingEditsForRange('/bare.js', context.document.offsetAt(range.start), context.document.offsetAt(range.end), how)
    : service.getFormattingEditsForDocument('/bare.js', how)
  return edits(context, changes)
}

/** Formats around a character just typed: `;`, `}` or a new line. */
export function formatOnType(context: HookContext, options: FormattingOptions, position: Position, typed: string): TextEdit[] {
  const changes = bareService(context).getFormattingEditsAfterKeystroke(
    '/bare.js',
    context.document.offsetAt(position),
    typed,
    settings(context, options)
  )
  return edits(context, changes)
}
