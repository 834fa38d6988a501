import type { Span } from './body-map.ts'
import type { Edit, Problem } from './problem.ts'

/** `// proactive-hooks-disable-next-line BPH004, BPH006` and the like; in HTML also within `<!-- … -->`. Without names it silences everything. */
const COMMENT = /proactive-hooks-disable(-next-line|-line)?(?![\w-])[ \t]*:?[ \t]*((?:[\w-]+(?:[ \t]*,[ \t]*|[ \t]+|(?=\s|$|\*|-->)))*)/g

interface Silence {
  /** Line from 0; undefined for the whole file. */
  readonly line?: number
  /** Ids and names; empty for all. */
  readonly rules: ReadonlySet<string>
}

/** Leaves out the problems that a comment silences. `nameOf` gives a rule's other name. Syntax errors cannot be silenced. */
export function withoutSilenced(text: string, problems: readonly Problem[], nameOf: (code: string) => string | undefined): Problem[] {
  if (!text.includes('proactive-hooks-disable')) return [...problems]
  const lines = lineStarts(text)
  const silences: Silence[] = [...text.matchAll(COMMENT)].map(match => {
    const rules = new Set((match[2] ?? '').split(/[\s,]+/).filter(word => /^(BP[HPXC]|BFP|VFP)\d+$|^[a-z]+(-[a-z0-9]+)+$/.test(word)))
    const line = lineAt(lines, match.index)
    if (match[1] === '-next-line') return { line: line + 1, rules }
    return match[1] === '-line' ? { line, rules } : { rules }
  })
  return problems.filter(problem => {
    if (typeof problem.code !== 'string') return true
    const { code } = problem
    const line = lineAt(lines, problem.span.start)
    const name = nameOf(code)
    return !silences.some(
      silence =>
        (silence.line === undefined || silence.line === line) &&
        (silence.rules.size === 0 || silence.rules.has(code) || (name !== undefined && silence.rules.has(name)))
    )
  })
}

/** The edit that silences a rule on the line of a place, or in the whole file when the problem is one of the file. */
export function silencingEdit(text: string, span: Span, code: string, inMarkup: boolean): Edit {
  const at = span.start
  const start = text.lastIndexOf('\n', at - 1) + 1
  const indent = /^[ \t]*/.exec(text.slice(start))![0]
  const eol = text.includes('\r\n') ? '\r\n' : '\n'
  const words = `proactive-hooks-disable${span.end === 0 ? '' : '-next-line'} ${code}`
  return { span: { start, end: start }, text: `${indent}${inMarkup ? `<!-- ${words} -->` : `// ${words}`}${eol}` }
}

function lineStarts(text: string): number[] {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}

function lineAt(starts: readonly number[], offset: number): number {
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (starts[middle]! <= offset) low = middle
    else high = middle - 1
  }
  return low
}
