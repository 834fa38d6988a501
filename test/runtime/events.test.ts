import assert from 'node:assert/strict'
import { of, Project, said } from './project.ts'

async function withProject<T>(project: Project, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } finally {
    await project.close()
  }
}

describe('Events', () => {
  it('a hook that never ends holds its visitor’s queue, and only that; the trace names it (R3.10, R7.3)', async () => {
    const project = new Project()
    const file = project.hook("if (event.preview === 'hang') return new Promise(() => {})")
    await withProject(project, async () => {
      await project.start()
      const hung = await project.send('hang')
      const [stuck] = of(hung, 'event-stuck')
      assert.deepEqual([stuck?.hook, stuck?.place?.file, stuck?.ms], ['1.js', file, 5000])
      const behind = await project.send('hi')
      assert.equal(of(behind, 'event-waiting')[0]?.behind, stuck?.eventId)
      assert.deepEqual(said(behind), [])
      assert.deepEqual(said(await project.send({ target: 'bob', payload: { type: 'text', text: 'hi' } })), ['hello'])
    })
  })

  it('changes that are not saved are lost; those of the user leak until the restart (R6.3, R6.5)', async () => {
    const project = new Project()
    project.hook(`event.state.session.n = 1; event.state.user.n = 1
if (event.preview === 'skip') event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
if (event.preview === 'look') { event.state.temp.saw = [event.state.user.before, event.state.session.before] }
event.state.user.before = true; event.state.session.before = true`)
    await withProject(project, async () => {
      await project.start({ settings: { storage: `${project.root}/storage` } })
      const [discarded] = of(await project.send('skip'), 'state-discarded')
      assert.deepEqual(discarded?.leaks.map(one => one.path).sort(), ['state.user.before', 'state.user.n'])
      assert.deepEqual(
        discarded?.changes
          .map(one => one.path)
          .filter(path => path.includes('session'))
          .sort(),
        ['state.session.before', 'state.session.n']
      )
      const seen = of(await project.send('skip'), 'state-loaded')[0]!.state as { user: object; session: object }
      assert.deepEqual([seen.user, 'n' in seen.session], [{ n: 1, before: true }, false])
      await project.restart()
      const after = of(await project.send('skip'), 'state-loaded')[0]!.state as { user: object }
      assert.deepEqual(after.user, {})
      await project.send('save')
      await project.restart()
      const kept = of(await project.send('skip'), 'state-loaded')[0]!.state as { user: object; session: object }
      assert.deepEqual([kept.user, 'n' in kept.session], [{ n: 1, before: true }, true])
    })
  })

  it('keep only five last messages, and none of what hooks say (R6.4, R6.9)', async () => {
    const project = new Project()
    project.hook("return bp.events.replyToEvent(event, [{ type: 'text', text: 'mine' }])")
    await withProject(project, async () => {
      await project.start()
      // Every second event ends the dialog and says nothing.
      for (let turn = 0; turn < 14; turn++) await project.send('hi')
      const state = of(await project.send('x'), 'state-loaded')[0]!.state as { session: { lastMessages: { replyPreview: string }[] } }
      assert.equal(state.session.lastMessages.length, 5)
      assert.ok(state.session.lastMessages.every(one => one.replyPreview === '#builtin_text'))
    })
  })

  it('with SKIP_QNA_PROCESSING wait two seconds in the Q&A middleware (R5.5); Q&A answers otherwise, even when the dialog is skipped (R5.3)', async () => {
    const qna = { id: 'q1', data: { action: 'text', enabled: true, questions: { en: ['Where are you?'] }, answers: { en: ['In Rome'] } } }
    const project = new Project({ 'qna/q1.json': qna })
    project.hook(`event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
if (event.target === 'quiet') event.setFlag(bp.IO.WellKnownFlags.SKIP_QNA_PROCESSING, true)`)
    await withProject(project, async () => {
      await project.start()
      const asked = await project.send('where are  YOU')
      assert.deepEqual(said(asked), ['In Rome'])
      assert.equal(of(asked, 'decision-made')[0]?.outcome, 'suggestion')
      const quiet = await project.send({ target: 'quiet', payload: { type: 'text', text: 'where are you' } })
      const step = of(quiet, 'middleware-ended').find(one => one.name === 'qna.incoming')
      assert.deepEqual([step?.outcome, step?.ms, said(quiet)], ['timedOut', 2000, []])
      const made = of(quiet, 'decision-made')[0]
      assert.deepEqual([made?.outcome, made?.skippedBy?.name, made?.skippedBy?.place?.line], ['skipped', '1.js', 1])
    })
  })

  it('middlewares run by order; swallowing ends the chain only; a late or silent one times out; an error retries once (R8)', async () => {
    const project = new Project()
    project.write(
      'data/global/hooks/after_server_start/1.js',
      `const add = (name, order, handler, timeout) => bp.events.registerMiddleware({ name, description: 'x', direction: 'incoming', order, handler, timeout })
add('late', 3, () => {}, '100ms')
add('second', 2, (event, next) => { event.state.temp.order = (event.state.temp.order || '') + '2'; next() })
add('first', 1, (event, next) => { event.state.temp.order = '1'; event.preview === 'fail' ? next(new Error('mw')) : next() })
add('swallow', 4, (event, next) => next(null, true))
add('never', 5, (event, next) => { event.state.temp.order += '5'; next() })`
    )
    await withProject(project, async () => {
      await project.start()
      const trace = await project.send('hi')
      const steps = of(trace, 'middleware-ended').filter(one => !one.name.includes('.'))
      assert.deepEqual(
        steps.map(one => [one.name, one.outcome, one.ms]),
        [
          ['first', 'completed', 0],
          ['second', 'completed', 0],
          ['late', 'timedOut', 100],
          ['swallow', 'swallowed', 0]
        ]
      )
      assert.deepEqual(said(trace), ['hello'], 'swallowing does not stop the event (R8.5)')
      const failed = await project.send('fail')
      assert.deepEqual(
        of(failed, 'event-ended').map(one => [one.outcome, one.error?.message]),
        [
          ['retried', 'mw'],
          ['failed', 'mw']
        ]
      )
      assert.deepEqual(
        of(failed, 'event-started').map(one => one.attempt),
        [1, 2]
      )
    })
  })

  it('stock hooks skip visits and resets, and remember the visitor’s language in memory only (R1.14, R19.9)', async () => {
    const project = new Project()
    await withProject(project, async () => {
      await project.start()
      const visit = await project.send({ type: 'visit', payload: { type: 'visit', text: 'User visit', timezone: 2, language: 'fr' } })
      assert.deepEqual(said(visit), [])
      const [made] = of(visit, 'decision-made')
      assert.deepEqual([made?.outcome, made?.skippedBy], ['skipped', { by: 'server', name: 'builtin/00_dialog_engine.js' }])
      assert.deepEqual(
        of(visit, 'state-discarded')[0]
          ?.leaks.map(one => one.path)
          .sort(),
        ['state.user.language', 'state.user.timezone']
      )
      assert.equal(of(visit, 'hook-started').length, 0, 'stock hooks stand in the trace by what they do')
    })
  })

  it('are answered by suggestions as the two environment variables want (R9.1)', async () => {
    const sure = async (env: Record<string, string>, noRepeatPolicy = false) => {
      const project = new Project({}, { 'data/global/botpress.config.json': { noRepeatPolicy } })
      project.hook(
        `event.suggestions.push({ confidence: 0.4, payloads: [{ type: 'text', text: 'maybe' }], source: 'a', sourceDetails: 'b' })
        event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)`,
        '1.js',
        'after_incoming_middleware'
      )
      const texts: unknown[] = []
      await withProject(project, async () => {
        await project.start({ env })
        texts.push(...said(await project.send('a')))
        await project.engine.call('advance', { ms: 10_000 })
        texts.push(...said(await project.send('b')))
      })
      return texts.length
    }
    assert.equal(await sure({}), 0)
    assert.equal(await sure({ BP_DECISION_MIN_CONFIENCE: '0.3' }), 2)
    assert.equal(await sure({ BP_DECISION_MIN_CONFIENCE: '0.3' }, true), 1)
    assert.equal(await sure({ BP_DECISION_MIN_CONFIENCE: '0.3', BP_DECISION_MIN_NO_REPEAT: '5s' }, true), 2)
  })

  it('are understood by the same words only, and the trace says so; events may carry their own nlu', async () => {
    const project = new Project({
      'intents/order.json': { name: 'order', contexts: ['shop'], utterances: { en: ['I want [two](count) pizzas', 'order'] }, slots: [] },
      'entities/code.json': { name: 'code', type: 'pattern', pattern: '[A-Z]\\\\d+' }
    })
    project.hook(
      'event.state.temp.seen = [event.nlu.intent.name, event.nlu.slots.count && event.nlu.slots.count.value]',
      '1.js',
      'after_incoming_middleware'
    )
    await withProject(project, async () => {
      await project.start()
      const seen = async (event: object | string) =>
        of(await project.send(event as never), 'hook-ended')
          .at(-1)
          ?.changes.find(one => one.path === 'state.temp.seen')?.after
      assert.deepEqual(((await seen('i want THREE pizzas!')) as unknown[])[0], 'none', 'it belongs to a context that nobody opened')
      await project.engine.call('writeState', {
        botId: 'bot',
        target: 'ann',
        session: { nluContexts: [{ context: 'shop', ttl: 5 }] },
        merge: true
      })
      assert.deepEqual(await seen('i want THREE pizzas!'), ['order', 'three'])
      const given = { payload: { type: 'text', text: 'order' }, nlu: { intent: { name: 'other', confidence: 1, context: 'global' } } }
      assert.equal(((await seen(given)) as unknown[])[0], 'other')
      assert.match(of(project.trace, 'log').find(one => one.logger === 'NLU')!.message, /it does not predict/)
    })
  })

  it('an injected event is processed after the current one, and its origin is the hook’s line (R16.4)', async () => {
    const project = new Project()
    const file = project.hook(`if (event.type !== 'session_reset') return
return bp.events.sendEvent(
  bp.IO.Event({ type: 'proactive-trigger', channel: event.channel, direction: 'incoming', target: event.target, botId: event.botId, payload: {} }))`)
    await withProject(project, async () => {
      await project.start()
      const trace = await project.send({ type: 'session_reset' })
      const injected = of(trace, 'event-received').find(one => one.type === 'proactive-trigger')
      assert.deepEqual(injected?.from, { by: 'hook', name: '1.js', place: { file, line: 2, column: 18 } })
      assert.equal(injected?.during, of(trace, 'event-received')[0]?.eventId)
      assert.deepEqual(said(trace), ['hello'])
    })
  })

  it('a trigger of a messaging channel is skipped from the beginning, since 12.26.11 (R24.1, R24.2)', async () => {
    for (const [botpressVersion, expected] of [
      ['12.26.10', ['hello']],
      ['12.31.10', []]
    ] as const) {
      const project = new Project()
      await withProject(project, async () => {
        await project.start({ settings: { botpressVersion } })
        assert.deepEqual(said(await project.send({ type: 'proactive-trigger', channel: 'teams', payload: {} })), expected)
        assert.deepEqual(said(await project.send({ type: 'proactive-trigger', channel: 'web', payload: {} })), ['hello'])
      })
    }
  })

  it('of which a hook has made something that no row can hold are left out of the log, with a word, and cost nobody else anything', async () => {
    const project = new Project()
    project.hook(
      `if (event.preview !== 'odd') return
event.createdOn = 'yesterday'
event.messageId = { odd: true }`,
      'odd.js',
      'after_event_processed'
    )
    project.hook(
      `return bp.events.findEvents({ botId: 'bot', direction: 'incoming' }).then(found => bp.logger.info(found.map(one => one.event.preview).join()))`,
      'find.js'
    )
    await project.start()
    await project.send('odd')
    await project.send('plain')
    await project.engine.call('advance', { ms: 2000 })
    assert.match(of(project.trace, 'log').find(({ level }) => level === 'error')!.message, /cannot be kept: Invalid time value/)
    assert.equal(of(await project.send('later'), 'log').at(-1)!.message, 'plain')
    await project.close()
  })

  it('an invalid event is rejected with the reason, except in production (R4.8)', async () => {
    for (const production of [false, true]) {
      const project = new Project({})
      project.hook(`event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
return bp.events.replyToEvent(event, ['text']).then(() => { event.payload.out = 'sent' }, e => { event.payload.out = e.message })`)
      await withProject(project, async () => {
        await project.start({ production })
        const trace = await project.send()
        const got = of(trace, 'hook-ended')[0]?.changes.find(one => one.path === 'payload.out')?.after
        assert.match(String(got), production ? /^sent$/ : /^Invalid Botpress Event: child "payload" fails/)
        assert.equal(of(trace, 'event-rejected').length, production ? 0 : 1)
      })
    }
  })

  it('a release before 12.26 sends typing as a payload of its own and ends conversations without hooks (section 25)', async () => {
    const bot = {
      'flows/main.flow.json': {
        version: '0.0.1',
        startNode: 'a',
        nodes: [{ id: 'node-a', name: 'a', onEnter: ['say #builtin_text {"text":"hi","typing":true}'], onReceive: null, next: [] }]
      }
    }
    for (const [botpressVersion, types, ended] of [
      ['12.22.0', ['typing', 'text'], 0],
      ['12.31.10', ['text'], 1]
    ] as const) {
      const project = new Project(bot)
      project.hook('', 'end.js', 'before_conversation_end')
      await withProject(project, async () => {
        await project.start({ settings: { botpressVersion } })
        const trace = await project.send('x')
        assert.deepEqual(
          of(trace, 'event-received')
            .filter(one => one.direction === 'outgoing')
            .map(one => one.type),
          types
        )
        assert.equal(of(trace, 'hook-started').length, ended)
      })
    }
  })

  it('errors of a bot reach on_bot_error once a minute (R2.5)', async () => {
    const project = new Project()
    project.hook('throw new Error("x")')
    project.hook('console.log(botId, events.length, events[0].level)', 'watch.js', 'on_bot_error')
    await withProject(project, async () => {
      await project.start()
      await project.send('a')
      await project.send('b')
      await project.engine.call('advance', { ms: 61_000 })
      assert.deepEqual(
        of(project.trace, 'console').map(one => one.text),
        ['bot 2 error']
      )
    })
  })

  it('a damaged database is one entry that names the file; the engine works on in memory', async () => {
    const project = new Project()
    project.write('storage/core.sqlite', 'this is no database, but long enough to be read as one by mistake'.repeat(50))
    await withProject(project, async () => {
      await project.start({ settings: { storage: `${project.root}/storage` } })
      assert.equal(of(project.trace, 'data-problem')[0]?.place.file, `${project.root}/storage/core.sqlite`)
      assert.deepEqual(said(await project.send('hi')), ['hello'])
    })
  })
})
