import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stringify } from 'yaml'
import type { Folders } from '../trace/recording/saves.ts'
import type { ScenarioDraft } from '../trace/recording/scenario.ts'
import { pathBelow } from './workspace.ts'

const FOLDER = 'scenarios'
const HEAD = '# Recorded in the simulator. Say in its name what it shows, and take out what does not matter for it.\n'
/** So that nobody takes the copy for the file. */
const FILES = '# Files were saved meanwhile: it begins with them as they were then (given, files), not as they are in the folder now.\n'

/**
 * Writes a recorded run beside the bot's `data/`, under a name that is still free. The scenario finds `data/` as the nearest one above, and names the
 * folder of its pages where that is another one.
 *
 * @returns the file's absolute path
 */
export function writeScenario({ root, base }: Folders, draft: ScenarioDraft): string {
  const folder = join(root, FOLDER)
  mkdirSync(folder, { recursive: true })
  const given = { ...(base !== root && { folder: pathBelow(folder, base) }), ...draft.given }
  const text = `${HEAD}${draft.given.files ? FILES : ''}${stringify({ ...draft, given }, { lineWidth: 120 })}`
  for (let n = 1; ; n++) {
    const file = join(folder, `recorded-${n}.scenario.yaml`)
    if (existsSync(file)) continue
    writeFileSync(file, text, { flag: 'wx' })
    return file
  }
}
