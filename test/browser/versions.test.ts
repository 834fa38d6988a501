import assert from 'node:assert/strict'
import { play } from './played.ts'

const trigger = { type: 'proactive-trigger', channel: 'web', payload: { text: 'x' } }

/** What leaves for the server as an event or a message, and what the trace says of it. */
function sent(chat: ReturnType<typeof play>) {
  const requests = chat.requests.filter(({ route }) => route === 'events' || route === 'messages')
  return {
    requests: requests.map(({ route, body }) => [route, (body.payload as { type: string }).type, body.conversationId]),
    fates: chat.reports.flatMap(report => (report.kind === 'page-sent' ? [`${report.type} ${report.phase} ${report.fate}`] : []))
  }
}

describe('The chat of an earlier Botpress (section 25)', () => {
  for (const [version, early, visit] of [
    ['12.22.0', true, 'messages'],
    ['12.26.3', true, 'messages'],
    ['12.26.4', false, 'messages'],
    ['12.30.6', false, 'messages'],
    ['12.30.7', false, 'events'],
    [undefined, false, 'events']
  ] as const) {
    it(`${version ?? 'the newest'} ${early ? 'sends' : 'drops'} what comes with loaded (R20.6), and its visit goes to ${visit} (R20.9)`, async () => {
      const chat = play({ ...(version !== undefined && { version }) })
      void chat.life.start()
      await chat.pass(100)
      chat.life.command('event', trigger)
      await chat.pass(100)
      const fate = early ? 'posted' : 'dropped'
      assert.deepEqual(sent(chat), {
        requests: early ? [['events', 'proactive-trigger', undefined]] : [],
        fates: [`proactive-trigger loaded ${fate}`]
      })
      assert.equal(chat.warnings.length, early ? 0 : 1)
      chat.life.command('event', { type: 'show' })
      chat.life.command('event', trigger)
      await chat.pass(2000)
      assert.deepEqual(sent(chat).fates.slice(1), ['show loaded handled', `proactive-trigger opening ${fate}`, 'visit ready posted'])
      assert.deepEqual(sent(chat).requests.at(-1), [visit, 'visit', 'made-1'])
    })
  }

  it('tells in the trace what the server refuses of an early event: without a socket there is nobody who sends it (R26.2)', async () => {
    const chat = play({ version: '12.22.0', lazySocket: true, refuse: ['events'] })
    void chat.life.start()
    await chat.pass(100)
    chat.life.command('event', trigger)
    await chat.pass(100)
    const refused = chat.reports.find(report => report.kind === 'page-refused')
    assert.deepEqual([refused?.type, refused?.status], ['proactive-trigger', 500])
  })
})
