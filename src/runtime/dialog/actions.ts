import { join } from 'node:path'
import type { BotEvent, ReportInput } from '../api.ts'
import { type Clock, sleep } from '../clock.ts'
import { renderText } from '../cms/templating.ts'
import { eventIdOf, type Running, runAs } from '../current.ts'
import { addError, addStep } from '../events/steps.ts'
import type { GhostFiles } from '../files.ts'
import type { ModuleLoader } from '../modules/require.ts'
import type { Script } from '../scripts/discover.ts'
import type { ScriptRunner } from '../scripts/run.ts'
import { BUILT_IN_ACTIONS } from './built-in-actions.ts'
import { viewOf } from './conditions.ts'

export interface ActionHost {
  readonly root: string
  readonly clock: Clock
  readonly files: GhostFiles
  readonly scripts: ScriptRunner
  readonly modules: ModuleLoader
  /** The `bp` of actions. */
  bp(): Record<string, unknown>
  process(): object
  printObject(value: unknown): string
  isSandboxed(scope: 'global' | 'bot'): boolean
  report(entry: ReportInput): void
  secure(): void
}

/** Runs actions of flows: the workspace's and the built-in ones (R11.4, R11.5). */
export class Actions {
  readonly #host: ActionHost
  #cache = new Map<string, Script | undefined>()

  constructor(host: ActionHost) {
    this.#host = host
  }

  changed(files: readonly string[]): void {
    if (files.some(file => /\/actions\/|\/libraries\//.test(file.replaceAll('\\', '/')))) this.#cache.clear()
  }

  /** @throws when the action is unknown or fails */
  async run(call: string, args: Record<string, unknown>, event: BotEvent): Promise<void> {
    if (call.includes(':')) {
      throw new Error(
        `"${call}" runs on an action server, which cannot be served here; try the action as a local one, without "${call.split(':')[0]}:"`
      )
    }
    const view = viewOf(event)
    const rendered = Object.fromEntries(
      Object.entries(args).map(([key, value]) => [key, typeof value === 'string' ? renderText(value, view) : value])
    )
    const own = this.#find(call, event.botId)
    try {
      if (own) await this.#script(own, rendered, event, view)
      else await this.#builtIn(call, rendered, event)
      addStep(event, `action:${call}:completed`, this.#host.clock)
    } catch (error) {
      addError(event, 'action-execution', error)
      addStep(event, `action:${call}:error`, this.#host.clock)
      throw error
    }
  }

  async #script(script: Script, args: Record<string, unknown>, event: BotEvent, view: Record<string, unknown>): Promise<void> {
    const { scripts, modules, printObject } = this.#host
    const now: Running = { eventId: eventIdOf(event), by: 'action', name: script.relativePath, file: script.file, ended: false }
    this.#host.secure()
    const visible = { bp: this.#host.bp(), ...view, workflow: view.workflow, args }
    const options = {
      sandboxed: this.#host.isSandboxed(script.scope),
      require: modules.for(script),
      process: this.#host.process(),
      printObject
    }
    try {
      await runAs(now, () => scripts.run(script, visible, options))
    } finally {
      now.ended = true
    }
  }

  async #builtIn(call: string, args: Record<string, unknown>, event: BotEvent): Promise<void> {
    const action = BUILT_IN_ACTIONS[call]
    if (!action) {
      const isOfModule = call.includes('/')
      throw new Error(
        `Action "${call}" not found${isOfModule ? `: the simulator has no module "${call.split('/')[0]}". Copy its actions from your server to data/global/actions/${call.split('/')[0]}, where they run` : ''}`
      )
    }
    await action({ bp: this.#host.bp(), event, args, ...viewOf(event), wait: (ms: number) => sleep(this.#host.clock, ms) } as never)
  }

  /** The bot's own first, then the global one. */
  #find(name: string, botId: string): Script | undefined {
    const key = `${botId}\n${name}`
    if (this.#cache.has(key)) return this.#cache.get(key)
    const places = [
      { scope: 'bot' as const, folder: join(this.#host.root, 'data', 'bots', botId, 'actions') },
      { scope: 'global' as const, folder: join(this.#host.root, 'data', 'global', 'actions') }
    ]
    let found: Script | undefined
    for (const { scope, folder } of places) {
      const relativePath = name.endsWith('.js') ? name : `${name}.js`
      const file = join(folder, ...relativePath.split('/'))
      if (found || !this.#host.files.has(file)) continue
      const code = this.#host.files.readText(file)
      // A copy that the server made of a stock action does the same as ours, but needs the server's own modules.
      if (code.startsWith('//CHECKSUM:') && name.startsWith('builtin/') && BUILT_IN_ACTIONS[name]) continue
      found = { name: relativePath, relativePath, scope, file, code, ...(scope === 'bot' && { botId }) }
    }
    this.#cache.set(key, found)
    return found
  }
}
