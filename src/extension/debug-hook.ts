import { basename } from 'node:path'
import type * as vscode from 'vscode'
import { type Attached, attachDebugger } from './attach-debugger.ts'
import type { Feature } from './feature.ts'
import { hookTarget } from './hook-target.ts'
import type { Lab } from './lab.ts'
import type { RunAnswers } from './run-hook.ts'
import type { OpenSimulator } from './simulators.ts'

/** A debugger at an engine, from the wish for it until the engine's inspector is closed again. */
interface Attachment {
  readonly attached: Promise<Attached>
  /** Resolves when the engine is as it was before. */
  readonly closed: Promise<void>
  /** It was told to go: who comes now waits for a new one. */
  leaving: boolean
}

/** Opens a running engine to the editor's own JavaScript debugger, then sends the event, so that breakpoints in the hook are hit. */
export class DebugHook implements Feature {
  readonly commands = { debugHook: (given?: unknown, answers?: RunAnswers) => this.#debug(given, answers) }
  readonly #lab: Lab
  /** Engines that a session is attached to, waits for its breakpoints, or is about to leave. */
  readonly #attachments = new Map<OpenSimulator, Attachment>()
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
   * A restart asks for it while the session before is still on its way out: only when that has let go of the engine is a new one attached.
   *
   * @param parent the session that asks for it
   */
  attach(open: OpenSimulator, parent?: vscode.DebugSession): Promise<Attached> {
    const before = this.#attachments.get(open)
    if (before && !before.leaving) return before.attached
    const session = (before?.closed ?? Promise.resolve()).then(() => this.#open(open, parent))
    const attached = session.then(({ over, stop }) => ({
      over,
      stop: () => {
        attachment.leaving = true
        stop()
      }
    }))
    const closed = session.then(({ over }) => over).catch(() => {})
    const attachment: Attachment = { attached, leaving: false, closed: closed.then(() => this.#close(open, attachment)) }
    this.#attachments.set(open, attachment)
    return attached
  }

  async #open(open: OpenSimulator, parent: vscode.DebugSession | undefined): Promise<Attached> {
    const { vscode } = this.#lab
    const { url } = await open.simulator.call('inspect', {})
    this.#count += 1
    const name = vscode.l10n.t('Hooks of {0} ({1})', open.simulator.state.botId ?? basename(open.root.path), this.#count)
    return attachDebugger(this.#lab, { name, url, folder: open.root.folder, ...(parent && { parent }) })
  }

  async #close(open: OpenSimulator, attachment: Attachment): Promise<void> {
    attachment.leaving = true
    // The engine may be gone already: then there is nothing to close.
    await open.simulator.call('inspectEnd', {}).catch(error => this.#lab.log.debug(`Closing the inspector: ${error}`))
    if (this.#attachments.get(open) === attachment) this.#attachments.delete(open)
  }

  dispose(): void {}
}
