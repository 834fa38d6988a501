import net from 'node:net'
import type { NetworkGuard } from './guard.ts'
import { refused } from './refused.ts'

/** On the options of a connection that belongs to a call which is recorded already. */
export const RECORDED = Symbol('recorded')

type Options = { host?: string; port?: number | string; path?: string; [RECORDED]?: boolean }

/** Guards every socket, below `net.connect`, `tls.connect`, agents and HTTP/2. */
export function wrapConnect(current: () => NetworkGuard | undefined): void {
  // biome-ignore lint/suspicious/noExplicitAny: the method's many forms
  const original = net.Socket.prototype.connect as (this: net.Socket, ...args: any[]) => net.Socket
  net.Socket.prototype.connect = function (this: net.Socket, ...args: unknown[]) {
    const guard = current()
    const options = optionsOf(args)
    // A path is a socket of this computer.
    if (!guard || options.path !== undefined || options.port === undefined) return original.apply(this, args)
    const host = options.host ?? 'localhost'
    const reason = guard.refusalOf(host, Number(options.port))
    const url = `tcp://${host.includes(':') ? `[${host}]` : host}:${options.port}`
    const isRecorded = options[RECORDED] === true
    if (reason !== undefined) {
      guard.record('CONNECT', url)('refused', undefined, reason)
      // As a failing connection does: later, by the socket's own event.
      process.nextTick(() => this.destroy(refused(url, reason)))
      return this
    }
    if (!isRecorded) {
      const end = guard.record('CONNECT', url)
      this.prependOnceListener('connect', () => end('allowed'))
      this.prependOnceListener('close', () => end('failed'))
    }
    return original.apply(this, args)
  } as typeof net.Socket.prototype.connect
}

/** `connect(options)`, `connect(port, host)`, `connect(path)`, or the normalised array that Node itself passes. */
function optionsOf(args: unknown[]): Options {
  const [first, second] = Array.isArray(args[0]) ? (args[0] as unknown[]) : args
  if (typeof first === 'object' && first !== null) return first as Options
  if (typeof first === 'string' && !/^\d+$/.test(first)) return { path: first }
  return { port: first as number, ...(typeof second === 'string' && { host: second }) }
}
