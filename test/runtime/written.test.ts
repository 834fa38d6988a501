import assert from 'node:assert/strict'
import { existsSync, readFileSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { of, Project, said } from './project.ts'

const HOOK = 'data/global/hooks/before_incoming_middleware'
/** A hook that does what the event's payload says, and leaves the answer there. */
const DO = `event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
if (event.type !== 'do') return
return (new Function('bp', 'return (async () => {' + event.payload.code + '})()'))(bp).then(out => { event.payload.out = out })`

async function doing(project: Project, code: string): Promise<unknown> {
  const trace = await project.send({ type: 'do', payload: { code } })
  const ended = of(trace, 'hook-ended').find(one => one.name === '1.js')
  if (ended?.error) throw new Error(ended.error.message)
  return ended?.changes.find(one => one.path === 'payload.out')?.after
}

const ran = (project: Project, name: string) => async () =>
  of(await project.send({ type: 'look' }), 'hook-ended').some(one => one.name === name)

describe('Files that hooks write', () => {
  let project: Project
  const storage = () => join(project.root, 'storage')
  const start = (settings = {}) => project.start({ settings: { storage: storage(), ...settings } })
  beforeEach(() => {
    project = new Project(
      {},
      { 'data/bots/bot/things/a.json': { n: 1 }, 'data/bots/bot/things/gone.json': {}, [`${HOOK}/other.js`]: 'return' }
    )
    project.hook(DO)
  })
  afterEach(() => project.close())

  const WRITE = `
    const ghost = bp.ghost.forBot('bot')
    await ghost.upsertFile('things', 'a.json', '{"n":2}')
    await ghost.upsertFile('things/deep', 'b.json', '{"n":3}')
    await ghost.deleteFile('things', 'gone.json')`
  const READ = `
    const ghost = bp.ghost.forBot('bot')
    return { a: await ghost.readFileAsObject('things', 'a.json'), list: await ghost.directoryListing('things', '*.json') }`

  it('outlive the engine, and the workspace stays as it was (R18.7)', async () => {
    await start()
    await doing(project, WRITE)
    await project.restart()
    assert.deepEqual(await doing(project, READ), { a: { n: 2 }, list: ['a.json', 'deep/b.json'] })
    assert.equal(readFileSync(join(project.root, 'data/bots/bot/things/a.json'), 'utf8'), '{"n":1}')
    assert.ok(existsSync(join(project.root, 'data/bots/bot/things/gone.json')))
    assert.ok(!existsSync(join(project.root, 'data/bots/bot/things/deep')))
  })

  it('give way to what the author saves later, whether the engine runs or not', async () => {
    await start()
    await doing(project, WRITE)
    const a = project.write('data/bots/bot/things/a.json', { n: 7 })
    await project.engine.call('changed', { files: [a] })
    const { a: now } = (await doing(project, READ)) as { a: unknown }
    assert.deepEqual(now, { n: 7 })
    const gone = project.write('data/bots/bot/things/gone.json', { n: 8 })
    const later = new Date(Date.now() + 60_000)
    utimesSync(gone, later, later)
    await project.restart()
    assert.deepEqual(await doing(project, READ), { a: { n: 7 }, list: ['a.json', 'deep/b.json', 'gone.json'] })
  })

  it('are gone when everything is forgotten', async () => {
    await start()
    await doing(project, WRITE)
    await project.engine.call('forget', {})
    assert.deepEqual(await doing(project, READ), { a: { n: 1 }, list: ['a.json', 'gone.json'] })
    await project.restart()
    assert.deepEqual(await doing(project, READ), { a: { n: 1 }, list: ['a.json', 'gone.json'] })
  })

  it('change the workspace where `writeThrough` allows it', async () => {
    await start({ writeThrough: true })
    await doing(project, WRITE)
    assert.equal(readFileSync(join(project.root, 'data/bots/bot/things/a.json'), 'utf8'), '{"n":2}')
    assert.ok(!existsSync(join(project.root, 'data/bots/bot/things/gone.json')))
    assert.ok(!existsSync(join(storage(), 'written')))
  })

  it('disableHook keeps a hook from running, also after a restart, until enableHook or the author’s save (R1.12)', async () => {
    await start()
    const other = ran(project, 'other.js')
    assert.equal(await other(), true)
    assert.equal(await doing(project, `return bp.experimental.disableHook('other', 'before_incoming_middleware')`), true)
    assert.equal(await other(), false)
    await project.restart()
    assert.equal(await other(), false)
    assert.equal(await doing(project, `return bp.experimental.enableHook('other', 'before_incoming_middleware')`), true)
    assert.equal(await other(), true)
    await doing(project, `return bp.experimental.disableHook('other', 'before_incoming_middleware')`)
    await project.engine.call('changed', { files: [project.write(`${HOOK}/other.js`, 'return')] })
    assert.equal(await other(), true)
    assert.equal(await doing(project, `return bp.experimental.disableHook('nobody', 'before_incoming_middleware')`), false)
  })

  it('createOrUpdateContentElement and mergeBotConfig last (R13.15, R18.5)', async () => {
    await start()
    const id = await doing(
      project,
      `
      await bp.config.mergeBotConfig('bot', { details: { phone: '1' } })
      const id = await bp.cms.createOrUpdateContentElement('bot', 'builtin_text', { text: 'hi' })
      await bp.cms.createOrUpdateContentElement('bot', 'builtin_text', { text: 'salut' }, id, 'fr')
      await bp.cms.createOrUpdateContentElement('bot', 'nothing', {}).catch(e => { if (!/not a valid/.test(e.message)) throw e })
      return id`
    )
    assert.match(String(id), /^builtin_text-\w{6}$/)
    await project.restart()
    const read = `
      const { formData } = await bp.cms.getContentElement('bot', '${id}')
      const { details, languages } = await bp.bots.getBotById('bot')
      return { formData, details, languages }`
    assert.deepEqual(await doing(project, read), {
      formData: { text$en: 'hi', text$fr: 'salut' },
      details: { phone: '1' },
      languages: ['en', 'fr']
    })
    assert.ok(!existsSync(join(project.root, 'data/bots/bot/content-elements')))
  })
})

describe('Files that hooks write below data/ take effect at once', () => {
  const node = (more: object) => ({ id: 'n-entry', name: 'entry', onEnter: [], next: [{ condition: 'true', node: 'END' }], ...more })
  const flow = (more: object) => JSON.stringify({ version: '0.0.1', startNode: 'entry', nodes: [node(more)] })
  const SAY = 'say #builtin_text {"text":"from the written flow"}'
  /** What is written, and what the bot then says to `hello there`. */
  const WRITTEN: Record<string, { write: string; says: string[] }> = {
    'a flow': {
      write: `await ghost.upsertFile('flows', 'main.flow.json', ${JSON.stringify(flow({ onEnter: [SAY] }))})`,
      says: ['from the written flow']
    },
    'a flow with its layout, and an action': {
      write: `await ghost.upsertFile('flows', 'more.flow.json', ${JSON.stringify(flow({ onEnter: ['shout {"text":"loud"}'] }))})
        await ghost.upsertFile('flows', 'more.ui.json', '{}')
        await ghost.upsertFile('actions', 'shout.js', 'return bp.events.replyToEvent(event, [{ type: "text", text: args.text }])')
        await ghost.upsertFile('flows', 'main.flow.json', ${JSON.stringify(flow({ next: [{ condition: 'true', node: 'more.flow.json' }] }))})`,
      says: ['loud']
    },
    'a content type with a helper, both required': {
      write: `await ghost.upsertFile('content-types', '_helper.js', 'exports.text = "of a new type"')
        await ghost.upsertFile('content-types', 'mine.js',
          'const { text } = require("./_helper"); module.exports = { id: "mine", jsonSchema: {}, renderElement: () => [{ type: "text", text }] }')
        await ghost.upsertFile('flows', 'main.flow.json', ${JSON.stringify(flow({ onEnter: ['say #mine {}'] }))})`,
      says: ['of a new type']
    },
    'an intent': {
      write: `await ghost.upsertFile('intents', 'greet.json', JSON.stringify({ name: 'greet', utterances: { en: ['hello there'] } }))
        await ghost.upsertFile('flows', 'main.flow.json', ${JSON.stringify(flow({ onEnter: ['say #builtin_text {"text":"{{event.nlu.intent.name}}"}'] }))})`,
      says: ['greet']
    },
    'a question with its answer': {
      write: `await ghost.upsertFile('qna', 'q.json', JSON.stringify({ id: 'q', data: { action: 'text', questions: { en: ['hello there'] }, answers: { en: ['an answer'] } } }))`,
      says: ['an answer']
    },
    'a library': {
      write: `await ghost.upsertFile('libraries', 'words.js', 'exports.text = "of a library"')
        await ghost.upsertFile('hooks/before_incoming_middleware', '0.js',
          'if (event.preview) return bp.events.replyToEvent(event, [{ type: "text", text: require("words").text }])')`,
      says: ['of a library', 'hello']
    }
  }
  for (const [title, { write, says }] of Object.entries(WRITTEN)) {
    it(`${title} (R18.7)`, async () => {
      const project = new Project()
      project.hook(DO.replace(/^.*\n/, `if (event.type !== 'do') return\n${DO.split('\n')[0]}\n`))
      try {
        await project.start()
        assert.deepEqual(said(await project.send('hello there')), ['hello'])
        await doing(project, `const ghost = bp.ghost.forBot('bot'); ${write}`)
        assert.deepEqual(said(await project.send({ target: 'bob', payload: { type: 'text', text: 'hello there' } })), says)
      } finally {
        await project.close()
      }
    })
  }
})
