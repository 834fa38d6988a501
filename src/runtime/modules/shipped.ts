import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * Modules that Botpress 12.31 ships and that a hook therefore can require without installing anything (R3.22).
 *
 * Each is built as a bundle of its own (scripts/build.ts), because an installed extension has no `node_modules`.
 */
export const SHIPPED_MODULES = [
  'axios',
  'bluebird',
  'express',
  'exponential-backoff',
  'form-data',
  'joi',
  'js-yaml',
  'jsonwebtoken',
  'knex',
  'lodash',
  'lru-cache',
  'mime-types',
  'moment',
  'ms',
  'mustache',
  'nanoid',
  'uuid',
  'uuid/v1',
  'uuid/v4',
  'yn'
] as const

const own = createRequire(import.meta.url)
const here = dirname(fileURLToPath(import.meta.url))

/** The folder of the bundles; undefined when running from source. */
const bundles = [join(here, 'modules'), join(here, '..', 'modules')].find(folder => existsSync(join(folder, 'lodash.cjs')))

/** These talk to the engine's own parts and stay the engine's own; the others are loaded anew into each life's realm, where they see its clock. */
const HOSTED: readonly string[] = ['express', 'knex']

/** The file of a shipped module; undefined when Botpress ships none of that name (`lodash/fp` is not served). */
export function shippedFile(name: string): string | undefined {
  if (!(SHIPPED_MODULES as readonly string[]).includes(name)) return undefined
  return bundles === undefined ? own.resolve(name) : join(bundles, `${name.replace('/', '__')}.cjs`)
}

/** Whether a file came with the engine. */
export function isShipped(file: string): boolean {
  return file.startsWith(bundles ?? join(here, '..', '..', '..', 'node_modules'))
}

export const isHosted = (name: string): boolean => HOSTED.includes(name)

/** Loads one that the engine itself uses. */
export function loadHosted(name: 'express' | 'knex'): unknown {
  return own(shippedFile(name)!)
}
