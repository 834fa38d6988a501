import type * as vscode from 'vscode'
import type { Lab } from './lab.ts'

/** Where something new is made. */
export interface NewPlace {
  readonly uri: vscode.Uri
  readonly bots: readonly string[]
}

/** The bot that is made along with the first hook or behaviour of a folder without bots: without one there is nobody to talk to. */
export const FIRST_BOT = 'my-bot'

/** The Botpress folder meant, or an opened folder that becomes one; undefined when there is none, or none was chosen. */
export async function newPlace(lab: Lab, folder: vscode.Uri | undefined): Promise<NewPlace | undefined> {
  const { vscode, roots, simulators } = lab
  const root = await simulators.rootFor(folder)
  if (root) return root
  if ((await roots.all()).length > 0) return undefined
  const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file')
  if (folders.length === 0) await needFolder(lab)
  if (folders.length < 2) return folders[0] && { uri: folders[0].uri, bots: [] }
  const picked = await vscode.window.showWorkspaceFolderPick({ placeHolder: vscode.l10n.t('In which folder?') })
  return picked && { uri: picked.uri, bots: [] }
}

async function needFolder({ vscode }: Lab): Promise<void> {
  const open = vscode.l10n.t('Open Folder')
  const choice = await vscode.window.showInformationMessage(vscode.l10n.t('Open a folder first: a hook is a file below “data”.'), open)
  if (choice === open) await vscode.commands.executeCommand('vscode.openFolder')
}

/** Makes a bot of a folder that has none yet; one that is there stays as it is. */
export async function makeFirstBot({ vscode }: Lab, { uri, bots }: NewPlace, botId: string): Promise<void> {
  if (bots.length > 0) return
  for (const { path, text } of firstBotFiles(botId)) {
    const file = vscode.Uri.joinPath(uri, path)
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text))
  }
}

/** The least that a server mounts and that answers: it says one sentence to whatever is written to it. */
export function firstBotFiles(botId: string): { path: string; text: string }[] {
  const config = {
    name: botId,
    description: '',
    version: '1.0.0',
    active: true,
    disabled: false,
    private: false,
    defaultLanguage: 'en',
    languages: ['en'],
    imports: { contentTypes: ['builtin_text'], modules: ['builtin', 'channel-web'], incomingMiddleware: [], outgoingMiddleware: [] },
    details: {}
  }
  const flows = { main: 'Hello! What can I do for you?', error: 'Something went wrong on our side. Please try again.' }
  const file = (path: string, content: unknown) => ({ path: `data/bots/${botId}/${path}`, text: `${JSON.stringify(content, null, 2)}\n` })
  return [
    file('bot.config.json', config),
    ...Object.entries(flows).flatMap(([name, text]) => [
      file(`flows/${name}.flow.json`, flowThatSays(text)),
      file(`flows/${name}.ui.json`, { nodes: [{ id: 'n-entry', position: { x: 100, y: 100 } }], links: [] })
    ])
  ]
}

function flowThatSays(text: string) {
  const say = `say #builtin_text ${JSON.stringify({ text })}`
  const next = [{ condition: 'true', node: 'END' }]
  return {
    version: '0.0.1',
    startNode: 'entry',
    nodes: [{ id: 'n-entry', name: 'entry', type: 'standard', onEnter: [say], onReceive: null, next }]
  }
}
