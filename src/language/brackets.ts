import ts from 'typescript'
import { parseBare, parseProblems, type SyntaxProblem } from './bare-syntax.ts'

/** A bracket too many, or one that is never closed. */
export interface Misplaced {
  readonly at: number
  /** More than one for `})`. */
  readonly length: number
  readonly opens: boolean
  readonly message: string
}

export interface Bracket {
  readonly at: number
  readonly opens: boolean
  readonly kind: '{' | '(' | '['
  /** Columns of white space before the first character of its line. */
  readonly indent: number
  /** It is that first character. */
  readonly leads: boolean
}

const STRAY = 1128 // "Declaration or statement expected"
/** The indentation is looked at in texts of this length at most: a slip in more is found where the parser notices. */
const MAX_LENGTH = 100_000
const MAX_GUESSES = 6

/**
 * Which bracket is wrong when the parser stumbles over nesting. It notices at the end of a function or of the text, or at the next statement; the
 * author's slip is where indentation and nesting part. A guess counts only when the parser gets further with another character in its place.
 *
 * @returns undefined when no bracket is to blame
 */
export function misplacedBracket(source: ts.SourceFile, problem: SyntaxProblem): Misplaced | undefined {
  const { text } = source
  const guesses =
    text.length > MAX_LENGTH ? [] : guessesOf(bracketsOf(text), problem.start, problem.start >= text.trimEnd().length).slice(0, MAX_GUESSES)
  const before = new Set(parseProblems(source).flatMap(({ start }) => (start < problem.start ? start : [])))
  const right = guesses
    .flatMap(guess => extents(text, guess))
    .find(({ at, length, opens }) => {
      // A value fits where something opened: `const a = 0`, `if (a) 0`.
      const left = parseProblems(parseBare(replaced(text, at, (opens ? '0' : ' ').padEnd(length))))
      return left.every(({ start }) => start > problem.start || before.has(start))
    })
  if (right) return said(text, right)
  return isStray(text, problem) ? said(text, { at: problem.start, length: 1, opens: false }) : undefined
}

/** Whether the parser stumbled over a closing bracket where a statement should begin. */
export function isStray(text: string, { code, start, message }: SyntaxProblem): boolean {
  return (code === STRAY || message.startsWith("';'")) && '})]'.includes(text[start] ?? ' ')
}

function said(text: string, { at, length, opens }: Omit<Misplaced, 'message'>): Misplaced {
  return { at, length, opens, message: `This \`${text.slice(at, at + length)}\` ${opens ? 'is never closed' : 'closes nothing'}.` }
}

/** The bracket alone, or with those that close right behind it. */
function extents(text: string, { at, opens }: Bracket): Omit<Misplaced, 'message'>[] {
  const run = opens ? 1 : /^[})\]]+/.exec(text.slice(at))![0].length
  return [...new Set([1, run])].map(length => ({ at, length, opens }))
}

/** The text with other characters at a place, as many as were there. */
export function replaced(text: string, at: number, characters: string): string {
  return text.slice(0, at) + characters + text.slice(at + characters.length)
}

/** Brackets up to a place that may be wrong, the likeliest first. None when nesting and indentation agree. */
function guessesOf(brackets: readonly Bracket[], end: number, atEnd: boolean): Bracket[] {
  const open: Bracket[] = []
  const strays: Bracket[] = []
  const unclosed: Bracket[] = []
  for (const bracket of brackets) {
    if (bracket.opens) {
      open.push(bracket)
      continue
    }
    const opener = open.at(-1)?.kind === bracket.kind ? open.pop() : undefined
    if (!opener || !bracket.leads || opener.indent === bracket.indent) continue
    // Further in than what it closes: it is one too many. Further out: what it closes was never closed.
    if (bracket.indent > opener.indent) strays.push(bracket)
    else unclosed.push(opener)
  }
  const askew = [...strays, ...unclosed]
  const never = open.reverse()
  // At the end of the text any may be missing. In its midst the last one is being written, unless another is plainly wrong.
  const likely = atEnd ? [...askew, ...never] : askew.length > 0 ? askew : never.slice(0, 1)
  return likely.filter(({ at }) => at < end)
}

const OPENING = { [ts.SyntaxKind.OpenBraceToken]: '{', [ts.SyntaxKind.OpenParenToken]: '(', [ts.SyntaxKind.OpenBracketToken]: '[' } as const
const CLOSING = {
  [ts.SyntaxKind.CloseBraceToken]: '{',
  [ts.SyntaxKind.CloseParenToken]: '(',
  [ts.SyntaxKind.CloseBracketToken]: '['
} as const

/** All brackets of the text, also those that the parser skipped; not those in strings, comments, templates and regular expressions. */
export function bracketsOf(text: string): Bracket[] {
  const found: Bracket[] = []
  const add = (kind: Bracket['kind'], opens: boolean): void => {
    const at = scanner.getTokenStart()
    const line = text.lastIndexOf('\n', at - 1) + 1
    const indent = /^[ \t]*/.exec(text.slice(line, at))![0].length
    found.push({ at, kind, opens, indent, leads: line + indent === at })
  }
  const scanner = ts.createScanner(ts.ScriptTarget.ESNext, true, ts.LanguageVariant.Standard, text)
  /** How many braces were open where each template began a part that is computed. */
  const templates: number[] = []
  let braces = 0
  let before = ts.SyntaxKind.Unknown
  for (let token = scanner.scan(); token !== ts.SyntaxKind.EndOfFileToken; token = scanner.scan()) {
    if ((token === ts.SyntaxKind.SlashToken || token === ts.SyntaxKind.SlashEqualsToken) && !endsValue(before))
      token = scanner.reScanSlashToken()
    if (token === ts.SyntaxKind.TemplateHead) templates.push(braces)
    if (token === ts.SyntaxKind.CloseBraceToken && templates.at(-1) === braces) {
      token = scanner.reScanTemplateToken(false)
      if (token === ts.SyntaxKind.TemplateTail) templates.pop()
    } else if (Object.hasOwn(OPENING, token)) add(OPENING[token as keyof typeof OPENING], true)
    else if (Object.hasOwn(CLOSING, token)) add(CLOSING[token as keyof typeof CLOSING], false)
    if (token === ts.SyntaxKind.OpenBraceToken) braces++
    if (token === ts.SyntaxKind.CloseBraceToken) braces--
    before = token
  }
  return found
}

/** Whether a slash behind a token divides, rather than beginning a regular expression. */
function endsValue(token: ts.SyntaxKind): boolean {
  return (
    token === ts.SyntaxKind.Identifier ||
    token === ts.SyntaxKind.ThisKeyword ||
    Object.hasOwn(CLOSING, token) ||
    (token >= ts.SyntaxKind.FirstLiteralToken && token <= ts.SyntaxKind.LastLiteralToken) ||
    token === ts.SyntaxKind.TemplateTail
  )
}
