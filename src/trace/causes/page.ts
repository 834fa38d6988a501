import { RESERVED_EVENT_TYPES } from '../../botpress/webchat.ts'
import type { EntryOf } from '../entry.ts'
import type { Facts } from '../facts.ts'
import { quote, stop } from '../words.ts'
import { type Cause, typeOf } from './cause.ts'
import { VOICEFLOW } from './voiceflow.ts'

type Phase = EntryOf<'page-sent'>['phase']

/** Why something sent in a phase is lost (R20.2, R20.6, R21.3, R21.4, R21.6). */
const DROPPED: Record<Exclude<Phase, 'ready'>, { why: string; rules: string[] }> = {
  'before-init': { why: 'the page had not called `botpressWebChat.init` yet; before it nothing is queued', rules: ['R20.2', 'BPP014'] },
  loading: { why: 'the widget was still loading', rules: ['R20.2', 'R20.6', 'BPP001'] },
  loaded: {
    why: '`webchatLoaded` only means that the widget can be opened; the conversation is loaded when it is opened for the first time',
    rules: ['R20.6', 'R21.6', 'G3', 'BPP001', 'S03']
  },
  opening: {
    why: 'the chat was being opened for the first time. `webchatOpened` comes before the conversation is loaded, half a second on a fast line and longer on a slow one; a fixed time after it may be too short',
    rules: ['R20.6', 'R21.6', 'G3', 'G4', 'BPP002', 'S04']
  }
}

/** Rules about sending in each phase that comes too early. */
export const PHASE_LATER: Partial<Record<Phase, readonly string[]>> = Object.fromEntries(
  Object.entries(DROPPED).map(([phase, { rules }]) => [phase, rules.filter(rule => rule.startsWith('BP'))])
)

const dropped = (facts: Facts) => DROPPED[(facts.story.sent?.phase ?? 'loaded') as Exclude<Phase, 'ready'>] ?? DROPPED.loaded
const messageWithoutText = (facts: Facts) =>
  facts.refused !== undefined && /text/i.test(facts.refused.reason) && facts.story.sent?.via === 'sendEvent'
const reserved = (facts: Facts) => RESERVED_EVENT_TYPES[facts.story.sent?.type as keyof typeof RESERVED_EVENT_TYPES] as string | undefined

const phaseCause = (phase: Phase): Cause => ({
  id: `dropped-${phase}`,
  tone: 'error',
  chip: 'lost in the page',
  rules: DROPPED[phase as Exclude<Phase, 'ready'>]?.rules ?? DROPPED.loaded.rules,
  when: facts => facts.story.sent?.fate === 'dropped' && facts.story.sent.phase === phase,
  says: facts => [
    `Dropped before ready: ${typeOf(facts)} never left the browser, so no hook ran and the visitor saw nothing.`,
    `It was sent too early: ${dropped(facts).why}. The widget keeps no queue; on a real site a warning in the browser’s console is all there is.`
  ],
  todo: () => [
    'Send it when the page receives `webchatReady`: `window.addEventListener("message", e => { if (e.data.name === "webchatReady") … })`.'
  ],
  places: facts => [facts.story.sent?.place]
})

/** What became of something a page sent that is no event (yet). First match wins. */
export const SENT: readonly Cause[] = [
  phaseCause('before-init'),
  phaseCause('loading'),
  phaseCause('loaded'),
  phaseCause('opening'),
  phaseCause('ready'),
  {
    id: 'handled-by-widget',
    tone: 'quiet',
    chip: 'done by the widget',
    rules: ['R20.8', 'BPP008', 'S26'],
    when: facts => facts.story.sent?.fate === 'handled',
    says: facts => [
      `Handled by the widget itself: ${typeOf(facts)} ${reserved(facts) ?? 'is a command to the widget'}.`,
      'It is not sent to the bot, so no hook sees it.'
    ],
    todo: facts =>
      facts.story.sent?.type === undefined || ['show', 'hide', 'toggle'].includes(facts.story.sent.type)
        ? []
        : ['If you meant an event of your own, give it another name.'],
    places: facts => [facts.story.sent?.place]
  },
  {
    id: 'refused-without-text',
    tone: 'error',
    chip: 'refused',
    rules: ['R22.6', 'R19.3', 'R20.7', 'BPP008'],
    when: messageWithoutText,
    says: facts => [
      `Refused by /messages (${facts.refused?.status}) since it has no top-level text; no hook ran and the visitor saw nothing.`,
      `${typeOf(facts)} is a type of messages, and sendEvent wraps what it is given once more, so the text lies one level too deep.`
    ],
    todo: () => ['To speak as the visitor use `sendEvent({ type: "message", text })`; for an event of your own choose another type.'],
    places: facts => [facts.story.sent?.place]
  },
  {
    id: 'refused',
    tone: 'error',
    chip: 'refused',
    rules: ['R19.3', 'R19.1'],
    when: facts => facts.refused !== undefined,
    says: facts => [
      stop(
        `The server refused ${quote(facts.refused?.type ?? facts.story.sent?.type ?? '(no type)')} (${facts.refused?.status}): ${facts.refused?.reason}`
      ),
      'No hook ran and the visitor saw nothing.'
    ],
    places: facts => [facts.story.sent?.place]
  },
  {
    id: 'posted',
    tone: 'running',
    chip: 'on its way',
    rules: [],
    when: () => true,
    says: facts => [`${typeOf(facts)} is on its way from the page to the server.`],
    places: facts => [facts.story.sent?.place]
  }
]

const posted = (facts: Facts, name: string) => facts.posted.some(entry => entry.name === name)

/** How far a page's chat has come (R21.1 to R21.4). First match wins. */
export const PAGE: readonly Cause[] = [
  ...VOICEFLOW,
  {
    id: 'page-failed',
    tone: 'error',
    chip: 'never ready',
    rules: ['R21.10', 'S06', 'S45'],
    when: facts => facts.refused !== undefined && !posted(facts, 'webchatReady'),
    says: facts => [
      stop(`The chat could not start: ${facts.refused?.reason}`),
      '`webchatReady` never fires on this page, so whatever the page sends is dropped and the visitor cannot write either. Nothing tries again until the page is loaded anew.'
    ],
    todo: () => ['A page that depends on the chat needs another way for its visitors when `webchatReady` does not come in time.']
  },
  {
    id: 'page-ready',
    tone: 'good',
    chip: 'ready',
    rules: ['R21.4'],
    when: facts => posted(facts, 'webchatReady'),
    says: () => ['The chat is open and ready: what the page sends from now on reaches the bot.']
  },
  {
    id: 'page-opening',
    tone: 'running',
    chip: 'opening',
    rules: ['R21.4', 'S05', 'S06'],
    when: facts => posted(facts, 'webchatOpened'),
    says: () => [
      'The chat is opening: until `webchatReady` whatever the page sends is dropped.',
      'If it stays like this, the conversation could not be loaded.'
    ]
  },
  {
    id: 'page-not-opened',
    tone: 'quiet',
    chip: 'chat not opened',
    rules: ['R21.3', 'G1', 'BPP003', 'S02'],
    when: facts => posted(facts, 'webchatLoaded'),
    says: () => [
      'The widget has not been opened, so `webchatReady` never fires and nothing the page sends reaches the bot.',
      'The visitor sees the bubble and nothing else.'
    ],
    todo: () => ['Click the bubble, or let the page open the chat: `botpressWebChat.sendEvent({ type: "show" })` on `webchatLoaded`.']
  },
  {
    id: 'page-left',
    tone: 'quiet',
    chip: 'left',
    rules: ['R20.2'],
    when: facts => facts.story.left === true,
    says: () => ['The page was loaded anew before its chat widget had said anything.']
  },
  {
    id: 'page-loading',
    tone: 'running',
    chip: 'loading',
    rules: ['R20.2', 'R21.10'],
    when: () => true,
    says: () => ['The page was loaded; its chat widget has not said anything yet.'],
    todo: () => ['If it stays like this: does the page load inject.js and call `window.botpressWebChat.init`?']
  }
]
