import type * as vscode from 'vscode'
import type { Feature } from '../feature.ts'
import type { Lab } from '../lab.ts'
import { FIRST_BOT, makeFirstBot, type NewPlace, newPlace } from '../new-place.ts'
import { AUDIENCES, type Behaviour, type Choice, FREQUENCIES, INTERRUPTIONS, TRIGGERS } from './choices.ts'

/** Answers given beforehand; what is missing is asked. */
export type BehaviourAnswers = Partial<Behaviour>

const STEPS = 6

/** Makes a proactive behaviour: asks when, to whom, how often and with which manners, and writes hook, page and scenarios. */
export class NewBehaviour implements Feature {
  readonly commands = { newBehaviour: (given?: unknown) => this.#make(given) }
  readonly #lab: Lab

  constructor(lab: Lab) {
    this.#lab = lab
  }

  async #make(given: unknown): Promise<readonly vscode.Uri[] | undefined> {
    const { vscode } = this.#lab
    const folder = given instanceof vscode.Uri ? given : undefined
    const answers = (folder ? {} : (given ?? {})) as BehaviourAnswers
    const root = await newPlace(this.#lab, folder)
    if (!root) return undefined
    const behaviour = await this.#ask(root, answers)
    if (!behaviour) return undefined
    const { behaviourFiles } = await import('./behaviour-files.ts')
    const files = behaviourFiles(behaviour).map(({ path, text }) => ({ uri: vscode.Uri.joinPath(root.uri, path), text }))
    await this.#write(files, () => makeFirstBot(this.#lab, root, behaviour.botId))
    return files.map(({ uri }) => uri)
  }

  async #ask(root: NewPlace, answers: BehaviourAnswers): Promise<Behaviour | undefined> {
    const { l10n } = this.#lab.vscode
    const trigger = answers.trigger ?? (await this.#choose(1, l10n.t('What makes the bot speak?'), TRIGGERS))
    const audience = trigger && (answers.audience ?? (await this.#choose(2, l10n.t('To whom?'), AUDIENCES)))
    const frequency = audience && (answers.frequency ?? (await this.#choose(3, l10n.t('How often?'), FREQUENCIES)))
    const interruption =
      frequency && (answers.interruption ?? (await this.#choose(4, l10n.t('And in the middle of a conversation?'), INTERRUPTIONS)))
    const botId = interruption && (answers.botId ?? (await this.#bot(root)))
    const name = botId && (answers.name ?? (await this.#name(root, botId, trigger)))
    return name ? { name, botId, trigger, audience, frequency, interruption } : undefined
  }

  async #choose<K extends string>(step: number, question: string, table: Record<K, Choice>): Promise<K | undefined> {
    const { vscode } = this.#lab
    const items = (Object.entries(table) as [K, Choice][]).map(([key, { label, detail }]) => ({ label, detail, key }))
    return (await vscode.window.showQuickPick(items, { ...this.#step(step, question), matchOnDetail: true }))?.key
  }

  async #bot({ bots }: NewPlace): Promise<string | undefined> {
    const { vscode } = this.#lab
    if (bots.length < 2) return bots[0] ?? FIRST_BOT
    return vscode.window.showQuickPick([...bots], this.#step(5, vscode.l10n.t('For which bot?')))
  }

  async #name(root: NewPlace, botId: string, trigger: Behaviour['trigger']): Promise<string | undefined> {
    const { vscode } = this.#lab
    const value = {
      ready: 'greeting',
      idle: 'help',
      'form-focus': 'field-help',
      'form-submit': 'follow-up',
      outside: 'news',
      schedule: 'reminder'
    }[trigger as string]
    return vscode.window.showInputBox({
      ...this.#step(STEPS, ''),
      value: value ?? 'offer',
      // Not as a place holder: the field is filled in already, and the question would never be seen.
      prompt: vscode.l10n.t('What is it called? The files and the event get this name, such as “price-drop”.'),
      validateInput: async name => {
        if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name))
          return vscode.l10n.t('Lower-case letters, digits and single hyphens, a letter first.')
        const hook = `data/bots/${botId}/hooks/before_incoming_middleware/10_${name.replaceAll('-', '_')}.js`
        return (await this.#exists(vscode.Uri.joinPath(root.uri, hook)))
          ? vscode.l10n.t('There is a behaviour of this name already.')
          : undefined
      }
    })
  }

  /** All of them or none: nothing that is there is written over. */
  async #write(files: readonly { uri: vscode.Uri; text: string }[], before: () => Promise<void>): Promise<void> {
    const { vscode, roots, tests } = this.#lab
    for (const { uri } of files) {
      if (await this.#exists(uri)) throw new Error(vscode.l10n.t('There is such a file already: {0}', vscode.workspace.asRelativePath(uri)))
    }
    await before()
    for (const { uri, text } of files) await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text))
    await roots.scan()
    const [hook, scenarios] = [files[0]!.uri, files.at(-1)!.uri]
    await vscode.window.showTextDocument(hook, { preview: false })
    const run = vscode.l10n.t('Run Scenarios')
    const written = vscode.l10n.t('Written: {0}', files.map(({ uri }) => vscode.workspace.asRelativePath(uri)).join(', '))
    void vscode.window.showInformationMessage(written, run).then(choice => (choice === run ? tests.runFile(scenarios) : undefined))
  }

  async #exists(uri: vscode.Uri): Promise<boolean> {
    return this.#lab.vscode.workspace.fs.stat(uri).then(
      () => true,
      () => false
    )
  }

  /** Answers already given outlast a look at something else. */
  #step(number: number, question: string) {
    const title = this.#lab.vscode.l10n.t('New Proactive Behaviour ({0}/{1})', number, STEPS)
    return { title, placeHolder: question, ignoreFocusOut: true }
  }

  dispose(): void {}
}
