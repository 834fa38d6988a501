import assert from 'node:assert/strict'
import { Simulator } from '../../src/host/simulator.ts'
import type { SimulatorOptions } from '../../src/host/simulator-options.ts'
import type { ClockCommand, FromPanel, ToPanel, VisitorCommand } from '../../src/protocol/panel.ts'
import type { EntryKind, EntryOf } from '../../src/trace/entry.ts'
import { BOT, ENGINE, entry, type Folder, folderWith, hook } from './fixture.ts'

const FILES = { ...BOT, 'site/a.html': '<script>botpressWebChat</script>', 'site/b.html': '<script>botpressWebChat</script>' }
const START = Date.parse('2026-03-02T09:00:00Z')

/** The controls of the simulator, without a browser. */
describe('the stage', function () {
  this.timeout(60_000)
  let folder: Folder
  let simulator: Simulator

  async function open(files: Record<string, string> = {}, options: Partial<SimulatorOptions> = {}): Promise<void> {
    folder = folderWith({ ...FILES, ...files })
    simulator = await Simulator.open({ folder: folder.path, dist: folder.at('dist'), engine: ENGINE, watch: false, ...options })
    await simulator.ready()
  }
  afterEach(async () => {
    await simulator.dispose()
    folder.remove()
  })

  const visitor = (command: VisitorCommand) => simulator.handle({ kind: 'visitor', command })
  const clock = (command: ClockCommand) => simulator.handle({ kind: 'clock', command })
  const of = <K extends EntryKind>(kind: K) => simulator.trace.entries.filter(one => one.kind === kind) as unknown as EntryOf<K>[]
  const send = async (type: string, payload: unknown = {}) => {
    await simulator.handle({ kind: 'send', type, payload })
    return entry(simulator.trace, 'event-ended', ({ eventId }) => eventId === of('event-received').at(-1)!.eventId)
  }
  /** What is stored of the shown visitor, as a panel is told. */
  const stored = async (message: FromPanel = { kind: 'readState' }) => {
    const got: ToPanel[] = []
    await simulator.handle(message, answer => void got.push(answer))
    const [answer] = got
    assert.ok(answer?.kind === 'stored')
    return answer.stored
  }
  /** What the hook logged. */
  const said = () => of('log').filter(({ message }) => message === 'later')
  const log = hook('log.js')
  const remember =
    'event.state.user.seen = (event.state.user.seen || 0) + 1\nevent.state.session.here = true\nevent.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)\nevent.setFlag(bp.IO.WellKnownFlags.FORCE_PERSIST_STATE, true)'

  describe('visitors', () => {
    it('keeps several apart: each has pages of their own, a state of their own, and is shown when chosen', async () => {
      await open({ [log]: remember })
      const ann = simulator.state.visitorId
      await send('hello')
      await visitor({ do: 'add' })
      const ben = simulator.state.visitorId
      assert.notEqual(ben, ann)
      assert.deepEqual(
        simulator.state.visitors.map(({ id, name, tabs }) => [id, name, tabs.length, tabs[0]!.url?.includes(id)]),
        [
          [ann, 'Visitor 1', 1, true],
          [ben, 'Visitor 2', 1, true]
        ]
      )
      assert.equal((await stored()).user.seen, undefined)
      const { frameUrl } = simulator.state
      await visitor({ do: 'show', visitorId: ann })
      assert.equal((await stored()).user.seen, 1)
      // Nobody’s page was loaded anew.
      assert.equal(simulator.state.visitors[1]!.tabs[0]!.url, frameUrl)
      await visitor({ do: 'remove', visitorId: ann })
      assert.equal(simulator.state.visitorId, ben)
      await assert.rejects(visitor({ do: 'remove', visitorId: ben }), /has to stay/)
      assert.deepEqual(
        of('visitor-changed').map(({ what }) => what),
        ['new', 'shown', 'removed']
      )
    })

    it('lets a session expire, and another conversation begin, and the user stays (S12, S13)', async () => {
      await open({ [log]: remember })
      await send('hello')
      const before = await stored()
      assert.deepEqual([before.user.seen, before.session.here], [1, true])
      const { frameUrl } = simulator.state
      await visitor({ do: 'expire' })
      assert.notEqual(simulator.state.frameUrl, frameUrl)
      const expired = await stored()
      assert.deepEqual([expired.user.seen, expired.session.here, expired.sessionId], [1, undefined, before.sessionId])
      await send('hello')
      assert.deepEqual(
        of('state-loaded').map(({ newSession }) => newSession),
        [true, true]
      )
      await visitor({ do: 'newConversation' })
      const other = await stored()
      assert.deepEqual([other.user.seen, other.session.here], [2, undefined])
      assert.notEqual(other.sessionId, before.sessionId)
    })

    it('signs in with attributes, and speaks another language (S17, S18)', async () => {
      await open()
      await visitor({ do: 'signIn', attributes: { firstName: 'Ann', plan: 'pro' } })
      assert.deepEqual(
        [(await stored()).user.firstName, simulator.state.visitors[0]!.attributes],
        ['Ann', { firstName: 'Ann', plan: 'pro' }]
      )
      await visitor({ do: 'language', language: 'ja-jp' })
      assert.equal(simulator.state.visitors[0]!.language, 'ja-JP')
      await assert.rejects(visitor({ do: 'language', language: 'not a language' }), /no language/)
    })

    it('opens, shows and closes tabs of one visitor, each with a page and an address of its own (S14)', async () => {
      await open()
      const { frameUrl } = simulator.state
      await visitor({ do: 'openTab', page: 'site/b.html' })
      assert.equal(simulator.state.page, 'site/b.html')
      assert.notEqual(simulator.state.frameUrl, frameUrl)
      await visitor({ do: 'showTab', tab: 1 })
      assert.deepEqual([simulator.state.page, simulator.state.frameUrl], ['site/a.html', frameUrl])
      await visitor({ do: 'closeTab', tab: 1 })
      assert.deepEqual(
        simulator.state.visitors[0]!.tabs.map(({ tab }) => tab),
        [2]
      )
      await assert.rejects(visitor({ do: 'closeTab', tab: 2 }), /has to stay/)
    })
  })

  describe('the clock', () => {
    const later = "if (event.type === 'go') setTimeout(() => bp.logger.info('later'), 30000)"

    it('is real at first and cannot be moved', async () => {
      await open()
      assert.equal(simulator.state.clock.kind, 'real')
      await assert.rejects(clock({ do: 'advance', ms: 1 }), /is the real one/)
    })

    it('stands still when it is virtual, and goes to the next timer, by so long, and to a date', async () => {
      await open({ [log]: later }, { clock: 'virtual', startAt: START })
      await send('go')
      assert.equal(simulator.state.clock.now, START)
      await clock({ do: 'advance', ms: 29_900 })
      assert.deepEqual([said().length, simulator.state.clock.nextDue], [0, START + 30_000])
      await clock({ do: 'step' })
      assert.deepEqual([simulator.state.clock.now, said()[0]!.at], [START + 30_000, START + 30_000])
      const tomorrow = Date.parse('2026-03-03T09:00:00Z')
      await clock({ do: 'goTo', at: tomorrow })
      assert.equal(simulator.state.clock.now, tomorrow)
      await assert.rejects(clock({ do: 'goTo', at: START }), /has passed/)
      assert.deepEqual(
        of('clock').map(({ to }) => to - START),
        [29_900, 30_000, tomorrow - START]
      )
    })

    // How fast is counted in clock-control.test.ts.
    it('plays, and pauses', async () => {
      await open({ [log]: later }, { clock: 'virtual', startAt: START })
      await send('go')
      await clock({ do: 'play', speed: 100 })
      await entry(simulator.trace, 'log', ({ message }) => message === 'later')
      await clock({ do: 'pause' })
      assert.equal(simulator.state.clock.playing, false)
      const { now } = simulator.state.clock
      await new Promise(resolve => setTimeout(resolve, 150))
      assert.equal(simulator.state.clock.now, now)
    })

    it('changes while everything runs: what was stored stays, pages load anew', async () => {
      await open({ [log]: remember })
      await send('hello')
      const { frameUrl } = simulator.state
      await clock({ do: 'virtual', startAt: START })
      assert.deepEqual([simulator.state.clock.kind, simulator.state.clock.now], ['virtual', START])
      assert.notEqual(simulator.state.frameUrl, frameUrl)
      assert.equal((await stored()).user.seen, 1)
      await send('again')
      assert.equal(of('event-received').at(-1)!.at, START)
      await clock({ do: 'real' })
      await send('again')
      assert.ok(of('event-received').at(-1)!.at > START)
    })
  })

  it('begins the virtual clock at a date, and again at an earlier one: nothing that lies between happens', async () => {
    await open({ [log]: remember })
    const begin = async (startAt: number) => {
      await clock({ do: 'virtual', startAt })
      await send('hello')
      return of('event-received').at(-1)!.at
    }
    assert.equal(await begin(START), START)
    await clock({ do: 'advance', ms: 1000 })
    assert.equal(await begin(START - 86_400_000), START - 86_400_000)
    assert.equal((await stored()).user.seen, 2)
    await assert.rejects(clock({ do: 'virtual', startAt: Number.NaN }), /no date/)
  })

  it('shows a page although its bot is none of the workspace’s', async () => {
    await open({ 'site/lost.html': '<script>botpressWebChat.init({ botId: "nobody" })</script>' })
    const bot = simulator.state.botId
    await simulator.handle({ kind: 'choose', page: 'site/lost.html' })
    const { page, frameUrl, botId } = simulator.state
    assert.deepEqual([page, botId], ['site/lost.html', bot])
    assert.match(frameUrl!, /lost\.html$/)
  })

  it('tells of each file among the hooks that never runs why, also of one that is saved meanwhile (S44)', async () => {
    await open({
      [hook('.off.js')]: '',
      [hook('.old/a.js')]: '',
      [hook('typed.ts')]: '',
      'data/global/hooks/before_incomming_middleware/a.js': '',
      'data/global/hooks/loose.js': '',
      'data/bots/shop/hooks/after_server_start/a.js': '',
      [log]: remember
    })
    const told = () => simulator.state.leftOut?.map(({ file, botId, why }) => [file.slice(folder.path.length + 6), botId, why])
    const before = [
      ['global/hooks/before_incoming_middleware/.off.js', undefined, 'its name begins with a dot, which switches it off'],
      ['global/hooks/before_incoming_middleware/.old/a.js', undefined, 'its folder begins with a dot, which switches it off'],
      ['global/hooks/before_incoming_middleware/typed.ts', undefined, 'only files named *.js run'],
      [
        'global/hooks/before_incomming_middleware/a.js',
        undefined,
        'there is no hook type “before_incomming_middleware”; “before_incoming_middleware” is one'
      ],
      ['global/hooks/loose.js', undefined, 'a hook lies in a folder named after its type'],
      ['bots/shop/hooks/after_server_start/a.js', 'shop', 'a bot has no hooks of this type, only data/global has']
    ]
    assert.deepEqual(told(), before)
    simulator.filesChanged([folder.write('data/bots/shop/hooks/after_bot_mount/.b.js', '')])
    assert.deepEqual(told()?.[5], ['bots/shop/hooks/after_bot_mount/.b.js', 'shop', 'its name begins with a dot, which switches it off'])
  })

  it('sends an event so many times at once (S57)', async () => {
    await open({ [log]: remember })
    await simulator.handle({ kind: 'send', type: 'burst', payload: { n: 1 }, times: 20 })
    await entry(simulator.trace, 'event-ended', () => of('event-ended').length === 20)
    assert.deepEqual([of('event-received').length, (await stored()).user.seen], [20, 20])
  })

  describe('conditions', () => {
    it('stage trouble in hooks, bots and the line; each change is an entry', async () => {
      await open({ [log]: 'bp.logger.info(event.type)' })
      const set = (conditions: object) =>
        simulator.handle({ kind: 'conditions', conditions: { line: {}, hooks: [], unmounted: [], ...conditions } })
      await set({ hooks: [{ hook: 'log.js', what: 'throw', message: 'staged' }] })
      await send('one')
      assert.equal((await entry(simulator.trace, 'hook-ended')).error?.message, 'staged')
      await set({ unmounted: ['shop'] })
      await assert.rejects(send('two'), /not mounted|no bot/i)
      await set({ line: { delayMs: 200 } })
      await send('three')
      await entry(simulator.trace, 'log', ({ message }) => message === 'three')
      await set({})
      assert.deepEqual(simulator.state.conditions, { line: {}, hooks: [], unmounted: [] })
      assert.deepEqual(
        of('condition-set').map(({ line }) => line),
        [{ delayMs: 200 }, {}]
      )
      assert.deepEqual(
        simulator.trace.entries.map(({ kind }) => kind).filter(kind => /^(fault-staged|bot-(un)?mounted|condition-set)$/.test(kind)),
        ['fault-staged', 'fault-staged', 'bot-unmounted', 'condition-set', 'bot-mounted', 'condition-set']
      )
      await assert.rejects(set({ unmounted: ['nobody'] }), /no bot “nobody”/)
    })
  })

  it('puts a conversation into the middle of a dialog (S28)', async () => {
    await open()
    const context = { currentFlow: 'booking.flow.json', currentNode: 'when' }
    const after = await stored({ kind: 'writeState', context, session: { city: 'London' } })
    assert.deepEqual([after.context.currentFlow, after.context.currentNode, after.session.city], ['booking.flow.json', 'when', 'London'])
    assert.equal(of('state-edited').length, 1)
  })
})
