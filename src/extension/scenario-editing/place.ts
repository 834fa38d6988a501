import { isAlias, isMap, isPair, isScalar, isSeq, type Node, type Pair, parseDocument, type Scalar } from 'yaml'
import type { Path } from './schema.ts'

/** Where the cursor stands in a scenario file. */
export interface Place {
  /** Of the map, list item or value. */
  readonly path: Path
  /** `key`: a key of the map at the path; `value`: the value there; `item`: an item of a list, which may be a word or the first key of a map. */
  readonly what: 'key' | 'value' | 'item'
  /** The word that is being typed. */
  readonly word: string
  /** Keys that the map has already. */
  readonly taken: readonly string[]
}

const MARK = '__here__'

/** What may be typed at an offset. Undefined in comments, block texts and texts that are no YAML. */
export function placeAt(text: string, offset: number): Place | undefined {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset)
  if (/(^|\s)#/.test(line)) return undefined
  const word = /[\w.$#/-]*$/.exec(line)![0]
  const before = line.slice(0, line.length - word.length)
  const rest = /^[\w.$#/-]*/.exec(text.slice(offset))![0].length
  const isKey = /^\s*(-\s+)*$/.test(before) || /[{,]\s*$/.test(before.replace(/\[[^\]{]*$/, ''))
  const isItem = /^\s*(-\s+)+$/.test(before) || (!isKey && /\[[^\]]*$/.test(before))
  const hasValue = /^\s*:/.test(text.slice(offset + rest))
  const mark = isKey && !hasValue ? `${MARK}: 0` : MARK
  const marked = text.slice(0, offset - word.length) + mark + text.slice(offset + rest)
  const found = findMark(marked)
  if (!found) return undefined
  return { ...found, word, what: isItem ? 'item' : found.what }
}

/** The path to the key or value over which an offset lies, with the span of the word. */
export function wordAt(text: string, offset: number): { path: Path; start: number; end: number } | undefined {
  const { contents } = parseDocument(text)
  let found: { path: Path; start: number; end: number } | undefined
  visit(contents as Node | null, [], (scalar, path) => {
    const [start, end] = scalar.range ?? [0, 0]
    if (start <= offset && offset <= end) found ??= { path, start, end }
  })
  return found
}

function findMark(text: string): Omit<Place, 'word'> | undefined {
  let found: Omit<Place, 'word'> | undefined
  visit(parseDocument(text).contents as Node | null, [], (scalar, path, pair, siblings) => {
    if (found || !String(scalar.value).includes(MARK)) return
    found = pair?.key === scalar ? { path: path.slice(0, -1), what: 'key', taken: siblings } : { path, what: 'value', taken: [] }
  })
  return found
}

type Visitor = (scalar: Scalar, path: Path, pair: Pair | undefined, siblings: string[]) => void

function visit(node: Node | null, path: Path, visitor: Visitor, pair?: Pair): void {
  if (!node || isAlias(node)) return
  if (isScalar(node)) visitor(node, path, pair, [])
  else if (isSeq(node)) node.items.forEach((item, index) => void visit(item as Node, [...path, index], visitor))
  else if (isMap(node)) {
    const keys = node.items.map(({ key }) => String(isScalar(key) ? key.value : key))
    for (const item of node.items) {
      if (!isPair(item) || !isScalar(item.key)) continue
      const inside = [...path, String(item.key.value)]
      visitor(
        item.key,
        inside,
        item,
        keys.filter(key => !key.includes(MARK))
      )
      visit(item.value as Node | null, inside, visitor, item)
    }
  }
}
