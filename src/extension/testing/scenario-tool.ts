import type * as vscode from 'vscode'
import type { ScenarioResult } from '../../protocol/scenario.ts'
import { SCENARIO_TOOL } from '../contributions.ts'
import { Disposables, type Feature } from '../feature.ts'
import type { Lab } from '../lab.ts'
import { samePath } from '../places.ts'

const slashed = (path: string) => path.replaceAll('\\', '/')

interface Input {
  /** Path of a scenario file, absolute or below the workspace; all of the window when absent. */
  file?: string
  /** A part of the scenarios' names. */
  name?: string
}

/** Lets an assistant in the editor play scenarios, so that it can check the hook it has just written. */
export class ScenarioTool implements Feature, vscode.LanguageModelTool<Input> {
  readonly #lab: Lab
  readonly #mine = new Disposables()

  constructor(lab: Lab) {
    this.#lab = lab
  }

  start(): void {
    this.#mine.add(this.#lab.vscode.lm.registerTool<Input>(SCENARIO_TOOL, this))
  }

  prepareInvocation({ input }: vscode.LanguageModelToolInvocationPrepareOptions<Input>): vscode.PreparedToolInvocation {
    const { l10n } = this.#lab.vscode
    const what = input.name ?? input.file
    const message =
      what === undefined
        ? l10n.t('Run all scenarios, and with them the hooks of this workspace?')
        : l10n.t('Run the scenarios of “{0}”, and with them the hooks of this workspace?', what)
    return {
      invocationMessage: l10n.t('Running scenarios'),
      confirmationMessages: { title: l10n.t('Run scenarios'), message }
    }
  }

  async invoke(
    { input }: vscode.LanguageModelToolInvocationOptions<Input>,
    token: vscode.CancellationToken
  ): Promise<vscode.LanguageModelToolResult> {
    const { vscode, tests } = this.#lab
    await tests.refresh()
    const named = tests.items.found.filter(({ file }) => input.file === undefined || isNamed(file, input.file))
    const keys = named.flatMap(({ file, scenarios }) =>
      scenarios
        .filter(({ name }) => input.name === undefined || name.toLowerCase().includes(input.name.toLowerCase()))
        .map(({ id }) => ({ file, id }))
    )
    const mistakes = named.flatMap(({ problems }) => problems.map(({ message, range }) => `${range.file}:${range.line}: ${message}`))
    if (keys.length > 0) await tests.run(keys, { token })
    const results = keys.flatMap(key => tests.traces.get(key)?.result ?? [])
    const nothing = keys.length > 0 ? 'The scenarios were not played: see the Test view.' : 'There is no such scenario.'
    const text = [...mistakes, ...results.map(wordsOf)].join('\n') || nothing
    return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)])
  }

  dispose(): void {
    this.#mine.dispose()
  }
}

/** Whether a path, absolute or below a folder of the workspace, names a file. An assistant writes either kind of slash. */
export function isNamed(file: string, path: string): boolean {
  return samePath(file, path) || slashed(file).endsWith(`/${slashed(path).replace(/^\.?\//, '')}`)
}

/** For a reader who sees nothing else. */
function wordsOf({ outcome, name, file, range, reason, failures }: ScenarioResult): string {
  const head = `${outcome.toUpperCase()} ${name} (${file}:${range.line})${reason === undefined ? '' : `: ${reason}`}`
  const lines = failures.map(({ message, because, range: at, places }) =>
    [
      `  ${at ? `line ${at.line}: ` : ''}${message}`,
      ...(because ? [`  because: ${because}`] : []),
      ...places.map(place => `  see ${place.file}:${place.line ?? 1}`)
    ].join('\n')
  )
  return [head, ...lines].join('\n')
}
