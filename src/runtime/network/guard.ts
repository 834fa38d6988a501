import type { NetworkFixture, NetworkSettings } from '../../protocol/engine.ts'
import type { ReportInput } from '../api.ts'
import { originNow } from '../current.ts'
import { wrapConnect } from './connect.ts'
import { FixtureServer } from './fixture-server.ts'
import { wrapHttp } from './http.ts'
import { type Policy, refusal, type Verdict, verdictOf } from './policy.ts'

export interface GuardHost {
  isOwn(port: number): boolean
  fixtures(settings: NetworkSettings): readonly NetworkFixture[]
  /** ms of the one clock. */
  now(): number
  report(entry: ReportInput): void
}

/** How a call ended. */
export type Outcome = 'allowed' | 'refused' | 'answered' | 'failed'

/** Refuses, answers and records the network calls of authors' scripts and of whatever they require. */
export class NetworkGuard implements Policy {
  settings: NetworkSettings
  readonly fixtureServer = new FixtureServer()
  readonly #host: GuardHost

  constructor(settings: NetworkSettings, host: GuardHost) {
    this.settings = settings
    this.#host = host
    wrapOnce()
    guards.push(this)
  }

  isOwn(port: number): boolean {
    return this.#host.isOwn(port) || this.fixtureServer.isAt(port)
  }

  fixtures(): readonly NetworkFixture[] {
    return this.#host.fixtures(this.settings)
  }

  verdict(method: string, url: URL): Verdict {
    return verdictOf(this, method, url)
  }

  /** The error that a refused connection gives, or undefined. */
  refusalOf(hostname: string, port: number | undefined): string | undefined {
    return refusal(this, hostname, port)
  }

  /** Calls that have begun and not ended. */
  pending = 0

  /** Starts the record of a call; call the answer once, when it has ended. */
  record(method: string, url: string): (outcome: Outcome, status?: number, reason?: string) => void {
    const start = this.#host.now()
    const { place } = originNow()
    let done = false
    this.pending++
    return (outcome, status, reason) => {
      if (done) return
      done = true
      this.pending--
      this.#host.report({
        kind: 'network',
        method: method.toUpperCase(),
        url,
        outcome,
        ms: this.#host.now() - start,
        ...(status !== undefined && { status }),
        ...(reason !== undefined && { reason }),
        ...(place && { place })
      })
    }
  }

  close(): void {
    guards.splice(guards.indexOf(this), 1)
    this.fixtureServer.close()
  }
}

const guards: NetworkGuard[] = []
/** The guard of the engine that runs in this process; in tests, of the youngest. */
const current = () => guards.at(-1)

let wrapped = false
/** Node's modules are wrapped once and for good; without an engine the wrappers pass everything through. */
function wrapOnce(): void {
  if (wrapped) return
  wrapped = true
  wrapHttp(current)
  wrapConnect(current)
}
