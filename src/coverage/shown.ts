import type { Span } from '../protocol/coverage.ts'

/** Behind the last character of any line. */
export const LINE_END = 0x7fffffff

/**
 * The lines that a statement or a way has for itself: up to the first statement inside that begins in a later line. An editor colours lines; a function
 * that was made and never called would otherwise lend the colour of its making to every line of its body, and these would look half executed.
 */
export function ownLines(span: Span, statements: readonly { readonly span: Span }[]): Span {
  const inner = statements
    .map(one => one.span.line)
    .filter(line => line > span.line && line <= span.endLine)
    .sort((a, b) => a - b)[0]
  return inner === undefined ? span : { ...span, endLine: inner - 1, endColumn: LINE_END }
}
