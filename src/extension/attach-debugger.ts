import type * as vscode from 'vscode'
import { attachConfiguration } from './attach-configuration.ts'
import { Disposables } from './feature.ts'
import type { Lab } from './lab.ts'

/** js-debug's own name for sessions of Node; `node` is what launch files say. */
const JS_DEBUG = 'pwa-node'
/** A cold js-debug takes about 1.5 s; a busy machine several times that. */
const ATTACH_MS = 60_000

export interface AttachOptions {
  /** Unique among sessions. */
  readonly name: string
  /** Of the inspector, `ws://127.0.0.1:<port>/<id>`. */
  readonly url: string
  readonly folder: vscode.WorkspaceFolder | undefined
  /** The run in the Test view that is debugged: it gets the session's output, and ends with it. */
  readonly testRun?: vscode.TestRun
  /** The session that started this one: they are shown and ended as one. */
  readonly parent?: vscode.DebugSession
  /** Stop at the first line of each script, and so on: merged into the configuration. */
  readonly more?: Record<string, unknown>
}

export interface Attached {
  /** Resolves when the session is over. */
  readonly over: Promise<void>
  /** Lets go of the process. */
  stop(): void
}

/**
 * Attaches the editor's own JavaScript debugger to the process of an engine or a bot.
 *
 * @returns once the breakpoints are set
 * @throws Error with a sentence when the debugger does not reach the process
 */
export async function attachDebugger(lab: Lab, options: AttachOptions): Promise<Attached> {
  const { vscode, context } = lab
  const { name, url, folder, testRun, parent, more } = options
  const session = followSession(lab, name)
  const configured = configuredOf(lab, name)
  try {
    const configuration = { ...attachConfiguration(name, url, context.extensionPath), ...more }
    const started = await vscode.debug.startDebugging(folder, configuration, {
      suppressDebugToolbar: false,
      suppressSaveBeforeStart: true,
      ...(testRun && { testRun }),
      ...(parent && {
        parentSession: parent,
        lifecycleManagedByParent: true,
        consoleMode: vscode.DebugConsoleMode.MergeWithParent,
        compact: true
      })
    })
    if (!started) throw new Error(vscode.l10n.t('The debugger did not start.'))
    await configured.done
    return session
  } catch (error) {
    // One that began and did not get so far is nobody's any more.
    session.stop()
    session.dispose()
    throw error
  } finally {
    configured.dispose()
  }
}

/** Follows the session of a name, which js-debug gives a session of its own below it for the process. */
function followSession({ vscode }: Lab, name: string): Attached & vscode.Disposable {
  const mine = new Disposables()
  const isIt = (session: vscode.DebugSession) => session.name === name && session.parentSession?.name !== name
  let started: vscode.DebugSession | undefined
  let unwanted = false
  // Asked to stop it, the editor would stop the parent, which is what stops it here.
  const leave = () => started?.customRequest('disconnect', { terminateDebuggee: false }).then(undefined, () => {})
  mine.add(
    vscode.debug.onDidStartDebugSession(session => {
      if (!isIt(session)) return
      started = session
      if (unwanted) leave()
    })
  )
  const over = new Promise<void>(resolve => {
    mine.add(
      vscode.debug.onDidTerminateDebugSession(session => {
        if (!isIt(session)) return
        mine.dispose()
        resolve()
      })
    )
  })
  return {
    over,
    stop: () => {
      unwanted = true
      if (!mine.disposed) leave()
    },
    dispose: () => mine.dispose()
  }
}

/** Resolves when the session of the engine's process has all its breakpoints: the editor then says `configurationDone`. */
function configuredOf({ vscode }: Lab, name: string): { done: Promise<void>; dispose(): void } {
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
        session => isOurs(session) && reject(new Error(vscode.l10n.t('The debugger let go of the process.')))
      )
    )
    const timer = setTimeout(() => reject(new Error(vscode.l10n.t('The debugger did not reach the process.'))), ATTACH_MS)
    mine.onDispose(() => clearTimeout(timer))
  })
  // Awaited later; until then a rejection is not unhandled.
  done.catch(() => {})
  return { done, dispose: () => mine.dispose() }
}
