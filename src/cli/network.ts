import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { NETWORK_FIXTURES, type NetworkSettings } from '../protocol/engine.ts'
import { Misuse } from './misuse.ts'

const MODES = ['loopback', 'allow', 'refuse'] as const

/** Options of every command that runs hooks. */
export const NETWORK_OPTIONS = { network: { type: 'string' }, fixtures: { type: 'string' } } as const

export const NETWORK_HELP = `  --network MODE what hooks may call: 'loopback' (this computer only, the default), 'allow' (anywhere), 'refuse' (nothing)
  --fixtures FILE answer calls from this JSON file: a list of {method?, url, status?, headers?, body?}, with * in a url for any text;
                 default: ${NETWORK_FIXTURES} in the Botpress folder, if it is there`

/** What the options say. @throws Misuse */
export function networkOf(given: { network?: string | undefined; fixtures?: string | undefined }, root: string): NetworkSettings {
  const mode = given.network === undefined ? 'loopback' : MODES.find(one => one === given.network)
  if (mode === undefined) throw new Misuse(`--network is one of ${MODES.join(', ')}, not '${given.network}'`)
  const fixturesFile = given.fixtures === undefined ? join(root, NETWORK_FIXTURES) : resolve(given.fixtures)
  if (given.fixtures !== undefined && !existsSync(fixturesFile)) throw new Misuse(`There is no file ${given.fixtures}`)
  return { mode, fixturesFile }
}
