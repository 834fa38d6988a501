import { HttpService } from '../bp/http.ts'
import type { GhostFiles } from '../files.ts'
import type { OnProblem } from '../json-file.ts'
import { Fixtures } from '../network/fixtures.ts'
import { NetworkGuard } from '../network/guard.ts'
import type { ServerOptions } from './options.ts'
import type { Voice } from './voice.ts'

export interface NetworkParts {
  readonly options: ServerOptions
  readonly secret: string
  readonly files: GhostFiles
  readonly voice: Voice
  readonly problem: OnProblem
}

/** Ways in and out: the server for routers of hooks, and the guard over what hooks call. */
export function createNetwork({ options, secret, files, voice, problem }: NetworkParts): { http: HttpService; network: NetworkGuard } {
  const { settings, clock } = options
  const now = () => clock.now()
  const http = new HttpService({ secret, externalUrl: settings.externalUrl, now, log: message => voice.say('info', 'HTTP', message) })
  const fixtures = new Fixtures(files, problem)
  const network = new NetworkGuard(settings.network ?? {}, {
    isOwn: port => http.isAt(port),
    fixtures: given => fixtures.of(given),
    now,
    report: voice.report
  })
  return { http, network }
}
