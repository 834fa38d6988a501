import { isMap, isNode, isPair, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml'
import type { Range, ScenarioProblem } from '../../protocol/scenario.ts'

export type Path = readonly PropertyKey[]

/** Bigger files are no scenarios: a mistake, or a trace that got the wrong name. */
export const MAX_BYTES = 1_000_000

/** A scenario file as it was written: its values, and where each of them stands. YAML and JSON are read alike, the one contains the other. */
export class Source {
  readonly file: string
  readonly value: unknown
  /** Why it could not be read. */
  readonly problem: ScenarioProblem | undefined
  readonly #lines = new LineCounter()
  readonly #root: Node | null

  constructor(file: string, text: string) {
    this.file = file
    this.#root = null
    if (text.length > MAX_BYTES) {
      const size = `${(text.length / 1e6).toFixed(1)} MB`
      this.problem = this.#whole('TOO_BIG', `This file has ${size}; a scenario file has at most ${MAX_BYTES / 1e6} MB.`)
      return
    }
    try {
      const document = parseDocument(text, { lineCounter: this.#lines, prettyErrors: false })
      const [error] = document.errors
      if (error) {
        const range = this.#range(error.pos[0], error.pos[1])
        this.problem = { code: 'NOT_YAML', message: `This is no YAML: ${firstSentence(error.message)}`, range }
        return
      }
      this.#root = document.contents
      this.value = document.toJS({ maxAliasCount: 100 })
    } catch (error) {
      this.problem = this.#whole('NOT_YAML', `This is no YAML: ${firstSentence((error as Error).message)}`)
    }
  }

  /** Where the value stands; of what is not there, the nearest thing above it. `key`: the word before it instead. */
  range(path: Path, key = false): Range {
    let node: unknown = this.#root
    let word: unknown
    for (const part of path) {
      const next = childOf(node, part)
      if (!next) break
      word = next.key ?? next.value
      node = next.value ?? next.key
    }
    const found = (key && isNode(word) ? word : node) as Node | null
    const [start, end] = found?.range ?? [0, 0]
    return this.#range(start, end)
  }

  #range(start: number, end: number): Range {
    const from = this.#lines.linePos(start)
    const to = this.#lines.linePos(end)
    // linePos answers 0 before the first line is known.
    return { file: this.file, line: from.line || 1, column: from.col || 1, endLine: to.line || 1, endColumn: to.col || 1 }
  }

  #whole(code: string, message: string): ScenarioProblem {
    return { code, message, range: { file: this.file, line: 1, column: 1 } }
  }
}

function childOf(node: unknown, part: PropertyKey): { key?: unknown; value?: unknown } | undefined {
  if (isMap(node)) {
    const pair = node.items.find(item => isPair(item) && isScalar(item.key) && String(item.key.value) === String(part))
    return pair && { key: pair.key, value: pair.value }
  }
  if (isSeq(node) && typeof part === 'number' && node.items[part] !== undefined) return { value: node.items[part] }
  return undefined
}

const firstSentence = (text: string) => text.split('\n')[0]!.replace(/\.?$/, '.')
