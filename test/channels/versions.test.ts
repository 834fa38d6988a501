import assert from 'node:assert/strict'
import { answering, type Bench, bench } from './engine.ts'

const visit = { type: 'visit', text: 'User visit', timezone: 2, language: 'fr' }
const LOOK = {
  'before_incoming_middleware/look.js': 'bp.logger.info(JSON.stringify(event.state.user))',
  ...answering('hello', [{ type: 'text', text: 'Hi' }])
}

describe('The server part of channel-web in an earlier Botpress (section 25)', () => {
  let server: Bench
  afterEach(() => server.close())
  const users = () => server.of('log').flatMap(({ logger, message }) => (logger === 'Hooks' ? [JSON.parse(message)] : []))

  it('names visitors by their own id and conversations by a number before 12.26 (R4.13)', async () => {
    server = await bench({}, {}, '12.22.0')
    for (const visitorId of ['anna', 'ben', 'anna']) await server.ask('events', { payload: { type: 'hello' } }, visitorId)
    const received = server.of('event-received').filter(({ direction }) => direction === 'incoming')
    assert.deepEqual(
      received.map(({ target, threadId }) => [target, threadId]),
      [
        ['anna', '1'],
        ['ben', '2'],
        ['anna', '1']
      ]
    )
    assert.equal((await server.ask('conversations/new')).body.convoId, '3')
  })

  it('keeps what a visit tells of the visitor, which is a message, before 12.30.7 (R19.9, R20.9)', async () => {
    server = await bench(LOOK, {}, '12.30.6')
    assert.equal((await server.ask('messages', { payload: visit })).status, 200)
    await server.settle()
    await server.ask('events', { payload: { type: 'hello' } })
    await server.settle()
    assert.deepEqual(users(), [
      { timezone: 2, language: 'fr' },
      { timezone: 2, language: 'fr' }
    ])
    await server.ask('messages', { payload: { ...visit, timezone: 99, language: 'en' } })
    await server.settle()
    assert.deepEqual(users().at(-1), { timezone: 2, language: 'fr' })
  })

  it('forgets it since then: only the visit itself sees it, by the stock hook (R19.9)', async () => {
    server = await bench({ ...LOOK, 'after_incoming_middleware/look.js': 'bp.logger.info(JSON.stringify(event.state.user))' })
    await server.ask('events', { payload: visit })
    await server.settle()
    assert.deepEqual(users(), [
      { timezone: 2, language: 'fr' },
      { timezone: 2, language: 'fr' }
    ])
    const state = await server.engine.call('readState', { botId: 'shop', visitorId: 'anna' })
    // In memory only (R6.3): what is stored knows nothing of it.
    assert.deepEqual(state.user, { timezone: 2, language: 'fr' })
    assert.deepEqual(server.of('state-saved'), [])
  })

  it('tells pages the type of a message by another name before 12.26 (R21.2)', async () => {
    for (const [version, type] of [
      ['12.22.0', 'text'],
      ['12.26.0', undefined]
    ] as const) {
      server = await bench(LOOK, {}, version)
      await server.ask('events', { payload: { type: 'hello' } })
      await server.settle()
      const { payload } = server.pushes.find(({ name }) => name === 'webchat.message')!
      assert.equal((payload as { message_type?: string }).message_type, type)
      if (type) await server.close()
    }
  })

  it('has bp.experimental.conversations from 12.19 to 12.23, whose calls say what to do instead (R18.8)', async () => {
    const hook = {
      'before_incoming_middleware/1.js': `bp.logger.info(JSON.stringify([typeof bp.experimental.conversations, typeof bp.messaging]))
      if (bp.experimental.messages) return bp.experimental.messages.forBot('shop').create({}).catch(e => bp.logger.info(JSON.stringify(e.message)))`
    }
    server = await bench(hook, {}, '12.22.0')
    await server.ask('events', { payload: { type: 'hello' } })
    await server.settle()
    const [types, message] = users()
    assert.deepEqual(types, ['object', 'undefined'])
    assert.match(message, /bp\.experimental\.messages\.forBot\(\)\.create cannot be served .* bp\.events\.replyToEvent/)
    await server.close()
    server = await bench(hook)
    await server.ask('events', { payload: { type: 'hello' } })
    await server.settle()
    assert.deepEqual(users(), [['undefined', 'object']])
  })
})
