import assert from 'node:assert/strict'
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { of, Project, said } from './project.ts'

const HOOKS = 'data/global/hooks/before_incoming_middleware'
const go = (node: string, condition = 'true') => ({ condition, node })
const say = (text: string) => `say #builtin_text ${JSON.stringify({ text })}`
const flow = (nodes: { name: string }[] & object[], more: object = {}) => ({
  version: '0.0.1',
  startNode: nodes[0]!.name,
  nodes: nodes.map(node => ({ id: `node-${node.name}`, ...node })),
  ...more
})
const stateOf = (trace: Parameters<typeof of>[0]) => of(trace, 'state-loaded')[0]!.state as Record<string, Record<string, unknown>>

async function withProject(project: Project, work: () => Promise<void>): Promise<void> {
  try {
    await project.start()
    await work()
  } finally {
    await project.close()
  }
}

describe('Hooks of one name, and files that cannot be read', () => {
  it('run global before the bot’s, folders before the file itself (R1.6)', async () => {
    const project = new Project({}, { [`${HOOKS}/same.js`]: '', [`${HOOKS}/mod/same.js`]: '', [`${HOOKS}/a.js`]: '' })
    project.hook('', 'same.js')
    await withProject(project, async () => {
      const files = of(await project.send(), 'hook-started').map(one => one.place.file)
      const own = files.filter(file => file.startsWith(project.root)).map(file => file.slice(project.root.length + '/data/'.length))
      const type = 'before_incoming_middleware'
      assert.deepEqual(own, [
        `global/hooks/${type}/a.js`,
        `global/hooks/${type}/mod/same.js`,
        `global/hooks/${type}/same.js`,
        `bots/bot/hooks/${type}/same.js`
      ])
    })
  })

  it('are none at all when one cannot be read; the trace names it once; each event tries again (R1.9)', async () => {
    const project = new Project({}, { [`${HOOKS}/a.js`]: '' })
    // A folder in the place of a file: no reader can read it, whatever its rights.
    const names = async () => {
      const trace = await project.send()
      const problem = of(trace, 'data-problem')[0]
      return { ran: of(trace, 'hook-started').some(one => one.name === 'a.js'), problem: problem?.problem }
    }
    mkdirSync(join(project.root, 'data/bots/bot/hooks'), { recursive: true })
    project.write('data/bots/bot/hooks/before_incoming_middleware', 'a file where a folder is expected')
    await withProject(project, async () => {
      const { ran, problem } = await names()
      assert.equal(ran, false)
      assert.match(problem ?? '', /No hook of type before_incoming_middleware runs: .*ENOTDIR/)
      assert.deepEqual(await names(), { ran: false, problem: undefined })
      rmSync(join(project.root, 'data/bots/bot/hooks/before_incoming_middleware'))
      assert.equal((await names()).ran, true)
    })
  })

  it('a stock hook rests where the workspace has a copy of it: switched off (R1.11), or put into another order (R1.10)', async () => {
    const copies = 'data/global/hooks/after_incoming_middleware/builtin'
    for (const [files, expected] of [
      [{}, 'skipped'],
      [{ [`${copies}/another.js`]: '' }, 'skipped'],
      [{ [`${copies}/.__00_dialog_engine.js`]: '' }, 'dialog'],
      [{ [`${copies}/.00_dialog_engine.js`]: '' }, 'dialog'],
      [{ [`${copies}/90_dialog_engine.js`]: '' }, 'dialog']
    ] as const) {
      const project = new Project(undefined, files)
      await withProject(project, async () => {
        assert.equal(of(await project.send({ type: 'visit' }), 'decision-made')[0]?.outcome, expected)
      })
    }
  })
})

describe('State', () => {
  it('is kept as JSON: a Date comes back as text, a Map empty, a function not at all (R3.29)', async () => {
    const project = new Project()
    project.hook(`if (event.preview === 'set') {
      Object.assign(event.state.session, { when: new Date(0), map: new Map([[1, 2]]), work: () => 1 })
      event.state.session.same = event.state.session.when instanceof Date && event.state.session.map.get(1) === 2
    }`)
    await withProject(project, async () => {
      await project.send('set')
      const { session } = stateOf(await project.send('look'))
      const { when, map, work, same } = session as Record<string, unknown>
      assert.deepEqual({ when, map, work, same }, { when: '1970-01-01T00:00:00.000Z', map: {}, work: undefined, same: true })
    })
  })

  it('overwrites attributes that were written past it in the same event, unless it is not saved (R6.6)', async () => {
    const project = new Project()
    project.hook(`if (event.preview === 'skipped') event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
      if (event.preview === 'look') return
      return bp.users.updateAttributes(event.channel, event.target, { written: event.preview })`)
    await withProject(project, async () => {
      await project.send('saved')
      assert.equal(stateOf(await project.send('look')).user!.written, undefined)
      await project.send('skipped')
      assert.equal(stateOf(await project.send('look')).user!.written, 'skipped')
    })
  })

  it('whose session lost its workflows stops the flow, for later events too (R6.7)', async () => {
    const project = new Project()
    project.hook(`if (event.preview === 'break') event.state.session = { mine: 1 }`)
    await withProject(project, async () => {
      assert.deepEqual(said(await project.send('hi')), ['hello'])
      assert.deepEqual(said(await project.send('break')), [])
      const later = await project.send('later')
      assert.deepEqual(said(later), [])
      assert.ok(of(later, 'dialog-instruction').some(one => one.error !== undefined))
    })
  })

  it('lists the nodes that were visited; those of skills are out before after_event_processed (R10.15)', async () => {
    const project = new Project({
      'flows/main.flow.json': flow([
        { name: 'a', onEnter: [say('a')], onReceive: null, next: [go('pick')] },
        { name: 'pick', type: 'skill-call', skill: 'choice', flow: 'skills/s.flow.json', next: [go('END')] }
      ]),
      'flows/skills/s.flow.json': flow([
        { name: 'in', onEnter: ['builtin/setVariable {"type":"temp","name":"x","value":"1"}'], onReceive: null, next: [go('#')] }
      ])
    })
    project.hook('bp.logger.info(JSON.stringify(event.state.__stacktrace))', '1.js', 'after_event_processed')
    await withProject(project, async () => {
      const trace = await project.send('hi')
      assert.ok(of(trace, 'dialog-entered').some(one => one.flow === 'skills/s.flow.json'))
      const visited = JSON.parse(of(trace, 'log').find(one => one.message.startsWith('['))!.message) as { flow: string; node: string }[]
      assert.deepEqual(visited[0], { flow: 'main.flow.json', node: 'a' })
      assert.ok(visited.every(one => one.flow === 'main.flow.json'))
    })
  })
})

describe('Flags and replies', () => {
  it('flags stay on their event: a reply has none, and a flag on a reply stops nothing (R5.8, R7.9)', async () => {
    const project = new Project()
    project.hook('event.setFlag(bp.IO.WellKnownFlags.SKIP_QNA_PROCESSING, true)')
    project.hook(
      `const had = Object.getOwnPropertySymbols(event.flags).length
      for (const flag of Object.values(bp.IO.WellKnownFlags)) event.setFlag(flag, true)
      bp.logger.info('had ' + had)
      event.payload.text = event.payload.text + '!'`,
      '1.js',
      'before_outgoing_middleware'
    )
    project.write(
      'data/global/hooks/after_server_start/1.js',
      `bp.events.registerMiddleware({ name: 'look', description: 'x', direction: 'outgoing', order: 9999, handler: (reply, next) => {
        bp.logger.info('left ' + reply.payload.text); next() } })`
    )
    await withProject(project, async () => {
      const messages = of(await project.send('hi'), 'log').map(one => one.message)
      assert.ok(messages.includes('had 0'), messages.join())
      assert.ok(messages.includes('left hello!'), messages.join())
    })
  })
})

describe('Flows, at their edges', () => {
  it('a transition to a missing node or flow leads to the error flow (R10.10)', async () => {
    for (const target of ['nowhere', 'nothing.flow.json']) {
      const project = new Project({
        'flows/main.flow.json': flow([{ name: 'a', onEnter: [say('a')], onReceive: null, next: [go(target)] }]),
        'flows/error.flow.json': flow([{ name: 'entry', onEnter: [say('sorry')], onReceive: null, next: [go('END')] }])
      })
      await withProject(project, async () => assert.deepEqual(said(await project.send('hi')), ['a', 'sorry'], target))
    }
  })

  it('a flow’s own `timeoutNode` is not honoured, the node’s own `timeout` is, before a node of that name (R10.17, R12.3)', async () => {
    const bot = (node: object) => ({
      'flows/main.flow.json': flow(
        [
          { name: 'a', onEnter: [say('a')], onReceive: [], next: [go('END', "event.preview === 'done'"), go('a')], ...node },
          { name: 'own', onEnter: [say('own')], onReceive: null, next: [go('END')] },
          { name: 'whole', onEnter: [say('whole')], onReceive: null, next: [go('END')] },
          ...('timeout' in node ? [{ name: 'timeout', onEnter: [say('timeout')], onReceive: null, next: [go('END')] }] : [])
        ],
        { timeoutNode: 'whole' }
      )
    })
    for (const [node, expected] of [
      [{ timeout: { name: 'own' } }, ['own']],
      [{}, []]
    ] as const) {
      const project = new Project(bot(node))
      await withProject(project, async () => {
        await project.send('hi')
        const from = project.trace.length
        await project.engine.call('timeOut', { botId: 'bot', target: 'ann' })
        await project.settle()
        assert.deepEqual(said(project.trace.slice(from)), expected)
      })
    }
  })

  it('a conversation that times out five times in a row is taken for a loop until the visitor says something (R12.5)', async () => {
    const project = new Project({
      'flows/main.flow.json': flow([{ name: 'a', onEnter: [say('a')], onReceive: [], next: [go('END')] }]),
      'flows/timeout.flow.json': flow([{ name: 't', onEnter: [say('still there?')], onReceive: null, next: [go('END')] }])
    })
    await withProject(project, async () => {
      await project.send('hi')
      const timeOut = async () => {
        const from = project.trace.length
        await project.engine.call('timeOut', { botId: 'bot', target: 'ann' })
        await project.settle()
        return of(project.trace.slice(from), 'event-ended').some(one => one.outcome === 'failed')
      }
      const row = []
      for (let count = 0; count < 6; count++) row.push(await timeOut())
      assert.deepEqual(row, [false, false, false, false, false, true])
      await project.send('here')
      assert.equal(await timeOut(), false)
    })
  })
})
