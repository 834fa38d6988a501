import { inspect } from 'node:util'

/** `console.table` in the layout of Node 12: cells are centred. Undefined for values that have no table. */
export function tableOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const rows = Object.entries(value)
  const columns: string[] = []
  let hasPlain = false
  for (const [, row] of rows) {
    if (typeof row === 'object' && row !== null) for (const key of Object.keys(row)) columns.includes(key) || columns.push(key)
    else hasPlain = true
  }
  const header = ['(index)', ...columns, ...(hasPlain ? ['Values'] : [])]
  const cells = rows.map(([index, row]) => {
    const isObject = typeof row === 'object' && row !== null
    const own = columns.map(key => (isObject && key in row ? inspect((row as Record<string, unknown>)[key], { depth: 0 }) : ''))
    return [index, ...own, ...(hasPlain ? [isObject ? '' : inspect(row)] : [])]
  })
  const widths = header.map((title, column) => Math.max(title.length, ...cells.map(row => row[column]!.length)) + 2)
  const line = (left: string, middle: string, right: string) => left + widths.map(width => '─'.repeat(width)).join(middle) + right
  const row = (texts: string[]) => `│${texts.map((text, column) => centred(text, widths[column]!)).join('│')}│`
  return [line('┌', '┬', '┐'), row(header), line('├', '┼', '┤'), ...cells.map(row), line('└', '┴', '┘')].join('\n')
}

function centred(text: string, width: number): string {
  const left = Math.floor((width - text.length) / 2)
  return ' '.repeat(left) + text + ' '.repeat(width - text.length - left)
}
