import { type Case, waiting } from './cases-unfinished.ts'
import { at, FILE, hook, type Trace } from './make.ts'

/** One for each row of causes/remarks.ts, in its order. */
export const REMARK_CASES: Case[] = [
  {
    row: 'staged',
    title: 'says that a hook which never ends was made to hang (S39)',
    tell: trace => {
      const id = trace.event()
      trace.hookStarts(id, 'greet.js', 'hang').add('event-stuck', { eventId: id, hook: 'greet.js', ms: 5000 })
      return id
    },
    says: [/this visitor’s queue is locked/, /greet\.js was made to hang by you: the failure is staged/],
    rule: 'S39',
    tone: 'error'
  },
  {
    row: 'saved-before',
    title: 'says which event was the first to run a hook’s new text (S48)',
    tell: trace => {
      const first = trace.event()
      trace.hookStarts(first).hookEnds(first).decide(first, 'skipped').end(first)
      trace.add('file-saved', { files: [{ file: FILE, what: 'hook' }] })
      trace.now += 1985
      const id = trace.event()
      trace.hookStarts(id).flag(id).reply(id, 'Hello!').hookEnds(id).decide(id, 'skipped').end(id)
      return id
    },
    says: [/greet\.js ran with the text that was saved 2 s before, for the first time/],
    rule: 'S48',
    tone: 'good'
  },
  {
    row: 'hook-failed',
    title: 'shows the error of a hook that failed after it had replied (S38)',
    tell: trace => {
      const id = trace.event()
      trace.hookStarts(id).flag(id).reply(id, 'Hello!')
      trace
        .hookEnds(id, { outcome: 'failed', error: { name: 'TypeError', message: 'x is undefined', place: at(9) } })
        .decide(id, 'skipped')
        .end(id)
      return id
    },
    says: [/read “Hello!”/, /TypeError at greet\.js:9: x is undefined/],
    rule: 'R3.12',
    tone: 'error'
  },
  {
    row: 'reply-hook-failed',
    title: 'shows the error of a hook on the reply, which has no state (R7.8, BPH012)',
    tell: trace => {
      const id = trace.event()
      trace
        .hookStarts(id)
        .flag(id)
        .reply(id, 'Hello!')
        .hookEnds(id)
        .decide(id, 'skipped')
        .end(id)
        .hookFails('e2', 'user of undefined', 'out.js')
      return id
    },
    says: [/out\.js stopped with an error: user of undefined/],
    rule: 'BPH012',
    tone: 'error'
  },
  {
    row: 'value-missing',
    title: 'shows both places where a page’s call may put its values (S27, BPX002)',
    tell: trace => {
      trace.sent('price', { via: 'sendPayload', payload: { type: 'price', product: 'tent' } })
      const id = trace.event('price')
      trace.hookStarts(id).flag(id).reply(id, 'It costs undefined').hookEnds(id).decide(id, 'skipped').end(id)
      return id
    },
    says: [
      /by `sendPayload`, so what it gave is at `event\.payload\.product`; by `sendEvent` it would be at `event\.payload\.payload\.product`/
    ],
    rule: 'BPX002',
    tone: 'error'
  },
  {
    row: 'sent-early',
    title: 'warns of an event that an old Botpress took although the chat was not ready (R26.1)',
    tell: trace => {
      trace.page('p1', ['webchatLoaded']).sent('proactive-trigger', { phase: 'loaded' })
      const id = trace.event()
      trace.hookStarts(id).flag(id).reply(id, 'Hello!').hookEnds(id).decide(id, 'skipped').end(id)
      return id
    },
    says: [/before the chat was ready/, /Send it when the page receives `webchatReady`/],
    rule: 'R26.1',
    tone: 'warning'
  },
  {
    row: 'said-again',
    title: 'flags the same greeting after a refresh (G9, BPH006, S11)',
    tell: trace => {
      trace.page('p1').sent('proactive-trigger')
      trace.greeted()
      trace.page('p2').sent('proactive-trigger', { pageId: 'p2' })
      return trace.greeted()
    },
    says: [/“Hello!” was said twice to the same visitor/, /after the page was loaded anew/, /lastMessages/],
    rule: 'BPH006',
    tone: 'warning'
  },
  {
    row: 'late',
    title: 'says that a flag came after the hook had ended (R3.7)',
    tell: trace => {
      const id = trace.event()
      trace.hookStarts(id).flag(id).reply(id, 'Hello!').hookEnds(id).decide(id, 'skipped')
      trace.add('too-late', { eventId: id, what: 'flag FORCE_PERSIST_STATE', from: hook(9) }).end(id)
      return id
    },
    says: [/The hook greet\.js had ended when the rest of its script did this: flag FORCE_PERSIST_STATE/, /Return the promise/],
    rule: 'BPH002',
    tone: 'warning'
  },
  {
    row: 'late-reply',
    title: 'mentions calmly that nobody waited for a reply that did arrive (R3.7, R16.3)',
    tell: trace => {
      const id = trace.event()
      trace.hookStarts(id).flag(id).hookEnds(id).decide(id, 'skipped')
      trace
        .add('too-late', { eventId: id, what: 'sent "text"', from: hook(9) })
        .reply(id, 'Hello!')
        .end(id)
      return id
    },
    says: [/The hook greet\.js replied after it had ended/, /The reply arrives/],
    rule: 'R16.3',
    tone: 'quiet'
  },
  {
    row: 'state-discarded',
    title: 'says that SKIP_DIALOG_ENGINE without FORCE_PERSIST_STATE throws state away (G8, BPH005)',
    tell: trace => discarded(trace, []),
    says: [/thrown away \(state\.session\.greeted\)/, /FORCE_PERSIST_STATE/],
    rule: 'BPH005',
    tone: 'warning'
  },
  {
    row: 'state-leaks',
    title: 'warns of user attributes that are not saved and seen all the same (R6.3)',
    tell: trace => discarded(trace, [{ path: 'state.user.name', after: 'Ann' }]),
    says: [/state\.user\.name was not saved, and yet the visitor’s next events see it/],
    rule: 'R6.3',
    tone: 'warning'
  },
  {
    row: 'partly-elsewhere',
    title: 'says that one of two replies went elsewhere (R19.7)',
    tell: trace => {
      const id = trace.event()
      trace.hookStarts(id).flag(id).reply(id, 'Hello!').reply(id, 'Psst', hook(), { target: 'bob', arrives: false })
      trace.hookEnds(id).decide(id, 'skipped').end(id)
      return id
    },
    says: [/One reply went to another visitor/],
    rule: 'R19.7',
    tone: 'warning'
  },
  {
    row: 'partly-lost',
    title: 'says that one of two replies was lost (R19.6)',
    tell: trace => {
      const id = trace.event()
      trace.hookStarts(id).flag(id).reply(id, 'Hello!').reply(id, 'Psst', hook(), { arrives: false })
      trace.add('reply-lost', { eventId: 'e3', reason: 'bad payload' }).hookEnds(id).decide(id, 'skipped').end(id)
      return id
    },
    says: [/One reply never reached the chat: bad payload/],
    rule: 'R19.6',
    tone: 'error'
  },
  {
    row: 'not-shown',
    title: 'says that no page was open to show one of the replies (R21.11)',
    tell: trace => {
      const id = trace.page().event()
      trace.hookStarts(id).flag(id).reply(id, 'Hello!').reply(id, 'Are you there?', hook(), { shown: false })
      trace.hookEnds(id).decide(id, 'skipped').end(id)
      return id
    },
    says: [/No open page/],
    rule: 'R21.11',
    tone: 'quiet'
  },
  {
    row: 'two-hooks-replied',
    title: 'names both hooks that replied to one event (BPX003)',
    tell: trace => {
      const id = trace.event()
      trace.hookStarts(id).flag(id).reply(id, 'Hello!').hookEnds(id)
      trace.hookStarts(id, 'promo.js').reply(id, 'Sale!', hook(2, 'promo.js')).hookEnds(id, {}, 'promo.js').decide(id, 'skipped').end(id)
      return id
    },
    says: [/greet\.js and promo\.js each replied/],
    rule: 'BPX003',
    tone: 'warning'
  },
  {
    row: 'jump-unused',
    title: 'says that a jump does nothing when the engine is skipped (R10.12, BPH037)',
    tell: trace => {
      const id = trace.event()
      trace
        .hookStarts(id)
        .flag(id)
        .add('dialog-jumped', { eventId: id, flow: 'booking.flow.json', from: hook(6) })
      trace.hookEnds(id).decide(id, 'skipped').end(id)
      return id
    },
    says: [/jump to booking\.flow\.json did not happen/],
    rule: 'R10.12',
    tone: 'warning'
  },
  {
    row: 'jump-other-session',
    title: 'says that what was given as the session is none, and that it is ignored (R10.12, BPH030)',
    tell: trace => {
      const id = trace.event()
      trace.hookStarts(id).add('dialog-jumped', { eventId: id, flow: 'booking.flow.json', sessionId: 'ann', from: hook(6) })
      trace.hookEnds(id).decide(id, 'dialog').end(id)
      return id
    },
    says: [/gave “ann” to `jumpTo` as the session, which is not the session of this conversation: Botpress ignores it/],
    rule: 'BPH030',
    tone: 'warning'
  },
  {
    row: 'flag-also-unknown',
    title: 'mentions an unknown flag beside a good answer (BPH010)',
    tell: trace => {
      const id = trace.event()
      trace.hookStarts(id).flag(id).flag(id, 'undefined', false).reply(id, 'Hello!').hookEnds(id).decide(id, 'skipped').end(id)
      return id
    },
    says: [/no flag named undefined/],
    rule: 'BPH010',
    tone: 'warning'
  },
  {
    row: 'qna-delay',
    title: 'explains the two seconds of SKIP_QNA_PROCESSING (R5.5)',
    tell: trace => {
      const id = trace.event()
      trace.add('middleware-ended', { eventId: id, name: 'qna.incoming', outcome: 'timedOut', ms: 2000 }).end(id)
      return id
    },
    says: [/waited 2 s for the middleware qna\.incoming, which never answers/],
    rule: 'R5.5',
    tone: 'warning'
  },
  {
    row: 'retried',
    title: 'says that a retried event ran its hooks twice (R7.5)',
    tell: trace => {
      const id = trace.event()
      trace.end(id, 'retried').add('event-started', { eventId: id, attempt: 2 }).end(id)
      return id
    },
    says: [/its hooks ran twice/],
    rule: 'R7.5',
    tone: 'warning'
  },
  {
    row: 'slow',
    title: 'says for how long a slow hook kept the visitor waiting (S41)',
    tell: trace => {
      const id = trace.event()
      trace.hookStarts(id).hookEnds(id, { ms: 3000 }).end(id)
      return id
    },
    says: [/greet\.js took 3 s/],
    rule: 'S41',
    tone: 'warning'
  },
  {
    row: 'waited',
    title: 'says for how long an event waited (R7.3)',
    tell: trace => {
      const first = trace.event()
      const id = waiting(trace, first)
      trace.end(first)
      trace.now += 3000
      trace.add('event-started', { eventId: id, attempt: 1 }).end(id)
      return id
    },
    says: [/waited 3 s for an earlier event/],
    rule: 'R7.3',
    tone: 'quiet'
  },
  {
    row: 'event-chain',
    title: 'suspects a loop when events beget events (R16.4, BPH018)',
    tell: trace => {
      let id = trace.event()
      for (let n = 0; n < 5; n++) {
        const next = trace.event('again', { from: hook(), during: id })
        trace.end(id)
        id = next
      }
      trace.end(id)
      return id
    },
    says: [/event number 6 of a chain/],
    rule: 'BPH018',
    tone: 'warning'
  }
]

function discarded(trace: Trace, leaks: { path: string; after: unknown }[]): string {
  const id = trace.event()
  const changes = [{ path: 'state.session.greeted', after: true }, ...leaks]
  trace.hookStarts(id).flag(id).reply(id, 'Hello!').hookEnds(id, { changes }).decide(id, 'skipped')
  trace.add('state-discarded', { eventId: id, changes, leaks }).end(id)
  return id
}
