import assert from 'node:assert/strict'
import { CoverageCollection, linesOf } from '../../src/coverage/collection.ts'
import { measure } from '../../src/coverage/measure.ts'
import { EngineHost } from '../../src/host/engine-host.ts'
import type { EventInput } from '../../src/protocol/engine.ts'
import { TraceLog } from '../../src/trace/log.ts'
import { BOT, ENGINE, entry, type Folder, folderWith, hook } from '../host/fixture.ts'

const event = (type: string): EventInput => ({ type, botId: 'shop', payload: { type }, target: 'visitor' })

const GREET = hook('1_greet.js')
const LIBRARY = 'data/global/hooks/before_incoming_middleware/library/.words.js'
const FILES = {
  [GREET]: `const words = require('./library/.words')
const greet = async () => {
  if (event.type === 'loop') return
  await words.say(bp)
  bp.logger.info('greeted')
}
return greet()`,
  [LIBRARY]: "exports.say = async bp => bp.logger.info('hello')\nexports.never = () => 1",
  [hook('2_loop.js')]: "if (event.type === 'loop') {\n  while (true) {}\n}",
  // It may change its realm, so it is compiled anew for each run.
  [hook('3_realm.js')]: 'globalThis.seen = event.type\nbp.logger.info(seen)'
}

describe('Coverage in the engine’s process', function () {
  this.timeout(60_000)
  let folder: Folder
  let host: EngineHost
  const trace = new TraceLog()
  const collection = new CoverageCollection()

  before(async () => {
    folder = folderWith({ ...BOT, ...FILES })
    host = EngineHost.open({
      entry: ENGINE,
      settings: { root: folder.path, coverage: true },
      trace,
      hookLimitMs: 1500,
      onCovered: scripts => collection.add(scripts.map(measure).filter(script => script !== undefined))
    })
    await host.ready()
  })

  after(async () => {
    await host.dispose()
    folder.remove()
  })

  const lines = (file: string) => {
    const covered = collection.files.find(one => one.file === folder.at(file))
    return covered && [...linesOf(covered)]
  }

  it('counts hooks and what they require, also those that get a fresh realm each time, and nothing else', async () => {
    for (const type of ['one', 'two']) {
      await host.call('send', event(type))
      await host.call('settle', { ms: 10_000 })
    }
    assert.deepEqual(lines(GREET), [
      [1, 2],
      [2, 2],
      [3, 0],
      [4, 2],
      [5, 2],
      [7, 2]
    ])
    assert.deepEqual(lines(LIBRARY), [
      [1, 1],
      [2, 0]
    ])
    assert.deepEqual(lines(hook('3_realm.js')), [
      [1, 2],
      [2, 2]
    ])
    assert.deepEqual(
      collection.files.map(({ file }) => file),
      [GREET, hook('2_loop.js'), hook('3_realm.js'), LIBRARY].map(folder.at)
    )
  })

  it('keeps what was counted in a process that had to be killed, and counts on in the next', async () => {
    await host.call('send', event('loop'))
    await entry(trace, 'engine-stopped')
    // The way of the first hook that only this event took.
    assert.deepEqual(lines(GREET)?.[2], [3, 1])
    await host.call('send', event('three'))
    await entry(trace, 'event-ended', ({ seq }) => seq > trace.entries.findLast(({ kind }) => kind === 'engine-stopped')!.seq)
    await host.call('settle', { ms: 10_000 })
    assert.deepEqual(lines(GREET)?.[4], [5, 3])
  })

  it('counts the new text of a hook that was changed meanwhile', async () => {
    folder.write(GREET, "bp.logger.info('another')")
    await host.call('changed', { files: [folder.at(GREET)] })
    await host.call('send', event('four'))
    await host.call('settle', { ms: 10_000 })
    assert.deepEqual(lines(GREET), [[1, 1]])
  })
})
