import type { GhostFiles } from '../files.ts'

/** File access below one folder of `data/` (R18.7). */
function scoped(files: GhostFiles, base: string) {
  const at = (...parts: string[]) => [base, ...parts].filter(part => part !== '' && part !== './').join('/')
  return {
    upsertFile: async (folder: string, file: string, content: string | Buffer) =>
      files.write(at(folder, file), Buffer.from(content as string)),
    readFileAsBuffer: async (folder: string, file: string) => files.read(at(folder, file)),
    readFileAsString: async (folder: string, file: string) => files.read(at(folder, file)).toString(),
    readFileAsObject: async (folder: string, file: string) =>
      JSON.parse(
        files
          .read(at(folder, file))
          .toString()
          .replace(/^\uFEFF/, '')
      ),
    renameFile: async (folder: string, from: string, to: string) => {
      files.write(at(folder, to), files.read(at(folder, from)))
      files.delete(at(folder, from))
    },
    deleteFile: async (folder: string, file: string) => files.delete(at(folder, file)),
    fileExists: async (folder: string, file: string) => files.exists(at(folder, file)),
    directoryListing: async (folder: string, pattern = '*.*', exclude?: string | string[], includeDotFiles = false) => {
      const wanted = matcher(pattern)
      const unwanted = (Array.isArray(exclude) ? exclude : exclude === undefined ? [] : [exclude]).map(matcher)
      const isDot = (path: string) => path.split('/').some(part => part.startsWith('.'))
      return files.list(at(folder)).filter(path => wanted(path) && !unwanted.some(one => one(path)) && (includeDotFiles || !isDot(path)))
    },
    onFileChanged: (listener: (path: string) => void) => files.onChanged(listener)
  }
}

/** A file pattern with `*`; without a slash it is matched against the base name. */
function matcher(pattern: string): (path: string) => boolean {
  const text = pattern
    .split('**/')
    .map(part =>
      part
        .split('*')
        .map(piece => piece.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
        .join('[^/]*')
    )
    .join('(?:.*/)?')
  const expression = new RegExp(`^${text}$`, 'i')
  return path => expression.test(pattern.includes('/') ? path : path.slice(path.lastIndexOf('/') + 1))
}

/** `bp.ghost` (R18.7). */
export function ghostOf(files: GhostFiles) {
  return {
    forBot: (botId: string) => scoped(files, `bots/${botId}`),
    forBots: () => scoped(files, 'bots'),
    forGlobal: () => scoped(files, 'global'),
    forRoot: () => scoped(files, '')
  }
}
