import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stringify } from 'yaml'
import type { ScenarioDraft } from '../trace/recording/scenario.ts'

const FOLDER = 'scenarios'

/**
 * Writes a recorded run beside the bot's `data/`, under a name that is still free.
 *
 * @param root the folder that holds `data/`: the scenario finds it as the nearest one above
 * @returns the file's absolute path
 */
export function writeScenario(root: string, draft: ScenarioDraft): string {
  mkdirSync(join(root, FOLDER), { recursive: true })
  const text = `# Recorded in the simulator. Say in its name what it shows, and take out what does not matter for it.\n${stringify(draft, { lineWidth: 120 })}`
  for (let n = 1; ; n++) {
    const file = join(root, FOLDER, `recorded-${n}.scenario.yaml`)
    if (existsSync(file)) continue
    writeFileSync(file, text, { flag: 'wx' })
    return file
  }
}
