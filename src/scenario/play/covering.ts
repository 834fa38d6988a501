import { globSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { locateHook } from '../../botpress/hook-path.ts'
import { CoverageCollection } from '../../coverage/collection.ts'
import { measure } from '../../coverage/measure.ts'
import type { CoveredScript, ScriptCounts } from '../../protocol/coverage.ts'
import { Coverage } from '../../runtime/coverage.ts'

/** What a run of scenarios executes: of pages in this process, of hooks and actions in the engines'. */
export class Covering {
  /** Folders with `data/`. */
  readonly #roots = new Set<string>()
  /** Folders with pages. */
  readonly #bases = new Set<string>()
  readonly #pages = new Coverage(url => this.#pageOf(url))
  #scenario = new CoverageCollection()

  /** A scenario of a workspace begins: nothing of it was executed yet. */
  begin(root: string | undefined, base: string | undefined): void {
    if (root !== undefined) this.#roots.add(root)
    if (base !== undefined) this.#bases.add(base)
    this.#pages.take()
    this.#scenario = new CoverageCollection()
  }

  /** What an engine counted. */
  add(counts: readonly ScriptCounts[]): void {
    this.#scenario.add(counts.map(measure).filter(script => script !== undefined))
  }

  /** What was executed since `begin`. */
  end(): CoveredScript[] {
    this.add(this.#pages.take())
    return this.#scenario.scripts
  }

  /** Every hook and action of the workspaces with counts of 0, so that those are seen too which nothing executed. */
  untouched(): CoveredScript[] {
    return [...this.#roots].flatMap(root =>
      globSync('data/{global,bots/*}/{hooks,actions}/**/*.js', { cwd: root, exclude: name => name === 'node_modules' }).flatMap(path => {
        const file = join(root, path)
        if (locateHook(file)?.ignored) return []
        return measure({ file, at: { line: 0, column: 0 }, text: readFileSync(file, 'utf8'), functions: [] }) ?? []
      })
    )
  }

  stop(): void {
    this.#pages.stop()
  }

  #pageOf(url: string): string | undefined {
    if (!url.startsWith('file://')) return undefined
    const file = fileURLToPath(url)
    return [...this.#bases].some(base => file.startsWith(base + sep)) && !/[\\/]node_modules[\\/]/.test(file) ? file : undefined
  }
}
