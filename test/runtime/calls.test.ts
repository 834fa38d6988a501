import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { Session } from 'node:inspector/promises'
import { join } from 'node:path'
import type { Push } from '../../src/protocol/engine.ts'
import { EngineEvent } from '../../src/runtime/events/event.ts'
import { of, Project } from './project.ts'

/** Runs the body of an async function in a hook, for an event `from: 'test'`; gives what it returned, and the trace. */
async function run(body: string, { bot = {}, files = {}, push }: { bot?: object; files?: object; push?(push: Push): void } = {}) {
  const project = new Project(bot as Record<string, unknown>, files as Record<string, unknown>)
  project.hook(`event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
    if (event.payload.from !== 'test') return
    const run = async () => { ${body} }
    return run().then(out => { event.payload.out = out })`)
  try {
    await project.start(push ? { push } : {})
    const trace = await project.send({ payload: { from: 'test', text: 'asked' }, threadId: '5' })
    const ended = of(trace, 'hook-ended').find(one => one.name === '1.js')
    if (ended?.error) throw new Error(ended.error.message)
    return { out: ended?.changes.find(one => one.path === 'payload.out')?.after as never, trace }
  } finally {
    await project.close()
  }
}

const out = async (body: string, bot: object = {}): Promise<unknown> => (await run(body, { bot })).out

describe('Calls of bp that few hooks make', () => {
  it('renderElement picks the text or one of its variations (R13.3)', async () => {
    const element = { id: 'builtin_text-abc', formData: { text$en: 'one', variations$en: ['two', 'three'] } }
    const seen = await out(
      `const seen = new Set()
      for (let i = 0; i < 200; i++) for (const one of await bp.cms.renderElement('!builtin_text-abc', { event }, event)) seen.add(one.text)
      return [...seen].sort()`,
      { 'content-elements/builtin_text.json': [element] }
    )
    assert.deepEqual(seen, ['one', 'three', 'two'])
  })

  it('args.type takes the place of the payload’s type (R13.8)', async () => {
    const [payload] = (await out(`return bp.cms.renderElement('builtin_text', { text: 'x', type: 'mine' }, event)`)) as object[]
    assert.deepEqual(payload, { type: 'mine', text: 'x' })
  })

  it('media paths and BOT_URL in a reply become links that work outside (R13.16)', async () => {
    const { trace } = await run(`
      bp.events.registerMiddleware({ name: 'look', description: 'x', direction: 'outgoing', order: 9999, handler: (reply, next) => {
        bp.logger.info(JSON.stringify(reply.payload)); next() } })
      await bp.events.replyToEvent(event, [{ type: 'x', image: '/api/v1/bots/bot/media/a.png', other: '/api/v1/else',
        list: [{ url: 'BOT_URL/s/a BOT_URL' }] }])`)
    assert.deepEqual(JSON.parse(of(trace, 'log').find(one => one.message.startsWith('{'))!.message), {
      type: 'x',
      image: 'http://localhost:3000/api/v1/bots/bot/media/a.png',
      other: '/api/v1/else',
      list: [{ url: 'http://localhost:3000/s/a BOT_URL' }]
    })
  })

  it('what a hook keeps in the store stands in its event’s story, shortened, with its line; what is kept at other times does not', async () => {
    const { trace } = await run(`
      await bp.kvs.forBot('bot').set('reminders', [{ text: 'x'.repeat(500) }])
      await bp.kvs.global().setStorageWithExpiry('seen', true, '1d')`)
    const stored = of(trace, 'value-stored')
    assert.deepEqual(
      stored.map(({ botId, key, preview, from }) => [botId, key, preview.length, from.name, from.place?.line]),
      [
        ['bot', 'reminders', 200, '1.js', 4],
        [undefined, 'seen', 4, '1.js', 5]
      ]
    )
    assert.equal(new Set(stored.map(({ eventId }) => eventId)).size, 1)
    const project = new Project()
    project.hook("return bp.kvs.forBot('bot').set('started', true)", '1.js', 'after_bot_mount')
    try {
      await project.start()
      assert.deepEqual([of(project.trace, 'hook-ended').length, of(project.trace, 'value-stored')], [1, []])
    } finally {
      await project.close()
    }
  })

  it('keys of the store are those of the built-in actions; a prefix is removed for all bots (R14.5, R14.6)', async () => {
    const result = await out(`
      const own = bp.kvs.forBot('bot'), other = bp.kvs.forBot('other')
      const keys = [own.getConversationStorageKey('s', 'v'), own.getUserStorageKey('u', 'v'), own.getGlobalStorageKey('v')]
      for (const one of [own, other]) { await one.set('a_1', 1); await one.set('ab1', 2) }
      await own.removeStorageKeysStartingWith('a_')
      return { keys, left: [await own.get('a_1'), await own.get('ab1'), await other.get('a_1'), await other.get('ab1')].map(String) }`)
    assert.deepEqual(result, {
      keys: ['storage/conversation/s/v', 'storage/users/u/v', 'storage/global/v'],
      left: ['undefined', '2', 'undefined', '2']
    })
  })

  it('isIncomingQueueEmpty does not count the event at hand (R16.5)', async () => {
    const result = await out(`
      const before = await bp.events.isIncomingQueueEmpty(event)
      await bp.events.sendEvent(bp.IO.Event({ type: 'again', direction: 'incoming', channel: event.channel, target: event.target, threadId: event.threadId, botId: 'bot', payload: {} }))
      return [before, await bp.events.isIncomingQueueEmpty(event)]`)
    assert.deepEqual(result, [true, false])
  })

  it('updateEvent and saveUserFeedback change the stored event; unknown events are told by false (R16.6, R16.7)', async () => {
    const project = new Project()
    project.hook(
      `if (event.preview !== 'look') return
      event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
      const run = async () => {
        const [first] = await bp.events.findEvents({ direction: 'incoming', target: event.target })
        await bp.events.updateEvent(first.id, { goalId: 'g' })
        const saved = [await bp.events.saveUserFeedback(first.id, event.target, 1), await bp.events.saveUserFeedback('0', event.target, 1)]
        const [again] = await bp.events.findEvents({ id: first.id })
        return { saved, goalId: again.goalId, feedback: again.feedback }
      }
      return run().then(out => { event.payload.out = out })`
    )
    try {
      await project.start()
      await project.send('hi')
      // The history is written once a second (R7.11).
      await project.engine.call('advance', { ms: 1000 })
      const ended = of(await project.send('look'), 'hook-ended').find(one => one.name === '1.js')
      assert.equal(ended?.error?.message, undefined)
      const after = ended?.changes.find(one => one.path === 'payload.out')?.after
      assert.deepEqual(after, { saved: [true, false], goalId: 'g', feedback: 1 })
    } finally {
      await project.close()
    }
  })

  it('deleteSession makes the next event a first one (R17.4)', async () => {
    const project = new Project()
    project.hook(`if (event.preview !== 'delete') return
      event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
      return bp.dialog.deleteSession(bp.dialog.createId(event), 'bot')`)
    try {
      await project.start()
      const isNew = async (text: string) => of(await project.send(text), 'state-loaded')[0]?.newSession
      assert.deepEqual([await isNew('a'), await isNew('b'), await isNew('delete'), await isNew('c')], [true, false, false, true])
    } finally {
      await project.close()
    }
  })

  it('short links lead on, in any letter case, until they are deleted; studioUrl says that there is no studio (R18.4)', async () => {
    const result = await out(`
      const axios = require('axios')
      bp.http.createShortLink('Shop', 'https://example.com/a', { x: 1 })
      const base = (await bp.http.getAxiosConfigForBot('bot')).baseURL.replace(/\\/api.*/, '')
      const get = name => axios.get(base + '/s/' + name, { maxRedirects: 0, validateStatus: () => true })
      const found = (await get('shop')).headers.location
      bp.http.deleteShortLink('shop')
      const studio = await bp.http.getAxiosConfigForBot('bot', { studioUrl: true }).catch(e => e.message)
      return { found, gone: (await get('shop')).status, studio }`)
    const { studio, ...rest } = result as { studio: string }
    assert.deepEqual(rest, { found: 'https://example.com/a?x=1', gone: 404 })
    assert.match(studio, /no studio/)
  })

  it('a mounted bot has a short link of its own (R1.14); the module’s defaults stand behind its configuration (R18.5, R19.11)', async () => {
    const result = await out(
      `const axios = require('axios')
      const base = (await bp.http.getAxiosConfigForBot('bot')).baseURL.replace(/\\/api.*/, '')
      const { headers } = await axios.get(base + '/s/bot', { maxRedirects: 0, validateStatus: () => true })
      const { maxMessageLength, lazySocket, mine } = await bp.config.getModuleConfigForBot('channel-web', 'bot')
      return { link: headers.location, maxMessageLength, lazySocket, mine, unknown: await bp.config.getModuleConfig('none') }`,
      { 'config/channel-web.json': { lazySocket: true, mine: 1 } }
    )
    assert.deepEqual(result, {
      link: 'http://localhost:3000/lite/bot?m=channel-web&v=Fullscreen',
      maxMessageLength: 360,
      lazySocket: true,
      mine: 1,
      unknown: {}
    })
  })

  it('bp.experimental.render makes bare content (R18.9)', async () => {
    const result = await out(`const r = bp.experimental.render
      return [r.text('a', true), r.choice('b', r.option('x')), r.template(r.text('{{n}}'), { n: 1 }), r.translate(r.text({ en: 'hi', fr: 'salut' }), 'fr'),
        r.card('c', 'i.png', 's', r.buttonUrl('go', 'u'))]`)
    assert.deepEqual(JSON.parse(JSON.stringify(result)), [
      { type: 'text', text: 'a', markdown: true },
      { type: 'single-choice', text: 'b', choices: [{ value: 'x', title: 'x' }] },
      { type: 'text', text: '1' },
      { type: 'text', text: 'salut' },
      { type: 'card', title: 'c', image: 'i.png', subtitle: 's', actions: [{ action: 'Open URL', title: 'go', url: 'u' }] }
    ])
  })

  it('bp.realtime reaches the browser of a visitor id (R18.10)', async () => {
    const pushed: Push[] = []
    await run(`bp.realtime.sendPayload(bp.RealTimePayload.forVisitor('v1', 'webchat.data', { a: 1 }))`, { push: push => pushed.push(push) })
    const [{ at, ...told }] = pushed as [Push]
    assert.equal(typeof at, 'number')
    assert.deepEqual(told, { visitorId: 'v1', name: 'webchat.data', payload: { a: 1, __room: 'visitor:v1' } })
    assert.equal(pushed.length, 1)
  })

  it('printObject looks two levels deep, whatever it is told (R3.19)', async () => {
    const text = String(await out(`return printObject({ a: { b: { c: { d: 1 } } } }, { depth: 9 })`))
    assert.match(text, /b: .*c: .*\[Object\]/s)
    assert.doesNotMatch(text, /d: /)
  })

  it('an event is shown by the name that its class has on the server', async () => {
    assert.match(String(await out('return printObject(event)')), /^IOEvent \{\n/)
  })

  it('and so it is by debuggers, also of the bundle, in which names of classes are shortened', async () => {
    const root = join(import.meta.dirname, '../..')
    const files = ['dist/engine.js', ...globSync('dist/chunks/*.js', { cwd: root })].map(file => readFileSync(join(root, file), 'utf8'))
    assert.ok(files.some(text => /\{\s*IOEvent:\s*class\b/.test(text)))
    const session = new Session()
    session.connect()
    try {
      const args = { type: 'x', channel: 'web', target: 'a', botId: 'b', direction: 'incoming', payload: {} } as const
      Object.assign(globalThis, { shownToDebuggers: new EngineEvent(args, new Date(0), '1') })
      const { result } = await session.post('Runtime.evaluate', { expression: 'shownToDebuggers' })
      assert.equal(result.description, 'IOEvent')
    } finally {
      session.disconnect()
      Reflect.deleteProperty(globalThis, 'shownToDebuggers')
    }
  })

  it('an event made from another keeps preview and suggestions; id, state and flags are new (R4.7)', async () => {
    const result = await out(`
      const made = bp.IO.Event({ ...event, payload: { text: 'other' } })
      return { preview: made.preview, suggestions: made.suggestions === event.suggestions, id: made.id === event.id,
        state: Object.keys(made.state), flag: made.hasFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE) }`)
    assert.deepEqual(result, { preview: 'asked', suggestions: true, id: false, state: ['__stacktrace'], flag: false })
  })

  it('registerMiddleware refuses what lacks a name, a description, a direction or a handler (R8.1)', async () => {
    const result = await out(`
      const good = { name: 'a', description: 'b', direction: 'incoming', handler: () => {} }
      return ['name', 'description', 'direction', 'handler'].map(key => {
        const { [key]: _, ...rest } = good
        try { bp.events.registerMiddleware(rest); return key + ' is not needed' } catch { return 'refused' }
      })`)
    assert.deepEqual(result, Array(4).fill('refused'))
  })
})
