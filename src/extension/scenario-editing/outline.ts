import { isMap, isPair, isScalar, isSeq, type Node, parseAllDocuments } from 'yaml'

/** A step or an expectation for the outline; offsets in the text of the file. */
export interface Part {
  readonly name: string
  readonly detail: string
  readonly kind: 'step' | 'expectation'
  readonly start: number
  readonly end: number
  readonly parts: readonly Part[]
}

const EXPECTATIONS = new Set(['expect', 'expectSilence'])
const LONGEST = 60

/** The steps below an offset in a file: of the innermost map with `steps` whose range holds it, and what is expected in the end. */
export function outlineOf(text: string, offset: number): Part[] {
  const found: Node[] = []
  const look = (node: unknown) => {
    if (isSeq(node)) node.items.forEach(look)
    if (!isMap(node)) return
    const [start, , end] = node.range ?? [0, 0, 0]
    if (start > offset || offset > end) return
    if (node.has('steps')) found.push(node)
    for (const { value } of node.items) look(value)
  }
  for (const document of parseAllDocuments(text)) look((document as { contents?: unknown }).contents)
  const map = found.at(-1)
  if (!isMap(map)) return []
  return [
    ...stepsOf(map.get('steps'), text),
    ...map.items.filter(({ key }) => isScalar(key) && key.value === 'expect').flatMap(pair => partOf(pair, text))
  ]
}

function stepsOf(steps: unknown, text: string): Part[] {
  return isSeq(steps)
    ? steps.items.flatMap(item => (isMap(item) ? partOf(item, text) : isScalar(item) && item.value !== null ? [scalarPart(item)] : []))
    : []
}

const kindOf = (name: string): Part['kind'] => (EXPECTATIONS.has(name) ? 'expectation' : 'step')

function scalarPart(item: { value: unknown; range?: readonly number[] | null }): Part {
  const [start = 0, end = start] = item.range ?? []
  return { name: String(item.value), detail: '', kind: kindOf(String(item.value)), start, end, parts: [] }
}

/** A step is what its first word says; `as` and `tab` only say whose it is. */
function partOf(node: unknown, text: string): Part[] {
  const pairs = isMap(node) ? node.items : isPair(node) ? [node] : []
  const pair = pairs.find(({ key }) => isScalar(key) && !['as', 'tab', 'name'].includes(String(key.value))) ?? pairs[0]
  if (!pair || !isScalar(pair.key)) return []
  const name = String(pair.key.value)
  const value = pair.value as Node | null
  const start = (isMap(node) ? node.range?.[0] : undefined) ?? pair.key.range?.[0] ?? 0
  const end = (isMap(node) ? node.range?.[1] : undefined) ?? value?.range?.[1] ?? start
  const written = value?.range ? text.slice(value.range[0], value.range[1]).replaceAll(/\s+/g, ' ').trim() : ''
  const parts = name === 'together' && isMap(value) ? stepsOf(value.get('steps'), text) : []
  const detail = parts.length > 0 ? '' : written.length > LONGEST ? `${written.slice(0, LONGEST - 1)}…` : written
  return [{ name, detail, kind: kindOf(name), start, end, parts }]
}
