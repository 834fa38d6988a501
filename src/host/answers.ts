import { readFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Document } from './documents.ts'
import { mediaType } from './site-files.ts'

/** The few kinds of answers that the gateway gives. */

const MAX_BODY_BYTES = 1_000_000

export function refuse(response: ServerResponse, status: number, reason: string): void {
  if (status === 204) response.writeHead(204).end()
  else sendJson(response, status, { message: reason })
}

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store' })
  response.end(JSON.stringify(body ?? {}))
}

export function sendHtml(response: ServerResponse, html: string): void {
  response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' })
  response.end(html)
}

export function sendDocument(response: ServerResponse, { html, policy }: Document): void {
  response.setHeader('Content-Security-Policy', policy)
  sendHtml(response, html)
}

export function sendScript(response: ServerResponse, code: string): void {
  response.writeHead(200, { 'Content-Type': 'text/javascript; charset=utf-8', 'Cache-Control': 'no-store' })
  response.end(code)
}

export async function sendFile(response: ServerResponse, file: string): Promise<void> {
  sendContent(response, file, await readFile(file))
}

/** @param file decides the type */
export function sendContent(response: ServerResponse, file: string, content: Uint8Array): void {
  response.writeHead(200, { 'Content-Type': mediaType(file), 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' })
  response.end(content)
}

/** The parsed body; answers itself (413, 400) when it is too big or no JSON. */
export async function bodyOf(request: IncomingMessage, response: ServerResponse): Promise<unknown> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    size += chunk.length
    if (size > MAX_BODY_BYTES) {
      refuse(response, 413, `More than ${MAX_BODY_BYTES} bytes.`)
      return undefined
    }
    chunks.push(chunk)
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'))
  } catch {
    refuse(response, 400, 'The body is no JSON.')
    return undefined
  }
}
