import assert from 'node:assert/strict'
import { type Played, type PlayOptions, play } from './played.ts'

const CLOSED = 'setClass bp-widget-web bp-widget-widget'
const OPEN = 'setClass bp-widget-web bp-widget-side'
const trigger = { type: 'proactive-trigger', channel: 'web', payload: { text: 'x' } }

/** A chat that has loaded. */
async function loaded(options?: PlayOptions): Promise<Played> {
  const played = play(options)
  played.life.start().catch(error => played.warnings.push(String(error)))
  await played.pass(100)
  return played
}

/** A chat that was opened and is ready. Returns when it was opened. */
async function ready(options?: PlayOptions): Promise<Played> {
  const played = await loaded(options)
  played.life.command('event', { type: 'show' })
  await played.pass(1000)
  assert.equal(played.life.phase, 'ready')
  return played
}

const sent = (played: Played) => played.reports.flatMap(report => (report.kind === 'page-sent' ? [report] : []))
const routes = (played: Played, since = 0) => played.requests.filter(({ at }) => at >= since).map(({ route }) => route)
const posted = (played: Played, type: string) =>
  played.requests.find(
    ({ route, body }) => (route === 'events' || route === 'messages') && (body.payload as { type: string }).type === type
  )

describe('the chat while it loads', () => {
  it('tells the page configuration twice, visitor, loaded and its class, and is not ready (R21.3)', async () => {
    const played = await loaded()
    await played.pass(60_000)
    assert.deepEqual(played.names(), ['configChanged', 'configChanged', 'userId', 'webchatLoaded', CLOSED])
  })

  it('shapes life-cycle messages as name, chatId and payload, the payload only with the configuration (R21.1)', async () => {
    const played = await loaded({ config: { chatId: 'left', botId: 'shop' } })
    const { data } = played.heard[0]!
    assert.deepEqual(Object.keys(data), ['name', 'chatId', 'payload'])
    assert.equal(data.chatId, 'left')
    assert.equal(JSON.parse(data.payload as string).botId, 'shop')
    const told = played.heard.find(one => one.data.name === 'webchatLoaded')!
    assert.deepEqual(told.data, { name: 'webchatLoaded', chatId: 'left', payload: undefined })
  })

  it('has no socket and tells no visitor while it is lazy, until it is opened, and then twice (R21.7)', async () => {
    const played = await loaded({ lazySocket: true })
    assert.deepEqual(played.names(), ['configChanged', 'configChanged', 'webchatLoaded', CLOSED])
    assert.equal(played.sockets.length, 0)
    played.life.show()
    await played.pass(1000)
    assert.deepEqual(played.names(100), ['webchatOpened', OPEN, 'userId', 'userId', 'webchatReady'])
  })

  it('lets the page decide about laziness before the bot (R20.4)', async () => {
    const played = await loaded({ lazySocket: true, config: { lazySocket: false } })
    assert.equal(played.sockets.length, 1)
  })

  it('never says loaded when no socket is obtained within 30 seconds (R21.10)', async () => {
    const played = await loaded({ noSocket: true })
    await played.pass(40_000)
    assert.deepEqual(played.names(), ['configChanged', 'configChanged'])
    assert.match(played.warnings.join(), /30 seconds/)
  })

  it('becomes ready by itself in full-screen mode, after it said loaded; hiding does nothing (R21.8)', async () => {
    const played = await loaded({ viewMode: 'Fullscreen' })
    await played.pass(1000)
    const names = played.names()
    assert.ok(names.indexOf('webchatLoaded') < names.indexOf('webchatReady'), names.join())
    played.life.hide()
    await played.pass(1000)
    assert.equal(played.names().includes('webchatClosed'), false)
  })
})

describe('the first opening', () => {
  it('says opened at once, is drawn after 300 ms, and ready after at least 550 ms and the requests (R21.4)', async () => {
    const played = await loaded()
    played.life.command('event', { type: 'show' })
    await played.pass(2000)
    const told = played.heard.filter(({ at }) => at >= 100).map(({ at, data }) => [data.name ?? data.type ?? 'userId', at - 100])
    assert.deepEqual(told, [
      ['webchatOpened', 0],
      ['setClass', 300],
      ['userId', 550],
      // list, new, list, get: a first-time visitor
      ['webchatReady', 590]
    ])
    assert.deepEqual(routes(played, 100), [
      'conversations/list',
      'conversations/new',
      'conversations/list',
      'conversations/get',
      'preferences',
      'events'
    ])
  })

  it('is drawn at once without animations (R21.4)', async () => {
    const played = await loaded({ config: { disableAnimations: true } })
    played.life.show()
    await played.pass(0)
    assert.deepEqual(played.names(100), ['webchatOpened', OPEN])
  })

  it('asks for no new conversation when the visitor has one (R21.4)', async () => {
    const played = await ready({ conversations: [{ id: 'old' }] })
    assert.deepEqual(routes(played, 100).slice(0, 2), ['conversations/list', 'conversations/get'])
    assert.equal(played.life.history.conversationId, 'old')
  })

  it('sends the visit after ready and after the preferences, with time zone and language (R20.9)', async () => {
    const played = await ready()
    const visit = posted(played, 'visit')!
    assert.equal(visit.route, 'events')
    assert.deepEqual(visit.body.payload, { type: 'visit', text: 'User visit', timezone: 2, language: 'en' })
    const readyAt = played.heard.find(({ data }) => data.name === 'webchatReady')!.at
    assert.ok(visit.at > readyAt)
  })

  it('never becomes ready when the conversations cannot be fetched, and drops all that follows (R21.10)', async () => {
    const played = await loaded({ refuse: ['conversations/list'] })
    played.life.show()
    await played.pass(5000)
    assert.equal(played.names().includes('webchatReady'), false)
    assert.deepEqual(routes(played, 100), ['conversations/list', 'conversations/new'])
    played.life.command('event', trigger)
    assert.equal(sent(played).at(-1)?.fate, 'dropped')
  })

  it('waits with the conversation when it was closed again before it was drawn', async () => {
    const played = await loaded()
    played.life.show()
    await played.pass(50)
    played.life.hide()
    await played.pass(5000)
    assert.equal(played.life.phase, 'loaded')
    played.life.show()
    await played.pass(1000)
    assert.equal(played.names().filter(name => name === 'webchatReady').length, 1)
  })
})

describe('later openings', () => {
  it('say opened and the class, not ready, and send no visit (R21.5)', async () => {
    const played = await ready()
    const since = 2000
    await played.pass(since - 1100)
    played.life.hide()
    await played.pass(1000)
    played.life.show()
    await played.pass(5000)
    assert.deepEqual(played.names(since), ['webchatClosed', CLOSED, 'webchatOpened', OPEN])
    assert.equal(played.requests.filter(({ body }) => (body.payload as { type?: string })?.type === 'visit').length, 1)
  })

  it('says opened at every call of show, and closed at every Escape, even when it is (R21.1)', async () => {
    const played = await ready()
    await played.pass(900)
    played.life.command('event', { type: 'show' })
    played.life.escape()
    played.life.escape()
    assert.deepEqual(played.names(2000), ['webchatOpened', 'webchatClosed', 'webchatClosed'])
  })

  it('leaves Escape alone when the page wants so (R20.4)', async () => {
    const played = await ready({ config: { closeOnEscape: false } })
    played.life.escape()
    assert.equal(played.names().includes('webchatClosed'), false)
  })
})

describe('what a page sends', () => {
  it('is dropped with a warning when it comes with loaded, even after a show (R20.6, R21.6)', async () => {
    const played = await loaded()
    played.life.command('event', { type: 'show' })
    played.life.command('event', trigger)
    await played.pass(3000)
    assert.equal(posted(played, 'proactive-trigger'), undefined)
    assert.equal(played.warnings.length, 1)
    const { phase, fate, type } = sent(played).find(report => report.type === 'proactive-trigger')!
    assert.deepEqual({ phase, fate, type }, { phase: 'opening', fate: 'dropped', type: 'proactive-trigger' })
  })

  it('is dropped on the first opened and delivered on later ones (R21.6)', async () => {
    const played = await loaded()
    const opening = () => {
      played.life.show()
      played.life.command('event', trigger)
    }
    opening()
    await played.pass(3000)
    assert.equal(posted(played, 'proactive-trigger'), undefined)
    played.life.hide()
    await played.pass(1000)
    opening()
    await played.pass(1000)
    assert.equal(posted(played, 'proactive-trigger')?.route, 'events')
  })

  it('is delivered with ready, before the visit (R21.6)', async () => {
    const played = await loaded()
    played.life.show()
    while (played.life.phase !== 'ready') await played.pass(10)
    played.life.command('event', trigger)
    await played.pass(1000)
    assert.ok(posted(played, 'proactive-trigger')!.at <= posted(played, 'visit')!.at)
    const order = played.requests.filter(({ route }) => route === 'events').map(({ body }) => (body.payload as { type: string }).type)
    assert.deepEqual(order, ['proactive-trigger', 'visit'])
  })

  it('is nested once more by sendEvent, with the whole object below payload (R22.1, R22.2)', async () => {
    const played = await ready()
    played.life.command('event', trigger)
    assert.deepEqual(posted(played, 'proactive-trigger')!.body.payload, { type: 'proactive-trigger', payload: trigger })
  })

  it('is not nested by sendPayload (R22.5)', async () => {
    const played = await ready()
    played.life.command('sendPayload', { type: 'offer', text: 'hi' })
    assert.deepEqual(posted(played, 'offer')!.body.payload, { type: 'offer', text: 'hi' })
    played.life.command('sendPayload', { type: 'quick_reply', text: 'Yes', payload: 'YES' })
    assert.equal(posted(played, 'quick_reply')!.route, 'messages')
  })

  it('of type text goes to the messages without a top-level text, which the server refuses (R22.6)', async () => {
    const played = await ready()
    played.life.command('event', { type: 'text', text: 'hi' })
    const { route, body } = posted(played, 'text')!
    assert.equal(route, 'messages')
    assert.deepEqual(body.payload, { type: 'text', payload: { type: 'text', text: 'hi' } })
  })

  it('of type message becomes words of the visitor, once it is ready (R20.8)', async () => {
    const played = await loaded()
    played.life.command('event', { type: 'message', text: 'hi' })
    assert.equal(posted(played, 'text'), undefined)
    played.life.show()
    await played.pass(1000)
    played.life.command('event', { type: 'message', text: 'hi' })
    assert.deepEqual(posted(played, 'text')!.body.payload, { type: 'text', text: 'hi' })
    assert.deepEqual(
      sent(played)
        .filter(report => report.via === 'sendEvent')
        .map(({ type, fate }) => [type, fate]),
      [
        ['message', 'dropped'],
        ['message', 'posted']
      ]
    )
  })

  it('with a reserved type never reaches the server (R20.8)', async () => {
    const played = await ready()
    const before = played.requests.length
    for (const type of ['show', 'hide', 'toggle', 'toggleBotInfo']) played.life.command('event', { type })
    assert.equal(played.requests.length, before)
    assert.deepEqual(
      new Set(
        sent(played)
          .slice(-4)
          .map(({ fate }) => fate)
      ),
      new Set(['handled'])
    )
  })

  it('shows another conversation with loadConversation (R20.8)', async () => {
    const played = await ready({ conversations: [{ id: 'new' }, { id: 'old' }] })
    played.life.command('event', { type: 'loadConversation', conversationId: 'old' })
    await played.pass(100)
    assert.equal(played.life.history.conversationId, 'old')
  })

  it('is reported when the server refuses it', async () => {
    const played = await ready({ refuse: ['events'] })
    played.life.command('event', trigger)
    await played.pass(100)
    const refused = played.reports.find(report => report.kind === 'page-refused' && report.type === 'proactive-trigger')
    assert.deepEqual(refused, { kind: 'page-refused', type: 'proactive-trigger', status: 500, reason: 'events is refused' })
  })
})

describe('the configuration', () => {
  it('is replaced by configure and merged by mergeConfig, each with one configChanged (R20.3)', async () => {
    const played = await loaded({ config: { botName: 'A', overrides: { a: { b: 1 } } } })
    played.life.command('mergeConfig', { overrides: { a: { c: 2 } } })
    assert.deepEqual(played.life.config.overrides, { a: { b: 1, c: 2 } })
    assert.equal(played.life.config.botName, 'A')
    played.life.command('configure', { avatarUrl: 'a.png' })
    assert.equal(played.life.config.botName, undefined)
    assert.equal(played.life.config.closeOnEscape, true)
    assert.deepEqual(played.names(100), ['configChanged', 'configChanged'])
  })

  it('tells the server a changed user id after mergeConfig only (R20.3)', async () => {
    const played = await loaded()
    played.life.command('configure', { userId: 'anna' })
    assert.deepEqual(routes(played, 100), [])
    played.life.command('mergeConfig', { userId: 'ben' })
    assert.deepEqual(played.requests.at(-1), { at: 100, route: 'users/customId', body: { customId: 'ben' } })
  })

  it('uses a user id of 24 characters as visitor id, and stores every user id as custom id (R20.5)', async () => {
    const long = await loaded({ config: { userId: 'a'.repeat(24) } })
    assert.equal(long.sockets[0]!.visitorId, 'a'.repeat(24))
    const short = await loaded({ config: { userId: 'a'.repeat(23) } })
    assert.equal(short.sockets[0]!.visitorId, undefined)
    assert.deepEqual(routes(short), ['botInfo', 'users/customId'])
  })
})

describe('what the server pushes', () => {
  const message = (id: string, more: object = {}) => ({
    id,
    conversationId: 'made-1',
    sentOn: '',
    payload: { type: 'text', text: id },
    ...more
  })

  it('reaches the page verbatim with the chat id, before the chat handles it (R21.2, R21.13)', async () => {
    const played = await ready({ config: { chatId: 'left' } })
    played.push('webchat.message', message('a', { __room: 'visitor:v' }))
    assert.deepEqual(played.heard.at(-1)!.data, { ...message('a', { __room: 'visitor:v' }), chatId: 'left' })
    assert.deepEqual(
      played.life.history.messages.map(({ id }) => id),
      ['a']
    )
  })

  it('reaches the page but not the chat before the first opening, and counts as nothing unread (R21.11)', async () => {
    const played = await loaded()
    played.push('webchat.message', message('a'))
    assert.equal(played.heard.at(-1)!.data.id, 'a')
    assert.deepEqual(played.life.history.messages, [])
    assert.equal(played.life.unread, 0)
  })

  it('counts as unread while a chat that was ready is closed', async () => {
    const played = await ready()
    played.life.hide()
    played.push('webchat.message', message('a'))
    played.push('webchat.message', message('mine', { authorId: 'me' }))
    assert.equal(played.life.unread, 1)
    played.life.show()
    assert.equal(played.life.unread, 0)
  })

  it('for another conversation makes the chat show that one (R21.12)', async () => {
    const played = await ready({ conversations: [{ id: 'new' }, { id: 'old' }] })
    played.push('webchat.message', message('a', { conversationId: 'old' }))
    await played.pass(100)
    assert.equal(played.life.history.conversationId, 'old')
  })

  it('for another conversation is ignored when the page pins one, though the page hears it (R21.12)', async () => {
    const played = await ready({ conversations: [{ id: 'new' }, { id: 'old' }], config: { conversationId: 'new' } })
    played.push('webchat.message', message('a', { conversationId: 'old' }))
    await played.pass(100)
    assert.equal(played.life.history.conversationId, 'new')
    assert.equal(played.heard.at(-1)!.data.id, 'a')
  })

  it('reaches the page twice after a new session, and ready is said again (R20.10, R21.9)', async () => {
    const played = await ready()
    played.life.command('new-session', undefined)
    await played.pass(1000)
    assert.equal(played.names().filter(name => name === 'webchatReady').length, 2)
    assert.notEqual(played.sockets[1]!.visitorId, undefined)
    const before = played.heard.length
    played.push('webchat.data', { type: 'data', offer: 1 })
    assert.equal(played.heard.length - before, 2)
  })
})

describe('typing', () => {
  const say = (played: Played, id: string, typing: boolean) => {
    if (typing) played.push('webchat.typing', { timeInMs: 500, conversationId: 'made-1' })
    played.push('webchat.message', { id, conversationId: 'made-1', sentOn: '', payload: { type: 'text', text: id } })
  }
  const shown = (played: Played) => played.life.history.messages.map(({ id }) => id)

  it('holds two typing replies back for 500 and 1000 ms, and a third without until the end (R23.1, R23.2)', async () => {
    const played = await ready()
    say(played, 'first', true)
    say(played, 'second', true)
    say(played, 'third', false)
    assert.deepEqual(shown(played), [])
    assert.equal(played.life.history.isTyping, true)
    await played.pass(460)
    assert.deepEqual(shown(played), [])
    await played.pass(90)
    assert.deepEqual(shown(played), ['first'])
    await played.pass(400)
    assert.deepEqual(shown(played), ['first'])
    await played.pass(100)
    assert.deepEqual(shown(played), ['first', 'second', 'third'])
    assert.equal(played.life.history.isTyping, false)
  })

  it('shows a message without typing at once, and the visitor’s own while the bot types (R23.1)', async () => {
    const played = await ready()
    say(played, 'at once', false)
    say(played, 'held', true)
    played.push('webchat.message', { id: 'mine', authorId: 'me', conversationId: 'made-1', sentOn: '', payload: {} })
    assert.deepEqual(shown(played), ['at once', 'mine'])
  })

  it('waits as long as an explicit typing payload says (R23.3)', async () => {
    const played = await ready()
    played.push('webchat.typing', { timeInMs: 2000, conversationId: 'made-1' })
    say(played, 'slow', false)
    await played.pass(1900)
    assert.deepEqual(shown(played), [])
    await played.pass(150)
    assert.deepEqual(shown(played), ['slow'])
  })
})
