import type { Lane } from '../../../src/trace/lanes.ts'
import { count } from '../../../src/trace/words.ts'

/** Every sentence of the views of the trace, in one place for translation. What happened is told by src/trace. */
export const VIEW_TEXTS = {
  lanes: {
    page: 'Page',
    event: 'Event',
    hook: 'Hook',
    middleware: 'Middleware',
    decision: 'Decision',
    dialog: 'Dialog',
    state: 'State',
    outgoing: 'Outgoing',
    chat: 'Chat',
    engine: 'Engine',
    words: 'Log'
  } satisfies Record<Lane, string>,
  lanesHint: 'Show only these',
  timeline: 'Everything on one clock',
  noRows: 'Nothing of this kind has happened.',
  later: (time: string) => `${time} later`,
  inspector: 'Inspector',
  inspectorHeight: 'Height of the inspector',
  showStory: 'Why did this happen?',
  changedHere: 'Changed by this step',
  eventHere: 'The event after this step',
  eventBefore: 'The event as it came',
  entryOf: 'Entry of the trace',
  endedWith: 'How it ended',

  noFindings: 'Nothing to complain about.',
  noFindingsHint:
    'Looked for: said twice, answers captured by another dialog, events sent before ready, locked queues, too many unasked messages, replies after the visitor left, outcomes that depend on the order, and more.',
  lookAt: 'Show',
  lookAtPlace: (n: number) => count(n, 'place in the trace', 'places in the trace'),
  ledger: 'What visitors were told unasked',
  ledgerHint: 'Caps and quiet hours: “frequency” in .proactive-hooks.json',
  former: 'somebody who has gone',
  when: 'When',
  what: 'What',
  because: 'Because of',
  reaction: 'Then the visitor',
  reactions: { answered: 'answered', closed: 'closed the chat', left: 'left the page', nothing: 'did nothing' },

  noReplay: 'Nothing was played again yet.',
  noReplayHint:
    'Play the last event or the whole run again (Run, above the page), or let saving do it. What comes out otherwise is marked here.',
  same: (n: number) => (n === 1 ? 'One event came out as before.' : `${n} events came out as before.`),
  allSame: 'Everything came out as before.',
  fates: { same: 'as before', changed: 'came out otherwise', added: 'is new', removed: 'did not happen any more' },
  differs: { outcome: 'Outcome', said: 'Said', hooks: 'Hooks', flags: 'Flags', decision: 'Decision', flow: 'Flow', state: 'State' },
  nothing: 'nothing',
  showSame: 'Show what stayed the same',
  after: (what: string) => `After: ${what}`
} as const
