import type { PageChoice, PanelState } from '../protocol/panel.ts'
import type { Report, TraceEntry } from '../trace/entry.ts'
import type { Frequency } from '../trace/frequency.ts'
import { devAddress } from './dev-servers.ts'
import { readFrequency } from './frequency-setting.ts'
import { KnownEvents } from './known-events.ts'
import { findPages, type Page } from './pages.ts'
import { type BotpressFolder, botIds, findBotpress } from './workspace.ts'

export const BUILTIN: PageChoice = { id: 'builtin', title: 'Built-in page', botIds: [] }

/** What the opened folder holds for the simulator: the Botpress folder, bots, pages, events worth offering. Looked at anew when files change. */
export class WorkspaceView {
  #folder: string
  #found: BotpressFolder | undefined
  #pages: Page[] = []
  #addresses: PageChoice[] = []
  #known = new KnownEvents()
  #told = new Set<string>()
  /** How often bots may speak first, where the workspace says so. */
  frequency: Frequency | undefined
  #onProblem: (problem: Report & { kind: 'data-problem' }) => void

  /** @param onProblem told once of each thing that keeps a page from working here */
  constructor(folder: string, onProblem: (problem: Report & { kind: 'data-problem' }) => void) {
    this.#folder = folder
    this.#onProblem = onProblem
  }

  /** The folder that holds `data/`, or undefined when none was found. */
  get root(): string | undefined {
    return this.#found?.root
  }

  /** The folder that pages are served from. */
  get base(): string {
    return this.#found?.base ?? this.#folder
  }

  get pageFiles(): string[] {
    return this.#pages.map(({ file }) => file)
  }

  /** A page of a web server on this machine, which is a page like others from now on. @returns false for any other address */
  addAddress(page: string): boolean {
    const url = devAddress(page)
    if (!url) return false
    if (!this.#addresses.some(({ id }) => id === page)) this.#addresses.push({ id: page, title: url.href, botIds: [] })
    return true
  }

  look(): { bots: string[]; pages: PageChoice[] } {
    this.#found ??= findBotpress(this.#folder)
    this.#pages = findPages(this.base)
    const { frequency, problem } = readFrequency([...new Set([this.root ?? this.base, this.base])])
    this.frequency = frequency
    const unreadable: (Report & { kind: 'data-problem' })[] = problem
      ? [{ kind: 'data-problem', at: Date.now(), place: { file: problem.file }, problem: problem.text }]
      : []
    for (const problem of [...unreadable, ...this.#pages.flatMap(page => page.problems)]) {
      const key = `${problem.place.file}:${problem.problem}`
      if (!this.#told.has(key)) this.#onProblem(problem)
      this.#told.add(key)
    }
    return {
      bots: this.root ? botIds(this.root) : [],
      pages: [
        ...this.#pages.map(({ id, title, botIds, plays }) => ({ id, title, botIds, ...(plays && { plays }) })),
        ...this.#addresses,
        BUILTIN
      ]
    }
  }

  /** @returns whether there is something new to offer */
  see(entries: readonly TraceEntry[]): boolean {
    return this.#known.see(entries)
  }

  knownEvents(): PanelState['knownEvents'] {
    return this.#known.list(this.base, this.#pages)
  }
}
