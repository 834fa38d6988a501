import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { isLoopback } from './guard.ts'

/** How a request to a bot ended. */
export type Outcome =
  | { kind: 'answered'; status: number; body: string }
  /** `unreachable`: nobody listens; `closed`: the connection broke after it was made; `given-up`: our limit. */
  | { kind: 'unreachable' | 'closed' | 'given-up'; message: string }

export interface PostOptions {
  method?: string
  /** Sent as JSON. */
  body?: unknown
  headers?: Record<string, string>
  /** After so many ms without an answer the request is given up. */
  limitMs: number
  signal?: AbortSignal | undefined
}

/** More of an answer than this is not read. */
const MAX_ANSWER_BYTES = 4_000_000

/** Calls a bot on this computer. Never rejects: how it ended is the result. */
export function callBot(url: string, { method = 'POST', body, headers = {}, limitMs, signal }: PostOptions): Promise<Outcome> {
  if (!isLoopback(url)) {
    return Promise.resolve({ kind: 'unreachable', message: `${url} is not on this computer, and the simulator calls nothing else.` })
  }
  const data = body === undefined ? undefined : Buffer.from(JSON.stringify(body))
  return new Promise(resolve => {
    let isConnected = false
    const ask = url.startsWith('https:') ? httpsRequest : httpRequest
    const request = ask(url, {
      method,
      // A connection of its own: a kept one that the bot has closed would look as if the bot had exited.
      agent: false,
      headers: { ...(data && { 'Content-Type': 'application/json', 'Content-Length': String(data.length) }), ...headers },
      ...(signal && { signal })
    })
    const limit = setTimeout(() => {
      resolve({ kind: 'given-up', message: `No answer after ${limitMs} ms.` })
      request.destroy()
    }, limitMs)
    const end = (outcome: Outcome) => {
      clearTimeout(limit)
      resolve(outcome)
    }
    request.on('socket', socket => {
      if (socket.connecting) socket.once('connect', () => (isConnected = true))
      else isConnected = true
    })
    request.on('error', error => end({ kind: isConnected ? 'closed' : 'unreachable', message: error.message }))
    request.on('response', response => {
      const chunks: Buffer[] = []
      let size = 0
      response.on('data', (chunk: Buffer) => {
        size += chunk.length
        if (size <= MAX_ANSWER_BYTES) chunks.push(chunk)
        else request.destroy()
      })
      response.on('end', () => end({ kind: 'answered', status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') }))
      response.on('error', error => end({ kind: 'closed', message: error.message }))
    })
    request.end(data)
  })
}
