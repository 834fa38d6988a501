import type * as vscode from 'vscode'
import type { Feature } from './feature.ts'
import type { Lab } from './lab.ts'

const SAMPLE = 'samples/shop'
/** Of the folder that the sample becomes. */
const NAME = 'proactive-shop'

/** Copies the sample shop to a folder of the user's choice and opens it: a copy can be changed, and outlives the next version of the extension. */
export class OpenSample implements Feature {
  readonly commands = { openSample: (parent?: unknown) => this.#copy(parent) }
  readonly #lab: Lab

  constructor(lab: Lab) {
    this.#lab = lab
  }

  /** @param parent the folder in which the copy is made, asked for without one; a copy that was not asked for is not opened either */
  async #copy(parent: unknown): Promise<vscode.Uri | undefined> {
    const { vscode, context } = this.#lab
    const given = parent instanceof vscode.Uri ? parent : undefined
    const folder = given ?? (await this.#ask())
    if (!folder) return undefined
    const copy = await this.#freeName(folder)
    await vscode.workspace.fs.copy(vscode.Uri.joinPath(context.extensionUri, SAMPLE), copy)
    if (!given)
      await vscode.commands.executeCommand('vscode.openFolder', copy, {
        forceNewWindow: (vscode.workspace.workspaceFolders ?? []).length > 0
      })
    return copy
  }

  async #ask(): Promise<vscode.Uri | undefined> {
    const { vscode } = this.#lab
    const chosen = await vscode.window.showOpenDialog({
      canSelectFiles: false,
      canSelectFolders: true,
      title: vscode.l10n.t('Where shall the sample be copied to?'),
      openLabel: vscode.l10n.t('Copy Here and Open')
    })
    return chosen?.[0]
  }

  async #freeName(folder: vscode.Uri): Promise<vscode.Uri> {
    const { vscode } = this.#lab
    const taken = new Set((await vscode.workspace.fs.readDirectory(folder)).map(([name]) => name))
    let name = NAME
    for (let number = 2; taken.has(name); number++) name = `${NAME}-${number}`
    return vscode.Uri.joinPath(folder, name)
  }

  dispose(): void {}
}
