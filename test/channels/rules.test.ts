import assert from 'node:assert/strict'
import { answering, type Bench, bench } from './engine.ts'

const trigger = { type: 'proactive-trigger', payload: { type: 'proactive-trigger', payload: { text: 'x' } } }

describe('rules of the server part of channel-web', function () {
  this.timeout(30_000)
  let server: Bench
  afterEach(() => server.close())

  const incoming = () => server.of('event-received').filter(({ direction }) => direction === 'incoming')

  it('lists at most 100 conversations (R19.5)', async () => {
    server = await bench()
    for (let made = 0; made < 101; made++) await server.ask('conversations/new')
    assert.equal(((await server.ask('conversations/list')).body.conversations as unknown[]).length, 100)
  })

  it('gives the last 20 messages of a conversation (R19.11)', async () => {
    server = await bench(answering('text', []))
    for (let said = 1; said <= 21; said++) await server.ask('messages', { payload: { type: 'text', text: String(said) } })
    const { conversations } = (await server.ask('conversations/list')).body as { conversations: { id: string }[] }
    const got = (await server.ask('conversations/get', { conversationId: conversations[0]!.id })).body
    const texts = (got.messages as { payload: { text: string } }[]).map(({ payload }) => payload.text)
    assert.deepEqual([texts.length, texts[0], texts.at(-1)], [20, '2', '21'])
  })

  it('takes feedback of 1 and -1, knows no language at first, and sends a reference as an event (R19.5)', async () => {
    server = await bench()
    assert.equal((await server.ask('saveFeedback', { messageId: 'm', feedback: -1 })).status, 200)
    assert.equal((await server.ask('saveFeedback', { messageId: 'm', feedback: 5 })).status, 400)
    assert.deepEqual((await server.ask('preferences')).body, { language: null })
    assert.equal((await server.ask('conversations/reference', { reference: 'order-7' })).status, 200)
    assert.deepEqual(incoming().at(-1)!.payload, { type: 'session_reference', text: 'order-7' })
  })

  it('sets the message’s id on the outgoing event once it is stored (R19.8)', async () => {
    const register = (name: string, order: number) =>
      `bp.events.registerMiddleware({ name: '${name}', description: 'Looks', direction: 'outgoing', order: ${order}, handler: (event, next) => {
  bp.logger.info('${name} ' + event.messageId)
  next(undefined, false)
} })`
    server = await bench({
      ...answering('proactive-trigger', [{ type: 'text', text: 'Hi' }]),
      'after_server_start/register.js': `${register('early', 99)}\n${register('late', 101)}`
    })
    await server.ask('events', { payload: trigger })
    await server.settle()
    const { id } = server.pushes[0]!.payload as { id: string }
    const said = server
      .of('log')
      .map(({ message }) => message)
      .filter(message => /^(early|late) /.test(message))
    assert.deepEqual(said, ['early undefined', `late ${id}`])
  })

  it('remembers plausible time zones and short languages of a visit, and fails harmlessly without a language (R19.9)', async () => {
    server = await bench()
    let visitors = 0
    const visit = async (more: object) => {
      await server.ask('events', { payload: { type: 'visit', text: 'User visit', ...more } }, `visitor-${++visitors}`)
      await server.settle()
      assert.equal(server.of('event-ended').at(-1)!.outcome, 'completed')
      const changes = new Map(
        server
          .of('state-discarded')
          .at(-1)!
          .changes.map(({ path, after }) => [path, after])
      )
      return `${changes.get('state.user.timezone') ?? ''},${changes.get('state.user.language') ?? ''}`
    }
    assert.equal(await visit({ timezone: -12, language: 'en' }), '-12,en')
    assert.equal(await visit({ timezone: 14, language: 'en' }), '14,en')
    assert.equal(await visit({ timezone: 5.5, language: 'en' }), '5.5,en')
    assert.equal(await visit({ timezone: 14.5, language: 'en' }), ',en')
    assert.equal(await visit({ timezone: 5.3, language: 'en' }), ',en')
    assert.equal(await visit({ timezone: 2, language: 'en-GB' }), '2,')
    assert.equal(await visit({ timezone: 2 }), '2,')
  })

  it('answers say_something with the text while typing, and an element with a type that the chat cannot show (R19.10)', async () => {
    const element = { id: 'builtin_text-hello', formData: { text$en: 'Hello', typing$en: true } }
    server = await bench({}, { 'data/bots/shop/content-elements/builtin_text.json': JSON.stringify([element]) })
    const answerTo = async (text: string) => {
      const before = server.pushes.length
      await server.ask('events', { payload: { type: 'say_something', text } })
      await server.settle()
      return server.pushes.slice(before).map(({ name, payload }) => [name, (payload as { payload?: { type?: string } }).payload?.type])
    }
    assert.deepEqual(await answerTo('About us'), [
      ['webchat.typing', undefined],
      ['webchat.message', 'text']
    ])
    assert.equal((await answerTo('#!builtin_text-hello')).at(-1)?.[1], 'say_something')
  })

  it('lets channel, platform and target of the page’s object change nothing, and makes no preview of it (R22.4)', async () => {
    server = await bench()
    const object = { type: 'offer', channel: 'teams', platform: 'teams', target: 'ben', text: 'x', payload: { text: 'x' } }
    await server.ask('events', { payload: { type: 'offer', payload: object } })
    await server.ask('events', { payload: { type: 'offer' } })
    const [received, plain] = incoming()
    assert.deepEqual([received!.channel, received!.target, received!.preview], ['web', plain!.target, undefined])
    assert.deepEqual(received!.payload, { type: 'offer', payload: object })
  })

  it('makes the preview of a top-level text, whatever the type (R22.5)', async () => {
    server = await bench()
    await server.ask('events', { payload: { type: 'offer', text: 'A lamp' } })
    assert.equal(incoming()[0]!.preview, 'A lamp')
  })
})
