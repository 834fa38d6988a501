import type { Feature } from '../feature.ts'
import type { Lab } from '../lab.ts'

/** Makes a scenario of what was done in the simulator since its trace began, and shows it in editor and Test view. */
export class RecordScenario implements Feature {
  readonly commands = { recordScenario: () => this.#record() }
  readonly #lab: Lab

  constructor(lab: Lab) {
    this.#lab = lab
  }

  async #record(): Promise<void> {
    const { vscode, simulators, tests } = this.#lab
    const open = simulators.current
    if (!open) throw new Error(vscode.l10n.t('Open the simulator first, and do in it what the scenario should play.'))
    const before = new Set(tests.items.found.map(({ file }) => file))
    await open.simulator.handle({ kind: 'saveScenario' })
    await tests.refresh()
    const written = tests.items.found.find(({ file }) => !before.has(file))
    const item = written && tests.items.item({ file: written.file, id: written.scenarios[0]?.id ?? '' })
    if (item) await vscode.commands.executeCommand('vscode.revealTestInExplorer', item)
  }

  dispose(): void {}
}
