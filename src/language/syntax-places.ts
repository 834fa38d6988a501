import ts from 'typescript'
import { walk } from './analysis/nodes.ts'
import { parseBare, parseProblems, type SyntaxProblem } from './bare-syntax.ts'
import { isStray, misplacedBracket, replaced } from './brackets.ts'
import { openTemplate, TEMPLATE_OPEN } from './open-template.ts'

/** So many stray brackets are told apart. */
const MAX_STRAYS = 4

const STATEMENT_STARTS = new Set(
  'async await break case class const continue default delete do else for function if let new return switch throw try typeof var void while'.split(
    ' '
  )
)
const COMMENT_OPEN = 1010
/** "… expected": the parser names the token that it found instead. */
const EXPECTED = new Set([1003, 1005, 1109, 1110, 1135, 1136, 1137, 1138, 1141, 1359])

/**
 * What is wrong with the syntax of a hook: stray brackets, and the first problem of another kind. Each at the place where its author went wrong, which is
 * often lines before the parser notices. What follows from the first is left out.
 */
export function syntaxProblems(source: ts.SourceFile): SyntaxProblem[] {
  const problems: SyntaxProblem[] = []
  let current = source
  for (let [first] = parseProblems(current); first && problems.length < MAX_STRAYS; [first] = parseProblems(current)) {
    const template = openTemplate(current)
    if (template && template.at <= first.start)
      return [...problems, { code: TEMPLATE_OPEN, start: template.at, length: 1, message: 'This template is never closed.' }]
    const dot = halfTypedMember(current, first)
    if (dot !== undefined) return [...problems, { code: 1003, start: dot, length: 1, message: 'The name of a member is missing.' }]
    const bracket = misplacedBracket(current, first)
    if (!bracket) return [...problems, placed(current, first)]
    problems.push({ code: first.code, start: bracket.at, length: bracket.length, message: bracket.message })
    if (bracket.opens) break
    current = parseBare(replaced(current.text, bracket.at, ' '.repeat(bracket.length)))
  }
  return problems
}

/**
 * The text with closing brackets blanked that close nothing, and with an open template ended on its line, of the same length. With a stray brace in it the
 * function around the hook would end there, and all below would lose its types; below an open template code and words would change their parts.
 */
export function mended(source: ts.SourceFile): string {
  const template = openTemplate(source)
  let current = template ? parseBare(template.ended) : source
  for (let round = 0; round < MAX_STRAYS; round++) {
    const stray = parseProblems(current).find(problem => isStray(current.text, problem))
    const bracket = stray && misplacedBracket(current, stray)
    if (!bracket || bracket.opens) break
    current = parseBare(replaced(current.text, bracket.at, ' '.repeat(bracket.length)))
  }
  return current.text
}

function placed(source: ts.SourceFile, problem: SyntaxProblem): SyntaxProblem {
  if (problem.code === COMMENT_OPEN) return { ...problem, start: openComment(source.text), length: 2 }
  const end = EXPECTED.has(problem.code) ? endOfLastToken(source, source, problem.start) : undefined
  if (end === undefined || !source.text.slice(end, problem.start).includes('\n')) return problem
  // What is missing is missing behind the last token, not before the first one of a later line. Behind these something begins, and it is the first one that is wrong.
  return /[,;:({[}]/.test(source.text[end - 1]!) || problem.message.startsWith("','") ? problem : { ...problem, start: end - 1, length: 1 }
}

/** The dot of `event.` at the end of a line, when what stands on the next line was taken for the member's name, such as `const`. */
function halfTypedMember(source: ts.SourceFile, { start }: SyntaxProblem): number | undefined {
  let found: ts.PropertyAccessExpression | undefined
  walk(source, node => {
    if (node.pos > start || !ts.isPropertyAccessExpression(node)) return
    if (source.text.slice(node.expression.end, node.name.getStart()).includes('\n') && (!found || found.pos <= node.pos)) found = node
  })
  const dot = found && source.text.indexOf('.', found.expression.end)
  if (!found || dot === undefined || dot > start) return undefined
  const [next] = parseProblems(parseBare(replaced(source.text, dot, ' ')))
  if (next === undefined || next.start > start) return dot
  return STATEMENT_STARTS.has(found.name.text) && next.start >= found.name.getStart() ? dot : undefined
}

/** Where the comment starts that nothing ends. */
function openComment(text: string): number {
  return text.indexOf('/*', text.lastIndexOf('*/') + 2)
}

function endOfLastToken(source: ts.SourceFile, node: ts.Node, before: number): number | undefined {
  for (const child of node.getChildren(source).toReversed()) {
    if (child.pos >= before || child.getStart(source) >= before || child.end === child.pos) continue
    const end = child.end <= before && child.getChildCount(source) === 0 ? child.end : endOfLastToken(source, child, before)
    if (end !== undefined) return end
  }
  return undefined
}
