import type * as vscode from 'vscode'
import type { Lab } from '../lab.ts'
import type { Debuggee, Say } from './hook-session.ts'
import type { LaunchConfiguration } from './launch-configuration.ts'

/** Plays scenarios of a file as the Test view does, below a session of ours. */
export async function debugScenario(
  lab: Lab,
  session: vscode.DebugSession,
  { scenario = '', name }: LaunchConfiguration,
  say: Say
): Promise<Debuggee> {
  const { vscode, tests } = lab
  await tests.found()
  const found = tests.items.found.find(({ file }) => file === vscode.Uri.file(scenario).fsPath)
  if (!found) throw new Error(vscode.l10n.t('There is no scenario file {0}.', scenario))
  const wanted = found.scenarios.filter(one => name === undefined || one.name === name)
  if (wanted.length === 0) {
    const known = found.scenarios.map(one => `“${one.name}”`).join(', ')
    throw new Error(
      found.problems[0]?.message ?? vscode.l10n.t('No scenario of this file is called “{0}”. There are: {1}.', name ?? '', known)
    )
  }
  for (const one of wanted) say(vscode.l10n.t('Playing “{0}”.', one.name))
  const source = new vscode.CancellationTokenSource()
  const over = tests.run(
    wanted.map(({ id }) => ({ file: found.file, id })),
    { debug: true, parent: session, token: source.token }
  )
  return { over: over.then(() => {}), end: () => source.cancel() }
}
