import assert from 'node:assert/strict'
import { of, Project, said } from './project.ts'

/** Runs one hook on one event. */
async function run(code: string, options: { files?: Record<string, unknown>; env?: Record<string, string>; event?: object } = {}) {
  const project = new Project({}, options.files)
  const file = project.hook(code)
  try {
    await project.start({ env: options.env ?? {} })
    const trace = await project.send(options.event ?? 'hi')
    const ended = of(trace, 'hook-ended').find(one => one.name === '1.js')!
    const temp = (name: string) => ended.changes.find(one => one.path === `state.temp.${name}`)?.after
    return { trace, ended, file, temp, error: ended.error }
  } finally {
    await project.close()
  }
}

describe('A hook', () => {
  it('is refused for syntax newer than Node 12’s, at its place (R3.24)', async () => {
    for (const [code, line, column] of [
      ['event?.payload', 1, 1],
      ['const a = 1\nconst b = a ?? 2', 2, 11],
      ['let a\na ||= 1', 2, 1],
      ['class A { #m() {} }', 1, 11],
      ['class A { static { } }', 1, 11]
    ] as const) {
      const { error, file } = await run(code)
      assert.equal(error?.name, 'SyntaxError', code)
      assert.deepEqual(error?.place, { file, line, column }, code)
    }
  })

  it('may use class fields, numeric separators and what else Node 12 reads (R3.24)', async () => {
    const { ended } = await run(`class A { #p = 1; static s = 2; f = 1_000; get() { return this.#p } }
      event.state.temp.out = [new A().get(), A.s, 10n ** 2n === 100n, [1, [2]].flat().length, [...'aXbX'.matchAll(/(?<x>X)/g)].length]
      try { throw 1 } catch { }`)
    assert.equal(ended.outcome, 'completed')
  })

  it('fails at run time for what Node 12’s library has not (R3.24)', async () => {
    for (const code of [
      "'a'.replaceAll('a', 'b')",
      '[1].at(0)',
      'event.state.session.lastMessages.at(0)',
      'Promise.any([])',
      'Object.hasOwn({}, "a")',
      'new WeakRef({})'
    ]) {
      const { error } = await run(code)
      assert.match(String(error?.name), /TypeError|ReferenceError/, code)
    }
    for (const name of ['URL', 'URLSearchParams', 'fetch', 'structuredClone', 'queueMicrotask', 'TextEncoder', 'AbortController']) {
      assert.equal((await run(`new ${name}('http://x')`)).error?.name, 'ReferenceError', name)
    }
    assert.ok((await run("return import('fs')")).error, 'dynamic import')
  })

  it('says where it failed, in the author’s file, also after an await (R3.12)', async () => {
    for (const code of ['const a = 1\n  throw new Error("x")', 'const f = async () => {\n  await 1; throw new Error("x")\n}\nreturn f()']) {
      const { error, file, trace } = await run(code)
      assert.equal(error?.place?.file, file)
      assert.equal(error?.place?.line, 2)
      assert.match(of(trace, 'log')[0]!.message, /^An error occurred on "1\.js" on "before_incoming_middleware"\. Error: x$/)
    }
  })

  it('may redeclare its arguments, but not the wrapper’s (R3.16)', async () => {
    assert.equal((await run('const event = 1; let bp; var process')).ended.outcome, 'completed')
    for (const name of ['require', 'module', 'exports', '__filename', '__dirname'])
      assert.equal((await run(`const ${name} = 1`)).error?.name, 'SyntaxError', name)
    const unsandboxed = await run('const event = 1', { env: { DISABLE_BOT_SANDBOX: 'yes' } })
    assert.equal(unsandboxed.error?.name, 'SyntaxError')
  })

  it('unsandboxed sees Node 12’s globals, Bluebird, and no module (R3.17)', async () => {
    const { temp } = await run('event.state.temp.out = [typeof URL, typeof Promise.map, typeof module, typeof fetch, typeof require]', {
      env: { DISABLE_BOT_SANDBOX: '1' }
    })
    assert.deepEqual(temp('out'), ['function', 'function', 'undefined', 'undefined', 'function'])
  })

  it('leaves no global behind, whatever its text (R3.28)', async () => {
    const project = new Project({})
    project.hook(
      'leak = 1; globalThis.leak2 = 1; Array.prototype.leak3 = 1; (function () { this.leak4 = 1 })(); Math.leak5 = 1; [].constructor.leak6 = 1',
      '1.js'
    )
    project.hook('event.state.temp.out = [typeof leak, typeof leak2, [].leak3, typeof leak4, Math.leak5, Array.leak6].join()', '2.js')
    try {
      await project.start()
      const trace = await project.send('hi')
      assert.equal(of(trace, 'hook-ended')[1]!.changes[0]!.after, 'undefined,undefined,,undefined,,')
    } finally {
      await project.close()
    }
  })

  it('takes values of the engine for its own: instanceof works (R3.25)', async () => {
    const { temp } = await run(`const run = async () => {
      const error = await bp.dialog.jumpTo('x', event, 'nope').catch(e => e)
      event.state.temp.out = [event.payload instanceof Object, event.state.session.lastMessages instanceof Array, bp.kvs.global().get('x') instanceof Promise, error instanceof Error, event.createdOn instanceof Date]
    }
    return run()`)
    assert.deepEqual(temp('out'), [true, true, true, true, true])
  })

  it('requires shipped modules, its neighbours, the bot’s libraries and shared_libs, which keep their state until a change (R3.20 to R3.23)', async () => {
    const project = new Project(
      { 'libraries/lib.js': 'let n = 0; exports.next = () => ++n' },
      { 'shared_libs/shared.js': 'module.exports = require("./other.json").x', 'shared_libs/other.json': { x: 'shared' } }
    )
    const neighbour = project.write('data/bots/bot/hooks/before_incoming_middleware/.helper.js', 'module.exports = typeof bp + typeof URL')
    project.hook(
      `event.state.temp.out = [require('lib').next(), require('./.helper'), require('shared'), require('lodash').chunk([1, 2], 1).length, require('moment')(0).utc().year(), require('uuid/v4')().length, require('ms')('2s'), typeof require('url').URL, typeof require.resolve]`
    )
    try {
      await project.start()
      const out = async () => of(await project.send('hi'), 'hook-ended')[0]!.changes.find(one => one.path === 'state.temp.out')?.after
      assert.deepEqual(await out(), [1, 'undefinedfunction', 'shared', 2, 1970, 36, 2000, 'function', 'undefined'])
      assert.equal(((await out()) as unknown[])[0], 2)
      await project.engine.call('changed', { files: [neighbour] })
      assert.equal(((await out()) as unknown[])[0], 1)
    } finally {
      await project.close()
    }
  })

  it('is used as saved from the next event on (R1.8)', async () => {
    const project = new Project({})
    const file = project.hook('event.state.temp.v = 1')
    try {
      await project.start()
      const value = async () => of(await project.send('hi'), 'hook-ended')[0]!.changes[0]?.after
      assert.equal(await value(), 1)
      project.hook('event.state.temp.v = 2')
      assert.equal(await value(), 1, 'without notice the old text stays')
      await project.engine.call('changed', { files: [file] })
      assert.equal(await value(), 2)
    } finally {
      await project.close()
    }
  })

  it('that ends the process from a required file is reported; the engine goes on (R3.17)', async () => {
    const { trace, error } = await run("require('ender')", { files: { 'shared_libs/ender.js': 'process.exit(3)' } })
    assert.match(of(trace, 'uncaught-exception')[0]!.error.message, /process\.exit\(3\)/)
    assert.match(error!.message, /Error while loading module "ender"/)
    assert.equal(of(trace, 'event-ended').at(-1)?.outcome, 'completed')
  })

  it('that throws from a timer would end the real server; here it is reported with its place, and the engine goes on (R3.9)', async () => {
    const { trace, file } = await run("setTimeout(() => {\n  throw new Error('late')\n}, 20)\nreturn new Promise(r => setTimeout(r, 50))")
    const [entry] = of(trace, 'uncaught-exception')
    assert.deepEqual([entry?.hook, entry?.error.place?.file, entry?.error.place?.line], ['1.js', file, 2])
    assert.match(entry!.real, /ends with code 1/)
  })

  it('does its floating work too late: a flag after an await in a promise that is not returned (R3.7)', async () => {
    const project = new Project()
    project.hook(`const run = async () => { event.state.temp.before = 1; await new Promise(r => setTimeout(r, 50)); event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true) }
run()`)
    try {
      await project.start()
      const trace = await project.send('hi')
      await project.engine.call('advance', { ms: 100 })
      assert.deepEqual(said(trace), ['hello'])
      assert.deepEqual(
        of(project.trace, 'too-late').map(one => one.what),
        ['flag SKIP_DIALOG_ENGINE']
      )
    } finally {
      await project.close()
    }
  })

  it('lets time pass by waiting for it, also on the virtual clock, and timers fall due in order', async () => {
    const { ended } = await run('const start = Date.now(); while (Date.now() - start < 1500) {}')
    assert.ok(ended.ms >= 1500)
    const project = new Project({})
    project.hook(`const order = []
      setTimeout(() => order.push('b'), 5000); setTimeout(() => order.push('a'), 1000); const every = setInterval(() => { order.push('i'); if (order.length > 2) clearInterval(every) }, 1900)
      const from = Date.now()
      return new Promise(r => setTimeout(r, 9000)).then(() => { event.state.temp.out = [order.join(''), Date.now() - from, new Date().toISOString()] })`)
    try {
      await project.start()
      const [ended] = of(await project.send('hi'), 'hook-ended')
      assert.deepEqual(ended?.changes[0]?.after, ['aiib', 9000, '2024-01-01T00:00:09.000Z'])
    } finally {
      await project.close()
    }
  })
})
