import { request } from 'node:http'
import { Connector, type ConnectorOptions } from '../../../src/channels/botframework/connector.ts'
import type { EntryKind, EntryOf } from '../../../src/trace/entry.ts'
import { TraceLog } from '../../../src/trace/log.ts'

export interface Reply {
  status: number
  text: string
  json: unknown
  headers: Record<string, unknown>
}

/** A bot without any SDK: raw requests to a connector. */
export interface Caller {
  connector: Connector
  trace: TraceLog
  /** @param path below the prefix, or from the root with `from: 'root'` */
  call(method: string, path: string, body?: unknown, how?: { headers?: Record<string, string>; from?: 'root' }): Promise<Reply>
}

export async function callerOf(options: Partial<ConnectorOptions> = {}): Promise<Caller> {
  const trace = options.trace ?? new TraceLog()
  const connector = await Connector.listen({ ...options, trace })
  return {
    connector,
    trace,
    call: (method, path, body, { headers = {}, from } = {}) =>
      new Promise((resolve, reject) => {
        const text = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body)
        const asked = request({
          host: '127.0.0.1',
          port: connector.port,
          method,
          path: from === 'root' ? path : `/${connector.prefix}/${path}`,
          headers: { ...(text !== undefined && { 'Content-Type': 'application/json' }), ...headers },
          agent: false
        })
        asked.on('error', reject)
        asked.on('response', response => {
          const chunks: Buffer[] = []
          response.on('data', (chunk: Buffer) => chunks.push(chunk))
          response.on('error', reject)
          response.on('end', () => {
            const text = Buffer.concat(chunks).toString('utf8')
            let json: unknown
            try {
              json = JSON.parse(text)
            } catch {
              json = undefined
            }
            resolve({ status: response.statusCode!, text, json, headers: response.headers })
          })
        })
        asked.end(text)
      })
  }
}

/** The entries of a kind, in order. */
export function entriesOf<K extends EntryKind>(trace: TraceLog, kind: K): EntryOf<K>[] {
  return trace.entries.filter(entry => entry.kind === kind) as unknown[] as EntryOf<K>[]
}
