import assert from 'node:assert/strict'
import { GREETING, of, Project, said } from './project.ts'

const SKIP = 'event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)'

describe('Intents and entities without a language server', () => {
  const INTENTS = {
    'intents/buy.json': {
      name: 'buy',
      contexts: ['global', 'shop'],
      utterances: { en: ['I’d like a café', 'buy [two](count) [red](colour) shoes'], fr: ['acheter'] }
    },
    'intents/later.json': { name: 'later', contexts: ['shop'], utterances: { en: ['later'] } },
    'intents/__qna__1.json': { name: '__qna__1', contexts: ['global'], utterances: { en: ['question'] } },
    'entities/order.json': { name: 'order', type: 'pattern', pattern: '[A-Z]{2}\\d+', matchCase: true },
    'entities/size.json': { name: 'size', type: 'list', occurrences: [{ name: 'large', synonyms: ['big', 'XL'] }] }
  }

  async function seen(...events: (string | object)[]): Promise<unknown[]> {
    const project = new Project({ ...GREETING, ...INTENTS })
    project.hook(
      `${SKIP}
      const { intent, slots, entities, language } = event.nlu
      event.payload.seen = JSON.stringify([intent.name, Object.values(slots).map(one => one.value), entities.map(one => [one.name, one.data.value, one.meta.source]), language])`,
      '1.js',
      'after_incoming_middleware'
    )
    try {
      await project.start()
      const found: unknown[] = []
      for (const event of events) {
        const ended = of(await project.send(event as string), 'hook-ended').at(-1)
        found.push(JSON.parse(String(ended?.changes.find(one => one.path === 'payload.seen')?.after)))
      }
      return found
    } finally {
      await project.close()
    }
  }

  it('an utterance is known by its words, whatever their case, accents and punctuation; a slot takes any text', async () => {
    assert.deepEqual(await seen('id like a CAFE', "i'd like a café!", 'Buy three dark  green shoes.', 'buy shoes', 'acheter', 'question'), [
      ['none', [], [], 'en'],
      ['buy', [], [], 'en'],
      ['buy', ['three', 'dark green'], [], 'en'],
      ['none', [], [], 'en'],
      ['none', [], [], 'en'],
      ['none', [], [], 'en']
    ])
  })

  it('only intents of the contexts that the event includes count: `global`, or those that actions opened (R1.14, R4.5)', async () => {
    const project = new Project({ ...GREETING, ...INTENTS })
    project.hook("event.state.temp.intent = event.nlu.intent.name + ' in ' + event.nlu.intent.context", '1.js', 'after_incoming_middleware')
    try {
      await project.start()
      const intent = async (contexts: string[], text: string) => {
        const session = { nluContexts: contexts.map(context => ({ context, ttl: 5 })) }
        await project.engine.call('writeState', { botId: 'bot', target: 'ann', session, temp: {}, merge: false })
        return of(await project.send(text), 'hook-ended')
          .at(-1)
          ?.changes.find(one => one.path === 'state.temp.intent')?.after
      }
      assert.equal(await intent([], 'later'), 'none in global')
      assert.equal(await intent(['shop'], 'later'), 'later in shop')
      assert.equal(await intent(['other'], 'buy a b shoes'), 'none in global')
    } finally {
      await project.close()
    }
  })

  it('entities are found by their patterns and lists', async () => {
    assert.deepEqual(await seen('order AB12, ab13 in xl', 'a BIG one'), [
      [
        'none',
        [],
        [
          ['order', 'AB12', 'AB12'],
          ['size', 'large', 'xl']
        ],
        'en'
      ],
      ['none', [], [['size', 'large', 'BIG']], 'en']
    ])
  })

  it('an event that brings its own intent keeps it', async () => {
    const given = { payload: { type: 'text', text: 'acheter' }, nlu: { intent: { name: 'mine', confidence: 0.7, context: 'global' } } }
    assert.deepEqual(await seen(given), [['mine', [], [], 'n/a']])
  })
})

describe('Questions and answers of the workspace', () => {
  const item = (id: string, question: string, more: object = {}) => ({
    id,
    data: {
      action: 'text',
      enabled: true,
      questions: { en: [question], fr: [`${question} fr`] },
      answers: { en: [`answer ${id}`], fr: [`réponse ${id}`] },
      ...more
    }
  })
  const other = {
    version: '0.0.1',
    startNode: 'there',
    nodes: [{ id: 'n-there', name: 'there', onEnter: ['say #builtin_text {"text":"there"}'], next: [] }]
  }
  const QNA = {
    ...GREETING,
    'flows/other.flow.json': other,
    'qna/one.json': item('1', 'When do you open?'),
    'qna/off.json': item('2', 'Secret?', { enabled: false }),
    'qna/many.json': {
      qnas: [
        item('3', 'Where?', { action: 'redirect', redirectFlow: 'other.flow.json', redirectNode: 'there' }),
        item('4', 'Both?', { action: 'text_redirect', redirectFlow: 'other.flow.json', redirectNode: 'there' })
      ]
    },
    'qna/shop.json': item('5', 'How much?', { contexts: ['shop'] })
  }

  it('answer what is asked in the same words, lead to a flow, and keep to language, context and being switched on (R9.5)', async () => {
    const project = new Project(QNA)
    try {
      await project.start()
      const answers: Record<string, unknown[]> = {}
      let visitor = 0
      for (const text of ['when do you open', 'Secret?', 'Where?', 'both', 'How much?', 'When do you open? fr'])
        answers[text] = said(await project.send({ target: `v${++visitor}`, payload: { type: 'text', text } }))
      assert.deepEqual(answers, {
        'when do you open': ['answer 1'],
        'Secret?': ['hello'],
        'Where?': ['there'],
        both: ['answer 4', 'there'],
        'How much?': ['hello'],
        'When do you open? fr': ['hello']
      })
      await project.engine.call('writeState', {
        botId: 'bot',
        target: 'fred',
        user: { language: 'fr' },
        session: {
          nluContexts: [
            { context: 'global', ttl: 9 },
            { context: 'shop', ttl: 9 }
          ]
        },
        merge: true
      })
      assert.deepEqual(said(await project.send({ target: 'fred', payload: { type: 'text', text: 'how much fr' } })), ['réponse 5'])
    } finally {
      await project.close()
    }
  })
})
