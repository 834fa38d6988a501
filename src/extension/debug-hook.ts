import { dirname } from 'node:path'
import type * as vscode from 'vscode'
import { type Attached, attachDebugger } from './attach-debugger.ts'
import type { Feature } from './feature.ts'
import { hookTarget } from './hook-target.ts'
import type { Lab } from './lab.ts'
import type { RunAnswers } from './run-hook.ts'
import type { OpenSimulator } from './simulators.ts'

/** Opens a running engine to the editor's own JavaScript debugger, then sends the event, so that breakpoints in the hook are hit. */
export class DebugHook implements Feature {
  readonly commands = { debugHook: (given?: unknown, answers?: RunAnswers) => this.#debug(given, answers) }
  readonly #lab: Lab
  /** Engines that a session is attached to, or waits for its breakpoints. */
  readonly #attached = new Map<OpenSimulator, Promise<Attached>>()
  #count = 0

  constructor(lab: Lab) {
    this.#lab = lab
  }

  async #debug(given: unknown, answers: RunAnswers | undefined): Promise<void> {
    const { vscode, simulators, runner } = this.#lab
    const target = await hookTarget(this.#lab, given, vscode.l10n.t('Debug which hook?'))
    const open = target && (await simulators.readyFor(target.uri))
    const stimulus = open && (await runner.ask(open, target, answers))
    if (!stimulus) return
    await this.attach(open)
    await runner.stimulate(open, target, stimulus)
  }

  /**
   * Attaches the debugger to the engine unless it is attached. Resolves when the breakpoints are set.
   *
   * @param parent the session that asks for it
   */
  attach(open: OpenSimulator, parent?: vscode.DebugSession): Promise<Attached> {
    const before = this.#attached.get(open)
    if (before) return before
    const attached = this.#open(open, parent)
    this.#attached.set(open, attached)
    attached.catch(() => this.#attached.delete(open))
    return attached
  }

  async #open(open: OpenSimulator, parent: vscode.DebugSession | undefined): Promise<Attached> {
    const { vscode, log } = this.#lab
    const { url } = await open.simulator.call('inspect', {})
    this.#count += 1
    const name = vscode.l10n.t('Hooks of {0} ({1})', open.simulator.state.botId ?? dirname(open.root.path), this.#count)
    const close = async () => {
      this.#attached.delete(open)
      // The engine may be gone already: then there is nothing to close.
      await open.simulator.call('inspectEnd', {}).catch(error => log.debug(`Closing the inspector: ${error}`))
    }
    try {
      const attached = await attachDebugger(this.#lab, { name, url, folder: open.root.folder, ...(parent && { parent }) })
      void attached.over.then(close)
      return attached
    } catch (error) {
      await close()
      throw error
    }
  }

  dispose(): void {}
}
