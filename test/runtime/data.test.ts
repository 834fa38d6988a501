import assert from 'node:assert/strict'
import { closeSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { EntryOf, Report } from '../../src/trace/entry.ts'
import { GREETING, of, Project, said } from './project.ts'

const SKIP = 'event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)'
const node = (name: string, more: object = {}) => ({ id: `node-${name}`, name, onEnter: [], next: [], ...more })
const flow = (...nodes: { name: string }[]) => ({ version: '0.0.1', startNode: nodes[0]!.name, nodes })
/** As the studio writes it: a line for each value. */
const lines = (value: unknown) => JSON.stringify(value, null, 2)
const lineOf = (text: string, part: string) => text.slice(0, text.indexOf(part)).split('\n').length

/** A project with these files below its bot's folder, where a hook answers `ping`. */
async function withFiles(files: Record<string, unknown>, work: (project: Project) => Promise<void>): Promise<void> {
  const project = new Project({ ...GREETING, ...files })
  project.hook(`if (event.type === 'ping') { ${SKIP}; return bp.events.replyToEvent(event, [{ type: 'text', text: 'pong' }]) }`, '9.js')
  try {
    await project.start()
    await work(project)
    // Whatever is broken: the rest runs.
    assert.deepEqual(said(await project.send({ type: 'ping' })), ['pong'])
  } finally {
    await project.close()
  }
}

/** The one problem of a trace, its file relative to the bot's folder. */
function problemIn(project: Project, trace: Report[] = project.trace): { file: string; line: number | undefined; problem: string } {
  const problems = of(trace, 'data-problem')
  assert.equal(problems.length, 1, JSON.stringify(problems))
  const { place, problem } = problems[0] as EntryOf<'data-problem'>
  return { file: place.file.slice(join(project.root, 'data/bots/bot/').length), line: place.line, problem }
}

describe('A file that cannot be used is one entry with its place, and the rest runs', () => {
  /** What a broken text says of itself: some errors V8 gives no place for. */
  const BROKEN: [string, string, number][] = [
    ['a comma too many', '{\n  "version": "0.0.1",\n  "nodes": [],\n}', 4],
    ['a comma too few', '{\n  "version": "0.0.1"\n  "nodes": []\n}', 3],
    ['no end', '{\n  "version": "0.0.1",\n  "nodes": [', 3],
    ['a comment', '{\n  // a remark\n  "version": "0.0.1"\n}', 2],
    ['a text in single quotes', '{\n  "version": \'0.0.1\'\n}', 2],
    ['text after the end', '{}\n\nx', 3],
    ['nothing at all', '', 1]
  ]
  for (const [title, text, line] of BROKEN) {
    it(`a flow with ${title}: none of the bot's flows run (R10.16)`, () =>
      withFiles({ 'flows/broken.flow.json': text }, async project => {
        const trace = await project.send('hi')
        assert.deepEqual(said(trace), [])
        const found = problemIn(project, trace)
        assert.deepEqual([found.file, found.line], ['flows/broken.flow.json', line])
        assert.match(found.problem, /JSON.*none of the bot's flows\./)
        assert.equal(of(await project.send('again'), 'data-problem').length, 0)
      }))
  }

  it('a node of an unknown type works like any other', () => {
    const text = lines(flow(node('entry', { onEnter: ['say #builtin_text {"text":"hi"}'] }), node('odd', { type: 'standrad' })))
    return withFiles({ 'flows/main.flow.json': text }, async project => {
      assert.deepEqual(said(await project.send('hi')), ['hi'])
      const { problem, ...place } = problemIn(project)
      assert.deepEqual(place, { file: 'flows/main.flow.json', line: lineOf(text, 'standrad') })
      assert.match(problem, /Node "odd" has the type "standrad", which does not exist.*Types are standard, /)
    })
  })

  it('missing content, an action that does not exist, a transition that leads nowhere: the line in the flow', async () => {
    const text = lines(
      flow(
        node('entry', {
          next: [
            { condition: 'event.preview === "say"', node: 'say' },
            { condition: 'event.preview === "act"', node: 'act' },
            { condition: 'true', node: 'nowhere' }
          ]
        }),
        node('say', { onEnter: ['say #!builtin_text-gone'] }),
        node('act', { onEnter: ['vanish {"a":1}'] })
      )
    )
    const error = lines(flow(node('entry', { onEnter: ['say #builtin_text {"text":"sorry"}'] })))
    await withFiles({ 'flows/main.flow.json': text, 'flows/error.flow.json': error }, async project => {
      const file = join(project.root, 'data/bots/bot/flows/main.flow.json')
      const say = of(await project.send({ target: 'a', payload: { text: 'say' } }), 'dialog-instruction').find(one => one.error)
      assert.match(say?.error?.message ?? '', /"!builtin_text-gone" not found/)
      assert.deepEqual([say?.error?.place?.file, say?.error?.place?.line], [file, lineOf(text, 'say #!')])
      const act = await project.send({ target: 'b', payload: { text: 'act' } })
      const logged = of(act, 'log').find(one => one.level === 'error')
      assert.match(logged?.message ?? '', /Action "vanish" not found/)
      assert.deepEqual([logged?.place?.file, logged?.place?.line], [file, lineOf(text, 'vanish')])
      assert.deepEqual(said(act), ['sorry'])
      const lost = of(await project.send({ target: 'c', payload: { text: 'x' } }), 'dialog-failed')[0]
      assert.match(lost?.error.message ?? '', /Node not found: nowhere/)
      assert.deepEqual([lost?.error.place?.file, lost?.error.place?.line], [file, lineOf(text, '"nowhere"')])
    })
  })

  it('an action that fails is named with its own line', () =>
    withFiles(
      { 'actions/fails.js': '\n\nthrow new Error("broken")', 'flows/main.flow.json': flow(node('entry', { onEnter: ['fails'] })) },
      async project => {
        const logged = of(await project.send('hi'), 'log').find(one => one.level === 'error')
        assert.deepEqual(logged?.place?.file.endsWith('actions/fails.js') && logged.place.line, 3)
      }
    ))

  const JSON_FILES = ['content-elements/builtin_text.json', 'intents/buy.json', 'entities/size.json', 'qna/hours.json']
  for (const path of JSON_FILES) {
    it(`${path} that is not JSON`, () =>
      withFiles({ [path]: '{\n\n  "id" }' }, async project => {
        const trace = await project.send('hi')
        if (path.startsWith('content')) await project.send({ type: 'x' })
        const used = path.startsWith('content') ? await contentProblem(project) : trace
        assert.deepEqual(problemIn(project, used).file, path)
        assert.equal(problemIn(project, used).line, 3)
        assert.deepEqual(said(trace), ['hello'])
      }))
  }

  it('an entity whose pattern is none', () =>
    withFiles({ 'entities/code.json': { name: 'code', type: 'pattern', pattern: '[A-Z' } }, async project => {
      assert.deepEqual(said(await project.send('hi')), ['hello'])
      assert.match(problemIn(project).problem, /Invalid regular expression: \/\[A-Z\//)
    }))

  /** Content is read when it is first asked for. */
  async function contentProblem(project: Project): Promise<Report[]> {
    project.hook('return bp.cms.listContentElements("bot").then(() => {})')
    await project.engine.call('changed', { files: [join(project.root, 'data/bots/bot/hooks/before_incoming_middleware/1.js')] })
    return project.send('again')
  }

  it('a content type that throws, at its line', () =>
    withFiles({ 'content-types/card.js': '\nmodule.exports = missing' }, async project => {
      await project.send('hi')
      const { problem, ...place } = problemIn(project)
      assert.deepEqual(place, { file: 'content-types/card.js', line: 2 })
      assert.match(problem, /missing is not defined/)
    }))

  it('durations of the configuration that are numbers are milliseconds; empty ones are as if they were not there', async () => {
    const project = new Project(
      GREETING,
      {
        'data/global/botpress.config.json': {
          dialog: { janitorInterval: '', sessionTimeoutInterval: 90_000 },
          botMonitoring: { interval: '' }
        }
      },
      { dialog: { timeoutInterval: 60_000 } }
    )
    project.hook("bp.logger.info('timed out')", 'out.js', 'before_session_timeout')
    await project.start()
    await project.send('hi')
    const from = project.trace.length
    await project.engine.call('advance', { ms: 59_000 })
    assert.deepEqual(of(project.trace.slice(from), 'log'), [])
    await project.engine.call('advance', { ms: 12_000 })
    assert.deepEqual(
      of(project.trace.slice(from), 'log').map(({ message }) => message),
      ['timed out']
    )
    await project.close()
  })

  it('the configuration of another bot', async () => {
    const project = new Project(undefined, { 'data/bots/other/bot.config.json': '{\n"id": "other",\n}' })
    try {
      await project.start()
      const [problem] = of(project.trace, 'data-problem')
      assert.ok(problem?.place.file.endsWith('other/bot.config.json'))
      assert.equal(problem?.place.line, 3)
      assert.match(problem!.problem, /^data\/bots\/other\/bot\.config\.json cannot be read, so the bot “other” is not there: /)
      assert.deepEqual(of(project.trace, 'engine-started')[0]?.bots, ['bot'])
      assert.deepEqual(said(await project.send('hi')), ['hello'])
    } finally {
      await project.close()
    }
  })

  describe('the database', function () {
    this.timeout(30_000)
    const settings = (project: Project) => ({ settings: { storage: join(project.root, 'storage') } })

    it('that another program has locked is told of for the event that fails; the next one works', async () => {
      const project = new Project()
      try {
        await project.start(settings(project))
        await project.send('hi')
        const other = new DatabaseSync(join(project.root, 'storage/core.sqlite'))
        other.exec('BEGIN IMMEDIATE')
        const trace = await project.send({ payload: { text: 'x' }, target: 'bob' })
        other.exec('COMMIT')
        other.close()
        const problems = of(trace, 'data-problem')
        assert.ok(problems.length > 0)
        assert.ok(problems[0]?.place.file.endsWith('core.sqlite'))
        assert.match(problems[0]?.problem ?? '', /locked/)
        assert.deepEqual(said(await project.send({ payload: { text: 'x' }, target: 'bob' })), ['hello'])
      } finally {
        await project.close()
      }
    })

    it('with damaged pages is left alone; the engine works in memory', async () => {
      const project = new Project()
      try {
        await project.start(settings(project))
        for (let index = 0; index < 20; index++) await project.send({ target: `v${index}`, payload: { text: 'x'.repeat(2000) } })
        await project.engine.close()
        const file = openSync(join(project.root, 'storage/core.sqlite'), 'r+')
        for (let page = 2; page < 12; page++) writeSync(file, Buffer.alloc(2000, 0x5a), 0, 2000, page * 4096)
        closeSync(file)
        project.trace.length = 0
        await project.start(settings(project))
        const problems = of(project.trace, 'data-problem')
        assert.equal(problems.length, 1)
        assert.match(problems[0]?.problem ?? '', /cannot be used \(database disk image is malformed.*kept in memory/)
        assert.deepEqual(said(await project.send('hi')), ['hello'])
      } finally {
        await project.close()
      }
    })
  })
})
