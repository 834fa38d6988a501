import assert from 'node:assert/strict'
import { type Bench, bench } from './engine.ts'

/** A hook that answers events of type `ask` with what an async body returns. */
const asking = (body: string) => ({
  'before_incoming_middleware/1.js': `if (event.type !== 'ask') return
event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
const run = async () => { const client = bp.messaging.forBot(event.botId); ${body} }
return run().then(out => bp.logger.info(JSON.stringify(out)), error => bp.logger.error(error.message))`
})

describe('bp.messaging with a web chat (R18.8)', () => {
  let server: Bench
  afterEach(() => server.close())

  async function answer(body: string, times = 1): Promise<unknown> {
    server = await bench(asking(body))
    await server.ask('messages', { payload: { type: 'text', text: 'hi' } })
    for (let time = 0; time < times; time++) {
      await server.ask('events', { payload: { type: 'ask' } })
      await server.settle()
    }
    const logs = server.of('log').filter(({ logger }) => logger === 'Hooks')
    assert.deepEqual(
      logs.filter(({ level }) => level === 'error').map(({ message }) => message),
      []
    )
    return JSON.parse(logs.at(-1)!.message)
  }

  it('knows the visitor’s user, conversation and messages; what it stores is no event and is not shown', async () => {
    const result = await answer(`
      const { target: userId, threadId } = event
      const stored = await client.createMessage(threadId, undefined, { type: 'text', text: 'quiet' })
      return {
        user: (await client.getUser(userId)).id === userId,
        nobody: await client.getUser('00000000-0000-4000-8000-000000000000') === undefined,
        conversation: [(await client.getConversation(threadId)).userId === userId, (await client.listConversations(userId)).length],
        messages: (await client.listMessages(threadId)).map(one => [one.payload.text, one.authorId === userId, one.sentOn instanceof Date]),
        found: (await client.getMessage(stored.id)).payload.text,
        deleted: [await client.deleteMessage(stored.id), await client.deleteMessage(stored.id), await client.deleteMessagesByConversation(threadId)]
      }`)
    assert.deepEqual(result, {
      user: true,
      nobody: true,
      conversation: [true, 1],
      messages: [
        ['quiet', false, true],
        ['hi', true, true]
      ],
      found: 'quiet',
      deleted: [true, false, 1]
    })
    assert.ok(!server.pushes.some(({ payload }) => JSON.stringify(payload).includes('quiet')))
    assert.equal(server.of('event-received').filter(({ direction }) => direction === 'outgoing').length, 0)
  })

  it('makes users, conversations and endpoints, the same endpoint leading to the same conversation', async () => {
    const result = await answer(
      `
      const endpoint = { channel: { name: 'teams', version: '1.0.0' }, identity: '*', sender: 'ann', thread: 't1' }
      const id = await client.mapEndpoint(endpoint)
      const user = await client.createUser()
      const own = await client.createConversation(user.id)
      return {
        same: await client.mapEndpoint(endpoint) === id, other: await client.mapEndpoint({ ...endpoint, thread: 't2' }) === id,
        endpoints: await client.listEndpoints(id), own: (await client.getConversation(own.id)).userId === user.id,
        refused: await client.createMessage('none', undefined, {}).catch(error => error.message), bot: client.clientId === user.clientId
      }`,
      2
    )
    assert.deepEqual(result, {
      same: true,
      other: false,
      endpoints: [{ channel: { name: 'teams', version: '1.0.0' }, identity: '*', sender: 'ann', thread: 't1' }],
      own: true,
      refused: 'The messaging server knows no conversation none',
      bot: true
    })
  })

  it('stands beside the table from which a hook learns the visitor id for bp.realtime (R18.10)', async () => {
    await answer(`
      const { visitorId } = await bp.database('web_user_map').where({ botId: event.botId, userId: event.target }).first()
      bp.realtime.sendPayload(bp.RealTimePayload.forVisitor(visitorId, 'webchat.custom', { text: 'ping' }))
      return visitorId`)
    assert.deepEqual(
      server.pushes.filter(({ name }) => name === 'webchat.custom'),
      [{ visitorId: 'anna', name: 'webchat.custom', payload: { text: 'ping', __room: 'visitor:anna' }, at: server.engine.clock.now() }]
    )
  })
})
