import type * as vscode from 'vscode'
import { hookTarget } from '../hook-target.ts'
import type { Lab } from '../lab.ts'
import type { Debuggee, Say } from './hook-session.ts'
import type { LaunchConfiguration } from './launch-configuration.ts'

/**
 * Opens the simulator's engine to the debugger and sends the event. The session lives on: what is done in the simulator's page then stops too.
 *
 * @returns undefined when the user chose no event
 */
export async function debugHook(
  lab: Lab,
  session: vscode.DebugSession,
  launch: LaunchConfiguration,
  say: Say
): Promise<Debuggee | undefined> {
  const { vscode, simulators, runner } = lab
  const target = await hookTarget(lab, vscode.Uri.file(launch.hook!), '')
  const open = target && (await simulators.readyFor(target.uri))
  const { event, args } = launch
  const stimulus = open && (await runner.ask(open, target, { ...(event && { event }), ...(args && { args }) }))
  if (!stimulus) return undefined
  const attached = await lab.debugger.attach(open, session)
  if ('event' in stimulus) say(vscode.l10n.t('Sending “{0}” to {1}.', stimulus.event.type, target.location.relativePath))
  // What comes of it is shown in the simulator; the launch itself is done.
  runner.stimulate(open, target, stimulus).catch(error => lab.report(error))
  return { over: attached.over, end: attached.stop }
}
