import { cpSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative, sep } from 'node:path'
import { NEWEST } from '../../botpress/versions.ts'
import { EngineHost } from '../../host/engine-host.ts'
import type { ScriptCounts } from '../../protocol/coverage.ts'
import type { NetworkSettings, Push } from '../../protocol/engine.ts'
import type { Report } from '../../trace/entry.ts'
import { TraceLog } from '../../trace/log.ts'
import type { Plan } from '../file/plan.ts'
import { all } from '../file/references.ts'

/** A hook that gives nothing else a turn for so long is stopped. */
const HOOK_LIMIT_MS = 3000
/** Engines that are kept for the next scenario of the same folder. */
const KEPT = 2
/** Unless a scenario says otherwise, hooks call nobody. */
const CLOSED: NetworkSettings = { mode: 'refuse' }

interface House {
  key: string
  host: EngineHost
  trace: TraceLog
  /** What the engine reads: the workspace, or a copy that scenarios may write to. */
  root: string
  /** The workspace that it is a copy of. */
  original: string | undefined
  /** Files that differ from the original. */
  written: Set<string>
  push: (push: Push) => void
  /** What the last scenario still has to say. */
  farewell: () => void
  used: boolean
  /** Network settings of now, as JSON. */
  network: string
}

/** What a scenario is given to play in. */
export interface Room {
  host: EngineHost
  trace: TraceLog
  root: string
  onPush(push: (push: Push) => void): void
  /** Called once, before the next scenario plays here. */
  onLeave(farewell: () => void): void
  /** What hooks may call; costs nothing when it is as before. */
  network(settings: NetworkSettings): Promise<void>
  /** Writes a file of the copy (null: deletes it), by its path below the root; it is put back afterwards. */
  write(file: string, text: string | null): void
}

/** What engines counted, of files in the workspace. */
export type Covered = (scripts: ScriptCounts[]) => void

export interface TheatreOptions {
  /** The engine's entry point. */
  engine: string
  execPath?: string | undefined
  hookLimitMs?: number | undefined
}

/** Keeps engines between scenarios: starting one costs a hundred times as much as renewing it. */
export class Theatre {
  #options: TheatreOptions
  #houses: House[] = []
  /** When it is there, engines count what they execute; it slows them down. */
  covered: Covered | undefined
  /** A debugger will be attached to engines that are started from now on. */
  debuggable = false

  constructor(options: TheatreOptions) {
    this.#options = options
  }

  /**
   * An engine over the plan's folder in which nothing has happened yet.
   *
   * @throws EngineError when none can be started
   */
  async open(plan: Plan, { startAt, seed }: { startAt: number; seed: number }): Promise<Room> {
    const { stuckAfter = 5000, botpressVersion = NEWEST, files = {} } = plan.given
    const writes = Object.keys(files).length > 0 || all(plan.steps).some(({ step }) => step.save !== undefined)
    const key = JSON.stringify([plan.root, stuckAfter, botpressVersion, writes, this.covered !== undefined, this.debuggable])
    let house = this.#houses.find(one => one.key === key && one.host.status.status !== 'failed')
    if (!house) {
      await this.#makeRoom()
      house = this.#build(plan.root!, key, { stuckAfterMs: stuckAfter, botpressVersion, startAt, seed }, writes)
      this.#houses.push(house)
    }
    this.#houses.sort((a, b) => Number(a === house) - Number(b === house))
    if (house.original !== undefined) await this.#dress(house, files)
    house.push = () => {}
    house.trace.clear()
    await house.host.ready()
    const { farewell } = house
    house.farewell = () => {}
    farewell()
    // The first scenario plays in the engine as it was started.
    if (house.used) await house.host.call('renew', { startAt, seed })
    house.used = true
    const { host, trace, root, written } = house
    return {
      host,
      trace,
      root,
      onPush: push => {
        house.push = push
      },
      onLeave: farewell => {
        house.farewell = farewell
      },
      write: (file, text) => {
        written.add(file)
        writeBelow(root, file, text)
      },
      network: async settings => {
        const wanted = JSON.stringify(settings)
        if (wanted === house.network) return
        await host.call('network', settings)
        house.network = wanted
      }
    }
  }

  /** Opens the inspector of the engine in which the plan will play. While it is open the engine is not stopped, however long it stands still. */
  async inspect(plan: Plan, seed: number): Promise<{ url: string; pid: number }> {
    const { host } = await this.open(plan, { startAt: Date.now(), seed })
    return host.call('inspect', {})
  }

  /** Files of workspaces changed on disk. */
  async changed(files: string[]): Promise<void> {
    for (const house of this.#houses) {
      const { original, root } = house
      if (original === undefined) await house.host.call('changed', { files }).catch(() => {})
      else {
        const below = files.map(file => relative(original, file)).filter(path => !path.startsWith('..'))
        for (const path of below) restore(original, root, path)
        await house.host.call('changed', { files: below.map(path => join(root, path)) }).catch(() => {})
      }
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#houses.splice(0).map(house => leave(house)))
  }

  async #makeRoom(): Promise<void> {
    while (this.#houses.length >= KEPT) await leave(this.#houses.shift()!)
  }

  #build(
    original: string,
    key: string,
    settings: { stuckAfterMs: number; botpressVersion: string; startAt: number; seed: number },
    writes: boolean
  ): House {
    const { engine, execPath, hookLimitMs = HOOK_LIMIT_MS } = this.#options
    const root = writes ? copyOf(original) : original
    const trace = writes ? new MovedTrace(root, original) : new TraceLog()
    const house: House = {
      key,
      trace,
      root,
      original: writes ? original : undefined,
      written: new Set(),
      push: () => {},
      farewell: () => {},
      used: false,
      network: JSON.stringify(CLOSED)
    } as never
    house.host = EngineHost.open({
      entry: engine,
      execPath,
      hookLimitMs,
      trace,
      spare: false,
      debuggable: this.debuggable,
      settings: { root, clock: 'virtual', network: CLOSED, coverage: this.covered !== undefined, ...settings },
      onPush: push => house.push(push),
      onCovered: scripts =>
        this.covered?.(scripts.map(one => ({ ...one, file: writes ? join(original, relative(root, one.file)) : one.file })))
    })
    return house
  }

  /** Puts back what the last scenario wrote, and writes what this one needs. */
  async #dress(house: House, files: Record<string, unknown>): Promise<void> {
    const { root, original, written } = house
    const touched = new Set([...written, ...Object.keys(files)])
    for (const path of written) restore(original!, root, path)
    written.clear()
    for (const [path, content] of Object.entries(files)) {
      written.add(path)
      writeBelow(root, path, typeof content === 'string' || content === null ? content : JSON.stringify(content, undefined, 2))
    }
    if (house.used && touched.size > 0) await house.host.call('changed', { files: [...touched].map(path => join(root, path)) })
  }
}

/** Tells of files in the workspace, although the engine reads their copies. */
class MovedTrace extends TraceLog {
  #from: string
  #to: string

  constructor(from: string, to: string) {
    super()
    this.#from = JSON.stringify(from).slice(1, -1)
    this.#to = JSON.stringify(to).slice(1, -1)
  }

  override append(...reports: Report[]) {
    const text = JSON.stringify(reports)
    return super.append(...(text.includes(this.#from) ? (JSON.parse(text.replaceAll(this.#from, this.#to)) as Report[]) : reports))
  }
}

function copyOf(original: string): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'proactive-hooks-scenario-')))
  cpSync(join(original, 'data'), join(root, 'data'), { recursive: true, filter: file => !/[\\/](node_modules|storage)$/.test(file) })
  return root
}

/** @throws when a link of the workspace leads out of the copy, as only the author's own files are there */
function writeBelow(root: string, path: string, text: string | null): void {
  const file = join(root, path)
  if (text !== null) mkdirSync(dirname(file), { recursive: true })
  const target = existsSync(file) ? realpathSync(file) : existsSync(dirname(file)) ? realpathSync(dirname(file)) : root
  if (target !== root && !target.startsWith(root + sep)) throw new Error(`${path} is a link to ${target}, which a scenario does not write.`)
  if (text === null) rmSync(file, { force: true })
  else writeFileSync(file, text)
}

function restore(original: string, root: string, path: string): void {
  const from = join(original, path)
  if (existsSync(from)) cpSync(from, join(root, path), { recursive: true })
  else rmSync(join(root, path), { recursive: true, force: true })
}

async function leave(house: House): Promise<void> {
  await house.host.dispose()
  if (house.original !== undefined) rmSync(house.root, { recursive: true, force: true })
}
