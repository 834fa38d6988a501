import assert from 'node:assert/strict'
import type { TraceEntry } from '../../src/trace/entry.ts'
import { TraceIndex } from '../../src/trace/trace-index.ts'
import { verdictOf } from '../../src/trace/verdict.ts'
import { hook, Trace } from './make.ts'
import { counted } from './reads.ts'

const kinds = (trace: Trace) => trace.index().stories.map(story => `${story.kind} ${story.received?.type ?? story.sent?.type ?? ''}`.trim())

describe('trace index', () => {
  it('puts what the page sent, the event, its hooks, replies and chat into one story', () => {
    const trace = new Trace().page().sent('proactive-trigger')
    trace.greeted()
    assert.deepEqual(kinds(trace), ['page', 'event proactive-trigger'])
    assert.equal(trace.index().stories[1]!.entries.length, trace.entries.length - 4)
  })

  it('also when the engine’s report comes before the page’s', () => {
    const trace = new Trace()
    const id = trace.event('greet')
    trace.sent('greet')
    assert.deepEqual(kinds(trace), ['event greet'])
    assert.equal(trace.index().storyOf(id)!.sent?.type, 'greet')
  })

  it('pairs equal types of two visitors by the visitor', () => {
    const trace = new Trace().sent('greet', { visitorId: 'bob', pageId: 'b1' }).sent('greet')
    const ann = trace.event('greet')
    const bob = trace.event('greet', { target: 'bob' })
    const index = trace.index()
    assert.equal(index.storyOf(ann)!.sent?.visitorId, 'ann')
    assert.equal(index.storyOf(bob)!.sent?.visitorId, 'bob')
  })

  it('does not pair an event of the author with something a page posted', () => {
    const trace = new Trace().sent('greet')
    trace.event('greet', { from: { by: 'author' } })
    assert.deepEqual(kinds(trace), ['sent greet', 'event greet'])
  })

  it('does not pair what lies more than ten seconds apart', () => {
    const trace = new Trace().sent('greet', { visitorId: 'someone' })
    trace.now += 20_000
    trace.event('greet', { target: 'internal-7' })
    assert.deepEqual(kinds(trace), ['sent greet', 'event greet'])
  })

  it('gives an event that a hook sent its own story, with its parent (R16.4)', () => {
    const trace = new Trace()
    const first = trace.event('one')
    const second = trace.event('two', { from: hook(), during: first })
    const index = trace.index()
    assert.equal(index.storyOf(second)!.parent, index.storyOf(first))
    assert.equal(index.storyOf(second)!.depth, 1)
  })

  it('gives words to the hook that is running, and to nobody when it is not clear', () => {
    const trace = new Trace()
    const one = trace.event('one')
    trace.hookStarts(one).add('console', { level: 'log', text: 'from one' })
    const two = trace.event('two', { target: 'bob' })
    trace.hookStarts(two, 'other.js').add('console', { level: 'log', text: 'whose?' })
    const index = trace.index()
    const words = (id: string) =>
      index
        .storyOf(id)!
        .entries.filter(entry => entry.kind === 'console')
        .map(entry => entry.text)
    assert.deepEqual(words(one), ['from one'])
    assert.deepEqual(words(two), [])
    assert.equal(index.stories.at(-1)!.kind, 'notes')
  })

  it('gives each of two tabs its own event when both send the same type at once, in whatever order they arrive (S14)', () => {
    for (const order of [
      ['p1', 'p2'],
      ['p2', 'p1']
    ]) {
      const trace = new Trace().page('p1').page('p2').sent('a').sent('a', { pageId: 'p2' })
      const ids = order.map(pageId => [pageId, trace.event('a', { from: { by: 'page', pageId } })] as const)
      const index = trace.index()
      for (const [pageId, id] of ids) assert.equal(index.storyOf(id)!.sent?.pageId, pageId)
    }
    // The engine may tell of the events before the pages tell of what they sent.
    const trace = new Trace()
    const first = trace.event('a', { from: { by: 'page', pageId: 'p1' } })
    const second = trace.event('a', { from: { by: 'page', pageId: 'p2' } })
    const index = trace.sent('a', { pageId: 'p2' }).sent('a').index()
    assert.deepEqual([index.storyOf(first)!.sent?.pageId, index.storyOf(second)!.sent?.pageId], ['p1', 'p2'])
  })

  it('puts the echo of a visitor’s message to what the visitor sent', () => {
    const trace = new Trace().sent('text', { via: 'widget' })
    trace.add('chat-received', { visitorId: 'ann', botId: 'shop', what: 'message', by: 'visitor', payload: { text: 'hi' }, shown: true })
    trace.event('text', { from: { by: 'visitor' } })
    assert.equal(trace.index().stories.length, 1)
  })

  it('tells which stories changed, also those that only wait for another', () => {
    const trace = new Trace()
    const first = trace.event('one')
    trace.add('event-received', {
      eventId: 'w',
      direction: 'incoming',
      type: 'text',
      channel: 'web',
      botId: 'shop',
      target: 'ann',
      payload: {},
      from: { by: 'visitor' }
    })
    trace.add('event-waiting', { eventId: 'w', behind: first })
    const index = trace.index()
    const waiting = index.storyOf('w')!
    const before = waiting.version
    const changed = index.append([{ kind: 'event-stuck', seq: 5, at: 0, eventId: first, ms: 5000 }])
    assert.deepEqual(new Set(changed), new Set([index.storyOf(first), waiting]))
    assert.ok(waiting.version > before)
    assert.equal(verdictOf(waiting, index).outcome, 'waiting-behind-locked')
  })

  it('says the same whether a trace comes at once or entry by entry', () => {
    const trace = new Trace().page().sent('proactive-trigger')
    trace.greeted()
    trace.hookFails(trace.event('x'))
    const one = trace.index()
    const many = new TraceIndex()
    for (const entry of trace.entries) many.append([entry])
    const tell = (index: TraceIndex) => index.stories.map(story => verdictOf(story, index))
    assert.deepEqual(tell(many), tell(one))
  })

  it('looks no oftener at an entry in a long trace than in a short one, its verdicts included', () => {
    const looks = (events: number) => {
      const trace: TraceEntry[] = []
      while (trace.length < events * 10) {
        const piece = new Trace().page(`p${trace.length}`, [])
        piece.sent('t', { pageId: `p${trace.length}` })
        piece.greeted('t', `Hello ${trace.length}`)
        const n = trace.length
        for (const entry of piece.entries) {
          trace.push({
            ...entry,
            seq: trace.length + 1,
            ...('eventId' in entry && entry.eventId && { eventId: `${n}-${entry.eventId}` }),
            ...('during' in entry && { during: `${n}-${entry.during}`, incomingEventId: `${n}-${entry.during}` })
          } as TraceEntry)
        }
      }
      const index = new TraceIndex()
      const { entries, reads } = counted(trace)
      for (let n = 0; n < entries.length; n += 50) for (const story of index.append(entries.slice(n, n + 50))) verdictOf(story, index)
      return reads() / entries.length
    }
    const small = looks(50)
    const large = looks(1000)
    assert.ok(large > 0 && large < small * 1.2, `${large} reads for each entry against ${small}`)
  }).timeout(60_000)
})
