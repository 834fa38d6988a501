import type { NetworkFixture, NetworkSettings } from '../../protocol/engine.ts'

/** What may happen to a call: decided by its address alone, before anything leaves. */
export type Verdict = { kind: 'allowed' } | { kind: 'refused'; reason: string } | { kind: 'answered'; fixture: NetworkFixture }

export interface Policy {
  readonly settings: NetworkSettings
  /** What calls are answered with, the first that fits. */
  fixtures(): readonly NetworkFixture[]
  /** Whether a port of this machine is the engine's own server (`bp.http`): always allowed. */
  isOwn(port: number): boolean
}

/** @param url absolute address, e.g. `https://api.example.com/x?y` */
export function verdictOf(policy: Policy, method: string, url: URL): Verdict {
  const fixture = policy.fixtures().find(one => fits(one, method, url))
  if (fixture) return { kind: 'answered', fixture }
  const reason = refusal(policy, url.hostname, portOf(url))
  return reason === undefined ? { kind: 'allowed' } : { kind: 'refused', reason }
}

/** Why a connection to a host is refused, and what to do about it; undefined when it is allowed. */
export function refusal(policy: Policy, hostname: string, port: number | undefined): string | undefined {
  const host = plain(hostname)
  const { settings } = policy
  const mode = settings.mode ?? 'loopback'
  const local = isLoopback(host)
  if (mode === 'allow' || (local && port !== undefined && policy.isOwn(port))) return undefined
  if (mode === 'loopback' && local) return undefined
  if ((settings.allow ?? []).some(pattern => matchesHost(pattern, host))) return undefined
  const why = mode === 'refuse' ? 'all network calls are refused here' : 'only calls to this computer are allowed here'
  return `${why}. Allow "${host}" in the setting proactiveHooks.network.allow (on the command line: --network allow), or answer the call from a fixture.`
}

/** Names and addresses of this computer. */
export function isLoopback(hostname: string): boolean {
  const host = plain(hostname)
  return /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|::1|::ffff:127(\.\d{1,3}){3}|0\.0\.0\.0|::|)$/.test(host)
}

/** `example.com`, or `*.example.com` for everything below it. */
function matchesHost(pattern: string, host: string): boolean {
  const wanted = plain(pattern.trim())
  return wanted.startsWith('*.') ? host.endsWith(wanted.slice(1)) : host === wanted
}

/** The address as it stands, or with `*` for any text. */
function fits(fixture: NetworkFixture, method: string, url: URL): boolean {
  if (fixture.method !== undefined && fixture.method.toUpperCase() !== method.toUpperCase()) return false
  const pieces = fixture.url.split('*').map(piece => piece.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${pieces.join('.*')}$`).test(url.href) || fixture.url === url.href.replace(/\/$/, '')
}

function plain(hostname: string): string {
  return hostname
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
    .toLowerCase()
}

function portOf(url: URL): number {
  return Number(url.port || (url.protocol === 'https:' ? 443 : 80))
}

/** What a fixture's body is sent as: text as it is, everything else as JSON. */
export function answerOf({ status, headers, body }: NetworkFixture): { status: number; headers: Record<string, string>; body: string } {
  const isText = typeof body === 'string'
  const type = { 'content-type': isText ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8' }
  const own = Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]))
  return { status: status ?? 200, headers: { ...type, ...own }, body: body === undefined ? '' : isText ? body : JSON.stringify(body) }
}
