import type { EntryKind, EntryOf, Origin, Place, TraceEntry } from '../../src/trace/entry.ts'
import { TraceEntry as Schema } from '../../src/trace/entry.ts'
import { TraceIndex } from '../../src/trace/trace-index.ts'
import { type Verdict, verdictOf } from '../../src/trace/verdict.ts'

type Body<K extends EntryKind> = Omit<EntryOf<K>, 'kind' | 'seq' | 'at'>

export const FILE = '/bot/data/global/hooks/before_incoming_middleware/greet.js'
export const at = (line: number, file = FILE): Place => ({ file, line, column: 3 })
export const hook = (line = 5, name = 'greet.js'): Origin => ({ by: 'hook', name, place: at(line, FILE.replace('greet.js', name)) })
export const dialog: Origin = { by: 'dialog', name: 'main.flow.json#entry' }

/** Writes a trace by hand, an entry per call; every entry has to pass the schema. Time moves 5 ms per entry unless told. */
export class Trace {
  readonly entries: TraceEntry[] = []
  now = 1_000_000
  step = 5
  #events = 0

  add<K extends EntryKind>(kind: K, body: Body<K>): this {
    this.now += this.step
    this.entries.push(Schema.parse({ kind, seq: this.entries.length + 1, at: this.now, ...body }) as TraceEntry)
    return this
  }

  page(pageId = 'p1', names: string[] = ['webchatLoaded', 'webchatOpened', 'webchatReady']): this {
    this.add('page-loaded', { visitorId: 'ann', page: 'shop.html', pageId })
    for (const name of names) this.add('page-posted', { visitorId: 'ann', page: 'shop.html', pageId, name, data: { name } })
    return this
  }

  sent(type: string, more: Partial<Body<'page-sent'>> = {}): this {
    return this.add('page-sent', {
      visitorId: 'ann',
      page: 'shop.html',
      pageId: 'p1',
      via: 'sendEvent',
      type,
      payload: { type },
      phase: 'ready',
      fate: 'posted',
      place: { file: '/bot/pages/shop.html', line: 20 },
      ...more
    })
  }

  /** An incoming event that is received and started. Returns its id. */
  event(type = 'proactive-trigger', more: Partial<Body<'event-received'>> = {}): string {
    const eventId = `e${++this.#events}`
    this.add('event-received', {
      eventId,
      direction: 'incoming',
      type,
      channel: 'web',
      botId: 'shop',
      target: 'ann',
      threadId: 't1',
      payload: { type },
      from: { by: 'page' },
      ...more
    })
    this.add('event-started', { eventId, attempt: 1 })
    return eventId
  }

  hookStarts(eventId: string | undefined, name = 'greet.js', staged?: Body<'hook-started'>['staged']): this {
    return this.add('hook-started', { ...hookBody(name), ...(eventId && { eventId }), ...(staged && { staged }) })
  }

  hookEnds(eventId: string | undefined, more: Partial<Body<'hook-ended'>> = {}, name = 'greet.js'): this {
    return this.add('hook-ended', {
      ...hookBody(name),
      ...(eventId && { eventId }),
      outcome: 'completed',
      ms: 3,
      awaited: false,
      changes: [],
      ...more
    })
  }

  hookFails(eventId: string, message = 'user is not defined', name = 'greet.js'): this {
    const place = at(7, FILE.replace('greet.js', name))
    return this.hookStarts(eventId, name).hookEnds(eventId, { outcome: 'failed', error: { name: 'ReferenceError', message, place } }, name)
  }

  flag(eventId: string, flag = 'SKIP_DIALOG_ENGINE', known = true): this {
    return this.add('flag-set', { eventId, flag, value: true, known, from: hook(4) })
  }

  /** A reply, and its arrival in the chat unless told otherwise. */
  reply(
    eventId: string,
    text: string,
    from: Origin = hook(),
    more: Partial<Body<'event-received'>> & { arrives?: boolean; shown?: boolean } = {}
  ): this {
    const replyId = `e${++this.#events}`
    const { arrives = true, shown = true, ...rest } = more
    this.add('event-received', {
      eventId: replyId,
      direction: 'outgoing',
      type: 'text',
      channel: 'web',
      botId: 'shop',
      target: 'ann',
      threadId: 't1',
      payload: { type: 'text', text },
      from,
      incomingEventId: eventId,
      during: eventId,
      ...rest
    })
    if (!arrives) return this
    return this.add('chat-received', {
      visitorId: 'ann',
      botId: 'shop',
      conversationId: 't1',
      eventId: replyId,
      what: 'message',
      by: 'bot',
      payload: { id: 'm', payload: { type: 'text', text } },
      shown
    })
  }

  decide(eventId: string, outcome: Body<'decision-made'>['outcome']): this {
    return this.add('decision-made', { eventId, outcome, suggestions: [], ...(outcome === 'skipped' && { skippedBy: hook(4) }) })
  }

  enter(eventId: string, node = 'entry', resumed = false): this {
    return this.add('dialog-entered', { eventId, flow: 'main.flow.json', node, resumed, place: { file: '/bot/main.flow.json', line: 9 } })
  }

  end(eventId: string, outcome: Body<'event-ended'>['outcome'] = 'completed'): this {
    return this.add('event-ended', { eventId, outcome })
  }

  /** A hook answers and skips. */
  greeted(type = 'proactive-trigger', text = 'Hello!', more: Partial<Body<'event-received'>> = {}): string {
    const id = this.event(type, more)
    this.hookStarts(id).flag(id).reply(id, text).hookEnds(id).decide(id, 'skipped').end(id)
    return id
  }

  index(): TraceIndex {
    const index = new TraceIndex()
    index.append(this.entries)
    return index
  }

  /** The verdict on an event, or on the story that `seq` opened. */
  verdict(of: string | number): Verdict {
    const index = this.index()
    const story = typeof of === 'string' ? index.storyOf(of) : index.stories.find(story => story.id === of)
    if (!story) throw new Error(`no story ${of}`)
    return verdictOf(story, index)
  }
}

function hookBody(name: string) {
  return { hookType: 'before_incoming_middleware', name, scope: 'global' as const, place: { file: FILE.replace('greet.js', name) } }
}
