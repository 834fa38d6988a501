import assert from 'node:assert/strict'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { createWebchat } from '../../src/channels/webchat/index.ts'
import type { Report, TraceEntry } from '../../src/trace/entry.ts'
import { verdictsOf } from '../../src/trace/verdict.ts'
import { of, Project, said } from './project.ts'

const SKIP = 'event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)'
const GREET = `${SKIP}; return bp.events.replyToEvent(event, [{ type: 'text', text: 'Hello!' }], event.id)`
const ANN = { botId: 'bot', target: 'ann' }

const START = Date.UTC(2024, 0, 1)
const ASKING = {
  version: '0.0.1',
  startNode: 'entry',
  nodes: [
    { id: 'n-entry', name: 'entry', onEnter: [], onReceive: null, next: [{ condition: 'true', node: 'ask' }] },
    {
      id: 'n-ask',
      name: 'ask',
      onEnter: ['say #builtin_text {"text":"Your name?"}'],
      onReceive: ['say #builtin_text {"text":"Hello {{event.preview}}"}'],
      next: [{ condition: 'true', node: 'END' }]
    }
  ]
}

/** What the panel says of each event of a trace. */
function verdicts(trace: Report[]): string[] {
  return verdictsOf(trace.map((report, index) => ({ ...report, seq: index + 1 }) as TraceEntry)).map(one => one.sentences.join(' '))
}

describe('Staged faults', () => {
  let project: Project
  beforeEach(async () => {
    project = new Project()
    project.hook(GREET, 'greet.js')
    await project.start()
  })
  afterEach(() => project.close())

  const stage = (...faults: object[]) => project.engine.call('faults', { faults: faults as never })

  it('a hook made to throw fails with the staged message and does nothing; the verdict says by whom (S38)', async () => {
    await stage({ hook: 'greet.js', what: 'throw', message: 'out of order' })
    const trace = await project.send('hi')
    const [ended] = of(trace, 'hook-ended')
    assert.equal(of(trace, 'hook-started')[0]?.staged, 'throw')
    assert.equal(ended?.error?.message, 'out of order')
    assert.equal(ended?.error?.place?.file, join(project.root, 'data/bots/bot/hooks/before_incoming_middleware/greet.js'))
    assert.deepEqual(said(trace), ['hello'])
    assert.match(verdicts(trace)[0]!, /greet\.js was made to throw by you/)
    assert.deepEqual(of(project.trace, 'fault-staged')[0]?.faults, [{ hook: 'greet.js', what: 'throw', message: 'out of order' }])
  })

  it('a hook made to hang locks the visitor’s queue, for others it does as well; letting go helps the next event only (R3.10, S39)', async () => {
    await stage({ hook: 'before_incoming_middleware/greet.js', what: 'hang' })
    const trace = await project.send('hi')
    assert.equal(of(trace, 'event-stuck').length, 1)
    assert.match(verdicts(trace)[0]!, /queue is locked.*made to hang by you/)
    await stage()
    assert.deepEqual(said(await project.send('again')), [])
    assert.deepEqual(said(await project.send({ target: 'bob' })), ['Hello!'])
  })

  it('a hook made slow begins after so many ms of the clock (S41)', async () => {
    await stage({ hook: 'greet.js', what: 'slow', ms: 4000 })
    const trace = await project.send('hi')
    assert.equal(of(trace, 'hook-ended')[0]?.ms, 4000)
    assert.deepEqual(said(trace), ['Hello!'])
  })

  it('names whole parts of a path only, and a list takes the place of the one before', async () => {
    await stage({ hook: 'eet.js', what: 'throw' })
    assert.deepEqual(said(await project.send('a')), ['Hello!'])
    await stage({ hook: 'greet.js', what: 'throw' })
    await stage({ hook: 'other.js', what: 'throw' })
    assert.deepEqual(said(await project.send('b')), ['Hello!'])
  })
})

describe('Mounting on command', () => {
  it('runs the hooks, refuses what is asked of an unmounted bot, and takes it in again when it is mounted (R2.1, R2.7)', async () => {
    const project = new Project()
    project.hook('bp.logger.info("mounted " + botId)', 'm.js', 'after_bot_mount')
    project.hook('bp.logger.info("unmounted " + botId)', 'u.js', 'after_bot_unmount')
    project.hook(GREET)
    try {
      await project.start({ env: {} })
      project.engine.attach(createWebchat)
      const logs = () => of(project.trace, 'log').map(one => one.message)
      const ask = () => project.engine.call('webchat', { botId: 'bot', visitorId: 'v', route: 'events', body: { payload: { type: 'x' } } })
      assert.deepEqual(logs(), ['mounted bot'])
      await project.engine.call('unmount', { botId: 'bot' })
      await project.engine.call('unmount', { botId: 'bot' })
      assert.deepEqual(logs(), ['mounted bot', 'unmounted bot'])
      const refused = await ask()
      assert.equal(refused.status, 404)
      assert.match(JSON.stringify(refused.body), /bot.*not mounted/)
      await assert.rejects(project.send('hi'), { code: 'not-mounted' })
      assert.match(of(project.trace, 'event-rejected')[0]!.reason, /not mounted/)
      await project.engine.call('mount', { botId: 'bot' })
      assert.deepEqual(logs(), ['mounted bot', 'unmounted bot', 'mounted bot'])
      assert.equal((await ask()).status, 200)
      assert.deepEqual(said(await project.send('hi')), ['Hello!', 'Hello!'])
      const kinds = project.trace.map(one => one.kind).filter(kind => kind.startsWith('bot-'))
      assert.deepEqual(kinds, ['bot-unmounted', 'bot-mounted'])
      await assert.rejects(project.engine.call('unmount', { botId: 'nobody' }), { code: 'no-bot' })
    } finally {
      await project.close()
    }
  })
})

describe('Stored state on command', () => {
  let project: Project
  beforeEach(async () => {
    project = new Project({ 'flows/main.flow.json': ASKING })
    project.hook('event.payload.seen = JSON.stringify([event.state.user, event.state.session.cart || null])')
    await project.start()
  })
  afterEach(() => project.close())
  const seen = (trace: Report[]) => {
    const change = of(trace, 'hook-ended')[0]?.changes.find(one => one.path === 'payload.seen')
    return JSON.parse(String(change?.after))
  }

  it('of nobody is what a first event finds, and reading makes nobody known (R6.2)', async () => {
    const state = await project.engine.call('readState', ANN)
    assert.deepEqual(state, {
      sessionId: 'bot::web::ann',
      user: {},
      session: { lastMessages: [], workflows: {} },
      context: {},
      temp: {}
    })
    assert.equal(of(await project.send('hi'), 'state-loaded')[0]?.newSession, true)
  })

  it('written parts are what the next event finds; each edit is in the trace with its changes', async () => {
    await project.send('hi')
    const before = await project.engine.call('readState', ANN)
    assert.equal(before.context.currentNode, 'ask')
    const after = await project.engine.call('writeState', { ...ANN, user: { name: 'Ann' }, session: { cart: [1] }, merge: true })
    assert.deepEqual(after, { ...before, user: { name: 'Ann' }, session: { ...before.session, cart: [1] } })
    assert.deepEqual(of(project.trace, 'state-edited')[0]?.changes, [
      { path: 'state.user.name', after: 'Ann' },
      { path: 'state.session.cart', after: [1] }
    ])
    assert.deepEqual(seen(await project.send('Ann')), [{ name: 'Ann' }, [1]])
    await project.engine.call('writeState', { ...ANN, user: {} })
    assert.deepEqual(seen(await project.send('x')), [{}, [1]])
  })

  it('what a hook put on the user and nothing saved is read as the next event sees it (R6.3)', async () => {
    project.hook(`${SKIP}; event.state.user.leak = 1`, '2.js')
    await project.engine.call('changed', { files: [join(project.root, 'data/bots/bot/hooks/before_incoming_middleware/2.js')] })
    await project.send('hi')
    assert.deepEqual((await project.engine.call('readState', ANN)).user, { leak: 1 })
  })

  it('is kept whole when parts of it are written, however deep it is; what JSON cannot hold is described', async () => {
    const deep = (n: number): object => (n === 0 ? { end: true } : { below: deep(n - 1) })
    await project.engine.call('writeState', { ...ANN, session: { deep: deep(30) }, merge: true })
    const { session } = await project.engine.call('writeState', { ...ANN, session: { more: 1 }, merge: true })
    assert.deepEqual(session, { lastMessages: [], workflows: {}, deep: deep(30), more: 1 })
    project.hook(`${SKIP}; event.state.user.self = event.state.user`, '2.js')
    await project.engine.call('changed', { files: [join(project.root, 'data/bots/bot/hooks/before_incoming_middleware/2.js')] })
    await project.send('hi')
    assert.match(JSON.stringify((await project.engine.call('readState', ANN)).user), /self.*…/)
  })

  it('puts a visitor at a node: to run it, or waiting there for an answer', async () => {
    const context = { currentFlow: 'main.flow.json', currentNode: 'ask' }
    await project.engine.call('writeState', { ...ANN, context })
    assert.deepEqual(said(await project.send('Ann')), ['Your name?'])
    await project.engine.call('writeState', { ...ANN, context, waiting: true })
    assert.deepEqual(said(await project.send('Bea')), ['Hello Bea'])
    const bad = project.engine.call('writeState', { ...ANN, context: { ...context, currentNode: 'entry' }, waiting: true })
    await assert.rejects(bad, /entry \(it does not wait\)/)
  })

  it('is that of a visitor of the web chat when a visitor is named', async () => {
    project.engine.attach(createWebchat)
    const visitor = { botId: 'bot', visitorId: 'v' }
    await project.engine.call('writeState', { ...visitor, user: { vip: true } })
    await project.engine.call('webchat', { ...visitor, route: 'events', body: { payload: { type: 'x' } } })
    await project.settle()
    assert.deepEqual(seen(project.trace), [{ vip: true }, null])
    await assert.rejects(project.engine.call('readState', { botId: 'bot' }), { code: 'no-target' })
  })
})

describe('The next moment', () => {
  it('is that of the timer which falls due first; the engine’s own periodic work is none', async () => {
    const project = new Project()
    project.hook(`${SKIP}; setTimeout(() => bp.logger.info('late'), 90000); setTimeout(() => {}, 60000)`)
    try {
      await project.start()
      assert.deepEqual(await project.engine.call('nextDue', {}), { at: undefined })
      await project.engine.call('send', { type: 'x', botId: 'bot', target: 'ann' })
      assert.equal((await project.engine.call('nextDue', {})).at, START + 60_000)
      await project.engine.call('advance', { ms: 60_000 })
      assert.equal((await project.engine.call('nextDue', {})).at, START + 90_000)
    } finally {
      await project.close()
    }
  })

  it('does not exist on a real clock', async () => {
    const project = new Project()
    try {
      await project.start({ settings: { clock: 'real' } })
      assert.deepEqual(await project.engine.call('nextDue', {}), { at: undefined })
    } finally {
      await project.close()
    }
  })
})

/** A bot that uses whatever is random, and time. */
const CHANCY = `const roll = Math.random()
event.state.session.roll = roll
event.setFlag(bp.IO.WellKnownFlags.FORCE_PERSIST_STATE, true)
const run = async () => {
  await new Promise(resolve => setTimeout(resolve, 250))
  const id = await bp.cms.createOrUpdateContentElement('bot', 'builtin_text', { text$en: 'one', variations$en: ['two', 'three', 'four'] })
  await bp.events.replyToEvent(event, await bp.cms.renderElement('!' + id, { event }, event), event.id)
  bp.logger.info(id + await bp.cms.saveFile('bot', 'a.txt', Buffer.from('x')))
}
return run()`

/** Everything that a short conversation leaves in the trace, as it crosses to the host. */
async function converse(project: Project): Promise<string> {
  const from = project.trace.length
  for (const [route, payload] of [
    ['events', { type: 'visit', timezone: 1, language: 'en' }],
    ['messages', { type: 'text', text: 'hi' }],
    ['events', { type: 'proactive-trigger' }]
  ] as const) {
    await project.engine.call('webchat', { botId: 'bot', visitorId: 'v', route, body: { payload } })
    await project.settle()
    await project.engine.call('advance', { ms: 60_000 })
  }
  return project.trace
    .slice(from)
    .map(one => JSON.stringify(one))
    .join('\n')
}

describe('A seed', () => {
  const run = async (seed: number | undefined) => {
    const project = new Project()
    project.hook(CHANCY)
    try {
      await project.start({ settings: { seed } })
      project.engine.attach(createWebchat)
      return (await converse(project)).replaceAll(project.root, '')
    } finally {
      await project.close()
    }
  }

  it('and the same events give the same trace, byte for byte; another seed gives another one', async () => {
    const [first, second, third, fourth] = [await run(7), await run(7), await run(8), await run(0.5)]
    assert.equal(first, second)
    assert.match(first, /chat-received/)
    assert.equal(new Set([first, third, fourth, await run(undefined), await run(undefined)]).size, 5)
  })

  it('makes ids anew when the storage is opened again, so that none comes twice', async () => {
    const project = new Project()
    project.hook(CHANCY)
    const ids = () => of(project.trace, 'event-received').map(one => one.eventId)
    try {
      await project.start({ settings: { seed: 7, storage: join(project.root, 'storage') } })
      await project.send('hi')
      await project.restart()
      await project.send('hi')
      assert.equal(new Set(ids()).size, ids().length)
    } finally {
      await project.close()
    }
  })
})

/** Tables of a database that hold rows, and those that the engine does not know. */
function rowsOf(file: string): string[] {
  const database = new DatabaseSync(file, { readOnly: true })
  try {
    const tables = database
      .prepare("SELECT name FROM sqlite_master WHERE type = 'table'")
      .all()
      .map(({ name }) => String(name))
    assert.ok(tables.includes('srv_kvs'))
    return tables.filter(name => name === 'mine' || database.prepare(`SELECT 1 FROM "${name}" LIMIT 1`).get() !== undefined)
  } finally {
    database.close()
  }
}

describe('Renewing the engine', () => {
  /** @param tables whether a hook makes a table of its own: then the database's file has to be made anew */
  const used = async (storage: boolean, tables = true) => {
    const project = new Project(undefined, {
      'data/bots/bot/libraries/counter.js': 'let n = 0; module.exports = () => ++n',
      'data/bots/bot/libraries/node_modules/pack/index.js': 'let n = 0; exports.count = () => ++n',
      'data/bots/bot/libraries/node_modules/pack/package.json': { name: 'pack', main: 'index.js' }
    })
    project.hook(CHANCY)
    project.hook(
      `const counted = require('counter')() + require('pack').count() + (require('moment').locale() === 'en' ? 0 : 100)
      require('moment').locale('fr')
      require('lodash').mixin({ mine: () => 1 })
      event.state.user.count = (event.state.user.count || 0) + 1
      const run = async () => {
        const kvs = bp.kvs.forBot('bot')
        await kvs.set('k', ((await kvs.get('k')) || 0) + 1)
        let rows = 1
        if (${tables}) {
          await bp.database.raw('CREATE TABLE IF NOT EXISTS mine (n INTEGER)')
          await bp.database('mine').insert({ n: 1 })
          rows = (await bp.database('mine')).length
        }
        await bp.ghost.forBot('bot').upsertFile('hooks/before_incoming_middleware', '9.js', 'bp.logger.info("written")')
        bp.events.registerMiddleware({ name: 'm', description: 'x', direction: 'incoming', handler: (event, next) => next() })
        setInterval(() => bp.logger.info('tick'), 7000)
        bp.logger.info(['counts', counted, event.state.user.count, await kvs.get('k'), rows].join())
      }
      return run()`,
      '5.js'
    )
    await project.start({ settings: { seed: 3, ...(storage && { storage: join(project.root, 'storage') }) } })
    project.engine.attach(createWebchat)
    return project
  }

  for (const [storage, tables] of [
    [false, true],
    [false, false],
    [true, true],
    [true, false]
  ] as const) {
    const where = `${storage ? 'a storage' : 'in memory'}, ${tables ? 'with' : 'without'} tables of a hook`
    it(`leaves nothing of the life before: the same events give the same trace again (${where})`, async () => {
      const project = await used(storage, tables)
      try {
        const first = await converse(project)
        assert.match(first, /counts,2,1,1,1/)
        assert.match(first, /tick/)
        await project.engine.call('faults', { faults: [{ hook: '5.js', what: 'throw' }] })
        await project.engine.call('unmount', { botId: 'bot' })
        assert.deepEqual(await project.engine.call('renew', {}), { bots: ['bot'] })
        assert.equal(project.engine.clock.now(), START)
        assert.equal(await converse(project), first)
        await project.engine.call('renew', { seed: 4, startAt: START + 1 })
        assert.equal(project.engine.clock.now(), START + 1)
        assert.notEqual(await converse(project), first)
        await project.engine.call('renew', {})
        if (storage) assert.deepEqual(rowsOf(join(project.root, 'storage', 'core.sqlite')), [])
      } finally {
        await project.close()
      }
    })
  }

  it('what is still at work has no effect any more: no reply, no entry, no timer, no complaint', async () => {
    const project = new Project()
    project.hook(`const run = async () => {
      setTimeout(() => { throw new Error('old timer') }, 1000)
      await new Promise(resolve => require('fs').readFile(__filename, resolve))
      await bp.kvs.forBot('bot').set('old', 1)
      await bp.events.replyToEvent(event, [{ type: 'text', text: 'old' }], event.id)
    }
    run()
    return new Promise(() => {})`)
    const rejections: unknown[] = []
    const listen = (reason: unknown) => {
      rejections.push(reason)
      project.engine.unhandled(reason)
    }
    const others = process.listeners('unhandledRejection')
    process.removeAllListeners('unhandledRejection').on('unhandledRejection', listen)
    try {
      await project.start()
      await project.engine.call('send', { type: 'x', botId: 'bot', target: 'ann' })
      while (of(project.trace, 'hook-started').length === 0) await new Promise(setImmediate)
      await project.engine.call('renew', {})
      const from = project.trace.length
      const started = Date.now()
      while (rejections.length === 0 && Date.now() - started < 5000) await new Promise(resolve => setTimeout(resolve, 5))
      assert.equal(rejections.length, 1)
      await project.engine.call('advance', { ms: 60_000 })
      assert.deepEqual(
        project.trace.slice(from).map(one => one.kind),
        ['clock']
      )
    } finally {
      process.removeListener('unhandledRejection', listen)
      for (const other of others) process.on('unhandledRejection', other)
      await project.close()
    }
  })
})
