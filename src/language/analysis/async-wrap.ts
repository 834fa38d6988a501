import ts from 'typescript'
import type { Edit, Fix } from '../problem.ts'
import { walk } from './nodes.ts'
import { fix, newLineOf } from './rewrite.ts'

/** Makes an `await` legal: the function around it becomes async, or the whole hook becomes the body of one whose result it returns. */
export function awaitFix(source: ts.SourceFile, inside: ts.FunctionLikeDeclaration | undefined): Fix {
  if (inside) {
    // Before the name of a method, before `function` or the parameters of anything else.
    const at = inside.getStart()
    return fix('Make the function async', [{ span: { start: at, end: at }, text: 'async ' }], true)
  }
  return fix('Run the hook in an async function', wrapped(source), true)
}

function wrapped(source: ts.SourceFile): Edit[] {
  const { text } = source
  const eol = newLineOf(source)
  const fixed = linesWithin(source)
  const lines = [...text.matchAll(/^(?=.*\S)/gm)]
    .map(({ index }) => index)
    .filter(at => !fixed.some(({ pos, end }) => at > pos && at < end))
  const start: Edit = { span: { start: 0, end: 0 }, text: `const run = async () => {${eol}` }
  const tail = text === '' || text.endsWith('\n') ? '' : eol
  const end: Edit = { span: { start: text.length, end: text.length }, text: `${tail}}${eol}return run()${eol}` }
  const [first, ...rest] = lines
  // One edit a place: the first line's indentation belongs to what is put before it.
  const begin = first === 0 ? { ...start, text: `${start.text}  ` } : start
  return [begin, ...(first === 0 ? rest : lines).map(at => ({ span: { start: at, end: at }, text: '  ' })), end]
}

/** Templates keep the white space at the start of their lines. */
function linesWithin(source: ts.SourceFile): ts.Node[] {
  const found: ts.Node[] = []
  walk(source, node => {
    if (ts.isTemplateExpression(node) || ts.isNoSubstitutionTemplateLiteral(node)) found.push(node)
  })
  return found
}
