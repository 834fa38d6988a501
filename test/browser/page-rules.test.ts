import assert from 'node:assert/strict'
import { CONFIG_DEFAULTS, configured } from '../../src/webchat/config.ts'
import { buttonPayload, choicePayload } from '../../src/webchat/content.ts'
import { type Played, type PlayOptions, play } from './played.ts'

/** A chat that was opened and is ready. */
async function ready(options?: PlayOptions): Promise<Played> {
  const played = play(options)
  void played.life.start()
  await played.pass(100)
  played.life.command('event', { type: 'show' })
  await played.pass(1000)
  assert.equal(played.life.phase, 'ready')
  return played
}

const asked = (played: Played) =>
  played.requests
    .filter(({ route }) => route === 'events' || route === 'messages')
    .map(({ route, body }) => ({ route, payload: body.payload as Record<string, unknown> }))

describe('rules of the chat in the page', () => {
  it('starts from the client’s defaults, and leaves undefined what the page does not name (R20.4)', () => {
    const { enablePersistHistory, closeOnEscape, viewMode, enableReset, hideWidget, disableAnimations } = configured({})
    assert.deepEqual([enablePersistHistory, closeOnEscape, viewMode, enableReset], [true, true, 'Embedded', true])
    assert.deepEqual(
      [hideWidget, disableAnimations, configured({}).lazySocket, configured({}).botName],
      [false, false, undefined, undefined]
    )
    assert.deepEqual(configured({}), CONFIG_DEFAULTS)
  })

  it('may be heard when the bot speaks, not the visitor, unless bot or page want silence (R19.11, R20.4)', async () => {
    const heard = async (silent: boolean, disableNotificationSound?: boolean) => {
      const played = await ready({ silent, ...(disableNotificationSound !== undefined && { config: { disableNotificationSound } }) })
      const { conversationId } = played.life.history
      const say = (id: string, authorId?: string) =>
        played.push('webchat.message', {
          id,
          conversationId,
          sentOn: '2026-01-01T00:00:00Z',
          payload: { type: 'text', text: id },
          authorId
        })
      say('own', 'me')
      say('first')
      played.life.hide()
      await played.pass(1000)
      say('second')
      return played.rung
    }
    assert.deepEqual(await heard(false), [true, false])
    assert.deepEqual(await heard(true), [])
    assert.deepEqual(await heard(true, false), [true, false])
    assert.deepEqual(await heard(false, true), [])
  })

  it('keeps the visitor id where the page wants it: a scope, the session’s storage (R20.5)', async () => {
    const played = await ready({ config: { userIdScope: 'left', useSessionStorage: true } })
    assert.deepEqual([played.sockets[0]!.scope, played.sockets[0]!.useSessionStorage], ['left', true])
  })

  it('sends five types to the messages and every other to the events (R20.7)', async () => {
    const played = await ready()
    const before = asked(played).length
    const messages = ['text', 'quick_reply', 'form', 'login_prompt', 'postback']
    const events = ['visit', 'request_start_conversation', 'say_something', 'voice', 'offer']
    for (const type of [...messages, ...events]) played.life.command('sendPayload', { type, text: 'x' })
    assert.deepEqual(
      asked(played)
        .slice(before)
        .map(({ route, payload }) => [payload.type, route]),
      [...messages.map(type => [type, 'messages']), ...events.map(type => [type, 'events'])]
    )
  })

  it('shows, hides and toggles before it is ready (R20.8)', async () => {
    const played = play()
    void played.life.start()
    await played.pass(100)
    for (const type of ['show', 'hide', 'toggle']) played.life.command('event', { type })
    assert.deepEqual(played.names(100), ['webchatOpened', 'webchatClosed', 'webchatOpened'])
  })

  it('becomes another visitor with change-user-id, and says ready again (R20.10)', async () => {
    const played = await ready()
    played.life.command('change-user-id', 'b'.repeat(24))
    await played.pass(1000)
    assert.equal(played.sockets[1]!.visitorId, 'b'.repeat(24))
    assert.equal(played.names().filter(name => name === 'webchatReady').length, 2)
  })

  it('sends no visit and says nothing after a reset (R19.4)', async () => {
    const played = await ready()
    const [heard, sent] = [played.heard.length, asked(played).length]
    await Promise.all([played.life.reset(), played.pass(5000)])
    assert.equal(played.requests.at(-1)!.route, 'conversations/reset')
    assert.deepEqual([played.heard.length, asked(played).length], [heard, sent])
  })

  it('posts typing, data, clear and reset as they came, without the name of the socket’s event (R21.2)', async () => {
    const played = await ready({ config: { chatId: 'left' } })
    const conversationId = played.life.history.conversationId
    const pushed: [string, Record<string, unknown>][] = [
      ['webchat.typing', { timeInMs: 500, conversationId, __room: 'visitor:v' }],
      ['webchat.data', { type: 'data', offer: 1, __room: 'visitor:v' }],
      ['webchat.clear', { conversationId, __room: 'visitor:v' }],
      ['webchat.message', { id: 'r', conversationId, authorId: 'me', sentOn: '', payload: { type: 'session_reset' }, __room: 'visitor:v' }]
    ]
    for (const [name, payload] of pushed) {
      played.push(name, payload)
      assert.deepEqual(played.heard.at(-1)!.data, { ...payload, chatId: 'left' })
    }
  })

  it('posts a socket payload before the chat handles it (R21.13)', async () => {
    const played = await ready()
    const before = played.heard.length
    const heardWhenDrawn: number[] = []
    played.life.onChange(() => void heardWhenDrawn.push(played.heard.length))
    const { conversationId } = played.life.history
    played.push('webchat.message', { id: 'a', conversationId, sentOn: '', payload: { type: 'text', text: 'a' } })
    assert.equal(heardWhenDrawn[0], before + 1)
  })

  it('posts a socket payload twice in full-screen mode (R21.8)', async () => {
    const played = play({ viewMode: 'Fullscreen' })
    void played.life.start()
    await played.pass(1000)
    const before = played.heard.length
    played.push('webchat.data', { type: 'data' })
    assert.equal(played.heard.length - before, 2)
  })

  it('posts a socket payload three times after the second new session (R21.9)', async () => {
    const played = await ready()
    for (let session = 0; session < 2; session++) {
      played.life.command('new-session', undefined)
      await played.pass(1000)
    }
    const before = played.heard.length
    played.push('webchat.data', { type: 'data' })
    assert.equal(played.heard.length - before, 3)
  })

  it('nests an object without a type too, and sends it as an event without type (R22.6)', async () => {
    const played = await ready()
    played.life.command('event', { user: 'anna' })
    assert.deepEqual(asked(played).at(-1), { route: 'events', payload: { type: undefined, payload: { user: 'anna' } } })
  })

  it('leaves the page’s other properties one level down, its payload two (R22.3)', async () => {
    const played = await ready()
    played.life.command('event', { type: 'offer', user: 'anna', payload: { text: 'x' } })
    const { payload } = asked(played).at(-1)!
    const inner = payload.payload as Record<string, unknown>
    assert.deepEqual([inner.user, inner.payload, payload.user], ['anna', { text: 'x' }, undefined])
    played.life.command('event', { type: 'offer' })
    assert.deepEqual(asked(played).at(-1)!.payload.payload, { type: 'offer' })
  })

  it('shows the page about the bot where the bot wants so, and starts the conversation from it (R20.8, R20.11)', async () => {
    const played = await ready()
    assert.equal(played.life.showsBotInfo, false)
    played.life.command('event', { type: 'toggleBotInfo' })
    assert.equal(played.life.showsBotInfo, true)
    played.life.startConversation()
    assert.equal(played.life.showsBotInfo, false)
    assert.deepEqual(asked(played).at(-1), { route: 'events', payload: { type: 'request_start_conversation' } })
  })

  it('says what buttons say without nesting, choices in capitals (R22.7)', async () => {
    assert.deepEqual(choicePayload({ title: 'Yes', value: 'yes' }, false), { type: 'quick_reply', text: 'Yes', payload: 'YES' })
    assert.deepEqual(buttonPayload({ does: 'postback', title: 'Buy', payload: 'buy' }), { type: 'postback', payload: 'buy' })
    const saySomething = buttonPayload({ does: 'say', title: 'Ask', text: 'Hi' })!
    assert.deepEqual(saySomething, { type: 'say_something', text: 'Hi' })
    const played = await ready()
    played.life.say(saySomething)
    assert.deepEqual(asked(played).at(-1), { route: 'events', payload: saySomething })
  })
})
