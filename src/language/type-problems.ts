import ts from 'typescript'
import { awaitFix } from './analysis/async-wrap.ts'
import { bpAliases, mayBe, pathsIn } from './analysis/effects.ts'
import { walk } from './analysis/nodes.ts'
import { parametersOf, type Span } from './body-map.ts'
import { missingIn } from './node-level.ts'
import type { Problem, Severity } from './problem.ts'
import { DEFAULT_NODE } from './rule-settings.ts'
import type { HookFile, TypeService } from './service.ts'

/** What never holds in a hook: its body is sloppy CommonJS (R3.3), not the strict module that TypeScript takes it for. */
const NOT_IN_HOOKS = new Set([
  1100,
  1101,
  1102,
  1121,
  1210,
  1211,
  1212,
  1213,
  1214,
  1215,
  1216,
  1250,
  1251,
  1252,
  1489,
  2309, // "An export assignment cannot be used in a module with other exported elements"
  2580,
  2591, // names of Node, declared for hooks by ourselves
  7027 // unreachable code comes as a hint
])

/** Redeclaring an argument is legal in the sandbox (R3.16). */
const REDECLARED = new Set([2300, 2403, 2451])

/** The hook fails for certain when the line runs, or is not even loaded. Everything else TypeScript says may turn out well: a warning. */
const CERTAIN = new Set([2304, 2311, 2349, 2351, 2448, 2451, 2300, 2552, 2584, 2588, 2628, 2630])

/**
 * What a page sends is known, yet hooks may put anything in its place (R3.25), and JavaScript converts one kind of value into another: of these
 * messages none is certain about the payload or the type of an event.
 */
const CONVERTED = new Set([2322, 2345, 2362, 2363, 2365, 2559, 2739, 2740, 2741, 2769])
const FROM_PAGE = /^event\.(payload|type)(\.|$)/

const NO_MEMBER = new Set([2339, 2551])

/** The name that TypeScript takes a misspelt one for, at the end of its message. */
const MEANT = /Did you mean(?: to write)? '([\w$]+)'\?$/

const AWAIT_OUTSIDE = 1308
const AWAIT_NAME = new Set([2304, 2311])
const FOR_AWAIT_OUTSIDE = 1103

/** What TypeScript says of `import` and `export` within a function. */
const OF_MODULES = new Set([
  1184, // "Modifiers cannot appear here": `export const …`
  1231, // "An export assignment must be at the top level of a file or module declaration"
  1232, // "An import declaration can only be used at the top level of a namespace or module"
  1233, // "An export declaration can only be used at the top level of a namespace or module"
  1258, // "A default export must be at the top level of a file or module declaration"
  1473, // "An import declaration can only be used at the top level of a module"
  1474 // "An export declaration can only be used at the top level of a module"
])

/** Suggestions worth showing: unused and unreachable code (dimmed), deprecated names (struck out). */
const FADED = new Set([6133, 6138, 6192, 6196, 6198, 6199, 7027, 7028])
const DEPRECATED = new Set([6385, 6386, 6387])

export interface TypeProblems {
  readonly problems: readonly Problem[]
  /** The hook is being written: what else could be said of it would only follow from that. */
  readonly unfinished: boolean
}

/**
 * What TypeScript finds in a hook, positions in the hook's own text.
 * Syntax errors are those of the bare text; only when there is none is the meaning looked at, so that a stray brace is never reported lines away.
 */
export function typeProblems(service: TypeService, hook: HookFile, node = DEFAULT_NODE): TypeProblems {
  if (hook.syntax.length > 0) {
    const problems = hook.syntax.map(
      (problem): Problem => ({
        code: problem.code,
        severity: 'error',
        message: `${problem.message} Botpress skips the whole hook.`,
        span: visible(hook.text, problem.start, problem.length)
      })
    )
    return { problems, unfinished: true }
  }
  const { language } = service
  let found: ts.Diagnostic[]
  let suggestions: ts.DiagnosticWithLocation[]
  try {
    found = [...language.getSyntacticDiagnostics(hook.name), ...language.getSemanticDiagnostics(hook.name)]
    suggestions = language.getSuggestionDiagnostics(hook.name)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return { problems: [tooLarge(language)], unfinished: false }
  }
  for (const diagnostic of found) {
    const problem = halfTyped(hook, diagnostic)
    if (problem) return { problems: [problem], unfinished: true }
  }
  const problems = found.flatMap(diagnostic => translate(hook, diagnostic, node) ?? [])
  for (const diagnostic of suggestions) {
    const tag = FADED.has(diagnostic.code) ? 'unused' : DEPRECATED.has(diagnostic.code) ? 'deprecated' : undefined
    const span = tag && hook.map.toBody(diagnostic.start, diagnostic.length)
    if (span) problems.push({ code: diagnostic.code, severity: 'hint', message: textOf(diagnostic), span, tag })
  }
  return { problems, unfinished: false }
}

/** `event.` at the end of a line: the next line's first name was taken for that of a member, which there is not. It is said at the dot. */
function halfTyped(hook: HookFile, diagnostic: ts.Diagnostic): Problem | undefined {
  if (!NO_MEMBER.has(diagnostic.code) || diagnostic.start === undefined) return undefined
  const span = hook.map.toBody(diagnostic.start, diagnostic.length ?? 0)
  const access =
    span && nodesAt(hook.bare, span).find(({ parent }) => ts.isPropertyAccessExpression(parent) && parent.name.end === span.end)?.parent
  if (!span || !access || !ts.isPropertyAccessExpression(access)) return undefined
  const dot = hook.text.indexOf('.', access.expression.end)
  if (!hook.text.slice(dot, span.start).includes('\n')) return undefined
  const message = `${textOf(diagnostic)} Is a name missing behind this dot?`
  return { code: diagnostic.code, severity: 'warning', message, span: { start: dot, end: dot + 1 } }
}

/** TypeScript follows the branches of one function recursively: thousands of them in a row exhaust its stack. */
function tooLarge(language: ts.LanguageService): Problem {
  language.cleanupSemanticCache()
  return {
    code: 2563,
    severity: 'info',
    message: 'This hook has too many branches in a row for its types to be followed: only its syntax was checked. Split it into functions.',
    span: { start: 0, end: 0 }
  }
}

function translate(hook: HookFile, diagnostic: ts.Diagnostic, node: number): Problem | undefined {
  if (diagnostic.start === undefined || diagnostic.length === undefined || NOT_IN_HOOKS.has(diagnostic.code)) return undefined
  const span = hook.map.toBody(diagnostic.start, diagnostic.length)
  if (!span) return undefined
  const words = hook.text.slice(span.start, span.end)
  if (REDECLARED.has(diagnostic.code) && parametersOf(hook.type).includes(words)) return undefined
  if (CONVERTED.has(diagnostic.code) && isFromPage(hook, span)) return undefined
  const problem = (code: string | number, severity: Severity, message: string): Problem => ({ code, severity, message, span })

  if (
    diagnostic.code === AWAIT_OUTSIDE ||
    diagnostic.code === FOR_AWAIT_OUTSIDE ||
    (words === 'await' && AWAIT_NAME.has(diagnostic.code))
  ) {
    return {
      ...problem('BPH001', 'error', awaitMessage(hook, span.start)),
      fixes: [awaitFix(hook.bare, enclosingFunction(hook.bare, span.start))]
    }
  }
  if (OF_MODULES.has(diagnostic.code)) {
    return problem(
      diagnostic.code,
      'error',
      'A hook is the body of a function, not a module: `import` and `export` are syntax errors, and Botpress skips the whole hook. Use `require`.'
    )
  }
  const missing = missingIn(node, words, diagnostic.code)
  if (missing === 'known') return undefined
  if (missing) return problem('BPH003', 'error', missing)
  const certain = diagnostic.code < 2000 || (diagnostic.code >= 8000 && diagnostic.code < 9000) || CERTAIN.has(diagnostic.code)
  const message = textOf(diagnostic)
  const meant = /^[\w$]+$/.test(words) ? MEANT.exec(message)?.[1] : undefined
  return {
    ...problem(diagnostic.code, certain ? 'error' : 'warning', message),
    ...(meant && { fixes: [{ title: `Use ${meant}`, edits: [{ span, text: meant }] }] })
  }
}

/** Whether an expression reads or writes what the page sent. */
function isFromPage(hook: HookFile, span: Span): boolean {
  return pathsIn(nodesAt(hook.bare, span), bpAliases(hook.bare, mayBe)).some(({ path }) => FROM_PAGE.test(path))
}

/** The nodes that cover a span exactly. */
function nodesAt(source: ts.SourceFile, span: Span): ts.Node[] {
  const found: ts.Node[] = []
  walk(source, node => {
    if (node.pos > span.start || node.end < span.end) return false
    if (node.getStart() === span.start && node.end === span.end) found.push(node)
    return undefined
  })
  return found
}

/** R3.4: one `await` outside of an async function keeps the whole script from being loaded. */
function awaitMessage(hook: HookFile, at: number): string {
  return enclosingFunction(hook.bare, at)
    ? '`await` in a function that is not `async` is a syntax error: Botpress skips the whole hook, and the event goes on as if it were absent. Mark the function `async`.'
    : '`await` at the top level is a syntax error: Botpress skips the whole hook, and the event goes on as if it were absent. ' +
        'Wrap the code in an async function and return its result: `const run = async () => { … }`, then `return run()`.'
}

/** The innermost function around a position, in the text parsed on its own. */
function enclosingFunction(source: ts.SourceFile, at: number): ts.FunctionLikeDeclaration | undefined {
  let found: ts.FunctionLikeDeclaration | undefined
  const visit = (node: ts.Node): void => {
    if (node.pos > at || node.end <= at) return
    if (ts.isFunctionLike(node) && 'body' in node && node.body && node.body.pos <= at && at < node.body.end) {
      found = node as ts.FunctionLikeDeclaration
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

function textOf(diagnostic: ts.Diagnostic): string {
  return ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n')
}

/** An error at the end of the text, or of no width, is drawn at the last thing that can be seen. */
function visible(text: string, start: number, length: number): { start: number; end: number } {
  if (length > 0) return { start, end: Math.min(text.length, start + length) }
  let at = Math.min(start, text.length)
  while (at > 0 && /\s/.test(text[at - 1] ?? '')) at--
  return at > 0 ? { start: at - 1, end: at } : { start: 0, end: Math.min(1, text.length) }
}
