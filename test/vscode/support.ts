/** Words that the tests inside the window share. */
import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import * as vscode from 'vscode'
import type { Lab } from '../../src/extension/lab.ts'
import type { TestApi } from '../../src/extension/test-api.ts'
import type { TraceEntry } from '../../src/trace/entry.ts'

/** The extension's own objects, once it is active. */
export async function lab(): Promise<Lab> {
  const extension = vscode.extensions.getExtension<TestApi>('proactive-hooks.proactive-hooks')
  assert.ok(extension, 'the extension is installed')
  return (await extension.activate()).lab()
}

export function fileIn(...path: string[]): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0]
  assert.ok(folder, 'a folder is open')
  return vscode.Uri.joinPath(folder.uri, ...path)
}

/** A hook of the workspace's bots. */
export function hookOf(bot: string, name: string, type = 'before_incoming_middleware'): vscode.Uri {
  return fileIn('data', 'bots', bot, 'hooks', type, name)
}

export async function show(uri: vscode.Uri): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri))
}

/** Puts text into a document, without saving it. */
export async function write(editor: vscode.TextEditor, text: string): Promise<void> {
  const { document } = editor
  const all = new vscode.Range(document.positionAt(0), document.positionAt(document.getText().length))
  assert.ok(await editor.edit(edit => edit.replace(all, text)))
}

/** Asks again until there is an answer, 25 s at most. `what` completes "nothing came of …". */
export async function eventually<T>(what: string, ask: () => T | undefined | false | Promise<T | undefined | false>): Promise<T> {
  const until = Date.now() + 25_000
  for (;;) {
    const answer = await ask()
    if (answer !== undefined && answer !== false) return answer
    if (Date.now() > until) throw new Error(`nothing came of ${what}`)
    await sleep(50)
  }
}

/** The engine's answer to one event of a hook, with everything the trace got from then on. */
export async function runHook(uri: vscode.Uri, type = 'proactive-trigger'): Promise<readonly TraceEntry[]> {
  const { simulators } = await lab()
  const from = simulators.current?.simulator.trace.entries.length ?? 0
  await vscode.commands.executeCommand('proactiveHooks.runHook', uri, { event: { type, payload: {} } })
  const open = simulators.current
  assert.ok(open, 'a simulator is open')
  const received = await eventually(`the event ${type}`, () =>
    open.simulator.trace.entries.slice(from).find(entry => entry.kind === 'event-received' && entry.type === type)
  )
  assert.ok(received.kind === 'event-received')
  await eventually('the end of the event', () =>
    open.simulator.trace.entries
      .slice(from)
      .find(entry => (entry.kind === 'event-ended' && entry.eventId === received.eventId) || entry.kind === 'engine-stopped')
  )
  return open.simulator.trace.entries.slice(from)
}

export async function labelsAt(uri: vscode.Uri, position: vscode.Position): Promise<string[]> {
  const list = await vscode.commands.executeCommand<vscode.CompletionList>('vscode.executeCompletionItemProvider', uri, position)
  return list.items.map(({ label }) => (typeof label === 'string' ? label : label.label))
}

/** Diagnostics of a file from one of our two sources. */
export function diagnosticsOf(uri: vscode.Uri, source: 'proactive-hooks' | 'last run'): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter(diagnostic => diagnostic.source === source)
}

export async function closeEditors(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.closeAllEditors')
}
