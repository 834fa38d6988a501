import assert from 'node:assert/strict'
import { once } from 'node:events'
import { symlinkSync } from 'node:fs'
import { request } from 'node:http'
import { connect } from 'node:net'
import { WebSocket } from 'ws'
import { Gateway, type GatewayOptions } from '../../src/host/gateway.ts'
import type { FromLine, ToLine } from '../../src/protocol/line.ts'
import type { Report } from '../../src/trace/entry.ts'
import { type Folder, folderWith } from './fixture.ts'

interface Got {
  status: number
  headers: Record<string, string | string[] | undefined>
  body: string
}

describe('the gateway', function () {
  this.timeout(30_000)
  let folder: Folder
  let webview: Folder
  let outside: Folder
  let gateway: Gateway
  let reports: Report[]
  let asked: Parameters<GatewayOptions['webchat']>[0][]
  let visitors: [string, boolean][]
  const forwarded = 'code.example.test'

  let options: GatewayOptions

  before(async () => {
    outside = folderWith({ 'secret.txt': 'not yours' })
    folder = folderWith({
      'public/index.html': '<script src="/assets/modules/channel-web/inject.js"></script>',
      'public/images/a.svg': '<svg/>',
      'images/b.svg': '<svg/>',
      'public/with space.html': 'spaced',
      '.env': 'TOKEN=1',
      '.git/config': '[core]',
      'data/bots/shop/bot.config.json': '{}',
      'data/bots/shop/media/pic.png': 'png',
      'data/global/botpress.config.json': '{}'
    })
    symlinkSync(outside.path, folder.at('public/link'))
    webview = folderWith({
      'inject.js': '0',
      'stage.js': 'globalThis.seen = __PROACTIVE_HOOKS__',
      'voiceflow.js': 'globalThis.seen = __PROACTIVE_HOOKS__',
      'inject.css': 'x{}',
      'widget.js': '1',
      'widget.css': '2',
      'panel.js': '3'
    })
    reports = []
    asked = []
    visitors = []
    options = {
      webview: webview.path,
      base: () => folder.path,
      root: () => folder.path,
      publicOrigin: async () => `https://${forwarded}`,
      botpressVersion: () => '12.22.0',
      botId: () => 'shop',
      webchat: async body => {
        asked.push(body)
        return { status: 200, body: { fine: true } }
      },
      media: async (botId, file) => (botId === 'shop' && file === 'made by a hook.txt' ? Buffer.from('stored') : undefined),
      stage: part => ({ visitorId: part.split('~')[0]!, tab: 2, visitors: [] }),
      handshake: () => Promise.resolve(),
      now: () => undefined,
      onTime: () => {},
      onLine: () => () => {},
      onVisitor: (visitorId, open) => void visitors.push([visitorId, open]),
      onReports: list => void reports.push(...list),
      connect: send => {
        send({ kind: 'hello' })
        return { receive: async () => {}, dispose: () => {} }
      },
      onServed: () => {}
    }
    gateway = await Gateway.listen(options)
  })

  after(async () => {
    await gateway.close()
    for (const one of [folder, webview, outside]) one.remove()
  })

  /** Asks with the path exactly as given: `fetch` would tidy it. */
  function ask(path: string, options: { method?: string; headers?: Record<string, string>; body?: string } = {}): Promise<Got> {
    const { method = 'GET', headers = {}, body } = options
    return new Promise((resolve, reject) => {
      const asking = request({ host: '127.0.0.1', port: gateway.port, path, method, headers, agent: false }, answer => {
        let text = ''
        answer.setEncoding('utf8')
        answer.on('data', chunk => {
          text += chunk
        })
        answer.on('end', () => resolve({ status: answer.statusCode!, headers: answer.headers, body: text }))
      })
      asking.on('error', reject)
      asking.end(body)
    })
  }
  /** Opens a line as a browser does. */
  function open(path: string, headers: Record<string, string> = {}) {
    const socket = new WebSocket(`ws://127.0.0.1:${gateway.port}${path}`, { headers })
    const got: ToLine[] = []
    const waiting: (() => void)[] = []
    socket.on('message', data => {
      got.push(JSON.parse(String(data)))
      for (const go of waiting.splice(0)) go()
    })
    const line = {
      say: (message: FromLine) => socket.send(JSON.stringify(message)),
      close: () => socket.close(),
      async next<K extends ToLine['kind']>(kind: K): Promise<ToLine & { kind: K }> {
        for (;;) {
          const index = got.findIndex(one => one.kind === kind)
          if (index >= 0) return got.splice(index, 1)[0] as ToLine & { kind: K }
          await new Promise<void>(resolve => void waiting.push(resolve))
        }
      }
    }
    return new Promise<typeof line>((resolve, reject) => socket.on('open', () => resolve(line)).on('error', reject))
  }
  const site = (path: string) => `${gateway.base}v/anna/site/${path}`
  const json = { 'Content-Type': 'application/json' }

  it('listens on 127.0.0.1 only, below a path that cannot be guessed', async () => {
    assert.match(gateway.base, /^\/[\w-]{24}\/$/)
    assert.equal((await ask('/')).status, 404)
    assert.equal((await ask('/wrong/v/anna/site/public/index.html')).status, 404)
    assert.equal((await ask(site('public/index.html'))).status, 200)
  })

  it('refuses a foreign Host, as DNS rebinding brings it', async () => {
    for (const host of [
      'evil.test',
      `evil.test:${gateway.port}`,
      `127.0.0.1.evil.test:${gateway.port}`,
      '127.0.0.1:1',
      `127.0.0.1@evil.test:${gateway.port}`
    ]) {
      assert.equal((await ask(site('public/index.html'), { headers: { Host: host } })).status, 403, host)
    }
  })

  it('accepts every name of this machine and the forwarded host', async () => {
    for (const host of [`localhost:${gateway.port}`, `[::1]:${gateway.port}`, forwarded]) {
      assert.equal((await ask(site('public/index.html'), { headers: { Host: host } })).status, 200, host)
    }
  })

  it('refuses other methods', async () => {
    for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS'])
      assert.equal((await ask(site('public/index.html'), { method })).status, 405, method)
  })

  it('refuses posts of other sites, and those that a form could send', async () => {
    const report = `${gateway.base}v/anna/report`
    const foreign = { ...json, Origin: 'https://evil.test' }
    assert.equal((await ask(report, { method: 'POST', headers: foreign, body: '[]' })).status, 403)
    assert.equal((await ask(report, { method: 'POST', headers: { ...json, Origin: 'null' }, body: '[]' })).status, 403)
    assert.equal((await ask(report, { method: 'POST', headers: { 'Content-Type': 'text/plain' }, body: '[]' })).status, 415)
    assert.equal(
      (await ask(report, { method: 'POST', headers: { ...json, Origin: `http://127.0.0.1:${gateway.port}` }, body: '[]' })).status,
      204
    )
  })

  it('refuses bodies that are too big or no JSON', async () => {
    const report = `${gateway.base}v/anna/report`
    assert.equal((await ask(report, { method: 'POST', headers: json, body: `["${'x'.repeat(1_000_001)}"]` })).status, 413)
    assert.equal((await ask(report, { method: 'POST', headers: json, body: '{' })).status, 400)
  })

  it('refuses every way out of the workspace', async () => {
    const name = outside.path.split('/').at(-1)!
    const ways = [
      `../../${name}/secret.txt`,
      `public/../../${name}/secret.txt`,
      `public/%2e%2e/%2e%2e/${name}/secret.txt`,
      `public/..%2f..%2f${name}%2fsecret.txt`,
      `public/..%5c..%5c${name}%5csecret.txt`,
      `public%2findex.html`,
      'public/index.html%00.png',
      'public/%ff',
      'public/link/secret.txt',
      `//${outside.path}/secret.txt`
    ]
    for (const way of ways) assert.equal((await ask(site(way))).status, 404, way)
  })

  it('refuses dot files and the server’s configuration', async () => {
    for (const file of [
      '.env',
      '.git/config',
      'public/../.env',
      '%2eenv',
      'data/bots/shop/bot.config.json',
      'data/global/botpress.config.json'
    ]) {
      assert.equal((await ask(site(file))).status, 404, file)
    }
  })

  it('serves the page as it is after the stage’s script, with its type, and no CORS headers', async () => {
    const got = await ask(site('public/index.html'), { headers: { Origin: 'https://evil.test' } })
    const stage = `<script src="${gateway.base}v/anna/stage.js"></script>`
    assert.equal(got.body, `${stage}<script src="/assets/modules/channel-web/inject.js"></script>`)
    assert.equal(got.headers['content-type'], 'text/html; charset=utf-8')
    assert.deepEqual(
      Object.keys(got.headers).filter(name => name.startsWith('access-control')),
      []
    )
    assert.equal((await ask(site('public/images/a.svg'))).headers['content-type'], 'image/svg+xml; charset=utf-8')
    assert.equal((await ask(site('public/with%20space.html'))).body, `${stage}spaced`)
    assert.equal((await ask(site('public/'))).status, 200)
  })

  it('sends a root path of a page below the page, to the nearest folder that has the file', async () => {
    const Referer = `http://127.0.0.1:${gateway.port}${gateway.base}v/anna~3/site/public/index.html`
    const to = async (path: string) => {
      const { status, headers } = await ask(path, { headers: { Referer } })
      assert.equal(status, 307, path)
      return headers.location
    }
    const below = `${gateway.base}v/anna~3/site/`
    assert.equal(await to('/assets/modules/channel-web/inject.js'), `${below}assets/modules/channel-web/inject.js`)
    assert.equal(await to('/images/a.svg?v=2'), `${below}public/images/a.svg?v=2`)
    assert.equal(await to('/images/b.svg'), `${below}images/b.svg`)
  })

  it('redirects nobody who does not come from a page of ours', async () => {
    const base = `http://127.0.0.1:${gateway.port}`
    for (const Referer of [
      'https://evil.test/',
      `${base}/`,
      `https://evil.test${gateway.base}v/anna/site/public/index.html`,
      `${base}${gateway.base}ui/`,
      'nonsense'
    ]) {
      assert.equal((await ask('/images/a.svg', { headers: { Referer } })).status, 404, Referer)
    }
    const Referer = `${base}${gateway.base}v/anna/site/public/index.html`
    assert.equal((await ask('/.env', { headers: { Referer } })).status, 404)
    assert.equal((await ask('/images/a.svg', { method: 'POST', headers: { ...json, Referer }, body: '1' })).status, 404)
  })

  it('tells the stage’s script whose page it is, without a name of its own in the page', async () => {
    const seen = (code: string) => {
      const page: { seen?: unknown } = {}
      new Function('globalThis', code)(page)
      return page.seen
    }
    const { body, headers } = await ask(`${gateway.base}v/anna~3/stage.js`)
    assert.equal(headers['content-type'], 'text/javascript; charset=utf-8')
    assert.deepEqual(seen(body), { root: `${gateway.base}v/anna~3/`, visitorId: 'anna', tab: 2, visitors: [] })
    assert.deepEqual(seen((await ask(`${gateway.base}v/anna/voiceflow/widget.js`)).body), { generation: 'legacy' })
    assert.deepEqual(seen((await ask(`${gateway.base}v/anna/voiceflow/widget-next.js`)).body), { generation: 'current' })
  })

  it('has inject.js below every folder of a page', async () => {
    assert.equal((await ask(site('public/assets/modules/channel-web/inject.js'))).status, 200)
    assert.equal((await ask(site('assets/modules/channel-web/inject.js'))).status, 200)
    assert.equal((await ask(site('assets/modules/channel-web/other.js'))).status, 404)
  })

  it('serves the chat under a strict policy', async () => {
    const { headers, body } = await ask(`${gateway.base}v/anna/lite/shop/?m=channel-web`)
    const policy = String(headers['content-security-policy'])
    assert.match(
      policy,
      /^default-src 'none'; script-src 'self'; style-src 'self' http:\/\/127\.0\.0\.1:\* http:\/\/localhost:\*; font-src 'self' http:\/\/127\.0\.0\.1:\* http:\/\/localhost:\* data:;/
    )
    assert.doesNotMatch(policy, /unsafe/)
    assert.doesNotMatch(body, /<script>|style=/)
    assert.equal((await ask(`${gateway.base}v/anna/lite/shop/widget.js`)).body, '1')
    assert.equal((await ask(`${gateway.base}v/anna/lite/shop/panel.js`)).status, 404)
  })

  it('tells the chat’s frame which release of Botpress it belongs to', async () => {
    assert.match((await ask(`${gateway.base}v/anna/lite/shop/`)).body, /<meta name="botpress-version" content="12\.22\.0">/)
  })

  it('serves media files of a bot, and nothing else of it', async () => {
    assert.equal((await ask(`${gateway.base}api/v1/bots/shop/media/pic.png`)).body, 'png')
    assert.equal((await ask(`${gateway.base}api/v1/bots/shop/media/none.png`)).status, 404)
    const stored = await ask(`${gateway.base}api/v1/bots/shop/media/made%20by%20a%20hook.txt`)
    assert.deepEqual([stored.body, stored.headers['content-type']], ['stored', 'text/plain; charset=utf-8'])
    assert.equal((await ask(`${gateway.base}api/v1/bots/..%2f..%2fshop/media/pic.png`)).status, 404)
  })

  it('answers the chat’s requests only with a live socket (R19.1)', async () => {
    const route = (name: string) => `${gateway.base}v/anna/api/v1/bots/shop/mod/channel-web/${name}`
    const body = (webSessionId: string) => JSON.stringify({ webSessionId, payload: { type: 'x' } })
    assert.equal((await ask(route('events'), { method: 'POST', headers: json, body: body('made up') })).status, 400)
    assert.equal(asked.length, 0)

    const chat = await open(`${gateway.base}v/anna/line?as=chat&page=a&pageId=p&botId=shop`)
    chat.say({ kind: 'request', id: 1, route: 'events', body: {} })
    assert.deepEqual([(await chat.next('answer')).status, asked.length], [400, 0])
    chat.say({ kind: 'connect', id: 2, visitorId: 'anna' })
    const { webSessionId, visitorId } = await chat.next('connected')
    assert.equal(visitorId, 'anna')
    assert.equal((await ask(route('events'), { method: 'POST', headers: json, body: body(String(webSessionId)) })).body, '{"fine":true}')
    assert.deepEqual([asked[0]!.visitorId, asked[0]!.route, asked[0]!.headers], ['anna', 'events', { 'x-proactive-hooks-page': 'p' }])
    chat.say({ kind: 'request', id: 3, route: 'messages', body: { payload: {} } })
    assert.deepEqual(await chat.next('answer'), { kind: 'answer', id: 3, status: 200, body: { fine: true } })

    gateway.push({ visitorId: 'ben', name: 'webchat.message', payload: { for: 'ben' } })
    gateway.push({ visitorId: 'anna', botId: 'other', name: 'webchat.message', payload: { for: 'another bot' } })
    gateway.push({ visitorId: 'anna', botId: 'shop', name: 'webchat.message', payload: { for: 'anna' } })
    assert.deepEqual(await chat.next('push'), { kind: 'push', name: 'webchat.message', payload: { for: 'anna' } })

    chat.close()
    while (visitors.length < 2) await new Promise(resolve => setTimeout(resolve, 5))
    assert.deepEqual(visitors, [
      ['anna', true],
      ['anna', false]
    ])
    assert.equal((await ask(route('events'), { method: 'POST', headers: json, body: body(String(webSessionId)) })).status, 400)
  })

  it('opens lines to nobody else: foreign origins, foreign hosts, other paths, lines of nobody (as for requests)', async () => {
    const line = `${gateway.base}v/anna/line?as=page&page=a&pageId=p`
    await (await open(line, { Origin: `http://127.0.0.1:${gateway.port}` })).close()
    await (await open(line, { Origin: `https://${forwarded}`, Host: forwarded })).close()
    for (const [path, headers] of [
      [line, { Origin: 'https://evil.test' }],
      [line, { Origin: 'null' }],
      [line, { Host: 'evil.test' }],
      [line.replace(gateway.base, '/wrong/'), {}],
      [`${gateway.base}v/anna/line`, {}],
      [`${gateway.base}v/an.na/line?as=page&page=a&pageId=p`, {}],
      [`${gateway.base}ui/`, {}]
    ] as const) {
      await assert.rejects(open(path, headers), /Unexpected server response: 40[34]/, `${path} ${JSON.stringify(headers)}`)
    }
  })

  it('closes though a browser, frozen, does not say goodbye', async () => {
    const other = await Gateway.listen({ ...options, publicOrigin: undefined })
    const frozen = connect(other.port, '127.0.0.1')
    const key = Buffer.alloc(16).toString('base64')
    frozen.write(
      `GET ${other.base}v/anna/line?as=page&page=a&pageId=p HTTP/1.1\r\nHost: 127.0.0.1:${other.port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: ${key}\r\nSec-WebSocket-Version: 13\r\n\r\n`
    )
    await once(frozen, 'data')
    const began = performance.now()
    await other.close()
    assert.ok(performance.now() - began < 10_000, 'It waits for as long as the protocol lets a browser take.')
    frozen.destroy()
  })

  it('takes reports of a page, as those of the visitor of the address, and only those that are a browser’s to tell', async () => {
    reports.length = 0
    const page = { visitorId: 'somebody else', page: 'public/index.html', pageId: 'p', at: 0 }
    const file = `http://127.0.0.1:${gateway.port}${site('public/index.html')}`
    const body = JSON.stringify([
      { kind: 'page-console', ...page, level: 'error', text: 'x', place: { file, line: 3 } },
      { kind: 'page-console', ...page, level: 'error', text: 'y', place: { file: 'file:///etc/passwd', line: 1 } },
      { kind: 'engine-stopped', at: 0, reason: 'exit', real: 'x' },
      { kind: 'page-loaded' }
    ])
    assert.equal((await ask(`${gateway.base}v/anna/report`, { method: 'POST', headers: json, body })).status, 204)
    assert.deepEqual(
      reports.map(report => report.kind === 'page-console' && [report.visitorId, report.text, report.place]),
      [
        ['anna', 'x', { file: folder.at('public/index.html'), line: 3 }],
        ['anna', 'y', undefined]
      ]
    )
  })

  it('gives a plain browser the panel with its line', async () => {
    assert.equal((await ask(`${gateway.base}ui`)).status, 307)
    assert.match((await ask(`${gateway.base}ui/`)).body, /panel\.js/)
    const leave = new AbortController()
    const stream = await fetch(`http://127.0.0.1:${gateway.port}${gateway.base}ui/events?line=a`, { signal: leave.signal })
    assert.deepEqual(await readEvents(stream).next('message'), { kind: 'hello' })
    const send = (line: string) => ask(`${gateway.base}ui/send?line=${line}`, { method: 'POST', headers: json, body: '{"kind":"ready"}' })
    assert.equal((await send('a')).status, 204)
    assert.equal((await send('b')).status, 404)
    leave.abort()
  })
})

/** Reads server-sent events of a response by name. */
function readEvents(response: Response): { next(name: string): Promise<Record<string, unknown>> } {
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  return {
    async next(name) {
      for (;;) {
        const match = /event: (.*)\ndata: (.*)\n\n/.exec(text)
        if (match) {
          text = text.slice(match.index + match[0].length)
          if (match[1] === name) return JSON.parse(match[2]!)
          continue
        }
        const { value, done } = await reader.read()
        if (done) throw new Error(`The stream ended before ${name}.`)
        text += value
      }
    }
  }
}
