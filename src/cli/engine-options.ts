import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { NEWEST } from '../botpress/versions.ts'
import { type EngineSettings, NETWORK_FIXTURES } from '../protocol/engine.ts'
import { Misuse } from './misuse.ts'

const MODES = ['loopback', 'allow', 'refuse'] as const

/** Options of every command that runs hooks. */
export const ENGINE_OPTIONS = { network: { type: 'string' }, fixtures: { type: 'string' }, 'botpress-version': { type: 'string' } } as const

export const ENGINE_HELP = `  --network MODE what hooks may call: 'loopback' (this computer only, the default), 'allow' (anywhere), 'refuse' (nothing)
  --fixtures FILE answer calls from this JSON file: a list of {method?, url, status?, headers?, body?}, with * in a url for any text;
                 default: ${NETWORK_FIXTURES} in the Botpress folder, if it is there
  --botpress-version V the release whose behaviour is shown, from 12.22 on (default ${NEWEST})`

type Given = { [name in keyof typeof ENGINE_OPTIONS]?: string | undefined }

/** What the options say. @throws Misuse */
export function engineOf(given: Given, root: string): Required<Pick<EngineSettings, 'network' | 'botpressVersion'>> {
  const { network = 'loopback', fixtures, 'botpress-version': botpressVersion = NEWEST } = given
  const mode = MODES.find(one => one === network)
  if (mode === undefined) throw new Misuse(`--network is one of ${MODES.join(', ')}, not '${network}'`)
  if (fixtures !== undefined && !existsSync(fixtures)) throw new Misuse(`There is no file ${fixtures}`)
  if (!/^12\.\d+(\.\d+)?$/.test(botpressVersion))
    throw new Misuse(`--botpress-version is a release of Botpress 12, for example ${NEWEST}, not '${botpressVersion}'`)
  const fixturesFile = fixtures === undefined ? join(root, NETWORK_FIXTURES) : resolve(fixtures)
  return { network: { mode, fixturesFile }, botpressVersion }
}
