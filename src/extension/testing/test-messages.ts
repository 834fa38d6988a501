import type * as vscode from 'vscode'
import type { Failure, Range, ScenarioResult } from '../../protocol/scenario.ts'
import { COMMANDS } from '../contributions.ts'
import type { VSCode } from '../feature.ts'
import { positionOf } from '../places.ts'

/** A line or more of a file, as the editor counts. */
export function locationOf(vscode: VSCode, { file, line, column, endLine, endColumn }: Range): vscode.Location {
  const start = new vscode.Position(line - 1, column - 1)
  const end = endLine === undefined ? start : new vscode.Position(endLine - 1, (endColumn ?? 1) - 1)
  return new vscode.Location(vscode.Uri.file(file), new vscode.Range(start, end))
}

/** What the Test view says of an expectation that was not met: at its line, as a diff where there are two texts, with the way to the trace. */
export function messageOf(vscode: VSCode, failure: Failure, result: ScenarioResult): vscode.TestMessage {
  const text = new vscode.MarkdownString('', true)
  text.isTrusted = { enabledCommands: [COMMANDS.showScenarioTrace] }
  text.appendText(failure.message)
  if (failure.because) text.appendMarkdown('\n\n').appendText(failure.because)
  const key = encodeURIComponent(JSON.stringify([{ file: result.file, id: result.id }]))
  text.appendMarkdown(`\n\n[$(list-tree) ${vscode.l10n.t('Show what happened')}](command:${COMMANDS.showScenarioTrace}?${key})`)
  const message = new vscode.TestMessage(text)
  if (failure.expected !== undefined) message.expectedOutput = failure.expected
  if (failure.actual !== undefined) message.actualOutput = failure.actual
  message.location = locationOf(vscode, failure.range ?? result.range)
  message.contextValue = 'scenario'
  message.stackTrace = failure.places.map(place => {
    const name = place.file.replace(/^.*[\\/]/, '')
    return new vscode.TestMessageStackFrame(name, vscode.Uri.file(place.file), positionOf(vscode, place))
  })
  return message
}
