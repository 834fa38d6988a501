import assert from 'node:assert/strict'
import type { Report } from '../../src/trace/entry.ts'
import { of, Project, said } from './project.ts'

const MAIN = {
  'flows/main.flow.json': {
    version: '0.0.1',
    startNode: 'entry',
    nodes: [
      {
        id: 'node-entry',
        name: 'entry',
        onEnter: ['say #builtin_text {"text":"hello"}', 'say #builtin_text {"text":"your name?"}'],
        onReceive: [],
        next: [{ condition: 'true', node: 'bye' }]
      },
      {
        id: 'node-bye',
        name: 'bye',
        onEnter: ['say #builtin_text {"text":"bye"}'],
        onReceive: null,
        next: [{ condition: 'true', node: 'END' }]
      }
    ]
  }
}
const sent = (more: object = { payload: { text: 'x' } }, type = 'proactive-trigger') => ({
  type,
  payload: { type, payload: { type, channel: 'web', ...more } }
})

/** What the bot says to each of several events, with this hook in place. */
async function answers(
  code: string,
  events: object[],
  type = 'before_incoming_middleware'
): Promise<{ said: unknown[][]; trace: Report[] }> {
  const project = new Project(MAIN)
  project.hook(code, '1.js', type)
  try {
    await project.start()
    const all: unknown[][] = []
    for (const event of events) all.push(said(await project.send(event)))
    return { said: all, trace: project.trace }
  } finally {
    await project.close()
  }
}

const GUARD = "if (event.type !== 'proactive-trigger') return\n"
const SKIP = 'event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)\n'
const FORCE = 'event.setFlag(bp.IO.WellKnownFlags.FORCE_PERSIST_STATE, true)\n'
const FLOW = ['hello', 'your name?']

describe('What people write', () => {
  it('a trigger answered by a hook greets every time: its words are not in lastMessages (A1, R6.9)', async () => {
    const code = `${GUARD}${SKIP}return bp.cms.renderElement('builtin_text', { text: 'Hi, can I help?', typing: true }, event).then(payloads => bp.events.replyToEvent(event, payloads, event.id))`
    const { said, trace } = await answers(code, [sent(), sent()])
    assert.deepEqual(said, [['Hi, can I help?'], ['Hi, can I help?']])
    assert.deepEqual(of(trace, 'event-received')[1]?.payload, { type: 'text', text: 'Hi, can I help?', typing: true })
    assert.equal(of(trace, 'state-saved').length, 0)
  })

  it('the flow speaks first, once per session (A2)', async () => {
    const { said } = await answers(`${GUARD}if (event.state.session.lastMessages.length > 0) ${SKIP}`, [sent(), sent(), sent()])
    assert.deepEqual(said, [FLOW, [], []])
  })

  it('a session marker that is forced to be kept greets once (A4); one that is not greets again', async () => {
    const greet = (force: string) => `${GUARD}${SKIP}if (event.state.session.greeted) return
event.state.session.greeted = true
${force}return bp.events.replyToEvent(event, [{ type: 'text', text: 'Welcome!' }], event.id)`
    assert.deepEqual((await answers(greet(FORCE), [sent(), sent()])).said, [['Welcome!'], []])
    assert.deepEqual((await answers(greet(''), [sent(), sent()])).said, [['Welcome!'], ['Welcome!']])
  })

  it('once per user with the key-value store (A5)', async () => {
    const code = `const run = async () => {
  ${GUARD}${SKIP}const kvs = bp.kvs.forBot(event.botId), key = 'greeted/' + event.target
  if (await kvs.get(key)) return
  await kvs.set(key, true)
  await bp.events.replyToEvent(event, [{ type: 'text', text: 'Nice to meet you' }], event.id)
}
return run()`
    assert.deepEqual((await answers(code, [sent(), sent(), { ...sent(), target: 'bob' }])).said, [
      ['Nice to meet you'],
      [],
      ['Nice to meet you']
    ])
  })

  it('jumpTo before the dialog engine starts elsewhere (A8); processEvent needs waiting, skip and force (A9, R17.3)', async () => {
    const jump = `${GUARD}return bp.dialog.jumpTo(bp.dialog.createId(event), event, 'main', 'bye')`
    assert.deepEqual((await answers(jump, [sent()])).said, [['bye']])
    const process = (flags: string) => `const start = async () => {
  ${GUARD}const id = bp.dialog.createId(event)
  await bp.dialog.jumpTo(id, event, 'Main', 'entry')
  await bp.dialog.processEvent(id, event)
  ${flags}}
return start()`
    const text = { payload: { type: 'text', text: 'Ann' } }
    assert.deepEqual((await answers(process(SKIP + FORCE), [sent(), text])).said, [FLOW, ['bye']])
    assert.deepEqual((await answers(process(SKIP), [sent(), text])).said, [FLOW, FLOW])
    assert.deepEqual((await answers(process(''), [sent()])).said, [[...FLOW, 'bye']])
  })

  it('the payload is three levels deep from the page, and flat from other channels (A10, R22.3, R24.4)', async () => {
    const code = `${GUARD}const sent = event.payload.payload
const data = (sent && sent.payload) || {}
${SKIP}return bp.events.replyToEvent(event, [{ type: 'text', text: data.text || 'Hello' }], event.id)`
    assert.deepEqual((await answers(code, [sent(), { type: 'proactive-trigger', channel: 'teams', payload: {} }])).said, [['x'], ['Hello']])
  })

  it('a suggestion of a hook is sent instead of the flow (B4)', async () => {
    const code = `if (event.preview === 'hi') suggestions.push({ confidence: 1, source: 'hook', sourceDetails: 'smalltalk', payloads: [{ type: 'text', text: 'Hi yourself' }], decision: { status: 'elected', reason: 'keyword' } })`
    const { said, trace } = await answers(code, [{ payload: { type: 'text', text: 'hi' } }], 'before_suggestions_election')
    assert.deepEqual(said, [['Hi yourself']])
    assert.equal(of(trace, 'decision-made')[0]?.outcome, 'suggestion')
  })

  it('an outgoing hook rewrites what is sent, but has no state to read (D1, D3, R7.8)', async () => {
    const project = new Project(MAIN)
    project.hook('event.payload.text = event.payload.text.toUpperCase(); event.payload.typing = true', '1.js', 'before_outgoing_middleware')
    project.hook('event.state.user.name', '2.js', 'before_outgoing_middleware')
    try {
      await project.start()
      const ended = of(await project.send('hi'), 'hook-ended')
      assert.deepEqual(ended[0]?.changes, [
        { path: 'payload.text', before: 'hello', after: 'HELLO' },
        { path: 'payload.typing', after: true }
      ])
      assert.equal(ended[1]?.error?.name, 'TypeError')
    } finally {
      await project.close()
    }
  })
})
