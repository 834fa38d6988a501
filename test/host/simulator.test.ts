import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Simulator } from '../../src/host/simulator.ts'
import type { SimulatorOptions } from '../../src/host/simulator-options.ts'
import type { PanelState, ToPanel } from '../../src/protocol/panel.ts'
import { BOT, ENGINE, entry, type Folder, folderWith, hook } from './fixture.ts'

const PAGE = `<script src="/assets/modules/channel-web/inject.js"></script><script src="app.js"></script><script>
window.botpressWebChat.init({ botId: 'help' })
window.botpressWebChat.sendEvent({ type: 'left-cart', payload: { total: 3 } })
</script>`
const FILES = {
  ...BOT,
  'data/bots/help/bot.config.json': JSON.stringify({ id: 'help', name: 'Help' }),
  'site/cart.html': PAGE,
  'site/app.js': ''
}

describe('the simulator', function () {
  this.timeout(60_000)
  let folder: Folder
  let simulator: Simulator

  async function open(files: Record<string, string> = FILES, options: Partial<SimulatorOptions> = {}): Promise<void> {
    folder = folderWith(files)
    simulator = await Simulator.open({ folder: folder.path, dist: folder.at('dist'), engine: ENGINE, ...options })
  }

  /** Resolves with the first state that fits. */
  function state(fits: (state: PanelState) => boolean): Promise<PanelState> {
    return new Promise((resolve, reject) => {
      const check = (now: PanelState) => {
        if (!fits(now)) return
        clearTimeout(timer)
        stop()
        resolve(now)
      }
      const timer = setTimeout(() => reject(new Error(`Not within 20 s: ${JSON.stringify(simulator.state)}`)), 20_000)
      const stop = simulator.onState(check)
      check(simulator.state)
    })
  }

  afterEach(async () => {
    await simulator.dispose()
    folder.remove()
  })

  it('knows bots, pages and events of the workspace before the engine is ready', async () => {
    await open()
    const { status, bots, pages, page, botId, knownEvents, frameUrl } = simulator.state
    assert.equal(status, 'starting')
    assert.deepEqual(bots, ['help', 'shop'])
    assert.deepEqual(
      pages.map(({ id }) => id),
      ['site/cart.html', 'builtin']
    )
    assert.deepEqual([page, botId], ['site/cart.html', 'help'])
    assert.deepEqual(knownEvents[0], {
      type: 'left-cart',
      payload: { type: 'left-cart', payload: { type: 'left-cart', payload: { total: 3 } } },
      from: 'site/cart.html:3'
    })
    assert.ok((await (await fetch(frameUrl!)).text()).endsWith(PAGE))
    await simulator.ready()
    assert.equal(simulator.state.status, 'ready')
  })

  it('serves what a hook stores with bp.cms.saveFile, at the address that its reply shows (R13.16)', async () => {
    const code = `const run = async () => {
      const name = await bp.cms.saveFile(event.botId, 'a receipt.txt', Buffer.from('paid'))
      await bp.events.replyToEvent(event, [{ type: 'file', file: bp.cms.getFilePath(event.botId, name) }], event.id)
    }
    return run()`
    await open({ ...FILES, [hook('store.js')]: code })
    await simulator.ready()
    await simulator.handle({ kind: 'send', type: 'my-event', payload: {} })
    const shown = await entry(simulator.trace, 'chat-received', ({ by }) => by === 'bot')
    const { file } = shown.payload as { file: string }
    const answer = await fetch(file)
    assert.deepEqual([answer.status, await answer.text()], [200, 'paid'])
  })

  it('sends an event as the author, with the payload that the hook finds, and offers it again', async () => {
    await open({ ...FILES, [hook('log.js')]: 'bp.logger.info(JSON.stringify(event.payload))' })
    await simulator.ready()
    await simulator.handle({ kind: 'send', type: 'my-event', payload: { payload: { plan: 'pro' } } })
    const received = await entry(simulator.trace, 'event-received')
    assert.deepEqual([received.type, received.botId, received.from.by], ['my-event', 'help', 'author'])
    assert.equal((await entry(simulator.trace, 'log')).message, '{"payload":{"plan":"pro"},"type":"my-event"}')
    assert.deepEqual(simulator.state.knownEvents[0], { type: 'my-event', payload: received.payload, from: 'this run' })
  })

  it('begins anew as the same visitor or as somebody who was never here', async () => {
    await open()
    const before = simulator.state
    await simulator.handle({ kind: 'restart', as: 'same' })
    assert.equal(simulator.state.visitorId, before.visitorId)
    assert.notEqual(simulator.state.frameUrl, before.frameUrl)
    await simulator.handle({ kind: 'restart', as: 'new' })
    assert.notEqual(simulator.state.visitorId, before.visitorId)
    assert.match(simulator.state.visitorId, /^[A-Za-z0-9]{24}$/)
    assert.ok(simulator.state.frameUrl!.includes(simulator.state.visitorId))
  })

  it('chooses page and bot, and says what there is not', async () => {
    await open()
    await simulator.handle({ kind: 'choose', page: 'builtin', botId: 'shop' })
    assert.deepEqual([simulator.state.page, simulator.state.botId], ['builtin', 'shop'])
    assert.match(await (await fetch(simulator.url('page'))).text(), /const botId = "shop"/)
    await simulator.handle({ kind: 'choose', page: 'site/cart.html' })
    assert.equal(simulator.state.botId, 'help')
    await assert.rejects(simulator.handle({ kind: 'choose', page: 'none.html' }), /no page “none.html”/)
    await assert.rejects(simulator.handle({ kind: 'choose', botId: 'nobody' }), /no bot “nobody”/)
  })

  it('gives a panel state and entries when it is ready, then what follows, and a new start after clear', async () => {
    await open({ ...FILES, [hook('log.js')]: 'bp.logger.info(event.type)' })
    await simulator.ready()
    const got: ToPanel[] = []
    const line = simulator.connect(message => void got.push(message))
    await simulator.handle({ kind: 'send', type: 'early', payload: {} })
    await entry(simulator.trace, 'event-ended')
    assert.equal(got.length, 0)
    await line.receive({ kind: 'ready' })
    assert.deepEqual(
      got.map(({ kind }) => kind),
      ['state', 'entries']
    )
    const seqs = () => got.flatMap(message => (message.kind === 'entries' ? message.entries.map(({ seq }) => seq) : []))
    await line.receive({ kind: 'send', type: 'late', payload: {} })
    await entry(simulator.trace, 'log', ({ message }) => message === 'late')
    await simulator.call('settle', { ms: 5000 })
    simulator.reveal(1)
    assert.equal(got.at(-1)!.kind, 'reveal')
    assert.deepEqual(
      seqs(),
      simulator.trace.entries.map(({ seq }) => seq)
    )
    await line.receive({ kind: 'clear' })
    assert.deepEqual(got.at(-1), { kind: 'entries', from: 1, entries: [] })
    assert.equal(simulator.trace.entries.length, 0)
  })

  it('answers what a panel should not have asked with a notice', async () => {
    await open()
    const got: ToPanel[] = []
    const line = simulator.connect(message => void got.push(message))
    await line.receive({ kind: 'make me a sandwich' })
    await line.receive({ kind: 'choose', page: 'none.html' })
    assert.deepEqual(
      got.map(message => message.kind === 'notice' && message.level),
      ['error', 'error']
    )
  })

  it('runs nothing and shows no page until the workspace is trusted', async () => {
    await open({ ...FILES, 'data/global/hooks/after_server_start/run.js': 'bp.logger.info("ran")' }, { trusted: false })
    assert.deepEqual([simulator.state.status, simulator.state.frameUrl], ['untrusted', undefined])
    await assert.rejects(simulator.call('settle', { ms: 1 }), { code: 'NOT_TRUSTED' })
    simulator.filesChanged([folder.at('data/bots/shop/bot.config.json')])
    assert.equal(simulator.state.status, 'untrusted')
    assert.equal(simulator.trace.entries.length, 0)
    await simulator.handle({ kind: 'startEngine' })
    assert.equal(simulator.state.status, 'ready')
    assert.ok(simulator.state.frameUrl)
    await entry(simulator.trace, 'log', ({ message }) => message === 'ran')
  })

  it('says that no Botpress folder is there, and starts when there is one', async () => {
    await open({ 'readme.md': '' })
    assert.equal(simulator.state.status, 'no-bots')
    assert.match(simulator.state.message!, /data\/global or data\/bots/)
    await assert.rejects(simulator.ready(), { code: 'NO_BOTS' })
    const file = folder.write('data/bots/shop/bot.config.json', BOT['data/bots/shop/bot.config.json'])
    simulator.filesChanged([file])
    await state(({ status }) => status === 'ready')
    assert.deepEqual(simulator.state.bots, ['shop'])
  })

  it('sees by itself when a hook or a page is saved', async () => {
    await open({ ...FILES, [hook('log.js')]: 'bp.logger.info("before")' })
    await simulator.ready()
    await fetch(simulator.url('page'))
    const { frameUrl } = simulator.state
    folder.write('site/cart.html', `${PAGE}<!-- saved -->`)
    await state(now => now.frameUrl !== frameUrl)
    folder.write(hook('log.js'), 'bp.logger.info("after")')
    // Until the watcher has told, the old text runs, as on the real server (R1.8).
    for (let tries = 0; ; tries++) {
      await simulator.handle({ kind: 'send', type: 'x', payload: {} })
      await simulator.call('settle', { ms: 5000 })
      if (simulator.trace.entries.some(one => one.kind === 'log' && one.message === 'after')) break
      assert.ok(tries < 200, 'the saved hook was never used')
      await new Promise(resolve => setTimeout(resolve, 20))
    }
  })

  it('tells of a page that takes inject.js from another server', async () => {
    await open({ ...BOT, 'a.html': '<script src="http://localhost:3000/assets/modules/channel-web/inject.js"></script>' })
    const problem = await entry(simulator.trace, 'data-problem')
    assert.deepEqual(problem.place, { file: folder.at('a.html'), line: 1 })
  })

  it('says so when the port is taken', async () => {
    const other = createServer()
    await new Promise<void>(resolve => void other.listen(0, '127.0.0.1', resolve))
    const { port } = other.address() as AddressInfo
    await open()
    await assert.rejects(Simulator.open({ folder: folder.path, dist: folder.path, engine: ENGINE, port }), { code: 'EADDRINUSE' })
    other.close()
  })

  it('hands opening of places to the editor, or says that there is none', async () => {
    const opened: unknown[] = []
    await open(FILES, { open: place => void opened.push(place) })
    await simulator.handle({ kind: 'open', place: { file: '/x.js', line: 3 } })
    assert.deepEqual(opened, [{ file: '/x.js', line: 3 }])
    await simulator.dispose()
    folder.remove()
    await open()
    const notices: string[] = []
    simulator.onNotice(({ text }) => void notices.push(text))
    await simulator.handle({ kind: 'open', place: { file: '/x.js', line: 3 } })
    assert.match(notices[0]!, /x\.js:3/)
  })
})
