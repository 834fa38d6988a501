import { dirname } from 'node:path'
import type * as vscode from 'vscode'
import { attachConfiguration } from './attach-configuration.ts'
import { Disposables, type Feature } from './feature.ts'
import { hookTarget } from './hook-target.ts'
import type { Lab } from './lab.ts'
import type { RunAnswers } from './run-hook.ts'
import type { OpenSimulator } from './simulators.ts'

/** js-debug's own name for sessions of Node; `node` is what launch files say. */
const JS_DEBUG = 'pwa-node'
/** A cold js-debug takes about 1.5 s; a busy machine several times that. */
const ATTACH_MS = 60_000

/** Opens a running engine to the editor's own JavaScript debugger, then sends the event, so that breakpoints in the hook are hit. */
export class DebugHook implements Feature {
  readonly commands = { debugHook: (given?: unknown, answers?: RunAnswers) => this.#debug(given, answers) }
  readonly #lab: Lab
  readonly #mine = new Disposables()
  /** Sessions that wait for breakpoints, or live; by the name of their configuration, which is unique. */
  readonly #attached = new Map<string, OpenSimulator>()
  #count = 0

  constructor(lab: Lab) {
    this.#lab = lab
  }

  start(): void {
    const { vscode, log } = this.#lab
    this.#mine.add(
      vscode.debug.onDidTerminateDebugSession(session => {
        const open = !session.parentSession && this.#attached.get(session.name)
        if (!open) return
        this.#attached.delete(session.name)
        // The engine may be gone already: then there is nothing to close.
        open.simulator.call('inspectEnd', {}).catch(error => log.debug(`Closing the inspector: ${error}`))
      })
    )
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

  /** Attaches the debugger to the engine unless it is attached. Resolves when the breakpoints are set. */
  async attach(open: OpenSimulator): Promise<void> {
    const { vscode, context } = this.#lab
    if ([...this.#attached.values()].includes(open)) return
    const { url } = await open.simulator.call('inspect', {})
    this.#count += 1
    const name = vscode.l10n.t('Hooks of {0} ({1})', open.simulator.state.botId ?? dirname(open.root.path), this.#count)
    this.#attached.set(name, open)
    const configured = this.#configured(name)
    try {
      const started = await vscode.debug.startDebugging(open.root.folder, attachConfiguration(name, url, context.extensionPath), {
        suppressDebugToolbar: false,
        suppressSaveBeforeStart: true
      })
      if (!started) throw new Error(vscode.l10n.t('The debugger did not start.'))
      await configured.done
    } catch (error) {
      this.#attached.delete(name)
      await open.simulator.call('inspectEnd', {}).catch(() => {})
      throw error
    } finally {
      configured.dispose()
    }
  }

  /** Resolves when the session of the engine's process has all its breakpoints: the editor then says `configurationDone`. */
  #configured(name: string): { done: Promise<void>; dispose(): void } {
    const { vscode } = this.#lab
    const mine = new Disposables()
    const done = new Promise<void>((resolve, reject) => {
      const isOurs = (session: vscode.DebugSession) => session.name === name || session.parentSession?.name === name
      const isProcess = (session: vscode.DebugSession) => session.parentSession?.name === name
      mine.add(
        vscode.debug.registerDebugAdapterTrackerFactory(JS_DEBUG, {
          createDebugAdapterTracker: session =>
            isProcess(session)
              ? {
                  onDidSendMessage: (message: { type?: string; command?: string; success?: boolean }) => {
                    if (message.type === 'response' && message.command === 'configurationDone') resolve()
                  }
                }
              : undefined
        })
      )
      mine.add(
        vscode.debug.onDidTerminateDebugSession(
          session => isOurs(session) && reject(new Error(vscode.l10n.t('The debugger let go of the engine.')))
        )
      )
      const timer = setTimeout(() => reject(new Error(vscode.l10n.t('The debugger did not reach the engine.'))), ATTACH_MS)
      mine.onDispose(() => clearTimeout(timer))
    })
    // Awaited later; until then a rejection is not unhandled.
    done.catch(() => {})
    return { done, dispose: () => mine.dispose() }
  }

  dispose(): void {
    this.#mine.dispose()
  }
}
