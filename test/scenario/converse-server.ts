import { existsSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { RuntimeEngine } from '../../src/runtime/engine.ts'

/** A server with the converse interface of Botpress v12, over our engine: what the bot says on the channel `api` is the answer. */
export async function serve(root: string): Promise<{ url: string; close(): Promise<void> }> {
  const engine = new RuntimeEngine({ settings: { root }, report: () => {} })
  /** By who is spoken to: several visitors may be at once. */
  const said = new Map<string, unknown[]>()
  engine.api.events.registerMiddleware({
    name: 'converse.capture.payload',
    description: 'Collects what is said',
    direction: 'outgoing',
    order: 10_000,
    handler(event, next) {
      if (event.channel === 'api') said.get(event.target)?.push(event.payload)
      next(undefined, false)
    }
  })
  await engine.call('start', { root })
  const server: Server = createServer(async (request, response) => {
    const [, botId, target] = /^\/bots-of-us\/api\/v1\/bots\/([^/]+)\/converse\/([^/]+)$/.exec(request.url ?? '') ?? []
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const payload = JSON.parse(Buffer.concat(chunks).toString()) as { type: string; text?: unknown }
    const isThere = botId !== undefined && existsSync(join(root, 'data', 'bots', botId))
    if (!isThere || target === undefined || typeof payload.text !== 'string')
      return void response.writeHead(isThere ? 400 : 404).end(isThere ? 'no text' : 'no such bot')
    const responses: unknown[] = []
    said.set(target, responses)
    await engine.call('send', { type: payload.type, payload, botId, target, channel: 'api', preview: payload.text })
    await engine.call('settle', { ms: 2000 })
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify({ responses }))
  })
  await new Promise<void>(done => void server.listen(0, '127.0.0.1', done))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/bots-of-us/`,
    close: async () => {
      await new Promise(done => void server.close(done))
      await engine.close()
    }
  }
}
