import ts from 'typescript'
import { walk } from './analysis/nodes.ts'
import { parseBare, parseProblems } from './bare-syntax.ts'
import { bracketsOf } from './brackets.ts'

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
  const right = starts.slice(0, MAX_GUESSES).find(at => {
    const end = lineEnd(text, at)
    const next = tokenAfter(text, end)
    const closing = closingOf(text, at)
    return ['', closing].some(behind => {
      const ended = endedAt(text, at)
      const left = parseProblems(parseBare(ended.slice(0, end) + behind + ended.slice(end)))
      return left.every(({ code, start: found }) => {
        const start = found < end ? found : found - behind.length
        return code !== TEMPLATE_OPEN && (start > noticed || start <= next || before.has(start))
      })
    })
  })
  const at = right ?? last
  return at === undefined ? undefined : { at, ended: endedAt(text, at) }
}

/** With a backtick in place of the line's last character; a value where the backtick is that itself. */
function endedAt(text: string, at: number): string {
  const last = lineEnd(text, at) - 1
  return `${text.slice(0, last)}${last === at ? '0' : '`'}${text.slice(last + 1)}`
}

/** What closes the brackets that are open between the start of a line and a place on it. */
function closingOf(text: string, at: number): string {
  const line = text.lastIndexOf('\n', at - 1) + 1
  const open: string[] = []
  for (const { at: place, opens, kind } of bracketsOf(text.slice(0, at))) {
    if (place < line) continue
    if (opens) open.unshift(CLOSING[kind])
    else open.shift()
  }
  return open.join('')
}

function lineEnd(text: string, at: number): number {
  return at + /^[^\r\n]*/.exec(text.slice(at))![0].length
}

function tokenAfter(text: string, at: number): number {
  return at + /^(?:\s|\/\/.*|\/\*[\s\S]*?\*\/)*/.exec(text.slice(at))![0].length
}
