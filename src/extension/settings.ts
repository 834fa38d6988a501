import type * as vscode from 'vscode'
import { CONFIGURATION_SECTION, SETTINGS, type SettingName } from './contributions.ts'
import type { VSCode } from './feature.ts'

/** A setting's value for a place, typed by its default. */
export function setting<N extends SettingName>(vscode: VSCode, name: N, scope?: vscode.Uri): (typeof SETTINGS)[N] {
  return vscode.workspace.getConfiguration(CONFIGURATION_SECTION, scope).get(name, SETTINGS[name])
}

/** Whether a change touches a setting. */
export function changes(event: vscode.ConfigurationChangeEvent, name: SettingName): boolean {
  return event.affectsConfiguration(`${CONFIGURATION_SECTION}.${name}`)
}
