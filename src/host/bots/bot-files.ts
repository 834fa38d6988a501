import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { FileWatch } from '../file-watch.ts'

/** What a bot is made of. Of JSON only what it does not write itself: reminders and references in files are no reason to start it anew. */
const CODE = /(\.([cm]?[jt]s|py|env|lg|lu|dialog)|(^|[\\/])(package|appsettings[^\\/]*)\.json)$/
/** Folders with files that are not the bot's own, and those whose name begins with a dot. */
const NOT_WATCHED = new Set(['node_modules', 'dist', 'out', 'venv', '__pycache__'])
const DEPTH = 4

/** Tells when a file of a bot's was saved, in its folder or below. */
export function watchBotFiles(folder: string, onSaved: () => void): FileWatch {
  const watch = new FileWatch(files => files.some(file => CODE.test(file)) && onSaved())
  const add = (at: string, depth: number) => {
    watch.addFile(join(at, 'any'))
    if (depth > 0) for (const name of foldersIn(at)) add(join(at, name), depth - 1)
  }
  add(folder, DEPTH)
  return watch
}

/** Of a folder that cannot be read: none; it is started again by hand. */
function foldersIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter(entry => entry.isDirectory() && !entry.name.startsWith('.') && !NOT_WATCHED.has(entry.name))
      .map(({ name }) => name)
  } catch {
    return []
  }
}
