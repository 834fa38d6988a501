import ts from 'typescript'
import type { Location, Range } from 'vscode-languageserver/node'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { URI } from 'vscode-uri'
import type { Span } from '../body-map.ts'
import { withoutRuleNumbers } from '../rule-numbers.ts'
import type { HookFile, TypeService } from '../service.ts'

/** What a feature is asked about: one open hook. */
export interface HookContext {
  readonly uri: string
  readonly document: TextDocument
  readonly hook: HookFile
  readonly types: TypeService
  /** The document of another hook, by the name under which TypeScript knows it. */
  uriOf(name: string): string
}

export function rangeOf(document: TextDocument, span: Span): Range {
  return { start: document.positionAt(span.start), end: document.positionAt(span.end) }
}

/** The range in the hook of a span that TypeScript answered with, or undefined when it lies outside the body. */
export function bodyRange(context: HookContext, span: ts.TextSpan): Range | undefined {
  const body = context.hook.map.toBody(span.start, span.length)
  return body && rangeOf(context.document, body)
}

/** The places that TypeScript means: in a hook, in a declaration file that lies on disk, or in the page that a declaration was made from. None for anything else. */
export function locationsOf(context: HookContext, fileName: string, span: ts.TextSpan): Location[] {
  const other = context.types.get(fileName)
  if (other) {
    const body = other.map.toBody(span.start, span.length)
    if (!body) return []
    const document = other === context.hook ? context.document : TextDocument.create(fileName, '', 0, other.text)
    return [{ uri: context.uriOf(fileName), range: rangeOf(document, body) }]
  }
  const source = context.types.language.getProgram()?.getSourceFile(fileName)
  if (!source || fileName.startsWith('/__')) {
    return context.types.originsOf(fileName, span.start).map(({ path, text, span }) => {
      const uri = URI.file(path).toString()
      return { uri, range: rangeOf(TextDocument.create(uri, '', 0, text), span) }
    })
  }
  const from = source.getLineAndCharacterOfPosition(span.start)
  const to = source.getLineAndCharacterOfPosition(span.start + span.length)
  return [{ uri: URI.file(fileName).toString(), range: { start: from, end: to } }]
}

/** TypeScript's documentation with its tags, as Markdown. */
export function markdown(documentation: readonly ts.SymbolDisplayPart[] | undefined, tags: readonly ts.JSDocTagInfo[] | undefined): string {
  const lines = (tags ?? []).map(tag => {
    const parts = tag.text ?? []
    const name = parts.find(part => part.kind === 'parameterName')?.text
    const text = name ? ts.displayPartsToString(parts).slice(name.length).trim() : ts.displayPartsToString(parts)
    if (tag.name === 'example') return text.includes('```') ? text : `\`\`\`javascript\n${text}\n\`\`\``
    return `*@${tag.name}*${name ? ` \`${name}\`` : ''}${text ? ` — ${text.replace(/^-\s*/, '')}` : ''}`
  })
  return withoutRuleNumbers([plain(documentation), ...lines].filter(Boolean).join('\n\n'))
}

/** Documentation without the numbers of rules. */
export function plain(documentation: readonly ts.SymbolDisplayPart[] | undefined): string {
  return withoutRuleNumbers(ts.displayPartsToString([...(documentation ?? [])]))
}
