import type * as vscode from 'vscode'
import type { HookType } from '../botpress/hook-types.ts'
import type { VSCode } from './feature.ts'
import { sampleArguments } from './hook-arguments.ts'

/**
 * A form for the arguments of a hook that no event leads to: one row for each, edited as JSON. Answers are remembered in the workspace.
 *
 * @returns undefined when the user left the form
 */
export async function askArguments(
  vscode: VSCode,
  memory: vscode.Memento,
  type: HookType,
  botId: string,
  title: string
): Promise<Record<string, unknown> | undefined> {
  if (type.args.length === 0) return {}
  const key = `arguments/${type.id}`
  const values = { ...sampleArguments(type, botId), ...memory.get<Record<string, unknown>>(key) }
  if ('botId' in values) values.botId = botId
  while (true) {
    const rows = type.args.map(arg => ({ label: arg.name, description: arg.type, detail: JSON.stringify(values[arg.name]), arg: arg.name }))
    const run = { label: `$(play) ${vscode.l10n.t('Run with these arguments')}`, arg: undefined }
    const picked = await vscode.window.showQuickPick([run, ...rows], {
      title,
      placeHolder: vscode.l10n.t('Choose an argument to change it'),
      ignoreFocusOut: true
    })
    if (!picked) return undefined
    if (picked.arg === undefined) {
      await memory.update(key, values)
      return values
    }
    const text = await vscode.window.showInputBox({
      title: `${title}: ${picked.arg}`,
      value: picked.detail,
      prompt: vscode.l10n.t('The value as JSON'),
      ignoreFocusOut: true,
      validateInput: value => (parses(value) ? undefined : vscode.l10n.t('This is not JSON yet.'))
    })
    if (text !== undefined) values[picked.arg] = JSON.parse(text)
  }
}

function parses(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
