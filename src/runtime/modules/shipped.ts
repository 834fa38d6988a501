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

/** Loads a shipped module, or one of its files (`lodash/fp` is not served). Undefined when Botpress ships none of that name. */
export function loadShipped(name: string): { exports: unknown } | undefined {
  if (!(SHIPPED_MODULES as readonly string[]).includes(name)) return undefined
  return { exports: own(bundles === undefined ? name : join(bundles, `${name.replace('/', '__')}.cjs`)) }
}
