import assert from 'node:assert/strict'
import vm from 'node:vm'
import { VirtualClock } from '../../src/runtime/clock.ts'
import { type RunOptions, ScriptRunner } from '../../src/runtime/scripts/run.ts'
import { of, Project } from './project.ts'

const host = () => ({ clock: new VirtualClock(), random: () => 0.5, uncaught: () => {}, console: () => {} })
const OPTIONS: RunOptions = { sandboxed: true, require: () => undefined, process: {}, printObject: String }
const run = (runner: ScriptRunner, code: string, options = OPTIONS) =>
  runner.run({ file: '/r/data/bots/b/hooks/x/1.js', relativePath: '1.js', code }, { event: { payload: { list: [] } } }, options)

/** A life that takes over what the one before it, in which a script with nothing special ran, has left. */
function successor(): ScriptRunner {
  const first = new ScriptRunner(host(), '/r')
  run(first, 'return [1].map(one => one + 1)')
  return new ScriptRunner(host(), '/r', first.handOn())
}

/** What a script may do to its realm in words that the analysis does not see through. */
const TRACES: Record<string, string> = {
  'a global': 'leak = 1',
  'a property of an object': 'Object.prototype.leak = 1',
  'a property of a class that few use': 'Map.leak = 1',
  'a property of a prototype that syntax leads to': 'Object.getPrototypeOf(async () => {}).leak = 1',
  'another method': 'Array.prototype.map = () => []',
  'another console': 'console.log = () => {}',
  'another class': 'Map.prototype.leak = class {}',
  'another chain of prototypes': 'Object.setPrototypeOf(Set.prototype, { leak: 1 })'
}

describe('The realm that scripts share', () => {
  it('is handed from one life to the next, with what was compiled for it', () => {
    const second = successor()
    const { context } = second.shared
    assert.equal(run(second, "return 'b'.replace(/b/, 'c')"), 'c')
    const third = new ScriptRunner(host(), '/r', second.handOn())
    assert.equal(third.shared.context, context)
    assert.equal(vm.runInContext('RegExp.lastMatch', context), '')
  })

  for (const [what, code] of Object.entries(TRACES)) {
    it(`is not handed on with ${what}`, () => {
      const second = successor()
      const { context } = second.shared
      vm.runInContext(code, context)
      assert.notEqual(new ScriptRunner(host(), '/r', second.handOn()).shared.context, context)
    })
  }

  for (const [who, code, options] of [
    ['with a realm of its own', 'leak = event', OPTIONS],
    ['outside the sandbox', 'return 1', { ...OPTIONS, sandboxed: false }]
  ] as const) {
    it(`is not handed on after a script ${who}: it may still hold what it was given`, () => {
      const second = successor()
      const { context } = second.shared
      run(second, code, options)
      assert.equal(second.handOn(), undefined)
      assert.notEqual(new ScriptRunner(host(), '/r', second.handOn()).shared.context, context)
    })
  }

  it('is not handed to a life whose chance comes from elsewhere', () => {
    const second = successor()
    const { random: _, ...unseeded } = host()
    assert.notEqual(new ScriptRunner(unseeded, '/r', second.handOn()).shared.context, second.shared.context)
  })

  it('carries nothing from one life of an engine to the next', async () => {
    const project = new Project()
    project.hook(`const key = ['con', 'structor'].join('')
      const type = ({})[key]
      type.count = (type.count || 0) + 1
      console.count()
      console.log('counted', type.count, Date.now(), Math.random())`)
    try {
      await project.start({ settings: { seed: 1 } })
      const lives: string[] = []
      for (let life = 0; life < 4; life++) {
        const said = await project.send({ payload: { text: 'x' } })
        lives.push(
          of(said, 'console')
            .map(({ text }) => text)
            .join('; ')
        )
        await project.engine.call('renew', {})
      }
      assert.match(lives[0]!, /default: 1; counted 1 1704067200000/)
      assert.deepEqual(lives, Array(4).fill(lives[0]))
    } finally {
      await project.close()
    }
  })

  it('speaks for the life that is over to what is left of it', async () => {
    const project = new Project()
    project.hook(`const turn = event.payload.turn
      turn.then(() => {
        console.log('old', Date.now())
        setTimeout(() => console.log('old timer'), 1)
        setInterval(() => console.log('old interval'), 5000)
      })`)
    try {
      await project.start({ settings: { seed: 1 } })
      let go = () => {}
      // Twice: the realm of the second life is the first that is handed on.
      for (let life = 0; life < 3; life++) {
        const turn = new Promise<void>(resolve => {
          go = resolve
        })
        await project.send({ payload: { turn } })
        await project.engine.call('renew', { startAt: 1 })
        const from = project.trace.length
        go()
        await project.engine.call('advance', { ms: 60_000, quiet: true })
        assert.deepEqual(project.trace.slice(from), [])
      }
    } finally {
      await project.close()
    }
  })
})
