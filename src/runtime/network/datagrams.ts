import type dgram from 'node:dgram'
import type { NetworkGuard } from './guard.ts'
import { refused } from './refused.ts'

type Done = (error: Error | null, bytes: number) => void

/** `dgram` as scripts get it: whatever is sent is a call like any other. */
export function guardedDatagrams(real: typeof dgram, guard: () => NetworkGuard): object {
  const createSocket = (...args: unknown[]) => guardSocket((real.createSocket as (...all: unknown[]) => dgram.Socket)(...args), guard)
  return { ...real, createSocket }
}

function guardSocket(socket: dgram.Socket, guard: () => NetworkGuard): dgram.Socket {
  const send = socket.send.bind(socket) as (...args: unknown[]) => void
  const connect = socket.connect.bind(socket) as (...args: unknown[]) => void
  let peer: { host: string; port: number } | undefined
  /** Does it, or fails as a network does: later, by the callback or the socket's event. */
  const guarded = (method: string, to: { host: string; port: number }, done: Done | undefined, go: () => void) => {
    const url = `udp://${to.host}:${to.port}`
    const reason = guard().refusalOf(to.host, to.port)
    guard().record(method, url)(reason === undefined ? 'allowed' : 'refused', undefined, reason)
    if (reason === undefined) return go()
    const error = refused(`${method} ${url}`, reason)
    process.nextTick(() => (done ? done(error, 0) : socket.emit('error', error)))
  }
  const guardedSend = (...args: unknown[]) => {
    const done = typeof args.at(-1) === 'function' ? (args.at(-1) as Done) : undefined
    guarded('SEND', addressOf(args) ?? peer ?? { host: 'localhost', port: 0 }, done, () => {
      // A socket that is not bound yet calls the method again when it is.
      Object.assign(socket, { send })
      send(...args)
      Object.assign(socket, { send: guardedSend })
    })
  }
  const guardedConnect = (port: number, ...rest: unknown[]) => {
    const to = { host: typeof rest[0] === 'string' ? rest[0] : 'localhost', port }
    const done = rest.find(one => typeof one === 'function') as Done | undefined
    guarded('CONNECT', to, done, () => {
      peer = to
      connect(port, ...rest)
    })
  }
  return Object.assign(socket, { send: guardedSend, connect: guardedConnect })
}

/** `send(message, port, host?)` or `send(message, offset, length, port, host?)`; undefined on a connected socket. */
function addressOf([, first, second, third, fourth]: unknown[]): { host: string; port: number } | undefined {
  const [port, host] = typeof second === 'number' && third !== undefined && typeof third !== 'function' ? [third, fourth] : [first, second]
  if (typeof port !== 'number' || (typeof second === 'number' && typeof third !== 'number')) return undefined
  return { host: typeof host === 'string' ? host : 'localhost', port }
}
