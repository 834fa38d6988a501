import assert from 'node:assert/strict'
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { EngineHost } from '../../src/host/engine-host.ts'
import type { EngineHostOptions } from '../../src/host/engine-host-options.ts'
import type { EventInput } from '../../src/protocol/engine.ts'
import { TraceLog } from '../../src/trace/log.ts'
import { BOT, ENGINE, entry, type Folder, folderWith, hook } from './fixture.ts'

/** Long enough for a busy machine to give the process a turn, short enough to wait for. */
const LIMIT = 1500

const event = (type: string, target = 'visitor'): EventInput => ({ type, botId: 'shop', payload: { type }, target })

describe('the engine host', function () {
  this.timeout(60_000)
  let folder: Folder
  let host: EngineHost
  let trace: TraceLog

  async function open(files: Record<string, string>, options: Partial<EngineHostOptions> = {}): Promise<void> {
    folder = folderWith({ ...BOT, ...files })
    trace = new TraceLog()
    host = EngineHost.open({ entry: ENGINE, settings: { root: folder.path }, trace, ...options })
    await host.ready()
  }

  afterEach(async () => {
    await host.dispose()
    folder.remove()
  })

  it('mounts the bots and serves events', async () => {
    await open({ [hook('log.js')]: 'bp.logger.info("saw " + event.type)' })
    assert.deepEqual(host.status.bots, ['shop'])
    await host.call('send', event('ping'))
    assert.equal((await entry(trace, 'log')).message, 'saw ping')
  })

  it('stops a hook that never gives another a turn, names it, and serves the next event (R3.11)', async () => {
    await open(
      { [hook('loop.js')]: "if (event.type === 'loop') {\n  while (true) {}\n}\nbp.logger.info('saw ' + event.type)" },
      { hookLimitMs: LIMIT }
    )
    const before = host.pid
    await host.call('send', event('loop'))
    const stopped = await entry(trace, 'engine-stopped')
    assert.equal(stopped.reason, 'hook-limit')
    assert.equal(stopped.hook, 'before_incoming_middleware/loop.js')
    assert.equal(stopped.place?.file, folder.at(hook('loop.js')))
    assert.ok(stopped.ms !== undefined && stopped.ms >= LIMIT, `after ${stopped.ms} ms`)
    assert.match(stopped.real, /R3\.11/)
    await host.call('send', event('next'))
    await entry(trace, 'log', ({ message }) => message === 'saw next')
    assert.notEqual(host.pid, before)
  })

  it('keeps a changed network setting in the engine that takes over', async () => {
    await open({ [hook('call.js')]: "return require('axios').get('http://shop.invalid/').catch(() => {})" })
    await host.call('send', event('first'))
    assert.equal((await entry(trace, 'network')).outcome, 'refused')
    await host.call('network', { allow: ['shop.invalid'] })
    await host.restart()
    await host.call('send', event('second'))
    assert.equal((await entry(trace, 'network', ({ outcome }) => outcome !== 'refused')).outcome, 'failed')
  })

  it('stages faults and unmounts bots in the engine that takes over as well, until it is renewed', async () => {
    await open({ [hook('log.js')]: 'bp.logger.info("saw " + event.type)' })
    await host.call('faults', { faults: [{ hook: 'log.js', what: 'throw', message: 'staged' }] })
    await host.call('unmount', { botId: 'shop' })
    await host.restart()
    await entry(trace, 'bot-unmounted', ({ seq }) => seq > trace.entries.find(one => one.kind === 'engine-stopped')!.seq)
    await host.call('mount', { botId: 'shop' })
    await host.call('send', event('first'))
    assert.equal((await entry(trace, 'hook-ended')).error?.message, 'staged')
    assert.deepEqual(await host.call('renew', {}), { bots: ['shop'] })
    await host.call('send', event('second'))
    assert.equal((await entry(trace, 'log', ({ logger }) => logger === 'Hooks')).message, 'saw second')
  })

  it('lets a visitor’s conversation time out (R12)', async () => {
    await open({
      'data/global/hooks/before_session_timeout/1.js': 'bp.logger.info("left " + event.target)',
      [hook('log.js')]: 'bp.logger.info("saw " + event.target)'
    })
    await host.call('send', { ...event('ping'), target: undefined, visitorId: 'ann' })
    const { message } = await entry(trace, 'log')
    await host.call('timeOut', { botId: 'shop', visitorId: 'ann' })
    assert.equal((await entry(trace, 'log', one => one.message.startsWith('left'))).message, message.replace('saw', 'left'))
  })

  it('stops a loop of promises too, which starves everything else', async () => {
    await open({ [hook('loop.js')]: 'const spin = () => Promise.resolve().then(spin)\nreturn spin()' }, { hookLimitMs: LIMIT })
    await host.call('send', event('loop'))
    assert.equal((await entry(trace, 'engine-stopped')).hook, 'before_incoming_middleware/loop.js')
  })

  it('lets a hook wait as long as it likes while others get their turn (R3.10)', async () => {
    await open({ [hook('wait.js')]: 'return new Promise(resolve => setTimeout(resolve, 2500))' }, { hookLimitMs: LIMIT })
    await host.call('send', event('wait'))
    const ended = await entry(trace, 'hook-ended')
    assert.equal(ended.outcome, 'completed')
    assert.ok(ended.ms >= 2400, `after ${ended.ms} ms`)
    assert.equal(trace.entries.filter(({ kind }) => kind === 'engine-stopped').length, 0)
  })

  it('takes over with the spare, a process that has started before it is needed', async () => {
    await open({ [hook('loop.js')]: "if (event.type === 'loop') while (true) {}" }, { hookLimitMs: LIMIT })
    const spare = await host.spareReady()
    assert.ok(spare !== undefined && spare !== host.pid)
    await host.call('send', event('loop'))
    const stopped = await entry(trace, 'engine-stopped')
    assert.equal(host.pid, spare)
    await entry(trace, 'engine-started', ({ seq }) => seq > stopped.seq)
    assert.equal(host.pid, spare)
  })

  it('sends events of other visitors again that were queued behind the hook', async () => {
    await open(
      { [hook('loop.js')]: "if (event.type === 'loop') while (true) {}\nbp.logger.info('served ' + event.target)" },
      { hookLimitMs: LIMIT }
    )
    await host.call('send', event('loop', 'anna'))
    const waiting = [host.call('send', event('hello', 'ben')), host.call('send', event('hello', 'cleo'))]
    await entry(trace, 'engine-stopped')
    await Promise.all(waiting)
    await entry(trace, 'log', ({ message }) => message === 'served ben')
    await entry(trace, 'log', ({ message }) => message === 'served cleo')
    const served = trace.entries.filter(one => one.kind === 'log' && one.message.startsWith('served')).length
    assert.equal(served, 2)
  })

  it('keeps what was saved before, also without a storage of its own', async () => {
    await open({ [hook('kvs.js')]: KEEP }, { hookLimitMs: LIMIT })
    await host.call('send', event('save'))
    await entry(trace, 'log', ({ message }) => message === 'saved')
    await host.call('send', event('loop'))
    await entry(trace, 'engine-stopped')
    await host.call('send', event('load'))
    await entry(trace, 'log', ({ message }) => message === 'loaded 42')
  })

  it('stops a hook that logs without end', async () => {
    await open({ [hook('log.js')]: "if (event.type === 'flood') while (true) bp.logger.info('again')" }, { hookLimitMs: LIMIT })
    await host.call('send', event('flood'))
    const stopped = await entry(trace, 'engine-stopped')
    assert.equal(stopped.hook, 'before_incoming_middleware/log.js')
    await host.call('send', event('next'))
    await entry(trace, 'event-ended', ({ seq }) => seq > stopped.seq)
  })

  it('lets a virtual clock go on where it stood', async () => {
    folder = folderWith({ ...BOT, [hook('loop.js')]: "if (event.type === 'loop') while (true) {}" })
    trace = new TraceLog()
    const startAt = Date.parse('2025-01-01T00:00:00Z')
    const settings = { root: folder.path, clock: 'virtual' as const, startAt }
    host = EngineHost.open({ entry: ENGINE, settings, trace, hookLimitMs: LIMIT })
    await host.call('advance', { ms: 3_600_000 })
    await host.call('send', event('loop'))
    const stopped = await entry(trace, 'engine-stopped')
    assert.equal(stopped.at, startAt + 3_600_000)
    assert.equal((await entry(trace, 'engine-started', ({ seq }) => seq > stopped.seq)).at, stopped.at)
  })

  it('says so when a hook lets memory run out, and goes on', async () => {
    await open(
      {
        [hook('memory.js')]: "if (event.type === 'eat') { const all = []; while (true) all.push({ n: all.length, s: 'x' + all.length }) }"
      },
      { heapLimitMb: 64, hookLimitMs: 30_000 }
    )
    await host.call('send', event('eat'))
    const stopped = await entry(trace, 'engine-stopped')
    assert.equal(stopped.reason, 'memory')
    assert.equal(stopped.hook, 'before_incoming_middleware/memory.js')
    await host.call('send', event('next'))
    await entry(trace, 'event-ended', ({ seq }) => seq > stopped.seq)
  })

  it('says so when the process crashes under a hook, and goes on', async () => {
    await open({ [hook('wait.js')]: "if (event.type === 'wait') return new Promise(() => {})" })
    await host.call('send', event('wait'))
    await entry(trace, 'hook-started')
    process.kill(host.pid!, 'SIGSEGV')
    const stopped = await entry(trace, 'engine-stopped')
    assert.equal(stopped.reason, 'crash')
    assert.equal(stopped.hook, 'before_incoming_middleware/wait.js')
    await host.call('send', event('next'))
    await entry(trace, 'event-ended', ({ seq }) => seq > stopped.seq)
  })

  it('knows everything that a hook did when it ends the process under itself, to the last line', async () => {
    const code = [
      "if (event.type !== 'end') return",
      'event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)',
      "bp.logger.info('the last words')",
      "const process = require('vm').runInThisContext('process')",
      "process.kill(process.pid, 'SIGKILL')"
    ]
    await open({ [hook('1.js')]: 'event.state.temp.one = 1', [hook('2.js')]: code.join('\n') })
    await host.call('send', event('end'))
    const stopped = await entry(trace, 'engine-stopped')
    assert.equal(stopped.reason, 'crash')
    assert.equal(stopped.hook, 'before_incoming_middleware/2.js')
    const kinds = trace.entries.slice(1, stopped.seq).map(one => (one.kind === 'log' ? one.message : one.kind))
    assert.deepEqual(kinds, [
      'event-received',
      'event-started',
      'state-loaded',
      'hook-started',
      'hook-ended',
      'hook-started',
      'flag-set',
      'the last words',
      'engine-stopped'
    ])
  })

  it('notices when the process is gone while nothing runs', async () => {
    await open({})
    process.kill(host.pid!, 'SIGKILL')
    const stopped = await entry(trace, 'engine-stopped')
    assert.equal(stopped.reason, 'crash')
    assert.equal(stopped.hook, undefined)
    await host.call('send', event('next'))
    await entry(trace, 'event-ended')
  })

  it('gives up after three ends in a row, says which hook it was, and starts again when asked', async () => {
    const file = 'data/global/hooks/after_server_start/loop.js'
    folder = folderWith({ ...BOT, [file]: 'while (true) {}' })
    trace = new TraceLog()
    host = EngineHost.open({ entry: ENGINE, settings: { root: folder.path }, trace, hookLimitMs: 300 })
    await assert.rejects(
      host.ready().then(() => host.call('settle', { ms: 5000 })),
      { code: 'ENGINE_FAILED' }
    )
    assert.equal(host.status.status, 'failed')
    assert.match(host.status.message!, /times in a row/)
    assert.equal((await entry(trace, 'engine-stopped')).hook, 'after_server_start/loop.js')
    folder.write(file, '')
    await host.restart()
    assert.equal(host.status.status, 'ready')
  })

  it('restarted twice at once serves, and answers what it was asked before', async () => {
    await open({ [hook('wait.js')]: 'return new Promise(() => {})' })
    await host.spareReady()
    await host.call('send', event('wait'))
    await entry(trace, 'hook-started')
    const settled = host.call('settle', { ms: 60_000 })
    await Promise.all([host.restart(), host.restart()])
    assert.equal(host.status.status, 'ready')
    assert.deepEqual((await settled).stuck, [])
  })

  it('that is shut down while it starts has stopped, not failed', async () => {
    folder = folderWith({ ...BOT, 'data/global/hooks/after_server_start/wait.js': 'return new Promise(() => {})' })
    trace = new TraceLog()
    host = EngineHost.open({ entry: ENGINE, settings: { root: folder.path }, trace })
    const ready = assert.rejects(host.ready(), { code: 'ENGINE_DISPOSED' })
    await entry(trace, 'hook-started')
    await host.dispose()
    await ready
    assert.deepEqual([host.status.status, host.status.message], ['stopped', undefined])
  })

  it('rests while a debugger is attached', async () => {
    await open(
      { [hook('slow.js')]: "if (event.type === 'slow') { const end = Date.now() + 1200; while (Date.now() < end); }" },
      { hookLimitMs: 300 }
    )
    const { url, pid } = await host.call('inspect', {})
    assert.match(url, /^ws:\/\/127\.0\.0\.1:/)
    assert.equal(pid, host.pid)
    assert.equal(host.status.debugging, true)
    await host.call('send', event('slow'))
    assert.equal((await entry(trace, 'hook-ended')).outcome, 'completed')
    await host.call('inspectEnd', {})
    assert.equal(host.status.debugging, false)
    await host.call('send', event('slow'))
    await entry(trace, 'engine-stopped')
  })

  it('tells under a debugger what went before, however long a script stands still', async () => {
    const go = join(tmpdir(), `proactive-hooks-go-${process.pid}`)
    await open({
      [hook('stands.js')]: `bp.logger.info('before')\nconst fs = require('fs')\nwhile (!fs.existsSync(${JSON.stringify(go)})) {}`
    })
    await host.call('inspect', {})
    try {
      await host.call('send', event('any'))
      await entry(trace, 'log', ({ message }) => message === 'before')
      assert.equal(
        trace.entries.some(({ kind }) => kind === 'hook-ended'),
        false
      )
      writeFileSync(go, '')
      await entry(trace, 'hook-ended')
    } finally {
      rmSync(go, { force: true })
    }
  })

  it('leaves no process and no temporary folder behind, even when a hook hangs', async () => {
    const home = folderWith({})
    const { TMPDIR } = process.env
    process.env.TMPDIR = home.path
    await open({ [hook('loop.js')]: 'while (true) {}' })
    if (TMPDIR === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = TMPDIR
    await host.call('send', event('loop'))
    await entry(trace, 'hook-started')
    const { pid } = host
    await host.dispose()
    // It waited neither for the hook nor until the hook's time was over.
    assert.deepEqual(
      trace.entries.filter(({ kind }) => kind === 'hook-ended' || kind === 'engine-stopped'),
      []
    )
    await gone(pid!)
    const left = readdirSync(home.path)
    home.remove()
    assert.deepEqual(left, [folder.path.split('/').at(-1)])
    await assert.rejects(host.call('send', event('late')), { code: 'ENGINE_DISPOSED' })
  })

  it('says in a sentence why an engine cannot be started', async () => {
    folder = folderWith(BOT)
    trace = new TraceLog()
    host = EngineHost.open({ entry: folder.at('missing.js'), settings: { root: folder.path }, trace })
    await assert.rejects(host.ready(), { code: 'ENGINE_FAILED' })
    assert.equal(existsSync(folder.path), true)
  })
})

const KEEP = `
if (event.type === 'save') return bp.kvs.forBot('shop').set('answer', 42).then(() => bp.logger.info('saved'))
if (event.type === 'load') return bp.kvs.forBot('shop').get('answer').then(answer => bp.logger.info('loaded ' + answer))
if (event.type === 'loop') while (true) {}
`

/** Resolves when there is no such process any more. */
async function gone(pid: number): Promise<void> {
  for (;;) {
    try {
      process.kill(pid, 0)
    } catch {
      return
    }
    await new Promise(resolve => setTimeout(resolve, 20))
  }
}
