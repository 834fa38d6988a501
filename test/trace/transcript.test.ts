import assert from 'node:assert/strict'
import { readTranscript, transcriptOf } from '../../src/trace/transcript/transcript.ts'
import { WRITERS } from '../../src/trace/transcript/writers.ts'
import { dialog, Trace } from './make.ts'

const EVIL = '<img src=x onerror=alert(1)> *bold* [link](http://x) `code`'

function visit(): Trace {
  const trace = new Trace()
  trace.now = Date.UTC(2026, 2, 3, 9)
  trace.page().sent('proactive-trigger').greeted('proactive-trigger', EVIL)
  const said = { visitorId: 'ann', botId: 'shop', conversationId: 't1', what: 'message', by: 'visitor', shown: true } as const
  trace.add('chat-received', { ...said, payload: { payload: { type: 'text', text: 'Yes please' } } })
  const id = trace.event('text', { payload: { type: 'text', text: 'Yes please' }, from: { by: 'visitor' } })
  trace.decide(id, 'dialog').enter(id, 'ask').reply(id, 'Which size?', dialog).end(id)
  return trace
}
const of = (trace: Trace) => transcriptOf(trace.entries, trace.index())

describe('a transcript', () => {
  it('holds what both sides said and what the page sent, with who said it', () => {
    const { turns } = of(visit())
    assert.deepEqual(
      turns.map(({ by, text, type, from, unasked, pageId }) => ({ by, text, type, from, unasked, pageId })),
      [
        { by: 'page', text: undefined, type: 'proactive-trigger', from: undefined, unasked: undefined, pageId: 'p1' },
        { by: 'bot', text: EVIL, type: 'text', from: 'the hook greet.js', unasked: true, pageId: 'p1' },
        { by: 'visitor', text: 'Yes please', type: 'text', from: undefined, unasked: undefined, pageId: 'p1' },
        { by: 'bot', text: 'Which size?', type: 'text', from: 'the flow main.flow.json#entry', unasked: undefined, pageId: undefined }
      ]
    )
  })

  it('is the same after it was written and read', () => {
    const transcript = of(visit())
    assert.deepEqual(readTranscript(WRITERS.json.write(transcript)), JSON.parse(JSON.stringify(transcript)))
  })

  it('says what is wrong with a file that is none', () => {
    assert.throws(() => readTranscript('{'), SyntaxError)
    assert.throws(() => readTranscript('{"format":"other"}'), /no transcript of the simulator: format/)
    assert.throws(() => readTranscript('{"format":"proactive-hooks-transcript","version":1,"turns":[{}]}'), /turns\.0\./)
  })

  it('shows markup as text in HTML, without scripts and without anything from elsewhere (S66)', () => {
    const html = WRITERS.html.write(of(visit()), '<script>alert(1)</script>')
    assert.doesNotMatch(html, /<img|<script/)
    assert.match(html, /&#60;img src=x onerror=alert\(1\)&#62;/)
    assert.match(html, /default-src 'none'/)
  })

  it('shows markup as text in Markdown, a message on a line (S66)', () => {
    const trace = new Trace()
    trace.greeted('a', 'First\n# Second <b>')
    const markdown = WRITERS.markdown.write(of(trace), 'A *visit*')
    assert.match(markdown, /^# A \\\*visit\\\*/)
    assert.match(markdown, /First \\# Second \\<b\\>/)
    assert.equal(
      WRITERS.markdown.write({ format: 'proactive-hooks-transcript', version: 1, turns: [] }, 'x').includes('Nothing was said.'),
      true
    )
  })
})
