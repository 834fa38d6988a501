import * as vscode from 'vscode'
import { COMMANDS, type CommandName, LANGUAGE_ID, PANEL_TYPE, VIEWS } from './contributions.ts'
import type { Lab } from './lab.ts'
import type { TestApi } from './test-api.ts'

let loading: Promise<Lab> | undefined

/** Registers and returns: what a command, view or lens needs is loaded when it is first asked for. */
export function activate(context: vscode.ExtensionContext): TestApi {
  const lab = () => {
    loading ??= import('./lab.ts').then(({ Lab }) => new Lab(vscode, context))
    return loading
  }

  for (const [name, id] of Object.entries(COMMANDS)) {
    context.subscriptions.push(vscode.commands.registerCommand(id, async (...args) => (await lab()).run(name as CommandName, args)))
  }
  context.subscriptions.push(
    vscode.window.registerWebviewViewProvider(VIEWS.simulator, {
      resolveWebviewView: async view => (await lab()).panels.show(view)
    }),
    vscode.window.registerWebviewPanelSerializer(PANEL_TYPE, {
      deserializeWebviewPanel: async panel => (await lab()).panels.show(panel)
    }),
    vscode.languages.registerCodeLensProvider(
      { language: LANGUAGE_ID },
      {
        provideCodeLenses: async document => (await lab()).lenses(document),
        onDidChangeCodeLenses: (listener, self) => {
          const changed = lab().then(one => one.onDidChangeLenses(() => listener.call(self)))
          return new vscode.Disposable(() => void changed.then(one => one.dispose()))
        }
      }
    )
  )

  // Activation itself was caused by a hook, a folder of hooks, a view or a command, so the rest is wanted now; nobody waits for it.
  lab().catch(error => console.error('Proactive Hooks could not be loaded.', error))
  return { lab }
}

/** The editor waits for this: engines and the language server are ended in order. */
export async function deactivate(): Promise<void> {
  await (await loading)?.dispose()
}
