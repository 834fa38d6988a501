import assert from 'node:assert/strict'
import { of, Project, said } from './project.ts'

type Node = Record<string, unknown>
const flow = (nodes: Node[], more: object = {}) => ({
  version: '0.0.1',
  startNode: nodes[0]!.name,
  nodes: nodes.map(node => ({ id: `node-${node.name}`, ...node })),
  ...more
})
const say = (text: string) => `say #builtin_text ${JSON.stringify({ text })}`
const go = (node: string, condition = 'true') => ({ condition, node })

/** Sends texts one after the other and returns what the bot said to each. */
async function talk(
  bot: Record<string, unknown>,
  texts: (string | object)[],
  options: { hook?: string; files?: Record<string, unknown> } = {}
) {
  const project = new Project(bot, options.files)
  if (options.hook) project.hook(options.hook)
  try {
    await project.start()
    const answers: unknown[][] = []
    for (const text of texts) answers.push(said(await project.send(text as never)))
    return { answers, trace: project.trace }
  } finally {
    await project.close()
  }
}

const OFFER = {
  'flows/main.flow.json': flow(
    [
      { name: 'start', onEnter: [], onReceive: null, next: [go('offer', "event.type === 'proactive-trigger' && session.page"), go('ask')] },
      { name: 'offer', onEnter: [say('Need help with {{session.page}}?')], onReceive: null, next: [go('ask')] },
      {
        name: 'ask',
        onEnter: [say('What is your name?')],
        onReceive: ['builtin/setVariable {"type":"user","name":"name","value":"{{event.preview}}"}'],
        next: [go('bye', 'user.name'), go('ask')]
      },
      { name: 'bye', onEnter: [say('Thanks, {{user.name}}.')], onReceive: null, next: [go('END')] }
    ],
    { catchAll: { onReceive: [], next: [go('start', "event.preview === 'restart'")] } }
  )
}
const TRIGGER = {
  type: 'proactive-trigger',
  payload: { type: 'proactive-trigger', payload: { type: 'proactive-trigger', payload: { page: 'Pricing' } } }
}
const PAGE_HOOK = `if (event.type === 'proactive-trigger' && event.channel === 'web') {
  const sent = event.payload.payload
  event.state.session.page = (sent && sent.payload && sent.payload.page) || 'this page'
}`

describe('Flows', () => {
  it('walk the reference’s example: trigger, answer, trigger again, a trigger taken as the answer, restart (R7.12, F13)', async () => {
    const { answers } = await talk(OFFER, [TRIGGER, 'Ann', TRIGGER, TRIGGER, 'restart'], { hook: PAGE_HOOK })
    const offer = ['Need help with Pricing?', 'What is your name?']
    assert.deepEqual(answers, [offer, ['Thanks, Ann.'], offer, ['What is your name?'], ['What is your name?']])
  })

  it('go into a flow and back: `#` runs the caller’s transitions only, `##` its whole node (R10.6)', async () => {
    const main = (target: string) => ({
      'flows/main.flow.json': flow([
        { name: 'a', onEnter: [say('a')], onReceive: null, next: [go('sub.flow.json', '!temp.been'), go('END')] },
        { name: 'b', onEnter: [say('b')], onReceive: null, next: [go('END')] }
      ]),
      'flows/sub.flow.json': flow([
        {
          name: 's',
          onEnter: [say('s'), 'builtin/setVariable {"type":"temp","name":"been","value":"yes"}'],
          onReceive: null,
          next: [go(target)]
        }
      ])
    })
    for (const [target, expected] of [
      ['#', ['a', 's']],
      ['##', ['a', 's', 'a']],
      ['#b', ['a', 's']],
      ['##b', ['a', 's', 'b']]
    ] as const) {
      assert.deepEqual((await talk(main(target), ['hi'])).answers, [[...expected]], target)
    }
  })

  it('enter a skill’s flow and return to the calling node’s transitions (R10.5)', async () => {
    const bot = {
      'flows/main.flow.json': flow([
        { name: 'pick', type: 'skill-call', skill: 'choice', flow: 'skills/choice-1.flow.json', next: [go('done')] },
        { name: 'done', onEnter: [say('done')], onReceive: null, next: [go('END')] }
      ]),
      'flows/skills/choice-1.flow.json': flow([{ name: 'entry', onEnter: [say('which?')], onReceive: [], next: [go('#')] }])
    }
    assert.deepEqual((await talk(bot, ['hi', 'this'])).answers, [['which?'], ['done']])
  })

  it('stop at the third visit of a node, clearing context and temp (R10.11)', async () => {
    const { answers, trace } = await talk(
      { 'flows/main.flow.json': flow([{ name: 'a', onEnter: [say('a')], onReceive: null, next: [go('a')] }]) },
      ['hi']
    )
    assert.deepEqual(answers, [['a', 'a']])
    assert.match(of(trace, 'dialog-failed')[0]!.error.message, /Endless loop/)
    assert.deepEqual(of(trace, 'state-saved')[0]?.parts, ['user', 'session', 'context', 'temp'])
  })

  it('go to the error flow after a failing or unknown action, or to temp.onErrorFlowTo (R10.10)', async () => {
    const bot = (first: string[]) => ({
      'flows/main.flow.json': flow([{ name: 'a', onEnter: [...first, 'shop/broken'], onReceive: null, next: [go('END')] }]),
      'flows/error.flow.json': flow([{ name: 'entry', onEnter: [say('sorry')], onReceive: null, next: [go('END')] }]),
      'flows/own.flow.json': flow([{ name: 'entry', onEnter: [say('own')], onReceive: null, next: [go('END')] }]),
      'actions/shop/broken.js': 'throw new Error("no stock")'
    })
    assert.deepEqual((await talk(bot([]), ['hi'])).answers, [['sorry']])
    const own = 'builtin/setVariable {"type":"temp","name":"onErrorFlowTo","value":"own.flow.json"}'
    assert.deepEqual((await talk(bot([own]), ['hi'])).answers, [['own']])
    assert.deepEqual((await talk(bot(['no/such']), ['hi'])).answers, [['sorry']])
  })

  it('end a turn silently at a missing element or bad JSON, and run into it again with the next event (R10.9, F7, F8)', async () => {
    for (const bad of ['say #!builtin_text-none', 'say #builtin_text {bad}', 'builtin/setVariable {bad}']) {
      const { answers, trace } = await talk(
        { 'flows/main.flow.json': flow([{ name: 'a', onEnter: [say('one'), bad], onReceive: null, next: [go('END')] }]) },
        ['hi', 'again']
      )
      assert.deepEqual(answers, [['one'], []], bad)
      assert.equal(of(trace, 'dialog-instruction').filter(one => one.error).length, 2)
    }
  })

  it('take a TypeError in a condition as false, and stop the turn for any other error (R10.8)', async () => {
    const bot = (condition: string) => ({
      'flows/main.flow.json': flow([
        { name: 'a', onEnter: [], onReceive: null, next: [go('x', condition), go('y')] },
        { name: 'x', onEnter: [say('x')], onReceive: null, next: [go('END')] },
        { name: 'y', onEnter: [say('y')], onReceive: null, next: [go('END')] }
      ])
    })
    assert.deepEqual((await talk(bot('session.nothing.deep'), ['hi'])).answers, [['y']])
    assert.deepEqual((await talk(bot('nobody'), ['hi'])).answers, [[]])
    assert.deepEqual((await talk(bot(''), ['hi'])).answers, [['y']])
    assert.deepEqual((await talk(bot('Promise.resolve(true)'), ['hi'])).answers, [['x']])
    assert.deepEqual((await talk(bot('require("fs")'), ['hi'])).answers, [[]])
    assert.deepEqual((await talk(bot('typeof bp === "undefined"'), ['hi'])).answers, [['x']])
  })

  it('know the last node (F11), find flows in any letter case (R10.1) and evaluate the catch-all first after a jump (R10.13)', async () => {
    const bot = {
      'flows/main.flow.json': flow([
        { name: 'a', onEnter: [], onReceive: null, next: [go('b')] },
        { name: 'b', onEnter: [], onReceive: null, next: [go('Other.flow.json', 'lastNode=a'), go('END')] }
      ]),
      'flows/other.flow.json': flow([{ name: 'entry', onEnter: [say('other')], onReceive: [], next: [go('END')] }], {
        catchAll: { next: [go('main.flow.json', 'temp.divert')] }
      })
    }
    assert.deepEqual((await talk(bot, ['hi'])).answers, [['other']])
    const jump = `if (event.preview === 'jump') { event.state.temp.divert = true; return bp.dialog.jumpTo(bp.dialog.createId(event), event, 'OTHER') }`
    const { trace } = await talk(bot, ['jump'], { hook: jump })
    assert.deepEqual(
      of(trace, 'dialog-entered')
        .slice(0, 2)
        .map(one => `${one.flow}#${one.node}`),
      ['other.flow.json#entry', 'main.flow.json#a']
    )
  })

  it('render say_something nodes, and actions with their arguments and names (R11.2 to R11.5, F6)', async () => {
    const bot = {
      'flows/main.flow.json': flow([
        { name: 'a', onEnter: ['greet {"who":"{{event.preview}}","raw":{"x":"{{event.preview}}"}}'], onReceive: null, next: [go('b')] },
        {
          name: 'b',
          type: 'say_something',
          content: { contentType: 'builtin_text', formData: { text$en: 'B {{temp.out}}' } },
          next: [go('END')]
        }
      ]),
      'actions/greet.js': `const run = async () => {
  temp.out = [args.who, args.raw.x, session === event.state.session, typeof user, typeof bp.events, typeof workflow].join()
}
return run()`
    }
    assert.deepEqual((await talk(bot, ['Ann'])).answers, [
      ['B Ann,{{event.preview}},true,object,object,undefined'.replace('{{event.preview}}', 'Ann')]
    ])
  })

  it('are none at all when one is invalid or has no layout; the trace names the file and the event still ends (R10.16)', async () => {
    const project = new Project({ 'flows/main.flow.json': flow([{ name: 'a', onEnter: [say('a')], onReceive: null, next: [] }]) })
    const file = project.write('data/bots/bot/flows/bad.flow.json', '{ "version": ')
    project.write('data/bots/bot/flows/bad.ui.json', {})
    try {
      await project.start()
      const trace = await project.send('hi')
      assert.deepEqual(said(trace), [])
      assert.equal(of(trace, 'data-problem')[0]?.place.file, file)
      assert.match(of(trace, 'dialog-failed')[0]!.error.message, /^Flow not found: main\.flow\.json, Bot: bot/)
      assert.equal(of(trace, 'event-ended').at(-1)?.outcome, 'completed')
    } finally {
      await project.close()
    }
  })

  it('say good-bye through conversation_end, after the hooks (R10.14, E1)', async () => {
    const bot = {
      'flows/main.flow.json': flow([{ name: 'a', onEnter: [say('a')], onReceive: null, next: [go('END')] }]),
      'flows/conversation_end.flow.json': flow([{ name: 'e', onEnter: [say('{{temp.farewell}}')], onReceive: null, next: [go('END')] }]),
      'hooks/before_conversation_end/1.js': "event.state.temp.farewell = 'Bye ' + event.target"
    }
    assert.deepEqual((await talk(bot, ['hi'])).answers, [['a', 'Bye ann']])
  })
})

describe('The janitor', () => {
  const waiting = (more: object) => ({
    'flows/main.flow.json': flow([
      { name: 'a', onEnter: [say('a')], onReceive: [], next: [go('END')] },
      ...((more as { nodes?: Node[] }).nodes ?? [])
    ])
  })

  it('takes a stale context to the node `timeout`, else to the flow `timeout`, after its hooks, and keeps the session (R12)', async () => {
    const node = { nodes: [{ name: 'timeout', onEnter: [say('node {{event.type}}')], onReceive: null, next: [go('END')] }] }
    const timeoutFlow = { 'flows/timeout.flow.json': flow([{ name: 'e', onEnter: [say('flow')], onReceive: null, next: [go('END')] }]) }
    for (const [bot, expected] of [
      [{ ...waiting(node), ...timeoutFlow }, ['node timeout']],
      [{ ...waiting({}), ...timeoutFlow }, ['flow']],
      [waiting({}), []]
    ] as const) {
      const project = new Project(bot)
      project.hook('event.state.session.asked = (event.state.session.asked || 0) + 1', '1.js', 'before_session_timeout')
      try {
        await project.start()
        await project.send('hi')
        const from = project.trace.length
        await project.engine.call('advance', { ms: 26 * 60_000 })
        await project.settle()
        assert.deepEqual(said(project.trace.slice(from)), expected)
        const loaded = of(await project.send('back'), 'state-loaded')[0]!.state as { session: object; context: object }
        assert.deepEqual(loaded.context, {})
        assert.equal((loaded.session as { asked: number }).asked, 1)
      } finally {
        await project.close()
      }
    }
  })

  it('is staged for one conversation by the call `timeOut`, which leaves the others waiting (R12)', async () => {
    const node = { nodes: [{ name: 'timeout', onEnter: [say('node {{event.type}}')], onReceive: null, next: [go('END')] }] }
    const project = new Project(waiting(node))
    project.hook(
      'bp.logger.info(event.target + " " + event.threadId + " " + event.state.context.currentNode)',
      '1.js',
      'before_session_timeout'
    )
    try {
      await project.start()
      await project.send({ payload: { type: 'text', text: 'hi' }, threadId: '7' })
      await project.send({ payload: { type: 'text', text: 'hi' }, target: 'bob', threadId: '8' })
      const from = project.trace.length
      const { eventId } = await project.engine.call('timeOut', { botId: 'bot', target: 'ann', threadId: 7 })
      await project.settle()
      const trace = project.trace.slice(from)
      assert.deepEqual(said(trace), ['node timeout'])
      assert.match(of(trace, 'log')[0]?.message ?? '', /^ann 7 \w+$/)
      assert.equal(of(trace, 'event-ended').find(one => one.eventId === eventId)?.outcome, 'completed')
      const context = async (target: string, threadId: string) =>
        (of(await project.send({ target, threadId }), 'state-loaded')[0]!.state as { context: object }).context
      assert.deepEqual(await context('ann', '7'), {})
      assert.notDeepEqual(await context('bob', '8'), {})
      await assert.rejects(project.engine.call('timeOut', { botId: 'nobot', target: 'ann' }), /no bot "nobot"/)
      await assert.rejects(project.engine.call('timeOut', { botId: 'bot' }), /Whose conversation/)
    } finally {
      await project.close()
    }
  })

  it('tells of a session that ends with its context still there: the hook for time-outs is never called (R6.8, R12.2)', async () => {
    for (const [dialog, told] of [
      [{ timeoutInterval: '2m', sessionTimeoutInterval: '2m' }, true],
      [{ timeoutInterval: '2m', sessionTimeoutInterval: '30m' }, false]
    ] as const) {
      const project = new Project(waiting({}), {}, { dialog })
      const file = project.hook('bp.logger.info("called")', 'bye.js', 'before_session_timeout')
      try {
        await project.start()
        await project.send('hi')
        await project.engine.call('advance', { ms: 40 * 60_000 })
        const { trace } = project
        assert.equal(
          of(trace, 'log').some(({ message }) => message === 'called'),
          !told
        )
        assert.deepEqual(
          of(trace, 'session-expired').map(({ at: _, kind: __, ...rest }) => rest),
          told
            ? [
                {
                  sessionId: 'bot::web::ann',
                  botId: 'bot',
                  channel: 'web',
                  target: 'ann',
                  flow: 'main.flow.json',
                  node: 'a',
                  contextMs: 120_000,
                  sessionMs: 120_000,
                  hooks: [{ name: 'bye.js', place: { file } }]
                }
              ]
            : []
        )
      } finally {
        await project.close()
      }
    }
  })

  it('deletes a session that was left for half an hour (R6.8)', async () => {
    const project = new Project(waiting({}))
    try {
      await project.start()
      await project.send('hi')
      await project.engine.call('advance', { ms: 61 * 60_000 })
      const [loaded] = of(await project.send('back'), 'state-loaded')
      assert.equal(loaded?.newSession, true)
    } finally {
      await project.close()
    }
  })

  it('notices what a script has written among the sessions, and that it took it back (R6.8, R15)', async () => {
    const project = new Project(waiting({}))
    project.hook(`if (event.preview !== 'stale' && event.preview !== 'fresh') return
      event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
      const at = new Date(event.preview === 'stale' ? 0 : '2100-01-01')
      return bp.database('dialog_sessions').where('id', 'like', '%bob%').update({ context_expiry: at.toISOString(), session_expiry: at.toISOString() })`)
    try {
      await project.start()
      const isNew = async () => {
        const [loaded] = of(await project.send({ payload: { type: 'text', text: 'hi' }, target: 'bob' }), 'state-loaded')
        return loaded?.newSession
      }
      const tenSeconds = () => project.engine.call('advance', { ms: 11_000 })
      assert.equal(await isNew(), true)
      await tenSeconds()
      await project.send('stale')
      await project.send('fresh')
      await tenSeconds()
      assert.equal(await isNew(), false)
      await project.send('stale')
      await tenSeconds()
      assert.equal(await isNew(), true)
    } finally {
      await project.close()
    }
  })
})

describe('The skill “choice”', () => {
  const ID = 'x1'
  const variable = (name: string) => `temp['skill-choice-${name}-${ID}']`
  const data = JSON.stringify({ randomId: ID, keywords: { YES: ['yes', 'sure'], NO: ['no', 'intent-refuse'] } })
  const skill = {
    version: '0.0.1',
    startNode: 'entry',
    nodes: [
      {
        id: 'n-entry',
        name: 'entry',
        onEnter: ['say #builtin_text {"text":"Really?"}'],
        onReceive: null,
        next: [{ condition: 'true', node: 'parse' }]
      },
      {
        id: 'n-parse',
        name: 'parse',
        onEnter: [],
        onReceive: [`basic-skills/choice_parse_answer ${data}`],
        next: [
          { condition: `${variable('valid')} === true`, node: '#' },
          { condition: 'true', node: 'invalid' }
        ]
      },
      {
        id: 'n-invalid',
        name: 'invalid',
        onEnter: [`basic-skills/choice_invalid_answer {"randomId":"${ID}"}`],
        onReceive: null,
        next: [
          { condition: `${variable('invalid-count')} < 2`, node: 'sorry' },
          { condition: 'true', node: '#' }
        ]
      },
      {
        id: 'n-sorry',
        name: 'sorry',
        onEnter: ['say #builtin_text {"text":"Yes or no?"}'],
        onReceive: null,
        next: [{ condition: 'true', node: 'parse' }]
      }
    ]
  }
  const main = {
    version: '0.0.1',
    startNode: 'entry',
    nodes: [
      {
        id: 'n-entry',
        name: 'entry',
        type: 'skill-call',
        skill: 'choice',
        flow: 'skills/choice-x1.flow.json',
        next: [
          { condition: `${variable('ret')} == "YES"`, node: 'good' },
          { condition: `${variable('ret')} == "NO"`, node: 'bad' },
          { condition: 'true', node: 'lost' }
        ]
      },
      ...['good', 'bad', 'lost'].map(name => ({
        id: `n-${name}`,
        name,
        onEnter: [`say #builtin_text {"text":"${name}"}`],
        onReceive: null,
        next: []
      }))
    ]
  }

  for (const [title, answers, says] of [
    ['takes an answer by its keyword', ['Sure, why not'], ['good']],
    ['asks again, then gives up', ['hm', 'hm'], ['Yes or no?', 'lost']],
    ['takes an answer at the second try', ['hm', 'No'], ['Yes or no?', 'bad']]
  ] as const) {
    it(title, async () => {
      const project = new Project({ 'flows/main.flow.json': main, 'flows/skills/choice-x1.flow.json': skill })
      try {
        await project.start()
        assert.deepEqual(said(await project.send('hi')), ['Really?'])
        const heard: unknown[] = []
        for (const answer of answers) heard.push(...said(await project.send(answer)))
        assert.deepEqual(heard, says)
      } finally {
        await project.close()
      }
    })
  }

  it('an action of a module that is not here says what to do', async () => {
    const flow = { ...main, nodes: [{ id: 'n-entry', name: 'entry', onEnter: ['basic-skills/send_email {}'], onReceive: null, next: [] }] }
    const project = new Project({ 'flows/main.flow.json': flow })
    try {
      await project.start()
      const error = of(await project.send('hi'), 'log').find(one => one.level === 'error')
      assert.match(
        error?.message ?? '',
        /"basic-skills\/send_email" not found: .*Copy its actions from your server to data\/global\/actions\/basic-skills/
      )
    } finally {
      await project.close()
    }
  })
})
