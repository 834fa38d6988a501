import { BUILT_IN_EVENT_TYPES } from '../../botpress/webchat.ts'
import type { EntryOf } from '../entry.ts'
import { errorPlace, type Facts, failedHooks, hookName, hookReplies, originName, savedChanges, skippedBy } from '../facts.ts'
import type { TraceIndex } from '../trace-index.ts'
import { duration, list, quote, sentence, stop, who } from '../words.ts'
import { type Cause, experienced, nodeName, paths, typeOf, wordsOf } from './cause.ts'
import { dialogRan, flowPlace, flowTook, skipped, skipper } from './decision.ts'

const builtIn = (facts: Facts) => facts.story.received !== undefined && facts.story.received.type in BUILT_IN_EVENT_TYPES

/** Who kept the engine out. */
const skipOrigin = (facts: Facts) => facts.decision?.skippedBy ?? skippedBy(facts)?.from
/** What the same hook told the same visitor on grounds of an earlier event of this type. */
const saidBefore = (facts: Facts, index: TraceIndex) => {
  const by = skipOrigin(facts)
  return by?.by === 'hook' ? index.saidBefore(facts.story, originName(by)) : undefined
}
/** Everything that was said came to a visitor of whom no page was there to show it. */
const unseen = (facts: Facts, index: TraceIndex) =>
  index.hasPages &&
  facts.replies.length > 0 &&
  facts.replies.every(reply => !reply.lost && reply.chats.length > 0 && reply.chats.every(chat => !chat.shown))
/** The visitor's page has its chat, which did not connect: it knows no visitor id yet (R21.7). */
const isLazy = (facts: Facts, index: TraceIndex) => {
  const target = facts.replies[0]?.chats[0]?.visitorId
  const posts = (target === undefined ? undefined : index.pageOf(target))?.entries.filter(entry => entry.kind === 'page-posted') ?? []
  const knowsVisitor = posts.some(({ data }) => typeof data === 'object' && data !== null && 'userId' in data)
  const wasOpened = posts.some(({ name }) => name === 'webchatOpened')
  return posts.some(({ name }) => name === 'webchatLoaded') && !wasOpened && !knowsVisitor
}
const unseenWords = (facts: Facts) => `${sentence(wordsOf(facts.replies))}${from(facts).replace(',', '')} was sent and not seen`

function from(facts: Facts): string {
  const names = [...new Set(facts.replies.map(reply => who(reply.received.from)))]
  return names.length > 0 ? `, from ${list(names)}` : ''
}

/** Timers of this event that were not taken back. */
function pendingTimers(facts: Facts): EntryOf<'script-timer'>[] {
  const cleared = new Set(facts.timers.flatMap(({ what, id }) => (what === 'cleared' ? [id] : [])))
  return facts.timers.filter(({ what, id }) => what === 'set' && !cleared.has(id))
}

const whenItComes = ({ every, due, at }: EntryOf<'script-timer'>) =>
  `${every === undefined ? 'in' : 'every'} ${duration(every ?? due - at)}`

/** What else became of an event that was decided upon; the causes in unfinished.ts and flow-took.ts come before these. First match wins. */
export const OUTCOMES: readonly Cause[] = [
  {
    id: 'suggestion-despite-skip',
    tone: 'warning',
    chip: 'suggestion sent',
    rules: ['R5.3', 'S36'],
    when: facts => facts.decision?.outcome === 'suggestion' && skippedBy(facts) !== undefined,
    says: facts => [
      `A suggestion was sent although ${skipper(facts)} set SKIP_DIALOG_ENGINE: the flag stops the flow, not the election of suggestions.`,
      `The visitor ${experienced(facts.replies)}.`
    ],
    todo: () => [
      'To keep questions and answers out, do not give the payload a top-level `text`, or drop the suggestions in before_suggestions_election.'
    ]
  },
  {
    id: 'suggestion',
    tone: 'good',
    chip: 'answered',
    rules: ['R9.6', 'R9.7'],
    when: facts => facts.decision?.outcome === 'suggestion',
    says: facts => [`A suggestion answered ${typeOf(facts)}; the flow did not move.`, `The visitor ${experienced(facts.replies)}.`]
  },
  {
    id: 'reply-elsewhere',
    tone: 'error',
    chip: 'sent elsewhere',
    rules: ['R16.1', 'R19.7', 'BPH017'],
    when: facts => facts.replies.length > 0 && facts.replies.every(reply => reply.elsewhere),
    says: facts => [
      facts.replies.some(reply => reply.elsewhere === 'visitor')
        ? `The reply was sent to somebody else: ${quote(facts.replies.find(reply => reply.elsewhere)?.received.target ?? '')} instead of ${quote(facts.story.received?.target ?? '')}.`
        : 'The reply was sent to another conversation of this visitor than the one the event came from.',
      'In the open conversation the visitor saw nothing of it.'
    ],
    todo: () => ['Pass the event itself to `bp.events.replyToEvent(event, payloads, event.id)`; it names bot, channel, target and thread.'],
    places: facts => facts.replies.map(reply => reply.received.from.place)
  },
  {
    id: 'reply-lost',
    tone: 'error',
    chip: 'reply lost',
    rules: ['R19.6', 'R19.7'],
    when: facts => facts.replies.length > 0 && facts.replies.every(reply => reply.lost),
    says: facts => [
      stop(`The reply never reached the chat: ${facts.replies.find(reply => reply.lost)?.lost?.reason}`),
      'The visitor saw nothing.'
    ],
    places: facts => facts.replies.map(reply => reply.received.from.place)
  },
  {
    id: 'not-connected',
    tone: 'warning',
    chip: 'not connected',
    rules: ['R21.7', 'BPC001', 'S10'],
    when: (facts, index) => unseen(facts, index) && isLazy(facts, index),
    says: facts => [
      `${unseenWords(facts)}: with \`lazySocket\` the chat connects only when it is opened for the first time.`,
      'The visitor saw nothing; it will be in the history when the chat is opened.'
    ],
    todo: () => ['Set `lazySocket` to false for a bot that speaks first.'],
    places: facts => [hookReplies(facts)[0]?.received.from.place]
  },
  {
    id: 'nobody-there',
    tone: 'quiet',
    chip: 'not on screen',
    rules: ['R21.11'],
    when: unseen,
    says: facts => [
      `${unseenWords(facts)}: no open page of the visitor was there to show it.`,
      'It will be in the history when the chat is opened.'
    ],
    places: facts => [hookReplies(facts)[0]?.received.from.place]
  },
  {
    id: 'answered-by-hook',
    tone: 'good',
    chip: 'answered',
    rules: ['R5.1', 'S01'],
    when: facts => skipped(facts) && facts.replies.length > 0,
    says: facts => [
      `The visitor ${experienced(facts.replies)}${from(facts)}.`,
      `${sentence(skipper(facts))} told Botpress to skip the dialog engine, so the flow did not move.`
    ],
    places: facts => [hookReplies(facts)[0]?.received.from.place]
  },
  {
    id: 'built-in-skipped',
    tone: 'quiet',
    chip: 'built in',
    rules: ['R1.14', 'R20.9'],
    when: facts => skipped(facts) && builtIn(facts),
    says: facts => [
      `${typeOf(facts)} is one of Botpress’s own events: ${BUILT_IN_EVENT_TYPES[facts.story.received?.type as keyof typeof BUILT_IN_EVENT_TYPES]}.`,
      'The visitor saw nothing, as usual: a stock hook keeps it from the flow.'
    ]
  },
  {
    id: 'failed-after-flag',
    tone: 'error',
    chip: 'hook failed',
    rules: ['R3.12', 'G12', 'S38'],
    when: facts => skipped(facts) && failedHooks(facts).length > 0,
    says: facts => [
      failedHooks(facts).some(run => hookName(run) === originName(skipOrigin(facts) ?? { by: 'server' }))
        ? `${list(failedHooks(facts).map(hookName))} set SKIP_DIALOG_ENGINE, then stopped with an error before it replied.`
        : `${sentence(skipper(facts))} set SKIP_DIALOG_ENGINE, and ${list(failedHooks(facts).map(hookName))} failed: nobody replied.`,
      'The visitor saw nothing: the dialog engine was told to keep out, and no hook answered.'
    ],
    todo: () => ['Repair the error.'],
    places: facts => failedHooks(facts).map(errorPlace)
  },
  {
    id: 'postponed',
    tone: 'quiet',
    chip: 'for later',
    rules: ['R14.1', 'R3.9', 'S49', 'S53'],
    when: facts => skipped(facts) && pendingTimers(facts).length > 0,
    says: facts => [
      `${sentence(skipper(facts))} replied nothing now, and set a timer that comes ${whenItComes(pendingTimers(facts)[0]!)}.`,
      'It kept the flow out with SKIP_DIALOG_ENGINE, so the visitor saw nothing yet. What comes of it later stands in the trace as a story of its own.'
    ],
    todo: () => [
      'A timer ends with the server: what must not be forgotten belongs in the store, where a hook in after_server_start looks for what is due.'
    ],
    places: facts => [pendingTimers(facts)[0]?.place]
  },
  {
    id: 'stored-silently',
    tone: 'quiet',
    chip: 'stored',
    rules: ['R14.1', 'S49', 'S53', 'S54'],
    when: (facts, index) =>
      skipped(facts) && facts.stored.length > 0 && savedChanges(facts).length === 0 && saidBefore(facts, index) === undefined,
    says: facts => [
      `The visitor saw nothing, and ${list([...new Set(facts.stored.map(({ key }) => quote(key)))], 3)} was stored with bp.kvs.`,
      `${sentence(skipper(facts))} kept the flow out with SKIP_DIALOG_ENGINE. If a script is to speak of it later, that stands in the trace as a story of its own.`
    ],
    places: facts => facts.stored.map(({ from }) => from.place)
  },
  {
    id: 'kept-silently',
    tone: 'good',
    chip: 'noted',
    rules: ['R5.6', 'S22'],
    when: facts => skipped(facts) && savedChanges(facts).length > 0,
    says: facts => [
      `The visitor saw nothing, and ${paths(savedChanges(facts))} was saved.`,
      `${sentence(skipper(facts))} kept the flow out with SKIP_DIALOG_ENGINE; FORCE_PERSIST_STATE had the state saved.`
    ]
  },
  {
    id: 'held-back',
    tone: 'quiet',
    chip: 'nothing again',
    rules: ['R5.4', 'S11', 'S14', 'S54', 'S57'],
    when: (facts, index) => skipped(facts) && saidBefore(facts, index) !== undefined,
    says: (facts, index) => [
      `${sentence(skipper(facts))} said nothing this time: it has answered ${typeOf(facts)} for this visitor before, with ${quote(saidBefore(facts, index)!.text, 48)}.`,
      'It kept the flow out as well, so the visitor saw nothing.'
    ],
    places: facts => [skipOrigin(facts)?.place]
  },
  {
    id: 'skipped-silently',
    tone: 'warning',
    chip: 'no reply',
    rules: ['R5.4', 'S25'],
    when: facts => skipped(facts),
    says: facts => [
      `${sentence(skipper(facts))} skipped the dialog engine and replied nothing, so the visitor saw nothing.`,
      facts.late.length > 0
        ? 'Part of the script ran too late, see below.'
        : 'With SKIP_DIALOG_ENGINE set, only hooks and suggestions can answer.'
    ],
    todo: () => [
      'If an answer was expected: check that the hook reaches its `replyToEvent` (log the values it tests), and that it awaits it.'
    ],
    places: facts => [skipOrigin(facts)?.place]
  },
  {
    id: 'answer-captured',
    tone: 'warning',
    chip: 'answer captured',
    rules: ['R7.12', 'BPH033', 'S31'],
    when: facts => dialogRan(facts) && facts.story.interrupted !== undefined,
    says: facts => [
      `The visitor’s answer was taken by node ${nodeName(facts.story.interrupted!.question)}, although the last thing said was ${quote(facts.story.interrupted!.said.text, 48)} from ${originName(facts.story.interrupted!.said.from)}.`,
      `The visitor ${experienced(facts.replies)}. The flow was still waiting for its own question.`
    ],
    todo: () => [
      'Let the hook wait while the flow is waiting (`event.state.context.currentNode`), or jump to a flow of its own that asks the question.'
    ],
    places: facts => [facts.story.interrupted?.said.from.place, flowPlace(facts)]
  },
  {
    id: 'dialog-silent',
    tone: 'warning',
    chip: 'no reply',
    rules: ['R10.7', 'R10.3'],
    when: facts => dialogRan(facts) && facts.replies.length === 0,
    says: facts => [
      `The flow ran and said nothing: ${flowTook(facts)}.`,
      facts.waits ? `It now waits at node ${nodeName(facts.waits)}. The visitor saw nothing.` : 'The visitor saw nothing.'
    ],
    places: facts => [flowPlace(facts)]
  },
  {
    id: 'answered-by-dialog',
    tone: 'good',
    chip: 'answered',
    rules: ['R9.7'],
    when: facts => dialogRan(facts),
    says: facts => [
      `The visitor ${experienced(facts.replies)}${from(facts)}.`,
      facts.waits ? `The flow now waits for an answer at node ${nodeName(facts.waits)}.` : 'The flow has come to its end.'
    ],
    places: facts => [flowPlace(facts)]
  },
  {
    id: 'processed',
    tone: 'quiet',
    chip: 'processed',
    rules: [],
    when: () => true,
    says: facts => [`Event ${typeOf(facts)} was processed. The visitor ${experienced(facts.replies)}.`]
  }
]
