import type { Verdict } from '../../src/trace/verdict.ts'
import { at, type Trace } from './make.ts'

/** A row of a table of causes, a trace that leads to it, and what the paragraph has to contain. */
export interface Case {
  /** Row of the table that has to answer. */
  row: string
  title: string
  tell(trace: Trace): string
  /** Words that the paragraph has to contain. */
  says: RegExp[]
  rule: string
  tone: Verdict['tone']
}

/** One for each row of causes/unfinished.ts, in its order. */
export const UNFINISHED_CASES: Case[] = [
  {
    row: 'loop-stopped',
    title: 'names the hook that loops without end and what the real server would do (R3.11, S40)',
    tell: trace => {
      const id = trace.event()
      trace.hookStarts(id)
      trace.add('engine-stopped', { reason: 'hook-limit', hook: 'greet.js', place: at(8), ms: 5000, real: 'frozen' })
      return id
    },
    says: [/endless loop in greet\.js/, /frozen for everyone/, /5 s/],
    rule: 'R3.11',
    tone: 'error'
  },
  {
    row: 'process-ended',
    title: 'says that the process ended in the middle of a hook (R3.9)',
    tell: trace => {
      const id = trace.event()
      trace.hookStarts(id)
      trace.add('engine-stopped', { reason: 'memory', hook: 'greet.js', real: 'the server exits.' })
      return id
    },
    says: [/while greet\.js was running \(memory\)/, /the server exits/],
    rule: 'R3.9',
    tone: 'error'
  },
  {
    row: 'lost-with-engine',
    title: 'says that an event was lost with the engine that another hook stopped',
    tell: trace => {
      const looping = trace.event('other', { target: 'bob' })
      trace.hookStarts(looping, 'loop.js')
      const id = trace.event()
      trace.add('engine-stopped', { reason: 'hook-limit', hook: 'loop.js', real: 'frozen' })
      return id
    },
    says: [/lost because the engine was stopped/, /loop\.js/],
    rule: 'R3.9',
    tone: 'warning'
  },
  {
    row: 'queue-locked',
    title: 'says that a hook which never settles locks the queue of this visitor only (R3.10, S39)',
    tell: trace => {
      const id = trace.event()
      trace.hookStarts(id)
      trace.add('event-stuck', { eventId: id, hook: 'greet.js', place: at(3), ms: 5000 })
      return id
    },
    says: [/greet\.js has not finished/, /queue is locked/, /Other visitors are served/],
    rule: 'R3.10',
    tone: 'error'
  },
  {
    row: 'waiting-behind-locked',
    title: 'says that an event behind a locked one waits for ever (R7.3, S39)',
    tell: trace => {
      const first = trace.event()
      trace.hookStarts(first)
      const id = waiting(trace, first)
      trace.add('event-stuck', { eventId: first, hook: 'greet.js', ms: 5000 })
      return id
    },
    says: [/Waiting behind event “proactive-trigger”, which never ends/],
    rule: 'R3.10',
    tone: 'error'
  },
  {
    row: 'waiting',
    title: 'names the event it waits for (R7.3, S41)',
    tell: trace => waiting(trace, trace.event()),
    says: [/Waiting behind event “proactive-trigger”/, /one event of a visitor at a time/],
    rule: 'R7.3',
    tone: 'running'
  },
  {
    row: 'running',
    title: 'names the hook that is running',
    tell: trace => {
      const id = trace.event()
      trace.hookStarts(id)
      return id
    },
    says: [/greet\.js is running/],
    rule: '',
    tone: 'running'
  },
  {
    row: 'paused',
    title: 'says who pauses an event and that nobody else sees it (R7.6)',
    tell: trace => {
      const id = trace.event()
      trace.add('event-paused', { eventId: id }).end(id, 'paused')
      return id
    },
    says: [/stored and left alone/],
    rule: 'R7.6',
    tone: 'quiet'
  },
  {
    row: 'failed',
    title: 'says that a second failure drops the event (R7.5)',
    tell: trace => {
      const id = trace.event()
      trace.end(id, 'retried').add('event-started', { eventId: id, attempt: 2 })
      trace.add('event-ended', { eventId: id, outcome: 'failed', error: { name: 'TypeError', message: 'no decision' } })
      return id
    },
    says: [/gave the event up after a second failure: no decision/, /ran twice/],
    rule: 'R7.5',
    tone: 'error'
  },
  {
    row: 'dialog-failed',
    title: 'says that the dialog engine failed and what it tries next (R9.8)',
    tell: trace => {
      const id = trace.event()
      trace.decide(id, 'dialog').add('dialog-failed', { eventId: id, error: { name: 'Error', message: 'no flows' } })
      trace.end(id)
      return id
    },
    says: [/dialog engine failed: no flows/, /error\.flow\.json/],
    rule: 'R9.8',
    tone: 'error'
  },
  {
    row: 'swallowed',
    title: 'names the middleware that kept the event (R8.1)',
    tell: trace => {
      const id = trace.event()
      trace.add('middleware-ended', { eventId: id, name: 'mine.incoming', outcome: 'swallowed', ms: 1 }).end(id)
      return id
    },
    says: [/mine\.incoming kept the event/],
    rule: 'R8.1',
    tone: 'warning'
  },
  {
    row: 'instruction-failed',
    title: 'says that a flow stopped silently in an instruction (R10.9, S47)',
    tell: trace => {
      const id = trace.event('text')
      trace.decide(id, 'dialog').enter(id)
      trace.add('dialog-instruction', {
        eventId: id,
        flow: 'main.flow.json',
        node: 'entry',
        what: 'say',
        text: '#!builtin_text-x',
        error: { name: 'Error', message: 'element not found' }
      })
      trace.end(id)
      return id
    },
    says: [/stopped silently at node “entry” of main\.flow\.json: element not found/],
    rule: 'R10.9',
    tone: 'error'
  }
]

/** A second event of the same visitor, which waits. */
export function waiting(trace: Trace, behind: string, eventId = 'w1'): string {
  trace.add('event-received', {
    eventId,
    direction: 'incoming',
    type: 'text',
    channel: 'web',
    botId: 'shop',
    target: 'ann',
    payload: {},
    from: { by: 'visitor' }
  })
  trace.add('event-waiting', { eventId, behind })
  return eventId
}
