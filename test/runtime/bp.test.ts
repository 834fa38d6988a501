import assert from 'node:assert/strict'
import { of, Project, said } from './project.ts'

/** Runs the body of an async function in a hook and returns what it left in `event.payload.out`. */
async function out(body: string, files: Record<string, unknown> = {}, config = {}): Promise<unknown> {
  const project = new Project({}, files, config)
  project.hook(
    `event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)\nconst run = async () => { ${body} }\nreturn run().then(out => { event.payload.out = out })`
  )
  try {
    await project.start()
    const trace = await project.send()
    const ended = of(trace, 'hook-ended').find(one => one.name === '1.js')
    if (ended?.error) throw new Error(ended.error.message)
    return ended?.changes.find(one => one.path === 'payload.out')?.after
  } finally {
    await project.close()
  }
}

describe('bp, as hooks call it', () => {
  it('bp.database is Knex 0.20 over the engine’s SQLite, with Botpress’ helpers (R18.2)', async () => {
    const result = await out(`
      const db = bp.database
      const made = [await db.createTableIfNotExists('orders', t => { t.increments('id'); t.string('name'); t.json('data') }), await db.createTableIfNotExists('orders', () => {})]
      await db('orders').insert({ name: 'a', data: db.json.set({ x: 1 }) })
      const row = await db.insertAndRetrieve('orders', { name: 'b' }, ['id', 'name'])
      const changed = await db('orders').where({ name: 'a' }).update({ name: 'c' })
      const [{ n }] = await db('orders').count('* as n')
      const users = await db('srv_channel_users').select('user_id')
      const read = await db('orders').where('id', 1).first()
      return { made, row, changed, n, users, x: db.json.get(read.data).x, name: read.name, isLite: db.isLite }`)
    assert.deepEqual(result, {
      made: [true, false],
      row: { id: 2, name: 'b' },
      changed: 1,
      n: 2,
      users: [{ user_id: 'ann' }],
      x: 1,
      name: 'c',
      isLite: true
    })
  })

  it('bp.http serves routers on the loopback, with authentication unless it is off (R18.3, R18.4)', async () => {
    const result = await out(`
      const axios = require('axios')
      bp.http.createRouterForBot('shop', { checkAuthentication: false }).post('/echo', (req, res) => res.send({ bot: req.params.botId, body: req.body }))
      const closed = bp.http.createRouterForBot('closed')
      closed.get('/x', (req, res) => res.send('in'))
      const config = await bp.http.getAxiosConfigForBot('bot')
      const { data } = await axios.post('/mod/shop/echo', { a: 1 }, { baseURL: config.baseURL })
      const refused = await axios.get('/mod/closed/x', { baseURL: config.baseURL }).catch(e => e.response.status)
      const allowed = await axios.get('/mod/closed/x', config)
      return { data, refused, allowed: allowed.data, path: await closed.getPublicPath() }`)
    assert.deepEqual(result, {
      data: { bot: 'bot', body: { a: 1 } },
      refused: 401,
      allowed: 'in',
      path: 'http://localhost:3000/api/v1/bots/BOT_ID/mod/closed'
    })
  })

  it('bp.ghost reads the workspace and keeps what is written apart (R18.7)', async () => {
    const result = await out(
      `
      const ghost = bp.ghost.forBot('bot')
      const before = await ghost.readFileAsObject('things', 'a.json')
      await ghost.upsertFile('things', 'b.json', '{"n":2}')
      await ghost.deleteFile('things', 'a.json')
      const missing = await ghost.readFileAsString('things', 'a.json').catch(e => 'missing')
      const outside = await bp.ghost.forRoot().readFileAsString('../..', 'etc/passwd').catch(e => 'refused')
      return { before, list: await ghost.directoryListing('things', '*.json'), exists: await ghost.fileExists('things', 'b.json'), missing, outside }`,
      {
        'data/bots/bot/things/a.json': { n: 1 }
      }
    )
    assert.deepEqual(result, { before: { n: 1 }, list: ['b.json'], exists: true, missing: 'missing', outside: 'refused' })
  })

  it('bp.config lays the bot’s file over the global one (R18.5)', async () => {
    const result = await out(
      `return [await bp.config.getModuleConfig('shop'), await bp.config.getModuleConfigForBot('shop', 'bot'), await bp.config.getModuleConfigForBot('shop', 'bot', true)]`,
      {
        'data/global/config/shop.json': { a: 1, b: 1 },
        'data/bots/bot/config/shop.json': { b: 2 }
      }
    )
    assert.deepEqual(result, [{ a: 1, b: 1 }, { a: 1, b: 2 }, { b: 2 }])
  })

  it('bp.events.findEvents sees events a second after they were sent, ten at most without parameters (R7.11, R16.6)', async () => {
    const result = await out(`
      const now = await bp.events.findEvents({ target: 'ann' })
      await new Promise(resolve => setTimeout(resolve, 1100))
      const later = await bp.events.findEvents({ target: 'ann' })
      return { now: now.length, later: later.map(one => [one.direction, one.event.type]), none: await bp.events.findEvents({}).catch(e => 'needs a field') }`)
    assert.deepEqual(result, { now: 0, later: [['incoming', 'text']], none: 'needs a field' })
  })

  it('bp.users shares the cached attributes until they are written (R15)', async () => {
    const result = await out(`
      const { result, created } = await bp.users.getOrCreateUser('WEB', 'ann', 'bot')
      const same = result.attributes === event.state.user
      await bp.users.updateAttributes('web', 'ann', { a: 1 })
      await bp.users.updateAttributes('web', 'ann', { b: 2 })
      return { created, same, stored: await bp.users.getAttributes('web', 'ann'), unknown: await bp.users.getAttributes('web', 'nobody').catch(() => 'throws'), qty: await bp.users.getUserCount() }`)
    assert.deepEqual(result, { created: false, same: true, stored: { a: 1, b: 2 }, unknown: 'throws', qty: { qty: 1 } })
  })

  it('bp.security signs with HMAC-SHA256 and refuses an empty text (R18.11); bp.distributed locks in memory (R18.12)', async () => {
    const result = await out(`
      const lock = await bp.distributed.acquireLock('x', 1000)
      const second = await bp.distributed.acquireLock('x', 1000)
      await lock.unlock()
      return { signature: (await bp.security.getMessageSignature('a')).length, empty: await bp.security.getMessageSignature('').catch(() => 'throws'), second: second === undefined, third: Boolean(await bp.distributed.acquireLock('x', 1)) }`)
    assert.deepEqual(result, { signature: 64, empty: 'throws', second: true, third: true })
  })

  it('what cannot be served says so by name and what to do instead', async () => {
    const result = await out(
      `return [await bp.bots.exportBot('bot').catch(e => e.message), await bp.workspaces.addUserToWorkspace().catch(e => e.message)]`
    )
    assert.match(String((result as string[])[0]), /^bp\.bots\.exportBot cannot be served by the simulator: .+/)
    assert.match(String((result as string[])[1]), /addUserToWorkspace cannot be served .* no accounts here/)
  })

  it('bp.kvs: paths, expiry and boxes (R14.2 to R14.4)', async () => {
    const result = await out(`
      const k = bp.kvs.forBot('bot')
      await k.set('a', 1, 'x.y'); await k.set('zero', 0); await k.set('short', 1, undefined, '1s')
      await k.setStorageWithExpiry('boxed', 5, '1m')
      const early = await k.get('short')
      await new Promise(resolve => setTimeout(resolve, 1500))
      return { a: await k.get('a'), zero: await k.exists('zero'), early, late: await k.get('short') === undefined, box: Object.keys(await k.get('boxed')), boxed: await k.getStorageWithExpiry('boxed') }`)
    assert.deepEqual(result, { a: { x: { y: 1 } }, zero: false, early: 1, late: true, box: ['value', 'expiry'], boxed: 5 })
  })

  it('templates escape, render again and call functions; languages fall through when falsy (R13.6, R13.12)', async () => {
    const result = await out(
      `
      event.state.user.language = 'fr'
      const text = async args => (await bp.cms.renderElement('builtin_text', args, event))[0].text
      const [element] = await bp.cms.renderElement('#!builtin_text-a', { event }, event)
      return [await text({ text: "{{x}} {{{x}}}", x: "it's <b>" }), await text({ text: '{{a}}', a: '{{b}}', b: 'deep' }), await text({ text: '{{f}}', f: () => 'called' }), element]`,
      {
        'data/bots/bot/content-elements/builtin_text.json': [
          { id: 'builtin_text-a', formData: { text$en: 'hi', text$fr: 'salut', typing$en: true, typing$fr: false, stray: 1 } }
        ]
      }
    )
    assert.deepEqual(result, ["it&#39;s &lt;b&gt; it's <b>", 'deep', 'called', { type: 'text', text: 'salut', typing: true }])
  })

  it('content types of the workspace render next to the stock ones', async () => {
    const result = await out(`return bp.cms.renderElement('coupon', { code: 'X1' }, event)`, {
      'data/global/content-types/_shared.js': 'exports.prefix = "Code "',
      'data/global/content-types/coupon.js': `const { prefix } = require('./_shared')
module.exports = { id: 'coupon', title: 'Coupon', jsonSchema: { properties: { code: {} } }, renderElement: data => [{ type: 'text', text: prefix + data.code }] }`
    })
    assert.deepEqual(result, [{ type: 'text', text: 'Code X1' }])
  })

  it('a broken content type is one entry with its place, and the rest renders', async () => {
    const project = new Project()
    const file = project.write('data/global/content-types/bad.js', 'const x = 1\nthrow new Error("bad type")')
    try {
      await project.start()
      const trace = await project.send('hi')
      assert.deepEqual(said(trace), ['hello'])
      const [problem] = of(trace, 'data-problem')
      assert.deepEqual(problem?.place, { file, line: 2, column: 7 })
    } finally {
      await project.close()
    }
  })
})
