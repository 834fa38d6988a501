import assert from 'node:assert/strict'
import { utimesSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { NetworkSettings } from '../../src/protocol/engine.ts'
import type { EntryOf } from '../../src/trace/entry.ts'
import { of, Project } from './project.ts'

/** What a hook's body returns, and the calls that the trace knows of. */
async function calls(body: string, network?: NetworkSettings, files: Record<string, unknown> = {}) {
  const project = new Project({}, files)
  const file = project.hook(
    `event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)\nconst run = async () => { ${body} }\nreturn run().then(out => { event.payload.out = out })`
  )
  try {
    await project.start({ settings: { clock: 'real', ...(network && { network }) } })
    const trace = await project.send()
    const ended = of(trace, 'hook-ended').find(one => one.name === '1.js')
    if (ended?.error) throw new Error(ended.error.message)
    return { out: ended?.changes.find(one => one.path === 'payload.out')?.after, made: of(trace, 'network'), file }
  } finally {
    await project.close()
  }
}

const facts = (made: EntryOf<'network'>[]) => made.map(({ method, url, outcome, status }) => ({ method, url, outcome, status }))
const FAILURE = 'e => ({ code: e.code, message: e.message })'
/** Answers every way of calling with what came of it. */
const BY_HAND = `const call = (name, ...args) => new Promise(resolve => {
  const request = require(name).request(...args, response => {
    let text = ''
    response.on('data', piece => { text += piece }).on('end', () => resolve(text))
  })
  request.on('error', e => resolve(e.code)).end()
})`

describe('Network calls of hooks', function () {
  this.timeout(30_000)
  let server: Server
  let base: string
  before(done => {
    server = createServer((request, response) => {
      if (request.url === '/away') response.writeHead(302, { location: 'http://elsewhere.invalid/' }).end()
      else response.writeHead(request.url === '/missing' ? 404 : 200).end(`${request.method} ${request.url}`)
    }).listen(0, '127.0.0.1', () => {
      base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
      done()
    })
  })
  after(() => {
    server.close()
    server.closeAllConnections()
  })

  it('reach this computer, and each is one entry with method, address, status and the hook’s file', async () => {
    const { out, made, file } = await calls(`
      const axios = require('axios')
      ${BY_HAND}
      return [
        (await axios.post('${base}/a', { x: 1 })).data,
        await axios.get('${base}/missing').catch(e => e.response.status),
        await call('http', '${base}/b', { method: 'PUT' })
      ]`)
    assert.deepEqual(out, ['POST /a', 404, 'PUT /b'])
    assert.deepEqual(facts(made), [
      { method: 'POST', url: `${base}/a`, outcome: 'allowed', status: 200 },
      { method: 'GET', url: `${base}/missing`, outcome: 'allowed', status: 404 },
      { method: 'PUT', url: `${base}/b`, outcome: 'allowed', status: 200 }
    ])
    assert.ok(made.every(one => one.place?.file === file && one.ms !== undefined))
  })

  it('to any other host are refused before a name is looked up, with an error that says what to do', async () => {
    const { out, made } = await calls(`
      const axios = require('axios')
      return axios.get('https://api.example.invalid/prices?x=1').catch(${FAILURE})`)
    const { code, message } = out as { code: string; message: string }
    assert.equal(code, 'NETWORK_REFUSED')
    assert.match(
      message,
      /GET https:\/\/api\.example\.invalid\/prices\?x=1: only calls to this computer.*proactiveHooks\.network\.allow.*--network allow/
    )
    assert.deepEqual(facts(made), [{ method: 'GET', url: 'https://api.example.invalid/prices?x=1', outcome: 'refused', status: undefined }])
    assert.match(made[0]?.reason ?? '', /Allow "api\.example\.invalid"/)
  })

  it('are refused on every way out: http, https, sockets, TLS, HTTP/2, and from inside a package', async () => {
    const { out, made } = await calls(
      `${BY_HAND}
      const socket = (make) => new Promise(resolve => make().on('error', e => resolve(e.code)))
      return [
        await call('http', { host: 'a.invalid', path: '/x' }),
        await call('https', new (require('url').URL)('https://b.invalid/y')),
        await socket(() => require('net').connect(25, 'c.invalid')),
        await socket(() => require('tls').connect({ host: 'd.invalid', port: 443 })),
        await socket(() => require('http2').connect('https://e.invalid')),
        await require('asks').get('https://f.invalid/z').catch(e => e.code),
        await require('axios').get('${base}/away').catch(e => e.code)
      ]`,
      undefined,
      {
        'shared_libs/node_modules/asks/package.json': { name: 'asks', version: '1.0.0', main: 'index.js' },
        'shared_libs/node_modules/asks/index.js':
          "exports.get = url => new Promise((resolve, reject) => require('https').get(url, resolve).on('error', reject))"
      }
    )
    assert.deepEqual(out, Array(7).fill('NETWORK_REFUSED'))
    assert.deepEqual(
      facts(made).map(({ method, url, outcome }) => `${method} ${url} ${outcome}`),
      [
        'GET http://a.invalid/x refused',
        'GET https://b.invalid/y refused',
        'CONNECT tcp://c.invalid:25 refused',
        'CONNECT tcp://d.invalid:443 refused',
        'CONNECT tcp://e.invalid:443 refused',
        'GET https://f.invalid/z refused',
        `GET ${base}/away allowed`,
        'GET http://elsewhere.invalid/ refused'
      ]
    )
  })

  it('reach hosts that are allowed by name or by `*.`, and fail as the network fails', async () => {
    const { out, made } = await calls(
      `const axios = require('axios')
      return [
        await axios.get('http://one.invalid/').catch(e => e.code),
        await axios.get('http://deep.two.invalid/').catch(e => e.code),
        await axios.get('http://two.invalid/').catch(e => e.code)
      ]`,
      { allow: ['one.invalid', '*.two.invalid'] }
    )
    const [one, deep, two] = out as string[]
    assert.match(`${one} ${deep}`, /^(ENOTFOUND|EAI_AGAIN) (ENOTFOUND|EAI_AGAIN)$/)
    assert.equal(two, 'NETWORK_REFUSED')
    assert.deepEqual(
      made.map(one => one.outcome),
      ['failed', 'failed', 'refused']
    )
  })

  it('are refused to this computer too in the mode `refuse`, but not to the routers of hooks', async () => {
    const { out } = await calls(
      `const axios = require('axios')
      bp.http.createRouterForBot('shop', { checkAuthentication: false }).get('/x', (req, res) => res.send('in'))
      const config = await bp.http.getAxiosConfigForBot('bot')
      return [await axios.get('${base}/a').catch(e => e.code), (await axios.get('/mod/shop/x', config)).data]`,
      { mode: 'refuse' }
    )
    assert.deepEqual(out, ['NETWORK_REFUSED', 'in'])
  })

  it('by name look-ups and datagrams are calls as well', async () => {
    const { out, made } = await calls(`
      const dns = require('dns')
      const socket = require('dgram').createSocket('udp4')
      const send = (...args) => new Promise(resolve => socket.send(...args, error => resolve(error ? error.code : 'sent')))
      const found = [
        await new Promise(resolve => dns.lookup('a.invalid', error => resolve(error.code))),
        await dns.promises.resolve4('b.invalid').catch(e => e.code),
        await new Promise(resolve => new dns.Resolver().resolveMx('c.invalid', error => resolve(error.code))),
        await new Promise(resolve => dns.lookup('localhost', { family: 4 }, (error, address) => resolve(address))),
        await send('x', 9, 'd.invalid'),
        await send(Buffer.from('xyz'), 0, 1, 9, 'e.invalid'),
        await send('x', 9, '127.0.0.1')
      ]
      socket.close()
      return found`)
    const no = 'NETWORK_REFUSED'
    assert.deepEqual(out, [no, no, no, '127.0.0.1', no, no, 'sent'])
    assert.deepEqual(
      made.map(({ method, url, outcome }) => `${method} ${url} ${outcome}`),
      [
        'LOOKUP dns://a.invalid refused',
        'LOOKUP dns://b.invalid refused',
        'LOOKUP dns://c.invalid refused',
        'LOOKUP dns://localhost allowed',
        'SEND udp://d.invalid:9 refused',
        'SEND udp://e.invalid:9 refused',
        'SEND udp://127.0.0.1:9 allowed'
      ]
    )
  })

  const START = `const { exec, execSync, spawn, fork } = require('child_process')
    const code = error => error ? error.code || 'failed' : 'ran'
    const tried = work => { try { work(); return 'ran' } catch (e) { return e.code } }
    const { Worker } = require('worker_threads')
    return [
      await new Promise(resolve => exec('node --version', error => resolve(code(error)))),
      await require('util').promisify(exec)('node --version').then(() => 'ran', code),
      await new Promise(resolve => spawn('node', ['--version']).on('error', e => resolve(code(e))).on('close', () => resolve('ran'))),
      tried(() => execSync('node --version')),
      tried(() => new Worker('0', { eval: true }))
    ]`

  it('of programs and threads that a hook would start are prevented: they are not started, unless everything is allowed', async () => {
    const refused = await calls(START)
    assert.deepEqual(refused.out, Array(5).fill('NETWORK_REFUSED'))
    assert.deepEqual(
      refused.made.map(({ method, url, outcome }) => `${method} ${url} ${outcome}`),
      [
        'EXEC program:node --version refused',
        'EXEC program:node --version refused',
        'SPAWN program:node --version refused',
        'EXECSYNC program:node --version refused',
        'WORKER program:0 refused'
      ]
    )
    assert.match(refused.made[0]?.reason ?? '', /proactiveHooks\.network\.mode/)
    const allowed = await calls(START, { mode: 'allow' })
    assert.deepEqual(allowed.out, Array(5).fill('ran'))
    assert.ok(allowed.made.every(one => one.outcome === 'allowed'))
  })

  it('are answered from fixtures by method and address, whoever asks, without leaving the computer', async () => {
    const { out, made } = await calls(
      `const axios = require('axios')
      ${BY_HAND}
      const first = await axios.post('https://shop.invalid/orders', { a: 1 }, { timeout: 5000 })
      return [
        first.status, first.data, first.headers['x-id'],
        await axios.get('https://shop.invalid/orders').catch(e => e.code),
        await call('https', 'https://stock.invalid/items/7?now'),
        await call('https', 'https://stock.invalid/items/8')
      ]`,
      {
        mode: 'refuse',
        fixtures: [
          { method: 'post', url: 'https://shop.invalid/orders', status: 201, headers: { 'X-Id': '9' }, body: { id: 9 } },
          { url: 'https://stock.invalid/items/*', body: 'plenty' }
        ]
      }
    )
    assert.deepEqual(out, [201, { id: 9 }, '9', 'NETWORK_REFUSED', 'plenty', 'plenty'])
    assert.deepEqual(
      made.map(one => `${one.outcome} ${one.status}`),
      ['answered 201', 'refused undefined', 'answered 200', 'answered 200']
    )
  })

  it('are answered with what is wrong by a fixture whose status or header there cannot be', async () => {
    for (const bad of [{ status: 42 }, { headers: { 'x-odd': 'two\nlines' } }]) {
      const project = new Project()
      project.hook(
        "return require('axios').get('http://shop.test/', { validateStatus: null }).then(({ status, data }) => bp.logger.info(status + ' ' + data))"
      )
      await project.start({ settings: { network: { fixtures: [{ url: 'http://shop.test/', ...bad }] } } })
      const trace = await project.send('hi')
      assert.match(of(trace, 'log')[0]!.message, /^500 This fixture is no answer: Invalid/)
      assert.deepEqual(of(trace, 'uncaught-exception'), [])
      await project.close()
    }
  })

  it('are answered from a file as well, as it is at the time of the call; what is wrong with it is told with its line', async () => {
    const project = new Project({})
    const file = project.write(
      'network-fixtures.json',
      '[\n  { "url": "http://a.invalid/*", "body": { "n": 1 } },\n  { "address": "http://b.invalid/" }\n]'
    )
    project.hook(`event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
      return require('axios').get('http://a.invalid/x').then(({ data }) => bp.logger.info(JSON.stringify(data)), e => bp.logger.info(e.code))`)
    const answer = async () => of(await project.send(), 'log').at(-1)?.message
    try {
      await project.start({ settings: { clock: 'real', network: { fixturesFile: file } } })
      assert.equal(await answer(), '{"n":1}')
      const [problem] = of(project.trace, 'data-problem')
      assert.deepEqual([problem?.place.file, problem?.place.line], [file, 3])
      assert.match(problem?.problem ?? '', /left out: "url": /)
      project.write('network-fixtures.json', '[]')
      utimesSync(file, new Date(), new Date(Date.now() + 5000))
      assert.equal(await answer(), 'NETWORK_REFUSED')
      project.write('network-fixtures.json', '[\n\n{ "url": "http://a.invalid/x" ]')
      utimesSync(file, new Date(), new Date(Date.now() + 9000))
      assert.equal(await answer(), 'NETWORK_REFUSED')
      assert.deepEqual(
        of(project.trace, 'data-problem').map(({ place }) => place.line),
        [3, 3]
      )
    } finally {
      await project.close()
    }
  })

  it('follow a changed setting from the next call on', async () => {
    const project = new Project({})
    project.hook(`event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
      return require('axios').get('${base}/a').catch(() => {})`)
    try {
      await project.start({ settings: { clock: 'real', network: { mode: 'refuse' } } })
      const before = of(await project.send(), 'network').map(one => one.outcome)
      await project.engine.call('network', { allow: [] })
      assert.deepEqual([...before, ...of(await project.send(), 'network').map(one => one.outcome)], ['refused', 'allowed'])
    } finally {
      await project.close()
    }
  })

  it('that nobody listens to end as on the real server: an error without a listener is uncaught', async () => {
    const { made } = await calls(`
      const request = require('http').get('${base}/quiet')
      await new Promise(resolve => request.on('close', resolve))`)
    assert.deepEqual(facts(made), [{ method: 'GET', url: `${base}/quiet`, outcome: 'allowed', status: 200 }])
  })
})
