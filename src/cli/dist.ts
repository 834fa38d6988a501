import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))

/** The folder with the built parts: this bundle's own, or `dist/` when the command line runs from its sources. */
export const DIST =
  [here, join(here, '..'), join(here, '..', '..', 'dist')].find(folder => existsSync(join(folder, 'engine.js'))) ??
  join(here, '..', '..', 'dist')
