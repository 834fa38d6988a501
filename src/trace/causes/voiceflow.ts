import type { EntryOf } from '../entry.ts'
import type { Facts } from '../facts.ts'
import { list, quote, shorten, times } from '../words.ts'
import type { Cause } from './cause.ts'

type Bubble = EntryOf<'bubbles-changed'>['bubbles'][number]

const calls = ({ story }: Facts) => story.entries.filter(entry => entry.kind === 'voiceflow-called')
const pushes = (facts: Facts, fate: EntryOf<'voiceflow-called'>['fate']) =>
  calls(facts).filter(call => call.name === 'proactive.push' && call.fate === fate)
/** The queue as it is now. */
const queue = ({ story }: Facts): readonly Bubble[] => story.entries.findLast(entry => entry.kind === 'bubbles-changed')?.bubbles ?? []
const inState = (facts: Facts, state: Bubble['state']) => queue(facts).filter(bubble => bubble.state === state)
const texts = (bubbles: readonly Bubble[]) => list(bubbles.map(({ text }) => quote(shorten(text, 50))))
const NOT_SAID = 'None of it is part of the conversation: the agent does not know what was shown.'

/** What a later push brought about. */
const seenLater = (facts: Facts) => [
  ...(inState(facts, 'drawn').length > 0 ? [`Of what was pushed later the visitor sees ${texts(inState(facts, 'drawn'))}.`] : []),
  ...(inState(facts, 'chat-open').length > 0
    ? [`Of what was pushed later ${texts(inState(facts, 'chat-open'))} is kept while the chat is open.`]
    : [])
]

/** What becomes of proactive bubbles on a page with Voiceflow's chat. First match wins; a page without it is none of these. */
export const VOICEFLOW: readonly Cause[] = [
  {
    id: 'bubbles-lost',
    tone: 'error',
    chip: 'pushed too early',
    rules: ['W1', 'K4', 'S64', 'VFP001'],
    when: facts => pushes(facts, 'lost').length > 0,
    says: facts => [
      `The page pushed ${pushes(facts, 'lost').length === 1 ? 'once' : times(pushes(facts, 'lost').length)} before the chat was loaded. Voiceflow keeps nothing of that: these bubbles are lost, not late.`,
      ...seenLater(facts)
    ],
    todo: () => ['Push after the promise of `load` has resolved: `voiceflow.chat.load(…).then(() => voiceflow.chat.proactive.push(…))`.'],
    places: facts => pushes(facts, 'lost').map(({ place }) => place)
  },
  {
    id: 'bubbles-embedded',
    tone: 'error',
    chip: 'no bubbles here',
    rules: ['W2', 'K11'],
    when: facts => pushes(facts, 'no-effect').length > 0,
    says: () => ['The chat is embedded in the page, and an embedded chat has no proactive messages: the push did nothing.'],
    places: facts => pushes(facts, 'no-effect').map(({ place }) => place)
  },
  {
    id: 'bubbles-ignored',
    tone: 'warning',
    chip: 'bubble ignored',
    rules: ['W4', 'K1', 'VFP002'],
    when: facts => inState(facts, 'ignored').length > 0,
    says: facts => [
      `Only traces of type \`text\` are drawn. ${list([...new Set(inState(facts, 'ignored').map(({ type }) => quote(type)))])} is accepted, kept in the queue and never seen.`
    ],
    places: facts => pushes(facts, 'done').map(({ place }) => place)
  },
  {
    id: 'bubbles-behind-chat',
    tone: 'quiet',
    chip: 'chat is open',
    rules: ['W8', 'W9', 'K5', 'S64'],
    when: facts => inState(facts, 'chat-open').length > 0,
    says: facts => [`The chat is open, so ${texts(inState(facts, 'chat-open'))} is kept and seen when it is closed.`, NOT_SAID]
  },
  {
    id: 'bubbles-hidden',
    tone: 'quiet',
    chip: 'widget hidden',
    rules: ['W8'],
    when: facts => inState(facts, 'widget-hidden').length > 0,
    says: facts => [`The widget is hidden, so ${texts(inState(facts, 'widget-hidden'))} is kept and seen once it is shown.`]
  },
  {
    id: 'bubbles-dismissed',
    tone: 'quiet',
    chip: 'dismissed',
    rules: ['W10', 'K8'],
    when: facts => inState(facts, 'dismissed').length > 0,
    says: facts => [
      `The visitor dismissed the stack (${texts(inState(facts, 'dismissed'))}). It is only out of sight: the next push brings all of it back.`
    ],
    todo: () => ['Call `voiceflow.chat.proactive.clear()` before the next push.']
  },
  {
    id: 'bubbles-drawn',
    tone: 'good',
    chip: 'bubble shown',
    rules: ['W5', 'W13'],
    when: facts => inState(facts, 'drawn').length > 0,
    says: facts => [`The visitor sees ${texts(inState(facts, 'drawn'))} beside the chat’s button.`, NOT_SAID]
  },
  {
    id: 'bubbles-none',
    tone: 'quiet',
    chip: 'no bubbles',
    rules: ['W15'],
    when: facts => calls(facts).length > 0,
    says: facts => [
      calls(facts).some(({ name, fate }) => name === 'proactive.clear' && fate === 'done')
        ? 'The bubbles were cleared; unlike dismissed ones they do not come back.'
        : 'Voiceflow’s chat is on this page; nothing was pushed.'
    ]
  }
]
