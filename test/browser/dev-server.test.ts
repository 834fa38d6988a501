import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'
import { closeBrowser } from '../support/browser.ts'
import { clearStage, type Stage, stage } from './stage.ts'

const PAGE = `<!doctype html><html><head><title>Dev</title><script src="/assets/modules/channel-web/inject.js"></script></head><body>
<script type="module" src="/src/app.js"></script></body></html>`
const APP = `window.botpressWebChat.init({ botId: 'welcome-bot' })
addEventListener('message', ({ data }) => data.name === 'webchatReady' && window.botpressWebChat.sendEvent({ type: 'proactive-trigger', path: location.pathname }))
window.posted = fetch('/api/echo', { method: 'PUT', body: 'hello' }).then(answer => answer.text())
window.hot = new Promise(done => { new WebSocket('ws://' + location.host + '/hot').onmessage = event => done(event.data) })`

/** A page that a developer's own web server gives, with modules, a router's paths and a line for changes. */
describe('a page of a web server on this machine', function () {
  this.timeout(60_000)
  let on: Stage
  let server: Server
  let address: string

  before(async () => {
    server = createServer((request, response) => {
      if (request.url === '/src/app.js') response.writeHead(200, { 'Content-Type': 'text/javascript' }).end(APP)
      else if (request.url === '/api/echo') {
        response.writeHead(200, { 'Content-Type': 'text/plain' })
        response.write(`${request.method} `)
        request.pipe(response)
      } else
        response
          .writeHead(200, { 'Content-Type': 'text/html', 'X-Frame-Options': 'DENY', 'Content-Security-Policy': "script-src 'none'" })
          .end(PAGE)
    })
    const hot = new WebSocketServer({ server, path: '/hot' })
    hot.on('connection', socket => socket.send('connected'))
    await new Promise<void>(resolve => void server.listen(0, '127.0.0.1', resolve))
    address = `http://localhost:${(server.address() as AddressInfo).port}/pricing?plan=pro`
  })
  afterEach(() => on.close())
  after(async () => {
    server.closeAllConnections()
    server.close()
    await closeBrowser()
    await clearStage()
  })

  it('is shown with its own paths, the chat on it, and gestures, as a page of the workspace is', async () => {
    on = await stage()
    await on.simulator.handle({ kind: 'choose', page: address })
    assert.equal(on.simulator.state.page, address)
    await on.visit()
    assert.equal(await on.page.evaluate('location.pathname + location.search'), '/pricing?plan=pro')
    assert.equal(await on.page.evaluate('window.posted'), 'PUT hello')
    assert.equal(await on.page.evaluate('window.hot'), 'connected')
    assert.equal((await on.entry('page-loaded')).page, '/pricing?plan=pro')
    await on.simulator.handle({ kind: 'gesture', gesture: { do: 'open' } })
    const event = await on.entry('event-received', ({ type }) => type === 'proactive-trigger')
    assert.deepEqual((event.payload as { payload: unknown }).payload, { type: 'proactive-trigger', path: '/pricing' })
    await on.chat.locator('.theirs .bubble', { hasText: 'What is your name?' }).waitFor()
  })

  it('lives on the virtual clock, and keeps visitors apart', async () => {
    on = await stage({ clock: 'virtual', startAt: Date.parse('2026-03-02T09:00:00Z') })
    await on.simulator.handle({ kind: 'choose', page: address })
    await on.visit()
    assert.equal(await on.page.evaluate('Date.now()'), Date.parse('2026-03-02T09:00:00Z'))
    await on.page.evaluate("localStorage.setItem('a', '1')")
    await on.simulator.handle({ kind: 'visitor', command: { do: 'add' } })
    await on.visit()
    assert.equal(await on.page.evaluate("localStorage.getItem('a')"), null)
  })

  it('is none of another machine', async () => {
    on = await stage()
    for (const page of ['http://example.test/', 'https://127.0.0.1/', 'file:///etc/passwd', 'http://127.0.0.1.example.test/']) {
      await assert.rejects(on.simulator.handle({ kind: 'choose', page }), /no page/)
    }
    const far = on.simulator.url('page').replace(/site\/.*$/, `far?page=${encodeURIComponent('http://example.test/')}`)
    assert.equal((await fetch(far, { redirect: 'manual' })).status, 404)
  })
})
