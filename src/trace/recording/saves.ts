import type { SavedFile } from '../saved-files.ts'
import type { RecordedDeed } from './recording.ts'

type Json = Record<string, unknown>

/** Where the files of a run lie, absolute: the folder that holds `data/`, and the one that pages are below. */
export interface Folders {
  root: string
  base: string
}

/** Files as they were when the run began, as far as they were saved in it: `given: files`. */
export function filesAtFirst(deeds: readonly RecordedDeed[], folders: Folders): Json {
  const files: Json = {}
  for (const { deed } of deeds) {
    if (deed.do !== 'save') continue
    for (const saved of deed.files) {
      const path = pathOf(saved, folders)
      if (path !== undefined && saved.before !== undefined && !Object.hasOwn(files, path)) files[path] = saved.before
    }
  }
  return files
}

/** A step for each file of which the trace tells what it has become. */
export function saveSteps(files: readonly SavedFile[], folders: Folders): Json[] {
  return files.flatMap(saved => {
    const file = pathOf(saved, folders)
    const { before, after } = saved
    if (file === undefined || after === undefined || before === after) return []
    const line = typeof before === 'string' && typeof after === 'string' ? changedLine(before, after) : undefined
    return [{ save: { file, ...(line ? { replace: { [line.from]: line.to } } : { text: after }) } }]
  })
}

/** The one line in which a text has changed, if it stands once in it: what the author of a scenario would write. */
function changedLine(before: string, after: string): { from: string; to: string } | undefined {
  const [old, now] = [before.split('\n'), after.split('\n')]
  const at = old.findIndex((line, n) => line !== now[n])
  const [from, to] = [old[at]?.trim(), now[at]?.trim()]
  if (!from || to === undefined || before.split(from).length !== 2) return undefined
  return before.replace(from, () => to) === after ? { from, to } : undefined
}

function pathOf({ file, what }: SavedFile, { root, base }: Folders): string | undefined {
  const folder = `${plain(what === 'page' ? base : root).replace(/\/$/, '')}/`
  return plain(file).startsWith(folder) ? plain(file).slice(folder.length) : undefined
}

const plain = (path: string) => path.replaceAll('\\', '/')
