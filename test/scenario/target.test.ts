import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { RuntimeEngine } from '../../src/runtime/engine.ts'
import { readScenarioFile } from '../../src/scenario/file/read.ts'
import { playAgainst } from '../../src/scenario/target/play-against.ts'
import { answering, HOOKS, type Made, made } from './workspace.ts'

/** A server with the converse interface of Botpress v12, over our engine: what the bot says on the channel `api` is the answer. */
async function serve(root: string): Promise<{ url: string; close(): Promise<void> }> {
  const engine = new RuntimeEngine({ settings: { root }, report: () => {} })
  let said: unknown[] = []
  engine.api.events.registerMiddleware({
    name: 'converse.capture.payload',
    description: 'Collects what is said',
    direction: 'outgoing',
    order: 10_000,
    handler(event, next) {
      if (event.channel === 'api') said.push(event.payload)
      next(undefined, false)
    }
  })
  await engine.call('start', { root })
  const server: Server = createServer(async (request, response) => {
    const [, botId, target] = /^\/bots-of-us\/api\/v1\/bots\/([^/]+)\/converse\/([^/]+)$/.exec(request.url ?? '') ?? []
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const payload = JSON.parse(Buffer.concat(chunks).toString()) as { type: string; text?: unknown }
    if (botId !== 'shop' || typeof payload.text !== 'string')
      return void response.writeHead(botId === 'shop' ? 400 : 404).end('no such bot')
    said = []
    await engine.call('send', { type: payload.type, payload, botId, target, channel: 'api', preview: payload.text })
    await engine.call('settle', { ms: 2000 })
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify({ responses: said }))
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

describe('Scenarios against a server of somebody else', function () {
  this.timeout(30_000)
  let workspace: Made
  let server: Awaited<ReturnType<typeof serve>>
  before(async () => {
    workspace = made({ [`${HOOKS}/hello.js`]: answering('hello', 'Hi') })
    server = await serve(workspace.root)
  })
  after(async () => {
    await server.close()
    workspace.remove()
  })
  const played = async (text: string, url = server.url) => {
    const { plans, problems } = readScenarioFile(workspace.file('a.scenario.yaml'), text)
    assert.deepEqual(problems, [])
    return playAgainst(plans[0]!, { url, seed: 1 })
  }

  it('are told what visitors write and what pages send, and compare what is answered', async () => {
    const good = await played(
      'given: {bot: shop}\nsteps: [open, {event: hello}, {expect: {saysOnly: [Hi]}}, {say: good morning}]\nexpect: {says: [Hi, The flow speaks.]}\n'
    )
    assert.deepEqual([good.outcome, good.failures], ['passed', []])
    const bad = await played('given: {bot: shop}\nsteps:\n  - event: hello\n  - expect:\n      says: Hello\n')
    assert.equal(bad.outcome, 'failed')
    assert.match(bad.failures[0]!.message, /The bot was expected to say “Hello”, but it said “Hi”/)
    assert.equal(bad.failures[0]!.range!.line, 5)
  })

  it('are skipped with a reason when something in them cannot be arranged or seen there', async () => {
    const reasons: [string, RegExp][] = [
      ['steps: [{advance: 3s}]', /“advance” cannot be done to a server of somebody else/],
      ['given: {faults: [{hook: hello.js, what: throw}]}\nsteps: [open]', /given, faults: this cannot be arranged/],
      ['given: {visitor: {state: {user: {a: 1}}}}\nsteps: [open]', /What the bot remembers of a visitor cannot be written/],
      ['steps: [open]\nexpect: {state: {user.a: 1}, says: x}', /expect, state: this cannot be seen from outside/]
    ]
    for (const [text, reason] of reasons) {
      const result = await played(text)
      assert.equal(result.outcome, 'skipped', text)
      assert.match(result.reason!, reason)
    }
  })

  it('end with an error in words when the server cannot be asked, refuses, or is something else', async () => {
    const text = 'given: {bot: shop}\nsteps: [{say: hello}]\n'
    const nobody = await played(text, 'http://127.0.0.1:9/')
    assert.match(nobody.failures[0]!.message, /The server at http:\/\/127\.0\.0\.1:9\/ could not be asked/)
    const other = await played(text, server.url.replace('bots-of-us/', ''))
    assert.match(other.failures[0]!.message, /answered 404 for the bot “shop”/)
  })
})
