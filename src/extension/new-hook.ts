import type * as vscode from 'vscode'
import { HOOK_TYPES, type HookType, hookTypeOf } from '../botpress/hook-types.ts'
import type { Feature } from './feature.ts'
import { emptyHook, HOOK_TEMPLATES, hookFile, problemOfName, templatesFor } from './hook-templates.ts'
import type { Lab } from './lab.ts'
import { FIRST_BOT, makeFirstBot, type NewPlace, newPlace } from './new-place.ts'

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
    const place = answers.root === undefined ? await newPlace(this.#lab, folder) : await this.#given(answers.root)
    if (!place) return undefined
    const bot = answers.bot === undefined ? await this.#askBot(place) : { id: answers.bot ?? undefined }
    if (!bot) return undefined
    const type = answers.type === undefined ? await this.#askType(bot.id) : hookTypeOf(answers.type)
    if (!type) return undefined
    const template = answers.template === undefined ? await this.#askTemplate(type) : templateOf(type, answers.template)
    if (!template) return undefined
    const name = answers.name ?? (await this.#askName(place.uri, bot.id, type, template.id))
    if (name === undefined) return undefined
    const file = vscode.Uri.joinPath(place.uri, hookFile(bot.id, type.id, name))
    await this.#mustBeNew(file)
    if (bot.id !== undefined) await makeFirstBot(this.#lab, place, bot.id)
    return this.#write(file, template.text)
  }

  async #given(path: string): Promise<NewPlace> {
    const { vscode, roots } = this.#lab
    const uri = vscode.Uri.file(path)
    return (await roots.all()).find(root => root.uri.toString() === uri.toString()) ?? { uri, bots: [] }
  }

  async #askBot({ bots }: NewPlace): Promise<{ id: string | undefined } | undefined> {
    const { vscode } = this.#lab
    const known = bots.map(id => ({ id, detail: vscode.l10n.t('Only for this bot') }))
    const first = { id: FIRST_BOT, detail: vscode.l10n.t('A small bot that is made with the hook, so that there is one to talk to') }
    const items = [
      ...(known.length > 0 ? known : [first]).map(({ id, detail }) => ({ label: `$(robot) ${id}`, detail, id: id as string | undefined })),
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
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text))
    await roots.scan()
    await vscode.window.showTextDocument(file)
    return file
  }

  async #mustBeNew(file: vscode.Uri): Promise<void> {
    const { vscode } = this.#lab
    if (!(await this.#exists(file))) return
    throw new Error(vscode.l10n.t('There is a hook of this name already: {0}', vscode.workspace.asRelativePath(file)))
  }

  async #exists(file: vscode.Uri): Promise<boolean> {
    return this.#lab.vscode.workspace.fs.stat(file).then(
      () => true,
      () => false
    )
  }

  /** Answers already given outlast a look at something else: the walkthrough, which leads here, takes the focus when its step is done. */
  #step(number: number, question: string) {
    return { title: this.#lab.vscode.l10n.t('New Hook ({0}/4)', number), placeHolder: question, ignoreFocusOut: true }
  }

  dispose(): void {}
}

function templateOf(type: HookType, id: string): { id: string; text: string } | undefined {
  if (id === 'empty') return { id, text: emptyHook(type) }
  return HOOK_TEMPLATES.find(template => template.id === id)
}
