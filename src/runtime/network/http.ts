import { errorMonitor } from 'node:events'
import http, { type ClientRequest, type RequestOptions } from 'node:http'
import https from 'node:https'
import { syncBuiltinESMExports } from 'node:module'
import net from 'node:net'
import { urlToHttpOptions } from 'node:url'
import type { NetworkFixture } from '../../protocol/engine.ts'
import { RECORDED } from './connect.ts'
import type { NetworkGuard } from './guard.ts'
import { REFUSED, refused } from './refused.ts'

type Request = (options: RequestOptions, callback?: Callback) => ClientRequest
type Callback = (response: http.IncomingMessage) => void

/** Guards `http` and `https` as authors and their libraries (axios among them) call them: an entry per request, with its status. */
export function wrapHttp(current: () => NetworkGuard | undefined): void {
  const plain = http.request.bind(http) as Request
  for (const [module, protocol] of [
    [http, 'http:'],
    [https, 'https:']
  ] as const) {
    const original = module.request.bind(module) as (...args: unknown[]) => ClientRequest
    const request = (...args: unknown[]): ClientRequest => {
      const guard = current()
      const call = guard && callOf(args, protocol)
      if (!guard || !call) return original(...args)
      const { options, callback, url } = call
      const method = options.method ?? 'GET'
      const verdict = guard.verdict(method, url)
      const end = guard.record(method, url.href)
      let made: ClientRequest
      if (verdict.kind === 'refused') made = plain({ ...options, ...failing(refused(`${method} ${url.href}`, verdict.reason)) }, callback)
      else if (verdict.kind === 'answered') made = plain({ ...options, ...answering(guard, verdict.fixture) }, callback)
      else made = original(options, callback)
      observe(
        made,
        error => {
          const reason = (error as { reason?: string }).reason
          return (error as { code?: string }).code === REFUSED ? end('refused', undefined, reason) : end('failed', undefined, error.message)
        },
        status => end(verdict.kind === 'answered' ? 'answered' : 'allowed', status)
      )
      return made
    }
    const get = (...args: unknown[]): ClientRequest => {
      const made = request(...args)
      made.end()
      return made
    }
    Object.assign(module, { request, get })
  }
  // For packages that import the modules by name.
  syncBuiltinESMExports()
}

/** Looks at a request without becoming one of its listeners: without any, an error ends the process and a response is thrown away. */
function observe(request: ClientRequest, failed: (error: Error) => void, answered: (status: number | undefined) => void): void {
  request.on(errorMonitor, failed)
  const emit = request.emit
  request.emit = function (this: ClientRequest, name: string | symbol, ...args: unknown[]) {
    if (name === 'response' || name === 'upgrade' || name === 'connect') answered((args[0] as http.IncomingMessage).statusCode)
    return (emit as (...all: unknown[]) => boolean).call(this, name, ...args)
  } as typeof request.emit
}

/** A request whose connection fails, as one that the network refuses. */
function failing(error: Error): RequestOptions {
  return { ...rerouted(), agent: agentOf(done => process.nextTick(() => done(error))) }
}

/** A request that goes to the fixtures' server. */
function answering({ fixtureServer: fixtures }: NetworkGuard, fixture: NetworkFixture): RequestOptions {
  const agent = agentOf(done => {
    fixtures.listen().then(
      port => done(null, net.connect({ port, host: '127.0.0.1', [RECORDED]: true } as net.TcpNetConnectOpts)),
      error => done(error)
    )
  })
  return { ...rerouted(), agent, path: fixtures.pathOf(fixture) }
}

const rerouted = () => ({ protocol: 'http:', createConnection: undefined, socketPath: undefined })

type Done = (error: Error | null, socket?: net.Socket) => void

function agentOf(connect: (done: Done) => void): http.Agent {
  const agent = new http.Agent({ keepAlive: false })
  agent.createConnection = ((_options: unknown, done: Done) => void connect(done)) as typeof agent.createConnection
  return agent
}

/** The forms `(url, options?, callback?)` and `(options, callback?)` as one; undefined for a local socket, or when Node is to complain. */
function callOf(args: unknown[], protocol: 'http:' | 'https:'): { options: RequestOptions; callback?: Callback; url: URL } | undefined {
  const rest = [...args]
  let options: RequestOptions = {}
  try {
    const first = rest[0]
    if (typeof first === 'string') options = urlToHttpOptions(new URL(rest.shift() as string)) as RequestOptions
    else if (isUrl(first)) options = urlToHttpOptions(rest.shift() as URL) as RequestOptions
    if (typeof rest[0] === 'object' && rest[0] !== null) options = { ...options, ...(rest.shift() as RequestOptions) }
    if (options.socketPath) return undefined
    const callback = typeof rest[0] === 'function' ? (rest[0] as Callback) : undefined
    const secure = options.protocol ?? protocol
    const host = options.hostname || options.host || 'localhost'
    const port = options.port || options.defaultPort
    const bracketed = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host
    const url = new URL(`${secure}//${bracketed}${port ? `:${port}` : ''}${options.path || '/'}`)
    return { options: { ...options, [RECORDED]: true } as RequestOptions, url, ...(callback && { callback }) }
  } catch {
    return undefined
  }
}

function isUrl(value: unknown): value is URL {
  return typeof value === 'object' && value !== null && typeof (value as URL).href === 'string' && 'searchParams' in value
}
