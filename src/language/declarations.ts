import { existsSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Where the declaration files lie that describe what a hook can use. */
export interface DeclarationFolders {
  /** TypeScript's own `lib.*.d.ts`. */
  readonly lib: string
  /** The Botpress SDK. */
  readonly sdk: string
  /** The pages that explain the rules, or undefined when they were not shipped. */
  readonly ruleDocs?: string
}

/** Finds them beside the bundle (`dist/lib`, `dist/sdk`), or in the sources when the server runs from there. */
export function findDeclarations(): DeclarationFolders {
  const here = dirname(fileURLToPath(import.meta.url))
  // A bundle is `dist/server.js` or a chunk one folder below.
  for (const dist of [here, dirname(here)]) {
    if (existsSync(join(dist, 'lib', 'lib.es5.d.ts')))
      return folders(join(dist, 'lib'), join(dist, 'sdk'), join(dirname(dist), 'docs/rules'))
  }
  const lib = dirname(createRequire(import.meta.url).resolve('typescript'))
  return folders(lib, join(dirname(here), 'botpress/sdk'), join(dirname(dirname(here)), 'docs/rules'))
}

function folders(lib: string, sdk: string, ruleDocs: string): DeclarationFolders {
  return { lib, sdk, ...(existsSync(ruleDocs) && { ruleDocs }) }
}

/** All declaration files of a folder, at any depth, in a stable order. */
export function declarationFiles(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.d.ts'))
    .sort()
    .map(name => join(folder, name).replaceAll('\\', '/'))
}
