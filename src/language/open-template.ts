import ts from 'typescript'
import { walk } from './analysis/nodes.ts'
import { parseBare, parseProblems } from './bare-syntax.ts'
import { type Bracket, bracketsOf } from './brackets.ts'

/** "Unterminated template literal" */
export const TEMPLATE_OPEN = 1160
const MAX_GUESSES = 6
const CLOSING = { '{': '}', '(': ')', '[': ']' } as const

/** A template whose end is missing. It goes on to the next backtick, and what that one began is read as code. */
export interface OpenTemplate {
  /** Of its backtick. */
  readonly at: number
  /** The text with the template ended where its line ends, of the same length. */
  readonly ended: string
}

/**
 * The template that was meant to end on the line on which it begins. Backticks come in pairs: with one missing the parser finds a template open at the end
 * of the text, whichever it is. Ended on its line, with the brackets that its line left open, the right one leaves nothing wrong. When none does, because more
 * is wrong below, it is the one that is open at the end.
 *
 * @returns undefined when all templates end
 */
export function openTemplate(source: ts.SourceFile): OpenTemplate | undefined {
  const problems = parseProblems(source)
  if (!problems.some(({ code }) => code === TEMPLATE_OPEN)) return undefined
  const { text } = source
  const starts: number[] = []
  let last: number | undefined
  walk(source, node => {
    if (!ts.isTemplateExpression(node) && !ts.isNoSubstitutionTemplateLiteral(node)) return
    if (text.slice(node.getStart(), node.end).includes('\n')) starts.push(node.getStart())
    if (node.end >= text.trimEnd().length) last ??= node.getStart()
  })
  const noticed = problems[0]!.start
  const before = new Set(problems.map(({ start }) => start))
  const left = (ended: string, at: number): boolean => {
    const next = tokenAfter(text, lineEnd(text, at))
    return parseProblems(parseBare(ended)).every(
      ({ code, start }) => code !== TEMPLATE_OPEN && (start > noticed || start <= next || before.has(start))
    )
  }
  for (const at of starts.slice(0, MAX_GUESSES)) {
    const open = openOnLine(text, at)
    const ended = [endedAt(text, at, []), endedAt(text, at, open)].find(ended => left(ended, at))
    if (ended !== undefined) return { at, ended }
  }
  if (last === undefined) return undefined
  // What the line opened may be closed below; more is wrong there, so it cannot be tried.
  const goesOn = /^[,)}\]]/.test(text.slice(tokenAfter(text, lineEnd(text, last))))
  return { at: last, ended: endedAt(text, last, goesOn ? [] : openOnLine(text, last)) }
}

/**
 * The template ends where its line does, and so do the brackets that the line opened: a literal that stays open would take all below for its own. The length
 * stays what it is, so where the template is too short for that, what stands in the brackets makes room.
 */
function endedAt(text: string, at: number, open: readonly Bracket[]): string {
  const end = lineEnd(text, at)
  const closing = open.map(({ kind }) => CLOSING[kind])
  const filled = (from: number, code: string): string => text.slice(0, from) + code.padEnd(end - from) + text.slice(end)
  const ending = `\`${closing.join('')}`
  if (end - at > ending.length && !text.slice(at, end).includes('${')) return filled(end - ending.length, ending)
  if (end - at >= ending.length) return filled(at, `0${closing.join('')}`)
  const inner = open.findIndex(({ at: opener }, index) => end - opener > closing.length - index)
  return filled(open[inner]!.at + 1, closing.slice(inner).join(''))
}

/** Brackets that are open between the start of a line and a place on it, the last one first. */
function openOnLine(text: string, at: number): Bracket[] {
  const line = text.lastIndexOf('\n', at - 1) + 1
  const open: Bracket[] = []
  for (const bracket of bracketsOf(text.slice(0, at))) {
    if (bracket.at < line) continue
    if (bracket.opens) open.unshift(bracket)
    else open.shift()
  }
  return open
}

function lineEnd(text: string, at: number): number {
  return at + /^[^\r\n]*/.exec(text.slice(at))![0].length
}

function tokenAfter(text: string, at: number): number {
  return at + /^(?:\s|\/\/.*|\/\*[\s\S]*?\*\/)*/.exec(text.slice(at))![0].length
}
