import assert from 'node:assert/strict'
import type { Push } from '../../src/protocol/engine.ts'
import { of, Project } from './project.ts'

const START = Date.UTC(2024, 0, 1)
/** Before the engine's own work falls due. */
const SOON = 500
const MINUTE = 60_000
const SKIP = 'event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)'

describe('One clock', () => {
  it('an hour passes in milliseconds, and what waits in it falls due in the right order, whoever waits', async () => {
    const project = new Project()
    project.hook(
      `${SKIP}; event.setFlag(bp.IO.WellKnownFlags.FORCE_PERSIST_STATE, true)
      event.state.context = { currentFlow: 'main.flow.json', currentNode: 'entry' }
      const { delay } = require('lodash')
      const run = async () => {
        await bp.kvs.forBot('bot').set('soon', 1, undefined, '10m')
        await bp.kvs.forBot('bot').set('late', 1, undefined, '40m')
        const kept = async () => [await bp.kvs.forBot('bot').get('soon'), await bp.kvs.forBot('bot').get('late')].map(Boolean)
        delay(() => kept().then(found => bp.logger.info('lodash ' + found)), 20 * 60000)
        setTimeout(() => kept().then(found => bp.logger.info('timer ' + found)), 50 * 60000)
        setInterval(() => bp.logger.info('interval'), 15 * 60000)
      }
      return run()`
    )
    project.hook('bp.logger.info("timeout hook")', 't.js', 'before_session_timeout')
    project.write(
      'data/global/hooks/after_server_start/0.js',
      `bp.events.registerMiddleware({ name: 'slow', description: 'x', direction: 'incoming', order: 1, timeout: '5m',
        handler: (event, next) => event.type === 'second' || next() })`
    )
    try {
      await project.start()
      await project.send({ type: 'first' })
      await project.engine.call('advance', { ms: 60 * MINUTE })
      const log = of(project.trace, 'log').filter(one => one.logger === 'Hooks')
      assert.deepEqual(
        log.map(one => `${Math.round((one.at - START) / MINUTE)} ${one.message}`),
        ['15 interval', '20 lodash false,true', '25 timeout hook', '30 interval', '45 interval', '50 timer false,false', '60 interval']
      )
      // A middleware that never answers holds an event for as long as it was given.
      await project.engine.call('send', { type: 'second', botId: 'bot', target: 'bob' })
      await project.settle(6 * MINUTE)
      const slow = of(project.trace, 'middleware-ended').filter(one => one.name === 'slow')
      assert.deepEqual(
        slow.map(one => [one.outcome, one.ms]),
        [
          ['completed', 0],
          ['timedOut', 5 * MINUTE]
        ]
      )
    } finally {
      await project.close()
    }
  })

  it('runs ahead over timers that concern nobody outside, up to one that tells a chat something, which says when', async () => {
    const pushes: Push[] = []
    const project = new Project()
    project.write(
      'data/global/hooks/after_server_start/0.js',
      `let minutes = 0
      setInterval(() => {
        minutes++
        if (minutes % 20 === 0) bp.realtime.sendPayload(bp.RealTimePayload.forVisitor('ann', 'minutes', { minutes }))
      }, 60000)`
    )
    try {
      await project.start({ push: push => void pushes.push(push) })
      const ahead = async () => {
        const { now, ran, at } = await project.engine.call('runAhead', { to: START + 45 * MINUTE })
        return [(now - START) / MINUTE, ran, (at! - START) / MINUTE]
      }
      assert.deepEqual(
        [await ahead(), await ahead(), await ahead(), await ahead()],
        [
          [20, 20, 21],
          [40, 20, 41],
          [45, 5, 46],
          [45, 0, 46]
        ]
      )
      assert.deepEqual(
        pushes.map(({ name, at }) => [name, (at! - START) / MINUTE]),
        [
          ['minutes', 20],
          ['minutes', 40]
        ]
      )
    } finally {
      await project.close()
    }
  })

  it('passes to a later moment at once, for what is asked in the same turn, unless something falls due before', async () => {
    const project = new Project()
    project.hook(`${SKIP}
      if (event.type === 'sets') setTimeout(() => bp.logger.info('timer'), 2 * 60000)`)
    try {
      await project.start()
      const pass = project.engine.call('pass', { to: START + SOON })
      const sent = project.engine.call('send', { type: 'sets', botId: 'bot', target: 'ann' })
      const rest = project.engine.call('run', { to: START + SOON })
      await Promise.all([pass, sent])
      const { at, anyAt } = await rest
      assert.equal(at, START + SOON + 2 * MINUTE)
      // The engine's own work.
      assert.ok(anyAt! < at!)
      assert.deepEqual(
        of(project.trace, 'event-received').map(one => one.at - START),
        [SOON]
      )
      await project.engine.call('pass', { to: START + 4 * MINUTE })
      const log = of(project.trace, 'log').filter(one => one.message === 'timer')
      assert.deepEqual(
        log.map(one => one.at - START),
        [SOON + 2 * MINUTE]
      )
      assert.equal(project.engine.clock.now(), START + 4 * MINUTE)
    } finally {
      await project.close()
    }
  })

  it('is what SQL tells, too: now, today, and defaults of columns', async () => {
    const project = new Project()
    project.hook(`${SKIP}
      const db = bp.database
      const run = async () => {
        await db.createTableIfNotExists('notes', table => { table.string('text'); table.timestamp('at').defaultTo(db.fn.now()) })
        await db('notes').insert({ text: event.type })
        const [row] = await db('notes').where({ text: event.type })
        const [told] = await db.raw("SELECT datetime('now', '-1 day') AS before, strftime('%H:%M', 'now') AS clock, date('2020-02-29', '+1 year') AS other")
        const [own] = await db.select(db.raw('? AS now', [db.date.now()]), db.raw('? AS today', [db.date.today()])).from('notes').limit(1)
        event.payload.out = JSON.stringify([row.at, told, own])
      }
      return run()`)
    const seen = async (type: string) => {
      const ended = of(await project.send({ type, target: type }), 'hook-ended')[0]
      assert.equal(ended?.error, undefined)
      return JSON.parse(String(ended?.changes.find(one => one.path === 'payload.out')?.after))
    }
    try {
      await project.start()
      assert.deepEqual(await seen('a'), [
        '2024-01-01 00:00:00',
        { before: '2023-12-31 00:00:00', clock: '00:00', other: '2021-03-01' },
        { now: '2024-01-01T00:00:00.000Z', today: '2024-01-01' }
      ])
      await project.engine.call('advance', { ms: 36 * 60 * MINUTE })
      const [at, told] = await seen('b')
      assert.deepEqual([at, told.clock], ['2024-01-02 12:00:00', '12:00'])
    } finally {
      await project.close()
    }
  })

  it('and one seed: RANDOM() of SQL, crypto and the ids of modules follow from it', async () => {
    const rolled = async (seed: number) => {
      const project = new Project()
      project.hook(`${SKIP}
        const run = async () => {
          const [row] = await bp.database.raw('SELECT RANDOM() AS n')
          event.payload.out = [String(row.n), require('crypto').randomBytes(4).toString('hex'), require('uuid/v4')(), require('nanoid').nanoid(), require('lodash').random(1, 1e9)].join()
        }
        return run()`)
      try {
        await project.start({ settings: { seed } })
        const [ended] = of(await project.send(), 'hook-ended')
        return String(ended?.changes.find(one => one.path === 'payload.out')?.after)
      } finally {
        await project.close()
      }
    }
    const [first, again, other] = [await rolled(1), await rolled(1), await rolled(2)]
    assert.equal(first, again)
    for (const [index, one] of first.split(',').entries()) assert.notEqual(one, other.split(',')[index])
  })
})
