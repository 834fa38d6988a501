import ts from 'typescript'

/** A syntax error in the text as its author wrote it. */
export interface SyntaxProblem {
  readonly code: number
  readonly start: number
  readonly length: number
  readonly message: string
}

/** TypeScript keeps what the parser found on the tree, without declaring it. */
interface Parsed extends ts.SourceFile {
  readonly parseDiagnostics?: readonly ts.DiagnosticWithLocation[]
}

/** Legal in a hook's sloppy mode (R3.3): octal literals, octal escapes and decimals with a leading zero. */
const SLOPPY = new Set([1121, 1487, 1488, 1489])

/** Several who look at the same text share its tree. */
const recent = new Map<string, ts.SourceFile>()
const MAX_RECENT = 4

/** Parses a hook on its own, without the function around it: only so does a stray brace show where it is. Top-level `return` is accepted by the parser. */
export function parseBare(text: string): ts.SourceFile {
  const known = recent.get(text)
  if (known) return known
  const source = ts.createSourceFile('hook.js', text, { languageVersion: ts.ScriptTarget.ESNext }, true, ts.ScriptKind.JS)
  recent.set(text, source)
  if (recent.size > MAX_RECENT) recent.delete(recent.keys().next().value!)
  return source
}

/** What the parser found, at the places where it noticed. */
export function parseProblems(source: ts.SourceFile): SyntaxProblem[] {
  return ((source as Parsed).parseDiagnostics ?? [])
    .filter(found => !SLOPPY.has(found.code))
    .map(found => ({
      code: found.code,
      start: found.start,
      length: found.length,
      message: ts.flattenDiagnosticMessageText(found.messageText, '\n')
    }))
}

/** Names that the hook itself declares at its top level with `const`, `let`, `class` or `function`. They shadow the arguments (R3.16). */
export function topLevelNames(source: ts.SourceFile): Set<string> {
  const names = new Set<string>()
  const add = (name: ts.BindingName): void => {
    if (ts.isIdentifier(name)) names.add(name.text)
    else for (const element of name.elements) if (ts.isBindingElement(element)) add(element.name)
  }
  for (const statement of source.statements) {
    if (ts.isVariableStatement(statement) && statement.declarationList.flags & ts.NodeFlags.BlockScoped) {
      for (const declaration of statement.declarationList.declarations) add(declaration.name)
    }
    if ((ts.isClassDeclaration(statement) || ts.isFunctionDeclaration(statement)) && statement.name) add(statement.name)
  }
  return names
}
