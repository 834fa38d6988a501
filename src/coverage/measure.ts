import type { CoveredScript, ScriptCounts, Span } from '../protocol/coverage.ts'
import { type Part, type Point, type Structure, structureOf } from './structure.ts'

type Functions = ScriptCounts['functions']

/** Texts are asked for again and again: each scenario runs the same hooks. */
const KEPT = 500
const known = new Map<string, Structure | undefined>()

/**
 * Turns what V8 counted into counts of statements, decisions and functions. A way of a decision that is not written down may count less than 0 in a
 * part of a run, when its decision was made in an earlier one; sums of all parts are right.
 *
 * @returns undefined for a text that cannot be read as a script
 */
export function measure({ file, text, at, functions }: ScriptCounts): CoveredScript | undefined {
  const structure = remembered(text)
  if (!structure) return undefined
  const spanOf = spans(text, at)
  const countAt = counter(structure, functions, text.length)
  return {
    file,
    at: `${at.line}:${at.column}`,
    version: versionOf(text),
    statements: structure.statements.map(({ part, point }) => ({ span: spanOf(part), count: countAt(point) })),
    branches: structure.decisions.map(({ part, point, ways }) => {
      const written = ways.map(way => (way.point ? countAt(way.point) : 0))
      const rest = countAt(point) - written.reduce((sum, count) => sum + count, 0)
      return {
        span: spanOf(part),
        ways: ways.map((way, index) =>
          way.part ? { name: way.name, span: spanOf(way.part), count: written[index]! } : { name: way.name, count: rest }
        )
      }
    }),
    functions: structure.functions.map(({ name, part, point }) => ({ name, span: spanOf(part), count: countAt(point) }))
  }
}

function remembered(text: string): Structure | undefined {
  if (!known.has(text)) {
    if (known.size >= KEPT) known.delete(known.keys().next().value!)
    known.set(text, structureOf(text))
  }
  return known.get(text)
}

/** V8 leaves functions out that were not called: what lies in one is not counted by the ranges around it. */
function counter(structure: Structure, functions: Functions, length: number): (point: Point) => number {
  const byFunction = structure.functions.map(one => functions.filter(({ ranges: [range] }) => range && one.isOf(range[0], range[1])))
  const inner = new Set(byFunction.flat())
  const outermost = functions.filter(one => !inner.has(one) && one.ranges[0]?.[0] === 0)
  return ({ offset, within }) => {
    const mine = within === undefined ? outermost : byFunction[within]!
    // Outer ranges come first, so the last that holds the offset is the innermost.
    // V8 takes the last character of a body for its closing bracket.
    const counts = mine.map(
      ({ ranges }) => ranges.findLast(([start, end]) => start <= offset && (offset < end || end === length - 1))?.[2] ?? 0
    )
    return Math.max(0, ...counts)
  }
}

function spans(text: string, at: { line: number; column: number }): (part: Part) => Span {
  const starts = [0]
  for (let index = text.indexOf('\n'); index !== -1; index = text.indexOf('\n', index + 1)) starts.push(index + 1)
  const place = (offset: number) => {
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (starts[middle]! <= offset) low = middle
      else high = middle - 1
    }
    return { line: at.line + low + 1, column: offset - starts[low]! + 1 + (low === 0 ? at.column : 0) }
  }
  return ({ start, end }) => {
    const [from, to] = [place(start), place(end)]
    return { ...from, endLine: to.line, endColumn: to.column }
  }
}

/** Short, and another for another text (FNV-1a with the length). */
function versionOf(text: string): string {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  return `${text.length}-${(hash >>> 0).toString(16)}`
}
