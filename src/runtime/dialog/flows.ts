import { join } from 'node:path'
import type { Place } from '../../trace/entry.ts'
import type { GhostFiles } from '../files.ts'
import { type OnProblem, placeAt, placeOf, readJson } from '../json-file.ts'

export interface Transition {
  condition: string
  node: string
  caption?: string
}

export interface FlowNode {
  id: string
  name: string
  type?: string
  onEnter?: string[] | null
  onReceive?: string[] | null
  next?: Transition[]
  flow?: string
  skill?: string
  content?: { contentType: string; formData: Record<string, unknown> }
  /** Where the conversation goes when it goes stale here (R12.3). */
  timeout?: unknown
}

export interface Flow {
  /** Path below `flows/` with its ending: `orders.flow.json`. */
  name: string
  /** Absolute path. */
  file: string
  version: string
  startNode: string
  catchAll?: { onReceive?: string[]; next?: Transition[] }
  skillData?: unknown
  label?: string
  description?: string
  nodes: FlowNode[]
}

/** Types that a node may have (F6); two of them make a difference. */
const NODE_TYPES = 'standard skill-call listen say_something success failure trigger execute router action'.split(' ')

/** Loads a bot's flows: all of them, or none (R10.16). */
export class FlowStore {
  readonly #root: string
  readonly #files: GhostFiles
  readonly #onProblem: OnProblem
  readonly #anyCase: boolean
  #cache = new Map<string, Flow[]>()
  #places = new Map<string, Place>()

  /** @param anyCase whether names are found in any letter case: since 12.26.9 */
  constructor(root: string, files: GhostFiles, onProblem: OnProblem, anyCase = true) {
    this.#root = root
    this.#files = files
    this.#anyCase = anyCase
    this.#onProblem = onProblem
  }

  all(botId: string): Flow[] {
    const known = this.#cache.get(botId)
    if (known) return known
    const flows = this.#load(botId)
    this.#cache.set(botId, flows)
    return flows
  }

  /** By name, in any letter case, with or without its ending (R10.1). */
  find(botId: string, name: string): Flow | undefined {
    const wanted = /\.flow\.json$/i.test(name) ? name : `${name}.flow.json`
    const same = this.#anyCase ? (text: string) => text.toLowerCase() === wanted.toLowerCase() : (text: string) => text === wanted
    return this.all(botId).find(flow => same(flow.name))
  }

  changed(files: readonly string[]): void {
    if (!files.some(file => /\/flows\//.test(file.replaceAll('\\', '/')))) return
    this.#cache.clear()
    this.#places.clear()
  }

  /** Where a node stands in its flow's file, and within it one of its texts: an instruction, a condition, a target. */
  place(flow: Flow, nodeName: string, text?: string): Place {
    const key = `${flow.file}\n${nodeName}\n${text ?? ''}`
    let place = this.#places.get(key)
    if (!place) {
      place = this.#findPlace(flow.file, nodeName, text)
      this.#places.set(key, place)
    }
    return place
  }

  #findPlace(file: string, nodeName: string, text: string | undefined): Place {
    if (!this.#files.has(file)) return { file }
    const code = this.#files.readText(file)
    const at = new RegExp(`"name"\\s*:\\s*${escaped(JSON.stringify(nodeName))}`).exec(code)?.index
    if (at === undefined) return { file }
    const found = text === undefined ? -1 : code.indexOf(JSON.stringify(text), at)
    return placeAt(file, code, found < 0 ? at : found)
  }

  #load(botId: string): Flow[] {
    const folder = join(this.#root, 'data', 'bots', botId, 'flows')
    const flows: Flow[] = []
    for (const name of this.#files.below(folder).filter(path => path.endsWith('.flow.json'))) {
      const file = join(folder, ...name.split('/'))
      try {
        flows.push(this.#read(name, file))
      } catch (error) {
        this.#onProblem(placeOf(error, file), `${(error as Error).message}. Botpress then loads none of the bot's flows.`)
        return []
      }
    }
    for (const flow of flows) this.#checkTypes(flow)
    return flows
  }

  /** @throws what keeps the bot's flows from being loaded */
  #read(name: string, file: string): Flow {
    if (!this.#files.has(file.replace(/\.flow\.json$/, '.ui.json')))
      throw new Error(`The layout file ${name.replace(/\.flow\.json$/, '.ui.json')} is missing`)
    const raw = readJson(this.#files, file) as Record<string, unknown>
    const problem = problemOfFlow(raw)
    if (problem !== undefined) throw new Error(problem)
    const { version, catchAll, startNode, skillData, label, description, nodes } = raw as unknown as Flow
    // Everything else is dropped on load, a flow-level `timeoutNode` too (R10.17).
    return {
      name,
      file,
      version,
      startNode,
      nodes,
      ...(catchAll && { catchAll }),
      skillData,
      ...(label && { label }),
      ...(description && { description })
    }
  }

  /** The server takes any type; an author who misspelt one wants to know. */
  #checkTypes(flow: Flow): void {
    for (const { name, type } of flow.nodes) {
      if (type === undefined || NODE_TYPES.includes(type)) continue
      this.#onProblem(
        this.place(flow, name, type),
        `Node "${name}" has the type "${type}", which does not exist; it works like a standard node. Types are ${NODE_TYPES.join(', ')}.`
      )
    }
  }
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** What is checked on load, and nothing else (F4). */
function problemOfFlow(flow: Record<string, unknown>): string | undefined {
  if (typeof flow !== 'object' || flow === null) return 'The flow is no object'
  const { version, startNode, nodes, catchAll } = flow as unknown as Flow
  if (typeof version !== 'string' || !version.startsWith('0.')) return '"version" must be a text that starts with "0."'
  if (!Array.isArray(nodes)) return '"nodes" must be a list'
  if (typeof startNode !== 'string') return '"startNode" must be a text'
  if (!nodes.some(node => node?.name === startNode)) return `The start node "${startNode}" does not exist`
  if (catchAll && 'onEnter' in catchAll && (catchAll as { onEnter?: unknown }).onEnter) return '"catchAll" may not have "onEnter"'
  const bad = nodes.find(node => typeof node?.id !== 'string' || node.id.length <= 3)
  return bad ? `Node "${bad?.name}" needs an id of more than 3 characters` : undefined
}
