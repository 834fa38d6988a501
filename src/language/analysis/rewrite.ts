import ts from 'typescript'
import type { Edit, Fix } from '../problem.ts'
import { statementOf } from './nodes.ts'

/** The white space before the first character of a node's line. */
export function indentOf(node: ts.Node): string {
  const text = node.getSourceFile().text
  const start = node.getStart()
  const line = text.lastIndexOf('\n', start - 1) + 1
  return /^[ \t]*/.exec(text.slice(line, start))![0]
}

export function newLineOf(source: ts.SourceFile): string {
  return source.text.includes('\r\n') ? '\r\n' : '\n'
}

/** Puts lines before a statement, at its indentation. A statement that is the only one of an `if` without braces gets braces. */
export function insertBefore(node: ts.Node, lines: readonly string[]): Edit[] {
  const statement = statementOf(node) ?? node
  const source = statement.getSourceFile()
  const eol = newLineOf(source)
  const start = statement.getStart()
  if (needsBraces(statement)) return braced(statement, lines, [])
  const indent = indentOf(statement)
  return [{ span: { start, end: start }, text: lines.map(line => `${line}${eol}${indent}`).join('') }]
}

/** Puts lines behind a statement, at its indentation. */
export function insertAfter(node: ts.Node, lines: readonly string[]): Edit[] {
  const statement = statementOf(node) ?? node
  const source = statement.getSourceFile()
  if (needsBraces(statement)) return braced(statement, [], lines)
  const indent = indentOf(statement)
  // A comment that ends the line stays with its statement.
  const rest = /^;?[ \t]*(\/\/[^\r\n]*)?/.exec(source.text.slice(statement.end))![0]
  const end = statement.end + rest.length
  return [{ span: { start: end, end }, text: lines.map(line => `${newLineOf(source)}${indent}${line}`).join('') }]
}

function needsBraces(statement: ts.Node): boolean {
  const { parent } = statement
  return (ts.isIfStatement(parent) || ts.isIterationStatement(parent, false)) && !ts.isBlock(statement)
}

function braced(statement: ts.Node, before: readonly string[], after: readonly string[]): Edit[] {
  const source = statement.getSourceFile()
  const eol = newLineOf(source)
  const indent = indentOf(statement.parent)
  const inner = [...before, statement.getText(), ...after].map(line => `${indent}  ${line}${eol}`).join('')
  return [{ span: { start: statement.getStart(), end: statement.end }, text: `{${eol}${inner}${indent}}` }]
}

export function replace(node: ts.Node, text: string): Edit {
  return { span: { start: node.getStart(), end: node.end }, text }
}

export function fix(title: string, edits: readonly Edit[], safe = false): Fix {
  return { title, edits, ...(safe && { safe }) }
}

/** The closest of some names within a few slips of the keyboard, or undefined. */
export function closest(word: string, names: readonly string[]): string | undefined {
  const limit = Math.max(2, Math.floor(word.length / 3))
  const ranked = names
    .map(name => ({ name, distance: distance(word.toLowerCase(), name.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance)
  return ranked[0] && ranked[0].distance <= limit ? ranked[0].name : undefined
}

/** Levenshtein's distance. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      next.push(Math.min(next[j - 1]! + 1, row[j]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)))
    }
    row = next
  }
  return row[b.length]!
}
