import assert from 'node:assert/strict'
import { of, Project } from './project.ts'

const START = Date.UTC(2024, 0, 1)

/** Runs the body of an async function in a hook while the clock goes on by itself; gives what it returned. */
async function out(body: string, files: Record<string, unknown> = {}, env: Record<string, string> = {}): Promise<unknown> {
  const project = new Project({}, files)
  project.hook(`event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
    const run = async () => { ${body} }
    return run().then(out => { event.payload.out = JSON.stringify(out) })`)
  try {
    await project.start({ env })
    await project.engine.call('send', { type: 'x', botId: 'bot', target: 'ann' })
    await project.settle(3 * 60 * 60_000)
    const ended = of(project.trace, 'hook-ended')[0]
    if (ended?.error) throw new Error(ended.error.message)
    return JSON.parse(String(ended?.changes.find(one => one.path === 'payload.out')?.after))
  } finally {
    await project.close()
  }
}

describe('Modules on the virtual clock', () => {
  it('that Botpress ships see it: an hour of theirs passes at once, and in the right order', async () => {
    const order = await out(`
      const _ = require('lodash'), moment = require('moment'), Bluebird = require('bluebird')
      const heard = []
      const note = name => () => heard.push([name, Date.now() - ${START}])
      const debounced = _.debounce(note('debounce'), 30 * 60000)
      debounced(); debounced()
      _.delay(note('delay'), 60 * 60000)
      setTimeout(note('hook'), 45 * 60000)
      await Bluebird.delay(20 * 60000).then(note('bluebird'))
      heard.push(['moment', moment().diff(moment.utc('2024-01-01'))], ['lodash', _.now() - ${START}], ['date', new Date().getTime() - ${START}])
      await new Promise(resolve => setTimeout(resolve, 60 * 60000))
      return heard`)
    const minutes = (n: number) => n * 60_000
    assert.deepEqual(order, [
      ['bluebird', minutes(20)],
      ['moment', minutes(20)],
      ['lodash', minutes(20)],
      ['date', minutes(20)],
      ['debounce', minutes(30)],
      ['hook', minutes(45)],
      ['delay', minutes(60)]
    ])
  })

  it('of the author see it, packages of theirs as well, by globals and by modules of Node', async () => {
    const module = `const { performance } = require('perf_hooks')
      const sleep = require('util').promisify(setTimeout)
      exports.run = async () => {
        const before = [Date.now(), performance.now(), process.hrtime.bigint(), process.uptime()]
        await sleep(60000)
        await new Promise(resolve => require('timers').setTimeout(resolve, 60000))
        const [seconds] = process.hrtime()
        return [Date.now() - before[0], performance.now() - before[1], Number(process.hrtime.bigint() - before[2]) / 1e6, (process.uptime() - before[3]) * 1000,
          seconds * 1000, new Date().toISOString()]
      }`
    const expected = [...Array(5).fill(120_000), '2024-01-01T00:02:00.000Z']
    const files = {
      'shared_libs/own.js': module,
      'shared_libs/node_modules/pack/index.js': module,
      'shared_libs/node_modules/pack/package.json': { main: 'index.js' }
    }
    assert.deepEqual(await out(`return require('own').run()`, files), expected)
    assert.deepEqual(await out(`return require('pack').run()`, files), expected)
  })

  it('of the author see it in the unsandboxed mode, too, where Promise is Bluebird (R3.17)', async () => {
    const body = `const before = Date.now()
      await Promise.delay(60000)
      await Promise.map([1, 2], n => Promise.delay(n * 60000))
      return [Date.now() - before, require('moment')().valueOf() === Date.now()]`
    assert.deepEqual(await out(body, {}, { DISABLE_BOT_SANDBOX: 'true' }), [180_000, true])
  })
})

describe('Modules', () => {
  it('that Botpress ships work together with values of a hook, which are of another realm', async () => {
    const result = await out(`
      const _ = require('lodash'), Joi = require('joi'), moment = require('moment'), yaml = require('js-yaml')
      const jwt = require('jsonwebtoken'), LRU = require('lru-cache'), mustache = require('mustache'), { nanoid } = require('nanoid')
      const when = new Date(0)
      const cache = new LRU({ max: 2, maxAge: 1000 })
      cache.set('a', 1)
      const fresh = cache.get('a')
      await new Promise(resolve => setTimeout(resolve, 2000))
      let denied
      try { jwt.verify(jwt.sign({ a: 1 }, 's', { expiresIn: 1 }), 's'); await new Promise(resolve => setTimeout(resolve, 5000)); } catch (e) { denied = e.message }
      const token = jwt.sign({ a: 1 }, 's', { expiresIn: 1 })
      await new Promise(resolve => setTimeout(resolve, 5000))
      try { jwt.verify(token, 's') } catch (e) { denied = [e instanceof Error, e.name] }
      return {
        plain: [_.isPlainObject({}), _.isArray([]), _.isDate(when), _.isEqual({ a: [1] }, { a: [1] }), _.merge({ a: { b: 1 } }, { a: { c: 2 } })],
        joi: [Joi.validate({ at: when, list: [1], text: 'x' }, { at: Joi.date(), list: Joi.array().items(Joi.number()), text: Joi.string().regex(/x/) }).error,
          Joi.validate({ a: 'x' }, { a: Joi.number() }).error instanceof Error],
        moment: [moment(when).toISOString(), moment([2020, 1]).year(), moment().toDate() instanceof Date],
        yaml: [yaml.safeLoad('a: [1, 2]').a instanceof Array, yaml.safeDump({ a: [1], when }).trim()],
        cache: [fresh, cache.get('a') === undefined],
        denied, mustache: mustache.render('{{#list}}<{{.}}>{{/list}}', { list: [1, 2] }), ids: [nanoid().length, require('uuid').v4().length, require('uuid/v1')().length],
        others: [require('ms')('1h'), require('yn')('yes'), require('mime-types').lookup('a.png'),
          await require('exponential-backoff').backOff(async () => 'done'), new (require('form-data'))().getHeaders()['content-type'].slice(0, 19)]
      }`)
    assert.deepEqual(result, {
      plain: [true, true, true, true, { a: { b: 1, c: 2 } }],
      joi: [null, true],
      moment: ['1970-01-01T00:00:00.000Z', 2020, true],
      yaml: [true, 'a:\n  - 1\nwhen: 1970-01-01T00:00:00.000Z'],
      cache: [1, true],
      denied: [true, 'TokenExpiredError'],
      mustache: '<1><2>',
      ids: [21, 36, 36],
      others: [3_600_000, true, 'image/png', 'done', 'multipart/form-data']
    })
  })

  it('of Node are those of version 12, for packages as well; what is newer is not found, or cannot be read (R3.24)', async () => {
    const result = await out(
      `const tried = name => { try { require(name); return 'found' } catch (e) { return e.message.split('\\n')[0].slice(0, 60) } }
      return ['fs', 'fs/promises', 'node:fs', 'newer', 'esm'].map(tried).concat(require('older'))`,
      {
        'shared_libs/node_modules/newer/package.json': { main: 'a.js' },
        'shared_libs/node_modules/newer/a.js': 'module.exports = a => a?.b',
        'shared_libs/node_modules/esm/package.json': { main: 'a.js' },
        'shared_libs/node_modules/esm/a.js': 'export default 1',
        'shared_libs/node_modules/older/package.json': { main: 'lib' },
        'shared_libs/node_modules/older/lib/index.js': `#!/usr/bin/env node
          // The text "?." alone is no reason: a?.b
          const inner = require('../inner.json'), deep = require('deep')
          module.exports = [inner.a, deep.name, deep.parent, typeof fetch, require.main === module, module.loaded, typeof require.resolve('deep'), ...['fs/promises', 'node:fs'].map(name => { try { require(name) } catch (e) { return e.code } })]`,
        'shared_libs/node_modules/older/inner.json': { a: 1 },
        'shared_libs/node_modules/older/node_modules/deep/package.json': { name: 'deep', main: 'x' },
        'shared_libs/node_modules/older/node_modules/deep/x.js':
          'exports.name = __filename.slice(-4); exports.parent = module.parent.filename.slice(-9)'
      }
    )
    const [fs, promises, prefixed, newer, esm, ...older] = result as string[]
    assert.equal(fs, 'found')
    assert.match(promises!, /"fs\/promises" not found/)
    assert.match(prefixed!, /"node:fs" not found/)
    assert.match(newer!, /Error while loading module "newer"/)
    assert.match(esm!, /Error while loading module "esm"/)
    assert.deepEqual(older, [1, 'x.js', '/index.js'.slice(-9), 'undefined', false, false, 'string', 'MODULE_NOT_FOUND', 'MODULE_NOT_FOUND'])
  })
})
