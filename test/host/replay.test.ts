import assert from 'node:assert/strict'
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { parse } from 'yaml'
import { Simulator } from '../../src/host/simulator.ts'
import type { SimulatorOptions } from '../../src/host/simulator-options.ts'
import type { FromPanel } from '../../src/protocol/panel.ts'
import { ScenarioFile } from '../../src/scenario/schema/index.ts'
import { compareRuns } from '../../src/trace/compare.ts'
import type { EntryKind, EntryOf } from '../../src/trace/entry.ts'
import { TraceIndex } from '../../src/trace/trace-index.ts'
import { BOT, ENGINE, entry, type Folder, folderWith, hook } from './fixture.ts'

const GREET = hook('greet.js')
const greets = (words: string) => `
event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
event.setFlag(bp.IO.WellKnownFlags.FORCE_PERSIST_STATE, true)
event.state.session.seen = (event.state.session.seen || 0) + 1
return bp.events.replyToEvent(event, [{ type: 'text', text: '${words} ' + event.state.session.seen }], event.id)`

describe('playing again', function () {
  this.timeout(60_000)
  let folder: Folder
  let simulator: Simulator

  async function open(options: Partial<SimulatorOptions> = {}): Promise<void> {
    folder = folderWith({ ...BOT, [GREET]: greets('Hello') })
    simulator = await Simulator.open({ folder: folder.path, dist: folder.at('dist'), engine: ENGINE, watch: false, ...options })
    await simulator.ready()
  }
  afterEach(async () => {
    await simulator.dispose()
    folder.remove()
  })

  const ask = (message: FromPanel) => simulator.handle(message)
  const of = <K extends EntryKind>(kind: K) => simulator.trace.entries.filter(one => one.kind === kind) as unknown as EntryOf<K>[]
  const ended = (n: number) => entry(simulator.trace, 'replay-ended', () => of('replay-ended').length >= n)
  const said = () =>
    of('event-received')
      .filter(({ direction }) => direction === 'outgoing')
      .map(({ payload }) => (payload as { text: string }).text)
  const send = async (type: string) => {
    const before = of('event-ended').length
    await ask({ kind: 'send', type, payload: {} })
    await entry(
      simulator.trace,
      'event-ended',
      () => of('event-ended').length > before && of('event-received').length === of('event-ended').length
    )
  }

  it('sends the last event once more, from the state that it had found', async () => {
    await open()
    await send('first')
    await send('second')
    await ask({ kind: 'replay', what: 'event' })
    await ask({ kind: 'replay', what: 'event' })
    // Without the state of then the hook would have counted on.
    assert.deepEqual(said(), ['Hello 1', 'Hello 2', 'Hello 2', 'Hello 2'])
    assert.deepEqual(
      of('event-received').flatMap(({ direction, type }) => (direction === 'incoming' ? [type] : [])),
      ['first', 'second', 'second', 'second']
    )
  })

  it('plays the last event again when a hook is saved and that is wanted; the trace names the file', async () => {
    await open()
    await send('first')
    await ask({ kind: 'live', mode: 'event' })
    assert.equal(simulator.state.live, 'event')
    const file = folder.write(GREET, greets('Good day'))
    simulator.filesChanged([file])
    await ended(1)
    assert.deepEqual(said(), ['Hello 1', 'Good day 1'])
    const [started] = of('replay-started')
    assert.deepEqual([started!.what, started!.why, started!.files], ['event', 'saved', [file]])
    assert.equal(simulator.state.replaying, false)
    await ask({ kind: 'live', mode: 'off' })
    const again = folder.write(GREET, greets('Bye'))
    simulator.filesChanged([again])
    simulator.filesChanged([again, folder.write('data/storage/core.sqlite', '')])
    await send('third')
    assert.equal(of('replay-started').length, 1)
    // Each save stands once, between what ran without and what ran with it (S48).
    assert.deepEqual(
      of('file-saved').map(({ files }) => files),
      [
        [{ file, what: 'hook', before: greets('Hello'), after: greets('Good day') }],
        [{ file, what: 'hook', before: greets('Good day'), after: greets('Bye') }]
      ]
    )
    const words = simulator.trace.entries.flatMap(one =>
      one.kind === 'file-saved'
        ? ['saved']
        : one.kind === 'event-received' && one.direction === 'outgoing'
          ? [(one.payload as { text: string }).text]
          : []
    )
    assert.deepEqual(words, ['Hello 1', 'saved', 'Good day 1', 'saved', 'Bye 2'])
  })

  it('plays the whole run by a new visitor, and what comes out is as before until something is changed', async () => {
    await open({ clock: 'virtual', startAt: Date.UTC(2026, 2, 2, 9) })
    await send('first')
    await ask({ kind: 'clock', command: { do: 'advance', ms: 30_000 } })
    await send('second')
    const ann = simulator.state.visitorId
    await ask({ kind: 'replay', what: 'run' })
    assert.notEqual(simulator.state.visitorId, ann)
    assert.deepEqual(said(), ['Hello 1', 'Hello 2', 'Hello 1', 'Hello 2'])
    assert.deepEqual(differing(), { same: 2, changed: 0, added: 0, removed: 0 })

    simulator.filesChanged([folder.write(GREET, greets('Good day'))])
    await ask({ kind: 'replay', what: 'run' })
    assert.deepEqual(said().slice(4), ['Good day 1', 'Good day 2'])
    assert.deepEqual(differing(), { same: 0, changed: 2, added: 0, removed: 0 })
  })

  it('leaves the line as the author staged it, also when a run in the other order fails on its way', async () => {
    await open({ clock: 'virtual', startAt: Date.UTC(2026, 2, 2, 9) })
    const line = { delayMs: 5 }
    await ask({ kind: 'conditions', conditions: { line, hooks: [], unmounted: [] } })
    await send('first')
    const [config] = Object.keys(BOT)
    rmSync(folder.at(config!))
    simulator.filesChanged([folder.at(config!)])
    await assert.rejects(ask({ kind: 'replay', what: 'run', reversed: true }), /no bot/)
    assert.deepEqual(simulator.state.conditions.line, line)
  })

  it('by the real clock waits at the end of a run for what came by itself then', async () => {
    await open()
    folder.write(
      GREET,
      `if (event.type === 'later') return
const { botId, channel, target, threadId } = event
setTimeout(() => bp.events.sendEvent(bp.IO.Event({ type: 'later', direction: 'incoming', payload: {}, botId, channel, target, threadId })), 1500)`
    )
    simulator.filesChanged([folder.at(GREET)])
    const later = () => of('event-received').filter(({ type }) => type === 'later')
    await ask({ kind: 'send', type: 'first', payload: {} })
    await entry(simulator.trace, 'event-received', () => later().length === 1)
    await ask({ kind: 'replay', what: 'run' })
    assert.equal(later().length, 2)
    assert.ok(of('replay-ended')[0]!.seq > later()[1]!.seq)
  })

  it('plays a transcript', async () => {
    await open()
    const turn = { at: 0, by: 'page', visitorId: 'x', type: 'first', payload: { type: 'first' } } as const
    const transcript = { format: 'proactive-hooks-transcript', version: 1, turns: [turn, { ...turn, by: 'bot', text: 'Hello 1' }] } as const
    await ask({ kind: 'playTranscript', transcript: { ...transcript, turns: [...transcript.turns] } })
    assert.deepEqual(said(), ['Hello 1'])
    assert.equal(of('replay-ended')[0]!.reason, undefined)
    await assert.rejects(ask({ kind: 'playTranscript', transcript: { ...transcript, turns: [] } }), /Nobody did anything/)
  })

  it('tells where the bot says something else than in the transcript, and what does not come any more', async () => {
    await open()
    const turn = { at: 0, by: 'page', visitorId: 'x', type: 'first', payload: { type: 'first' } } as const
    const bot = (text: string) => ({ ...turn, by: 'bot', text }) as const
    const play = async (...turns: (typeof turn | ReturnType<typeof bot>)[]) => {
      await ask({ kind: 'playTranscript', transcript: { format: 'proactive-hooks-transcript', version: 1, turns } })
      return of('replay-ended').at(-1)!.reason
    }
    assert.equal(await play(turn, bot('Good day 1')), 'The bot said “Hello 1”, where the transcript has “Good day 1”.')
    assert.equal(await play(turn, bot('Hello 1'), bot('And?')), 'The bot said nothing, where the transcript has “And?”.')
    assert.equal(await play(turn, turn, bot('Hello 2')), 'The bot said “Hello 1”, where the transcript has “Hello 2”.')
  })

  it('starts the server again over what it has stored, which a run that is played again does as well (S51)', async () => {
    await open({ clock: 'virtual', startAt: Date.UTC(2026, 2, 2, 9) })
    await send('first')
    await ask({ kind: 'restartServer' })
    await send('second')
    assert.deepEqual(said(), ['Hello 1', 'Hello 2'])
    assert.equal(of('engine-stopped')[0]!.reason, 'request')
    await ask({ kind: 'replay', what: 'run' })
    assert.deepEqual(said(), ['Hello 1', 'Hello 2', 'Hello 1', 'Hello 2'])
    assert.equal(of('engine-stopped').length, 2)
  })

  it('says what is missing when there is nothing to play', async () => {
    await open()
    await assert.rejects(ask({ kind: 'replay', what: 'event' }), /no event to play again/)
    await assert.rejects(ask({ kind: 'replay', what: 'run' }), /Nothing was done yet/)
    await assert.rejects(ask({ kind: 'saveScenario' }), /Nothing was done yet/)
  })

  it('writes the run as a scenario file that its schema accepts, each under a name of its own', async () => {
    const opened: string[] = []
    await open({ clock: 'virtual', startAt: Date.UTC(2026, 2, 2, 9), open: place => void opened.push(place.file) })
    await send('first')
    await ask({ kind: 'clock', command: { do: 'advance', ms: 30_000 } })
    await send('second')
    await ask({ kind: 'saveScenario' })
    await ask({ kind: 'saveScenario' })
    assert.deepEqual(readdirSync(folder.at('scenarios')).sort(), ['recorded-1.scenario.yaml', 'recorded-2.scenario.yaml'])
    const scenario = parse(readFileSync(opened[0]!, 'utf8'))
    ScenarioFile.parse(scenario)
    assert.deepEqual([scenario.given.bot, scenario.given.clock], ['shop', '2026-03-02T09:00:00.000Z'])
    assert.deepEqual(scenario.steps, [
      { outside: 'first' },
      { expect: { says: 'Hello 1' } },
      { until: '30s' },
      { outside: 'second' },
      { expect: { says: 'Hello 2' } }
    ])
  })

  /** The last replay beside what it repeats. */
  function differing() {
    const { entries } = simulator.trace
    const started = of('replay-started').at(-1)!
    const index = (from: number, to?: number) => {
      const index = new TraceIndex()
      index.append(entries.slice(from, to))
      return index
    }
    return compareRuns(index(started.from - 1, started.to), index(started.seq)).count
  }
})
