import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { filesBelow } from '../scripts/discover.ts'

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

/** Loads a bot's flows: all of them, or none (R10.16). */
export class FlowStore {
  readonly #root: string
  readonly #onProblem: (file: string, problem: string) => void
  #cache = new Map<string, Flow[]>()

  readonly #anyCase: boolean

  /** @param anyCase whether names are found in any letter case: since 12.26.9 */
  constructor(root: string, onProblem: (file: string, problem: string) => void, anyCase = true) {
    this.#root = root
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
    if (files.some(file => /\/flows\//.test(file.replaceAll('\\', '/')))) this.#cache.clear()
  }

  #load(botId: string): Flow[] {
    const folder = join(this.#root, 'data', 'bots', botId, 'flows')
    const names = [...filesBelow(folder)].filter(path => path.endsWith('.flow.json')).sort()
    const flows: Flow[] = []
    for (const name of names) {
      const file = join(folder, ...name.split('/'))
      const problem = this.#read(name, file, flows)
      if (problem === undefined) continue
      this.#onProblem(file, `${problem}. Botpress then loads none of the bot's flows (R10.16).`)
      return []
    }
    return flows
  }

  #read(name: string, file: string, flows: Flow[]): string | undefined {
    if (!existsSync(file.replace(/\.flow\.json$/, '.ui.json')))
      return `The layout file ${name.replace(/\.flow\.json$/, '.ui.json')} is missing`
    let raw: Record<string, unknown>
    try {
      raw = JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''))
    } catch (error) {
      return `The file cannot be read: ${(error as Error).message}`
    }
    const problem = problemOfFlow(raw)
    if (problem !== undefined) return problem
    const { version, catchAll, startNode, skillData, label, description, nodes } = raw as unknown as Flow
    // Everything else is dropped on load, a flow-level `timeoutNode` too (R10.17).
    flows.push({
      name,
      file,
      version,
      startNode,
      nodes,
      ...(catchAll && { catchAll }),
      skillData,
      ...(label && { label }),
      ...(description && { description })
    })
    return undefined
  }
}

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
