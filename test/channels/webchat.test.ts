import assert from 'node:assert/strict'
import { answering, type Bench, bench } from './engine.ts'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const trigger = { type: 'proactive-trigger', payload: { type: 'proactive-trigger', payload: { text: 'x' } } }

describe('the server part of channel-web', function () {
  this.timeout(30_000)
  let server: Bench
  afterEach(() => server.close())

  const names = () => server.pushes.map(({ name }) => name)
  const messages = async (visitorId?: string) => {
    const listed = (await server.ask('conversations/list', {}, visitorId)).body.conversations as { id: string }[]
    const got = await server.ask('conversations/get', { conversationId: listed[0]?.id }, visitorId)
    return (got.body.messages as { payload: Record<string, unknown>; authorId?: string }[]).map(({ payload }) => payload)
  }

  describe('events', () => {
    it('become incoming events with the payload as it is, for a messaging user and conversation (R19.2, R4.13)', async () => {
      server = await bench()
      assert.equal((await server.ask('events', { payload: trigger })).status, 200)
      const [received] = server.of('event-received')
      assert.deepEqual(received!.payload, trigger)
      assert.deepEqual([received!.type, received!.channel, received!.direction], ['proactive-trigger', 'web', 'incoming'])
      assert.match(received!.target, UUID)
      assert.match(received!.threadId!, UUID)
      assert.equal(received!.preview, undefined)
      assert.equal(received!.from.by, 'page')
    })

    it('are neither stored nor echoed (R19.2)', async () => {
      server = await bench(answering('proactive-trigger', []))
      await server.ask('events', { payload: trigger })
      await server.settle()
      assert.deepEqual(await messages(), [])
      assert.deepEqual(server.pushes, [])
    })

    it('go to the same user and the most recent conversation each time, to others for another visitor (R19.1, R19.2)', async () => {
      server = await bench()
      await server.ask('events', { payload: trigger })
      await server.ask('events', { payload: trigger })
      await server.ask('events', { payload: trigger }, 'ben')
      const [first, second, other] = server.of('event-received').filter(({ direction }) => direction === 'incoming')
      assert.deepEqual([first!.target, first!.threadId], [second!.target, second!.threadId])
      assert.notEqual(other!.target, first!.target)
      assert.notEqual(other!.threadId, first!.threadId)
    })

    it('go to the conversation named, and to none of another visitor', async () => {
      server = await bench()
      const { convoId } = (await server.ask('conversations/new')).body
      await server.ask('conversations/new')
      await server.ask('events', { conversationId: convoId, payload: trigger })
      assert.equal(server.of('event-received')[0]!.threadId, convoId)
      assert.equal((await server.ask('events', { conversationId: convoId, payload: trigger }, 'ben')).status, 404)
    })

    it('without a type are refused, as in development mode (R22.6)', async () => {
      server = await bench()
      const { status, body } = await server.ask('events', { payload: { payload: {} } })
      assert.equal(status, 500)
      assert.match(String(body.message), /type/)
      assert.equal(server.of('event-received').length, 0)
    })
  })

  describe('messages', () => {
    it('are stored, echoed to the chat, then sent with their id (R19.3)', async () => {
      server = await bench(answering('text', []))
      await server.ask('messages', { payload: { type: 'text', text: 'Hello' } })
      await server.settle()
      assert.deepEqual(await messages(), [{ type: 'text', text: 'Hello' }])
      const { name, payload } = server.pushes[0]!
      assert.equal(name, 'webchat.message')
      const { id, conversationId, authorId, sentOn, __room } = payload as Record<string, string>
      const [received] = server.of('event-received')
      assert.match(id!, UUID)
      assert.deepEqual([conversationId, authorId, __room], [received!.threadId, received!.target, 'visitor:anna'])
      assert.equal(sentOn, '2025-01-01T12:00:00.000Z')
      assert.equal(received!.preview, 'Hello')
      assert.equal(received!.from.by, 'visitor')
      const [echo] = server.of('chat-received')
      assert.deepEqual([echo!.by, echo!.what, echo!.shown], ['visitor', 'message', true])
    })

    it('of other types are refused with 400 (R19.3)', async () => {
      server = await bench()
      assert.equal((await server.ask('messages', { payload: { type: 'proactive-trigger', text: 'x' } })).status, 400)
    })

    it('need a text of at most 360 characters, postbacks none (R19.3, R19.11)', async () => {
      server = await bench()
      const send = async (payload: object) => (await server.ask('messages', { payload })).status
      assert.equal(await send({ type: 'text' }), 500)
      assert.equal(await send({ type: 'text', text: '' }), 500)
      assert.equal(await send({ type: 'text', text: 5 }), 500)
      assert.equal(await send({ type: 'text', text: 'x'.repeat(361) }), 500)
      assert.equal(await send({ type: 'text', text: 'x'.repeat(360) }), 200)
      assert.equal(await send({ type: 'postback', payload: 'P' }), 200)
      // What sendEvent({ type: 'text', text }) posts (R22.6).
      assert.equal(await send({ type: 'text', payload: { type: 'text', text: 'x' } }), 500)
    })

    it('leave out of store and echo what they call sensitive, but not out of the event (R19.3)', async () => {
      server = await bench(answering('form', []))
      await server.ask('messages', { payload: { type: 'form', text: 'sent', card: '4111', sensitive: ['card'] } })
      assert.equal((await messages())[0]!.card, undefined)
      assert.equal((server.pushes[0]!.payload as { payload: { card?: string } }).payload.card, undefined)
      assert.equal((server.of('event-received')[0]!.payload as { card: string }).card, '4111')
    })

    it('obey the configuration of the module', async () => {
      server = await bench({}, { 'data/global/config/channel-web.json': '{ "maxMessageLength": 5 }' })
      assert.equal((await server.ask('messages', { payload: { type: 'text', text: '123456' } })).status, 500)
      assert.equal((await server.ask('botInfo')).body.maxMessageLength, 5)
    })
  })

  describe('replies', () => {
    const reply = async (payloads: unknown[]) => {
      server = await bench(answering('proactive-trigger', payloads))
      await server.ask('events', { payload: trigger })
      await server.settle()
    }

    it('are stored and pushed without an author (R19.6)', async () => {
      await reply([{ type: 'text', text: 'Hi' }])
      assert.deepEqual(names(), ['webchat.message'])
      const { authorId, payload } = server.pushes[0]!.payload as Record<string, unknown>
      assert.equal(authorId, undefined)
      assert.deepEqual(payload, { type: 'text', text: 'Hi' })
      assert.deepEqual(await messages(), [{ type: 'text', text: 'Hi' }])
    })

    it('come with a typing notice of 500 ms when typing is true, strictly (R19.6, R23.3)', async () => {
      await reply([
        { type: 'text', text: 'A', typing: true },
        { type: 'text', text: 'B', typing: 1500 }
      ])
      assert.deepEqual(names(), ['webchat.typing', 'webchat.message', 'webchat.message'])
      assert.equal((server.pushes[0]!.payload as { timeInMs: number }).timeInMs, 500)
    })

    it('of type typing are a notice only, as long as they say (R19.6, R23.3)', async () => {
      await reply([{ type: 'typing', value: 2000 }, { type: 'typing' }])
      assert.deepEqual(names(), ['webchat.typing', 'webchat.typing'])
      assert.deepEqual(
        server.pushes.map(({ payload }) => (payload as { timeInMs: number }).timeInMs),
        [2000, 500]
      )
      assert.deepEqual(await messages(), [])
    })

    it('of type data reach the page and are not stored (R19.6)', async () => {
      await reply([{ type: 'data', offer: 7 }])
      assert.deepEqual(names(), ['webchat.data'])
      assert.equal((server.pushes[0]!.payload as { offer: number }).offer, 7)
      assert.deepEqual(await messages(), [])
    })

    it('of type default become text, and those without a type get the event’s (R19.6)', async () => {
      await reply([{ type: 'default', text: 'A' }, { text: 'B' }])
      const types = server.pushes.map(({ payload }) => (payload as { payload: { type: string } }).payload.type)
      assert.equal(types[1], 'text')
      assert.equal(
        server.of('chat-received').every(({ by }) => by === 'bot'),
        true
      )
    })

    it('without a conversation go to the most recent one (R19.7)', async () => {
      server = await bench({
        'before_incoming_middleware/answer.js': `event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
const { botId, channel, target } = event
return bp.events.replyToEvent({ botId, channel, target }, [{ type: 'text', text: 'Hi' }])`
      })
      await server.ask('events', { payload: trigger })
      await server.settle()
      const [received] = server.of('event-received')
      assert.equal((server.pushes[0]!.payload as { conversationId: string }).conversationId, received!.threadId)
    })

    it('to nobody we know are not sent, with a warning (R19.7)', async () => {
      server = await bench({
        'before_incoming_middleware/answer.js': `event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
return bp.events.replyToEvent({ botId: 'shop', channel: 'web', target: 'nobody' }, [{ type: 'text', text: 'Hi' }])`
      })
      await server.ask('events', { payload: trigger })
      await server.settle()
      assert.deepEqual(server.pushes, [])
      assert.match(server.of('reply-lost')[0]!.reason, /nobody/)
      assert.equal(
        server.of('log').some(({ level, logger }) => level === 'warn' && logger === 'channel-web'),
        true
      )
    })

    it('say whether a page was there to show them', async () => {
      server = await bench(answering('proactive-trigger', [{ type: 'text', text: 'Hi' }]))
      await server.engine.call('socket', { visitorId: 'anna', open: false })
      await server.ask('events', { payload: trigger })
      await server.settle()
      assert.equal(server.of('chat-received')[0]!.shown, false)
      await server.engine.call('socket', { visitorId: 'anna', open: true })
      assert.deepEqual(await messages(), [{ type: 'text', text: 'Hi' }])
    })

    it('to an event sent without a page are seen as the simulator’s visitor’s', async () => {
      server = await bench(answering('proactive-trigger', [{ type: 'text', text: 'Hi' }]))
      await server.engine.call('send', { type: 'proactive-trigger', botId: 'shop', payload: {} })
      await server.settle()
      assert.deepEqual(
        server.of('chat-received').map(({ visitorId, payload }) => [visitorId, payload]),
        [['visitor', { type: 'text', text: 'Hi' }]]
      )
    })
  })

  describe('conversations', () => {
    it('are listed with their last message, the one active last first (R19.5)', async () => {
      server = await bench(answering('text', []))
      const first = (await server.ask('conversations/new')).body.convoId
      await server.engine.call('advance', { ms: 1000 })
      const second = (await server.ask('conversations/new')).body.convoId
      const ids = async () => ((await server.ask('conversations/list')).body.conversations as { id: string }[]).map(({ id }) => id)
      assert.deepEqual(await ids(), [second, first])
      await server.engine.call('advance', { ms: 1000 })
      await server.ask('messages', { conversationId: first, payload: { type: 'text', text: 'here' } })
      assert.deepEqual(await ids(), [first, second])
    })

    it('are the visitor’s with one bot, also before 12.26, when a visitor is the same user to all bots (R19.5)', async () => {
      const help = { 'data/bots/help/bot.config.json': JSON.stringify({ id: 'help', name: 'Help', languages: ['en'] }) }
      server = await bench({}, help, '12.22.0')
      const at = async (botId: string, route: string, body: object = {}) => {
        const { status, body: answer } = await server.engine.call('webchat', { botId, visitorId: 'anna', route, body })
        return { status, ...(answer as { convoId?: string; conversations?: { id: string }[] }) }
      }
      const { convoId } = await at('shop', 'conversations/new')
      assert.deepEqual((await at('help', 'conversations/list')).conversations, [])
      assert.equal((await at('help', 'conversations/get', { conversationId: convoId })).status, 404)
      await at('help', 'events', { payload: trigger })
      await server.settle()
      assert.notEqual(server.of('event-received')[0]!.threadId, convoId)
      assert.equal((await at('shop', 'conversations/list')).conversations?.length, 1)
    })

    it('end after six hours only where the bot wants so (R19.11)', async () => {
      const thread = async (files: Record<string, string>) => {
        server = await bench({}, files)
        await server.ask('events', { payload: trigger })
        await server.engine.call('advance', { ms: 7 * 3_600_000 })
        await server.ask('events', { payload: trigger })
        return new Set(
          server
            .of('event-received')
            .filter(({ direction }) => direction === 'incoming')
            .map(({ threadId }) => threadId)
        ).size
      }
      assert.equal(await thread({}), 1)
      await server.close()
      assert.equal(await thread({ 'data/global/config/channel-web.json': '{ "startNewConvoOnTimeout": true }' }), 2)
    })

    it('are reset with a message and an event, and the session is gone (R19.4)', async () => {
      server = await bench({ 'before_incoming_middleware/keep.js': KEEP })
      const say = async () => {
        await server.ask('messages', { payload: { type: 'text', text: 'x' } })
        await server.settle()
      }
      await say()
      await say()
      await server.ask('conversations/reset')
      assert.deepEqual((await messages()).at(-1), { type: 'session_reset', text: 'Reset the conversation' })
      assert.equal(names().at(-1), 'webchat.message')
      assert.equal(server.of('event-received').at(-1)!.type, 'session_reset')
      assert.deepEqual(
        server.of('state-loaded').map(({ newSession }) => newSession),
        [true, false]
      )
      await server.settle()
      await say()
      assert.equal(server.of('state-loaded').at(-1)!.newSession, true)
    })

    it('lose their messages when these are deleted, and the chat hears of it (R19.5)', async () => {
      server = await bench(answering('text', []))
      await server.ask('messages', { payload: { type: 'text', text: 'x' } })
      await server.ask('messages/delete')
      assert.equal(names().at(-1), 'webchat.clear')
      assert.deepEqual(await messages(), [])
    })
  })

  it('stores a custom id with the user (R19.5)', async () => {
    server = await bench({ 'before_incoming_middleware/who.js': 'bp.logger.info(event.state.user.webchatCustomId)' })
    await server.ask('users/customId', { customId: 'customer-7' })
    await server.ask('events', { payload: trigger })
    await server.settle()
    assert.equal(
      server.of('log').some(({ message }) => message === 'customer-7'),
      true
    )
  })

  it('tells about the bot (R19.5)', async () => {
    server = await bench()
    const { body } = await server.ask('botInfo')
    assert.deepEqual([body.name, body.description, body.lazySocket, body.maxMessageLength], ['Shop', 'Sells', false, 360])
  })

  it('refuses visitor ids of more than 40 characters, unknown bots and unknown routes (R19.1)', async () => {
    server = await bench()
    assert.equal((await server.ask('events', { payload: trigger }, 'x'.repeat(41))).status, 500)
    assert.equal((await server.ask('events', { payload: trigger }, 'x'.repeat(40))).status, 200)
    assert.equal((await server.ask('nothing')).status, 404)
    assert.equal((await server.ask('constructor')).status, 404)
    const { status } = await server.engine.call('webchat', { botId: 'nobody', visitorId: 'anna', route: 'botInfo', body: {} })
    assert.equal(status, 404)
  })

  it('forgets a visitor, and only that one', async () => {
    server = await bench(answering('text', []))
    for (const visitor of ['anna', 'ben']) await server.ask('messages', { payload: { type: 'text', text: visitor } }, visitor)
    await server.engine.call('forget', { visitorId: 'anna' })
    assert.deepEqual((await server.ask('conversations/list')).body.conversations, [])
    assert.deepEqual(await messages('ben'), [{ type: 'text', text: 'ben' }])
  })
})

const KEEP = `event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
event.setFlag(bp.IO.WellKnownFlags.FORCE_PERSIST_STATE, event.type === 'text')`
