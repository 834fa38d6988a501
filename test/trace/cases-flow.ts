import type { Case } from './cases-unfinished.ts'
import { dialog, hook } from './make.ts'

/** One for each row of causes/flow-took.ts, in its order. */
export const FLOW_CASES: Case[] = [
  {
    row: 'flag-too-late',
    title: 'blames the floating promise for a flag that came too late (R3.7, BPH002)',
    tell: trace => {
      const id = trace.event()
      trace.hookStarts(id).hookEnds(id).decide(id, 'dialog')
      trace.add('too-late', { eventId: id, what: 'flag SKIP_DIALOG_ENGINE', from: hook(9) })
      trace.enter(id).reply(id, 'Welcome', dialog).end(id)
      return id
    },
    says: [/after the hook had ended \(a floating promise\)/, /started main\.flow\.json/, /read “Welcome”/],
    rule: 'BPH002',
    tone: 'error'
  },
  {
    row: 'flag-after-decision',
    title: 'says that a flag set in after_event_processed is not read any more (R5.7, BPH011)',
    tell: trace => {
      const id = trace.event()
      trace.decide(id, 'dialog').enter(id).reply(id, 'Welcome', dialog).flag(id).end(id)
      return id
    },
    says: [/after the decision had been made/],
    rule: 'BPH011',
    tone: 'error'
  },
  {
    row: 'flag-unknown',
    title: 'names a flag that Botpress does not read (R5.2, BPH010)',
    tell: trace => {
      const id = trace.event()
      trace.hookStarts(id).flag(id, 'SKIP_DIALOG', false).hookEnds(id).decide(id, 'dialog').enter(id).reply(id, 'Welcome', dialog).end(id)
      return id
    },
    says: [/Unknown flag name \(SKIP_DIALOG\)/, /started main\.flow\.json/],
    rule: 'BPH010',
    tone: 'error'
  },
  {
    row: 'threw-before-flag',
    title: 'ties the error in the hook to the answer of the flow (R3.12, G12, S37)',
    tell: trace => {
      const id = trace.event()
      trace.hookFails(id).decide(id, 'dialog').enter(id).reply(id, 'Welcome', dialog).end(id)
      return id
    },
    says: [
      /greet\.js stopped with an error before SKIP_DIALOG_ENGINE was set, so the dialog engine started/,
      /ReferenceError at greet\.js:7/
    ],
    rule: 'G12',
    tone: 'error'
  },
  {
    row: 'answered-twice',
    title: 'says that hook and flow both answered (G7, BPH004)',
    tell: trace => {
      const id = trace.event()
      trace.hookStarts(id).reply(id, 'Hello!').hookEnds(id).decide(id, 'dialog').enter(id).reply(id, 'Welcome', dialog).end(id)
      return id
    },
    says: [/The hook answered, and as nothing set SKIP_DIALOG_ENGINE/, /“Hello!” and “Welcome”/],
    rule: 'BPH004',
    tone: 'warning'
  },
  {
    row: 'jumped',
    title: 'follows a jump that the dialog engine made (R10.12)',
    tell: trace => {
      const id = trace.event('payment-failed')
      trace
        .hookStarts(id)
        .add('dialog-jumped', { eventId: id, flow: 'checkout.flow.json', node: 'help', from: hook(6) })
        .hookEnds(id)
      trace.decide(id, 'dialog').enter(id, 'help').reply(id, 'Did the card fail?', dialog).end(id)
      return id
    },
    says: [/The hook greet\.js sent the conversation to checkout\.flow\.json, node “help”/, /Did the card fail/],
    rule: 'R10.12',
    tone: 'good'
  },
  {
    row: 'bot-spoke-first',
    title: 'knows that a trigger without a flag starts the main flow on purpose (R7.12)',
    tell: trace => {
      const id = trace.event('proactive-trigger')
      trace.hookStarts(id).hookEnds(id).decide(id, 'dialog').enter(id).reply(id, 'Hello, I am the bot', dialog).end(id)
      return id
    },
    says: [/The bot spoke first/, /started main\.flow\.json, node “entry”/, /next such event is taken as that answer/],
    rule: 'R7.12',
    tone: 'good'
  },
  {
    row: 'moved-silently',
    title: 'says that a handled event moved the flow all the same (R7.12, BPH004)',
    tell: trace => {
      const id = trace.event()
      trace.hookStarts(id).reply(id, 'Hello!').hookEnds(id).decide(id, 'dialog').enter(id, 'ask-date', true).end(id)
      return id
    },
    says: [/dealt with “proactive-trigger”/, /answer at node “ask-date” of main\.flow\.json/],
    rule: 'BPH004',
    tone: 'warning'
  },
  {
    row: 'unhandled',
    title: 'says that the flow took an unhandled type as the answer, and suggests the right name (R7.12, BPX001, S25)',
    tell: trace => {
      trace.greeted('pricing-idle')
      const id = trace.event('pricng-idle')
      trace.hookStarts(id).hookEnds(id).decide(id, 'dialog').enter(id, 'ask-date', true).reply(id, 'What date?', dialog).end(id)
      return id
    },
    says: [
      /No hook handles type “pricng-idle”, so the flow took it as the visitor’s answer at node “ask-date”/,
      /without having said anything/,
      /Did you mean “pricing-idle”/
    ],
    rule: 'BPX001',
    tone: 'warning'
  }
]
