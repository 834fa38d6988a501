import type * as vscode from 'vscode'
import { HOOK_TYPES, type HookType, hookTypeOf } from '../botpress/hook-types.ts'
import type { Feature } from './feature.ts'
import { emptyHook, HOOK_TEMPLATES, hookFile, problemOfName, templatesFor } from './hook-templates.ts'
import type { Lab } from './lab.ts'

/** Answers given beforehand; what is missing is asked. `bot: null` means all bots. */
export interface NewHookAnswers {
  readonly root?: string
  readonly bot?: string | null
  readonly type?: string
  /** Id of a template, or `empty`. */
  readonly template?: string
  readonly name?: string
}

const PROACTIVE_TYPE = 'before_incoming_middleware'

/** Makes a hook: for which bots, of which type, behaving how, named what. */
export class NewHook implements Feature {
  readonly commands = { newHook: (given?: unknown) => this.#make(given) }
  readonly #lab: Lab

  constructor(lab: Lab) {
    this.#lab = lab
  }

  async #make(given: unknown): Promise<vscode.Uri | undefined> {
    const { vscode } = this.#lab
    // Called from the explorer the argument is a folder; from a test or a keybinding, answers.
    const folder = given instanceof vscode.Uri ? given : undefined
    const answers = (folder ? {} : (given ?? {})) as NewHookAnswers
    const root = answers.root === undefined ? await this.#root(folder) : vscode.Uri.file(answers.root)
    if (!root) return undefined
    const bot = answers.bot === undefined ? await this.#askBot(root) : { id: answers.bot ?? undefined }
    if (!bot) return undefined
    const type = answers.type === undefined ? await this.#askType(bot.id) : hookTypeOf(answers.type)
    if (!type) return undefined
    const template = answers.template === undefined ? await this.#askTemplate(type) : templateOf(type, answers.template)
    if (!template) return undefined
    const name = answers.name ?? (await this.#askName(root, bot.id, type, template.id))
    if (name === undefined) return undefined
    return this.#write(vscode.Uri.joinPath(root, hookFile(bot.id, type.id, name)), template.text)
  }

  async #root(folder: vscode.Uri | undefined): Promise<vscode.Uri | undefined> {
    const { vscode, roots, simulators } = this.#lab
    const root = await simulators.rootFor(folder)
    if (root) return root.uri
    if ((await roots.all()).length > 0) return undefined
    const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file')
    if (folders.length < 2) {
      if (folders.length === 0) await this.#needFolder()
      return folders[0]?.uri
    }
    return (await vscode.window.showWorkspaceFolderPick({ placeHolder: vscode.l10n.t('In which folder?') }))?.uri
  }

  async #needFolder(): Promise<void> {
    const { vscode } = this.#lab
    const open = vscode.l10n.t('Open Folder')
    const choice = await vscode.window.showInformationMessage(vscode.l10n.t('Open a folder first: a hook is a file below “data”.'), open)
    if (choice === open) await vscode.commands.executeCommand('vscode.openFolder')
  }

  async #askBot(root: vscode.Uri): Promise<{ id: string | undefined } | undefined> {
    const { vscode, roots } = this.#lab
    const bots = (await roots.all()).find(({ uri }) => uri.toString() === root.toString())?.bots ?? []
    const items = [
      ...bots.map(id => ({ label: `$(robot) ${id}`, detail: vscode.l10n.t('Only for this bot'), id: id as string | undefined })),
      { label: `$(globe) ${vscode.l10n.t('All bots')}`, detail: vscode.l10n.t('Runs for every bot of the server'), id: undefined }
    ]
    return vscode.window.showQuickPick(items, this.#step(1, vscode.l10n.t('For which bot?')))
  }

  async #askType(botId: string | undefined): Promise<HookType | undefined> {
    const { vscode } = this.#lab
    const types: HookType[] = HOOK_TYPES.filter(type => botId === undefined || type.scope !== 'global')
    types.sort((a, b) => Number(b.id === PROACTIVE_TYPE) - Number(a.id === PROACTIVE_TYPE))
    const items = types.map(type => ({
      label: type.id,
      description: type.id === PROACTIVE_TYPE ? vscode.l10n.t('proactive behaviour belongs here') : '',
      detail: type.called,
      type
    }))
    const options = { ...this.#step(2, vscode.l10n.t('When is it called?')), matchOnDetail: true }
    return (await vscode.window.showQuickPick(items, options))?.type
  }

  async #askTemplate(type: HookType): Promise<{ id: string; text: string } | undefined> {
    const { vscode } = this.#lab
    const templates = templatesFor(type)
    if (templates.length === 0) return templateOf(type, 'empty')
    const items = [
      ...templates.map(({ id, label, detail, text }) => ({ label, detail, template: { id, text } })),
      { label: vscode.l10n.t('Empty hook'), detail: type.called, template: templateOf(type, 'empty')! }
    ]
    const options = { ...this.#step(3, vscode.l10n.t('What does it do?')), matchOnDetail: true }
    return (await vscode.window.showQuickPick(items, options))?.template
  }

  async #askName(root: vscode.Uri, botId: string | undefined, type: HookType, templateId: string): Promise<string | undefined> {
    const { vscode } = this.#lab
    const reasons = {
      empty: vscode.l10n.t('Write a name.'),
      dot: vscode.l10n.t('Botpress ignores files and folders whose name starts with a dot.'),
      characters: vscode.l10n.t('A file name cannot hold these characters: {0}', '< > : " \\ | ? *')
    }
    const value = `10_${(templateId === 'empty' ? 'hook' : templateId).replaceAll('-', '_')}.js`
    return vscode.window.showInputBox({
      ...this.#step(4, vscode.l10n.t('What is the file called?')),
      value,
      valueSelection: [3, value.length - 3],
      prompt: vscode.l10n.t('Hooks of a type run in the order of their file names, “10_…” before “2_…”'),
      validateInput: async name => {
        const problem = problemOfName(name)
        if (problem) return reasons[problem]
        const taken = await this.#exists(vscode.Uri.joinPath(root, hookFile(botId, type.id, name)))
        return taken ? vscode.l10n.t('There is a hook of this name already.') : undefined
      }
    })
  }

  async #write(file: vscode.Uri, text: string): Promise<vscode.Uri> {
    const { vscode, roots } = this.#lab
    if (await this.#exists(file))
      throw new Error(vscode.l10n.t('There is a hook of this name already: {0}', vscode.workspace.asRelativePath(file)))
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text))
    await roots.scan()
    await vscode.window.showTextDocument(file)
    return file
  }

  async #exists(file: vscode.Uri): Promise<boolean> {
    return this.#lab.vscode.workspace.fs.stat(file).then(
      () => true,
      () => false
    )
  }

  #step(number: number, question: string): { title: string; placeHolder: string } {
    return { title: this.#lab.vscode.l10n.t('New Hook ({0}/4)', number), placeHolder: question }
  }

  dispose(): void {}
}

function templateOf(type: HookType, id: string): { id: string; text: string } | undefined {
  if (id === 'empty') return { id, text: emptyHook(type) }
  return HOOK_TEMPLATES.find(template => template.id === id)
}
