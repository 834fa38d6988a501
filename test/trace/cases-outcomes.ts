import type { Case } from './cases-unfinished.ts'
import { at, dialog, hook } from './make.ts'

/** One for each row of causes/outcomes.ts, in its order. */
export const OUTCOME_CASES: Case[] = [
  {
    row: 'suggestion-despite-skip',
    title: 'says that a suggestion goes out although the engine is skipped (R5.3, S36)',
    tell: trace => {
      const id = trace.event()
      trace
        .hookStarts(id)
        .flag(id)
        .hookEnds(id)
        .decide(id, 'suggestion')
        .reply(id, 'We open at nine', { by: 'suggestion', name: 'qna' })
        .end(id)
      return id
    },
    says: [/suggestion was sent although/, /We open at nine/],
    rule: 'R5.3',
    tone: 'warning'
  },
  {
    row: 'suggestion',
    title: 'says that a suggestion answered a question (R9.6)',
    tell: trace => {
      const id = trace.event('text')
      trace.decide(id, 'suggestion').reply(id, 'We open at nine', { by: 'suggestion', name: 'qna' }).end(id)
      return id
    },
    says: [/A suggestion answered “text”/],
    rule: 'R9.6',
    tone: 'good'
  },
  {
    row: 'reply-elsewhere',
    title: 'says that the reply went to another conversation (R16.1, BPH017)',
    tell: trace => {
      const id = trace.event()
      trace
        .hookStarts(id)
        .flag(id)
        .reply(id, 'Hello!', hook(), { threadId: 't2', arrives: false })
        .hookEnds(id)
        .decide(id, 'skipped')
        .end(id)
      return id
    },
    says: [/another conversation/, /saw nothing of it/, /replyToEvent\(event/],
    rule: 'BPH017',
    tone: 'error'
  },
  {
    row: 'reply-lost',
    title: 'gives the reason for which a reply was lost (R19.7)',
    tell: trace => {
      const id = trace.event()
      trace.hookStarts(id).flag(id).reply(id, 'Hello!', hook(), { arrives: false })
      trace.add('reply-lost', { eventId: 'e2', reason: 'no such user' }).hookEnds(id).decide(id, 'skipped').end(id)
      return id
    },
    says: [/never reached the chat: no such user/],
    rule: 'R19.7',
    tone: 'error'
  },
  {
    row: 'not-connected',
    title: 'says that a chat with a lazy socket shows nothing before it is opened (S10, BPC001)',
    tell: trace => {
      const id = trace.page('p1', ['webchatLoaded']).event('offer', { from: { by: 'author' } })
      trace.hookStarts(id).flag(id).reply(id, 'Ten percent off', hook(), { shown: false }).hookEnds(id).decide(id, 'skipped').end(id)
      return id
    },
    says: [/^“Ten percent off” from the hook greet\.js was sent and not seen: with `lazySocket`/, /lazySocket` to false/],
    rule: 'BPC001',
    tone: 'warning'
  },
  {
    row: 'nobody-there',
    title: 'does not say that a visitor read what no page showed (R21.11)',
    tell: trace => {
      const id = trace.page().event('offer', { from: { by: 'author' } })
      trace.hookStarts(id).flag(id).reply(id, 'Ten percent off', hook(), { shown: false }).hookEnds(id).decide(id, 'skipped').end(id)
      return id
    },
    says: [/^“Ten percent off” from the hook greet\.js was sent and not seen: no open page/],
    rule: 'R21.11',
    tone: 'quiet'
  },
  {
    row: 'answered-by-hook',
    title: 'tells what the visitor read and who said it (S01)',
    tell: trace => trace.greeted(),
    says: [/The visitor read “Hello!”, from the hook greet\.js/, /skip the dialog engine/],
    rule: 'S01',
    tone: 'good'
  },
  {
    row: 'built-in-skipped',
    title: 'explains the visit event that nobody asked for (R20.9)',
    tell: trace => {
      const id = trace.event('visit', { from: { by: 'page' } })
      trace.add('flag-set', { eventId: id, flag: 'SKIP_DIALOG_ENGINE', value: true, known: true, from: { by: 'server' } })
      trace.add('decision-made', { eventId: id, outcome: 'skipped', suggestions: [], skippedBy: { by: 'server' } }).end(id)
      return id
    },
    says: [/“visit” is one of Botpress’s own events/],
    rule: 'R20.9',
    tone: 'quiet'
  },
  {
    row: 'failed-after-flag',
    title: 'says that a hook set the flag, then failed, so nobody answered (S38)',
    tell: trace => {
      const id = trace.event()
      trace.hookStarts(id).flag(id)
      trace
        .hookEnds(id, { outcome: 'failed', error: { name: 'TypeError', message: 'x is undefined', place: at(9) } })
        .decide(id, 'skipped')
        .end(id)
      return id
    },
    says: [/stopped with an error before it replied/, /saw nothing/],
    rule: 'S38',
    tone: 'error'
  },
  {
    row: 'postponed',
    title: 'says that a hook set a timer instead of replying (S53)',
    tell: trace => {
      const id = trace.event('nudge')
      trace.hookStarts(id).flag(id)
      trace.add('script-timer', { what: 'set', id: 1, due: trace.now + 30_600_005, hook: 'greet.js', place: at(6), eventId: id })
      trace.hookEnds(id).decide(id, 'skipped').end(id)
      return id
    },
    says: [/^The hook greet\.js replied nothing now, and set a timer that comes in 8 h 30 min\.$/m, /the visitor saw nothing yet/],
    rule: 'S53',
    tone: 'quiet'
  },
  {
    row: 'stored-silently',
    title: 'says that a hook stored a value instead of replying, and promises nothing (S49)',
    tell: trace => {
      const id = trace.event('appointment')
      trace.hookStarts(id).flag(id)
      trace.add('value-stored', {
        eventId: id,
        botId: 'bot',
        key: 'reminder/a1',
        preview: '{}',
        from: { by: 'hook', name: 'note.js', place: at(4) }
      })
      trace.hookEnds(id).decide(id, 'skipped').end(id)
      return id
    },
    says: [/^The visitor saw nothing, and “reminder\/a1” was stored with bp\.kvs\.$/m, /kept the flow out/],
    rule: 'S49',
    tone: 'quiet'
  },
  {
    row: 'kept-silently',
    title: 'is content with a hook that only notes something and saves it (S22)',
    tell: trace => {
      const id = trace.event('contact-form')
      trace.hookStarts(id).flag(id).flag(id, 'FORCE_PERSIST_STATE').hookEnds(id).decide(id, 'skipped')
      trace.add('state-saved', {
        eventId: id,
        sessionId: 's',
        parts: ['user', 'session', 'context', 'temp'],
        changes: [{ path: 'state.session.email', after: 'a@b.c' }]
      })
      trace.end(id)
      return id
    },
    says: [/saw nothing, and state\.session\.email was saved/],
    rule: 'S22',
    tone: 'good'
  },
  {
    row: 'held-back',
    title: 'is content with a hook that said it before and now says nothing (S14, S57)',
    tell: trace => {
      trace.greeted('a', 'Hello!', { from: { by: 'page' } })
      const id = trace.event('a')
      trace.hookStarts(id).flag(id).hookEnds(id).decide(id, 'skipped').end(id)
      return id
    },
    says: [/The hook greet\.js said nothing this time: it has answered “a” for this visitor before, with “Hello!”/],
    rule: 'S57',
    tone: 'quiet'
  },
  {
    row: 'skipped-silently',
    title: 'says that a hook skipped the engine and replied nothing (R5.4)',
    tell: trace => {
      const id = trace.event()
      trace.hookStarts(id).flag(id).hookEnds(id).decide(id, 'skipped').end(id)
      return id
    },
    says: [/The hook greet\.js skipped the dialog engine and replied nothing/],
    rule: 'R5.4',
    tone: 'warning'
  },
  {
    row: 'answer-captured',
    title: 'says that an answer to a notice was taken by the waiting flow (S31, BPH033)',
    tell: trace => {
      const asked = trace.event('text')
      trace.decide(asked, 'dialog').enter(asked).reply(asked, 'What date?', dialog)
      trace.add('dialog-waits', { eventId: asked, flow: 'main.flow.json', node: 'ask-date' }).end(asked)
      trace.greeted('price-drop', 'Hotel is cheaper now. Look?')
      const id = trace.event('text', { payload: { type: 'text', text: 'yes please' } })
      trace.decide(id, 'dialog').enter(id, 'ask-date', true).reply(id, 'That is no date', dialog).end(id)
      return id
    },
    says: [/taken by node “ask-date”/, /“Hotel is cheaper now\. Look\?” from greet\.js/],
    rule: 'S31',
    tone: 'warning'
  },
  {
    row: 'dialog-silent',
    title: 'says where a flow waits that said nothing (R10.3)',
    tell: trace => {
      const id = trace.event('text')
      trace.decide(id, 'dialog').enter(id).add('dialog-waits', { eventId: id, flow: 'main.flow.json', node: 'entry' }).end(id)
      return id
    },
    says: [/ran and said nothing/, /waits at node “entry”/],
    rule: 'R10.3',
    tone: 'warning'
  },
  {
    row: 'answered-by-dialog',
    title: 'tells what the flow answered to a message',
    tell: trace => {
      const id = trace.event('text')
      trace.decide(id, 'dialog').enter(id).reply(id, 'Welcome', dialog).add('dialog-ended', { eventId: id }).end(id)
      return id
    },
    says: [/read “Welcome”, from the flow main\.flow\.json#entry/, /come to its end/],
    rule: 'R9.7',
    tone: 'good'
  },
  {
    row: 'processed',
    title: 'says no more than it knows of an event without a decision',
    tell: trace => {
      const id = trace.event()
      trace.end(id)
      return id
    },
    says: [/was processed/],
    rule: '',
    tone: 'quiet'
  }
]
