import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'
import { EngineHost } from '../../src/host/engine-host.ts'
import type { EngineHostOptions } from '../../src/host/engine-host-options.ts'
import { TraceLog } from '../../src/trace/log.ts'
import { BOT, entry, type Folder, folderWith, hook } from '../host/fixture.ts'
import { type BuiltEngine, buildEngine } from './engine.ts'

/** Says when its process began, on the wall clock. */
const HOOK = `
if (event.type === 'loop') while (true) {}
bp.logger.info(JSON.stringify({ pid: require('process').pid, began: require('perf_hooks').performance.timeOrigin }))
`

/** Sends and replies, then loops: at once or a while later. */
const SEND = `
const send = (type, target) => bp.events.sendEvent(bp.IO.Event({ type, channel: 'web', target, botId: 'shop', direction: 'incoming', payload: {} }))
const say = text => bp.events.replyToEvent(event, [{ type: 'text', text }], event.id)
if (event.type === 'say') return say('hello')
if (event.type === 'both') return Promise.all([send('say', 'ben'), send('loop', 'anna')])
if (event.type === 'begets') { send('begets', event.target); while (true) {} }
if (event.type === 'says and loops') return say('early').then(() => new Promise(resolve => setTimeout(resolve, 300))).then(() => { say('late'); while (true) {} })
`

/** Goes on as soon as somebody has looked into the process. */
const BUSY = `
const { url } = require('inspector')
if (event.type === 'busy') {
  while (!url());
  bp.logger.info('looked at from ' + url())
}
if (event.type === 'look') bp.logger.info('inspector: ' + (url() ? 'open' : 'closed'))
`

/** Fills the memory after some seconds in which it is busy: time to be asked. */
const WAIT = `
const eat = from => { const all = []; for (;;) if (Date.now() > from) all.push({ n: all.length, text: 'x' + all.length }) }
if (event.type === 'hang') return new Promise(() => {})
if (event.type === 'timer') setTimeout(() => { while (true) {} }, 100)
if (event.type === 'loop later') return new Promise(resolve => setTimeout(resolve, 700)).then(() => { for (;;) Math.random() })
if (event.type === 'eat later') return new Promise(resolve => setTimeout(resolve, 700)).then(() => { eat(Date.now() + 4000) })
if (event.type === 'trap') event.setFlag(bp.IO.WellKnownFlags.FORCE_PERSIST_STATE, true), event.state.temp.trap = { toJSON() { while (true) {} } }
`

describe('after a hook that loops', function () {
  this.timeout(60_000)
  let engine: BuiltEngine
  let folder: Folder
  let host: EngineHost
  let trace: TraceLog

  before(async () => {
    engine = await buildEngine()
  })
  after(() => engine.remove())
  afterEach(async () => {
    await host.dispose()
    folder.remove()
  })

  it('the spare takes over, which had been started before, and the trace says what the real server would have done (R3.11)', async () => {
    const { stopped, first, next } = await loopAndGoOn(true)
    assert.notEqual(next.pid, first.pid)
    assert.ok(next.began < stopped.at, `began ${next.began}, the other was stopped at ${stopped.at}`)
    assert.equal(stopped.reason, 'hook-limit')
    assert.equal(stopped.hook, 'before_incoming_middleware/loop.js')
    assert.match(stopped.real, /R3\.11.*the whole server is frozen, for every bot and every visitor/)
  })

  it('without a spare a process is started then', async () => {
    const { stopped, first, next } = await loopAndGoOn(false)
    assert.notEqual(next.pid, first.pid)
    assert.ok(next.began >= stopped.at - 1, `began ${next.began}, the other was stopped at ${stopped.at}`)
  })

  it('loops in a row end no simulator as long as events are served in between', async () => {
    await open(true)
    for (let round = 0; round < 4; round++) {
      await answer(round)
      const since = trace.entries.length
      await host.call('send', { type: 'loop', botId: 'shop', target: 'anna' })
      await entry(trace, 'engine-stopped', one => one.seq > since)
    }
    await answer(4)
    assert.equal(host.status.status, 'ready')
  })

  it('an engine whose hooks loop at its start is given up even when an earlier one had served for long', async () => {
    await open(true)
    await answer(0)
    folder.write('data/global/hooks/after_server_start/loop.js', 'while (true) {}')
    await assert.rejects(host.restart(), { code: 'ENGINE_FAILED' })
    assert.equal(host.status.status, 'failed')
  })

  it('hooks that wait are not blamed for one that loops after it has waited too, and the line is known', async () => {
    await open(true, WAIT)
    await host.call('send', { type: 'loop later', botId: 'shop', target: 'anna' })
    await entry(trace, 'hook-started', one => one.name === 'wait.js')
    await host.call('send', { type: 'hang', botId: 'shop', target: 'ben' })
    const { hook, place, during } = await entry(trace, 'engine-stopped')
    assert.equal(hook, 'before_incoming_middleware/wait.js')
    assert.equal(place?.line, 5)
    assert.equal(during, (await entry(trace, 'event-received', one => one.target === 'anna')).eventId)
  })

  it('nor for one that fills the memory after it has waited: the process is asked before its time is over', async () => {
    await open(true, WAIT, { heapLimitMb: 64, hookLimitMs: 30_000 })
    await host.call('send', { type: 'eat later', botId: 'shop', target: 'anna' })
    await entry(trace, 'hook-started', one => one.name === 'wait.js')
    await host.call('send', { type: 'hang', botId: 'shop', target: 'ben' })
    const stopped = await entry(trace, 'engine-stopped')
    const { reason, hook, place, during } = stopped
    assert.equal(reason, 'memory')
    assert.deepEqual([hook, place?.line], ['before_incoming_middleware/wait.js', 2])
    assert.equal(during, (await entry(trace, 'event-received', one => one.target === 'anna')).eventId, JSON.stringify(stopped))
  })

  it('of several that wait, none is blamed for the end of a process that could not be asked', async () => {
    await open(true, WAIT)
    for (const target of ['anna', 'ben']) {
      const since = trace.entries.length
      await host.call('send', { type: 'hang', botId: 'shop', target })
      await entry(trace, 'event-stuck', one => one.seq > since)
    }
    process.kill(host.pid!, 'SIGKILL')
    const { reason, hook, place, during } = await entry(trace, 'engine-stopped')
    assert.deepEqual([reason, hook, place, during], ['crash', undefined, undefined, undefined])
  })

  it('a hook that goes on in time is not stopped, and nobody can look into its process afterwards', async () => {
    await open(true, BUSY)
    const look = async () => {
      const since = trace.entries.length
      await host.call('send', { type: 'look', botId: 'shop', target: 'ben' })
      return (await entry(trace, 'log', one => one.seq > since && one.message.startsWith('inspector'))).message
    }
    await host.call('send', { type: 'busy', botId: 'shop', target: 'anna' })
    const { message } = await entry(trace, 'log', one => one.message.startsWith('looked'))
    assert.match(message, /ws:/)
    // With pauses: so many events in a second that lines of theirs are left out would tell nothing.
    while ((await look()) !== 'inspector: closed') await pause(50)
    assert.ok(!trace.entries.some(one => one.kind === 'engine-stopped' || one.kind === 'console'))
  })

  it('a hook is named also for what it left behind when it ended, while others are stuck', async () => {
    await open(true, WAIT)
    for (const target of ['anna', 'ben']) {
      const since = trace.entries.length
      await host.call('send', { type: 'hang', botId: 'shop', target })
      assert.equal((await entry(trace, 'event-stuck', one => one.seq > since)).hook, 'wait.js')
    }
    await host.call('send', { type: 'timer', botId: 'shop', target: 'cleo' })
    const { reason, hook, place, during } = await entry(trace, 'engine-stopped')
    assert.equal(reason, 'hook-limit')
    assert.equal(hook, 'before_incoming_middleware/wait.js')
    assert.equal(place?.line, 4)
    assert.equal(during, (await entry(trace, 'event-received', one => one.target === 'cleo')).eventId)
  })

  it('a hook is named for what it left in the event, which runs while no hook does', async () => {
    await open(true, WAIT)
    await host.call('send', { type: 'trap', botId: 'shop', target: 'anna' })
    const { hook, place, during } = await entry(trace, 'engine-stopped')
    assert.deepEqual([hook, place?.line], ['before_incoming_middleware/wait.js', 7])
    assert.equal(during, (await entry(trace, 'event-received')).eventId)
  })

  it('what an event sent is sent again, but not without end: an event that stops the engine like the one that it came from has nothing of its own sent again', async () => {
    await open(true, SEND)
    await host.call('send', { type: 'begets', botId: 'shop', target: 'anna' })
    const first = await entry(trace, 'engine-stopped')
    const second = await entry(trace, 'engine-stopped', one => one.seq > first.seq)
    assert.notEqual(second.during, first.during)
    const said = await entry(trace, 'log', one => one.seq > second.seq && one.logger === 'host')
    assert.match(said.message, /“begets” is not sent again/)
    assert.equal((await entry(trace, 'event-received', one => one.eventId === said.eventId)).during, second.during)
    await answer(0)
    assert.deepEqual(await host.call('settle', { ms: 3000 }), { stuck: [] })
    assert.equal(trace.entries.filter(one => one.kind === 'engine-stopped').length, 2)
  })

  it('a reply that had been delivered is kept, and one that never left is said to be lost, as it would be (R7.3, R3.11)', async () => {
    await open(true, SEND)
    await host.call('send', { type: 'says and loops', botId: 'shop', visitorId: 'anna' })
    const stopped = await entry(trace, 'engine-stopped')
    const reply = (text: string) => entry(trace, 'event-received', one => (one.payload as { text?: string }).text === text)
    const [early, late] = [await reply('early'), await reply('late')]
    const shown = trace.entries.filter(one => one.kind === 'chat-received' && one.by === 'bot').map(one => one.seq < stopped.seq)
    assert.deepEqual(shown, [true])
    assert.equal((await entry(trace, 'chat-received', one => one.by === 'bot')).eventId, early.eventId)
    assert.deepEqual(
      trace.entries.filter(one => one.kind === 'reply-lost').map(one => one.eventId),
      [late.eventId]
    )
    const list = await host.call('webchat', { botId: 'shop', visitorId: 'anna', route: 'conversations/list', body: {} })
    assert.match(JSON.stringify(list), /early/)
    assert.doesNotMatch(JSON.stringify(list), /late/)
  })

  it('replies to others that were queued behind the loop are delivered by the next engine, once', async () => {
    await open(true, SEND)
    await host.call('send', { type: 'both', botId: 'shop', target: 'cleo' })
    const stopped = await entry(trace, 'engine-stopped')
    const again = await entry(trace, 'event-received', one => one.seq > stopped.seq && one.direction === 'outgoing')
    assert.deepEqual([again.target, again.payload], ['ben', { type: 'text', text: 'hello' }])
    await entry(trace, 'event-ended', one => one.eventId === again.eventId)
    await host.call('settle', { ms: 2000 })
    const began = trace.entries.filter(one => one.kind === 'event-received' && one.direction === 'outgoing').length
    assert.equal(began, 2)
    assert.equal(trace.entries.filter(one => one.kind === 'reply-lost' && /engine ended/.test(one.reason)).length, 0)
  })

  async function open(spare: boolean, other = '', limits: Partial<EngineHostOptions> = {}): Promise<void> {
    folder = folderWith({ ...BOT, [hook('loop.js')]: HOOK, [hook('wait.js')]: other })
    trace = new TraceLog()
    const settings = { root: folder.path, stuckAfterMs: 200 }
    host = EngineHost.open({ entry: engine.entry, settings, trace, hookLimitMs: 1000, spare, ...limits })
    await host.ready()
  }

  async function answer(round: number): Promise<{ pid: number; began: number }> {
    const since = trace.entries.length
    await host.call('send', { type: 'next', botId: 'shop', target: 'ben', payload: { round } })
    const { message } = await entry(trace, 'log', one => one.seq > since && one.message.startsWith('{'))
    await entry(trace, 'event-ended', one => one.seq > since)
    return JSON.parse(message)
  }

  async function loopAndGoOn(spare: boolean) {
    await open(spare)
    const first = await answer(0)
    await host.spareReady()
    await host.call('send', { type: 'loop', botId: 'shop', target: 'anna' })
    const stopped = await entry(trace, 'engine-stopped')
    return { first, stopped, next: await answer(1) }
  }
})
