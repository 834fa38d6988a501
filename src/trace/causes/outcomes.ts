import { BUILT_IN_EVENT_TYPES } from '../../botpress/webchat.ts'
import {
  dialogReplies,
  errorPlace,
  type Facts,
  failedHooks,
  handled,
  hookName,
  hookReplies,
  originName,
  savedChanges,
  skippedBy
} from '../facts.ts'
import { isVisitorsWord } from '../story.ts'
import { count, list, quote, similar, stop, who } from '../words.ts'
import { type Cause, experienced, nodeName, paths, typeOf } from './cause.ts'

const dialogRan = (facts: Facts) => facts.decision?.outcome === 'dialog' || facts.decision?.outcome === 'suggestion-and-dialog'
const skipped = (facts: Facts) => facts.decision?.outcome === 'skipped'
const visitorsWord = (facts: Facts) => facts.story.received !== undefined && isVisitorsWord(facts.story.received)
const builtIn = (facts: Facts) => facts.story.received !== undefined && facts.story.received.type in BUILT_IN_EVENT_TYPES
const resumed = (facts: Facts) => facts.entered.find(entry => entry.resumed)
const lateFlag = (facts: Facts) => facts.late.find(late => /SKIP_DIALOG_ENGINE|skipDialogEngine/.test(late.what))
const flagAfter = (facts: Facts) =>
  facts.flags.find(flag => flag.flag === 'SKIP_DIALOG_ENGINE' && flag.value && flag.known && flag.seq > (facts.decision?.seq ?? 0))
const unknownFlags = (facts: Facts) => facts.flags.filter(flag => !flag.known)
const skipper = (facts: Facts) => {
  const by = facts.decision?.skippedBy ?? skippedBy(facts)?.from
  return by ? who(by) : 'something'
}

/** How the flow took the event, as a half-sentence after “so”. */
function flowTook(facts: Facts): string {
  const answer = resumed(facts)
  if (answer) return `the flow took it as the visitor’s answer at node ${nodeName(answer)}`
  const first = facts.entered[0]
  return first ? `the dialog engine started ${first.flow}, node ${quote(first.node)}` : 'the dialog engine processed it like a message'
}

const answered = (facts: Facts) => `The visitor ${experienced(dialogReplies(facts))} without having said anything.`
const SKIP = 'event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)'
const flowPlace = (facts: Facts) => facts.entered[0]?.place

/** What became of an event that was decided upon. First match wins; the causes in unfinished.ts come before these. */
export const OUTCOMES: readonly Cause[] = [
  {
    id: 'flag-too-late',
    tone: 'error',
    chip: 'flag too late',
    rules: ['R3.6', 'R3.7', 'G11', 'BPH002', 'BPH011'],
    when: facts => dialogRan(facts) && lateFlag(facts) !== undefined,
    says: facts => [
      `SKIP_DIALOG_ENGINE was set after the hook had ended (a floating promise), so ${flowTook(facts)}.`,
      `The visitor ${experienced(facts.replies)}. Botpress waits for a hook only if its script returns the promise.`
    ],
    todo: () => ['Return the promise: `return handle()` at the end of the script. Or set the flag before the first `await`.'],
    places: facts => [lateFlag(facts)?.from.place, flowPlace(facts)]
  },
  {
    id: 'flag-after-decision',
    tone: 'error',
    chip: 'flag too late',
    rules: ['R5.7', 'BPH011'],
    when: facts => dialogRan(facts) && flagAfter(facts) !== undefined,
    says: facts => [
      `SKIP_DIALOG_ENGINE was set after the decision had been made, so ${flowTook(facts)}.`,
      `The visitor ${experienced(facts.replies)}. The flag is read once, after before_suggestions_election.`
    ],
    todo: () => ['Set the flag in before_incoming_middleware or after_incoming_middleware.'],
    places: facts => [flagAfter(facts)?.from.place, flowPlace(facts)]
  },
  {
    id: 'flag-unknown',
    tone: 'error',
    chip: 'unknown flag',
    rules: ['R5.2', 'BPH010'],
    when: facts => dialogRan(facts) && unknownFlags(facts).length > 0,
    says: facts => [
      `Unknown flag name (${list(unknownFlags(facts).map(flag => flag.flag))}): Botpress reads no such flag, so ${flowTook(facts)}.`,
      `The visitor ${experienced(facts.replies)}. A misspelt flag is accepted without a word and does nothing.`
    ],
    todo: () => [`Write \`${SKIP}\`: the flag is a symbol on bp.IO.WellKnownFlags, not a string.`],
    places: facts => [...unknownFlags(facts).map(flag => flag.from.place), flowPlace(facts)]
  },
  {
    id: 'threw-before-flag',
    tone: 'error',
    chip: 'hook failed',
    rules: ['R3.12', 'G12', 'S37'],
    when: facts => dialogRan(facts) && !visitorsWord(facts) && failedHooks(facts).length > 0 && !handledWithoutFailed(facts),
    says: facts => [
      `${list(failedHooks(facts).map(hookName))} stopped with an error before SKIP_DIALOG_ENGINE was set, so ${flowTook(facts)}.`,
      `${answered(facts)} Botpress logs a failing hook and goes on as if it were not there.`
    ],
    todo: () => ['Repair the error below. Setting the flag in the hook’s first line keeps the flow out even when the rest fails.'],
    places: facts => [...failedHooks(facts).map(errorPlace), flowPlace(facts)]
  },
  {
    id: 'answered-twice',
    tone: 'warning',
    chip: 'answered twice',
    rules: ['R5.3', 'G7', 'BPH004'],
    when: facts => dialogRan(facts) && hookReplies(facts).length > 0 && dialogReplies(facts).length > 0,
    says: facts => [
      `The hook answered, and as nothing set SKIP_DIALOG_ENGINE, ${flowTook(facts)} and answered too.`,
      `The visitor ${experienced(facts.replies)}.`
    ],
    todo: () => [`If the hook’s answer is all that should be said, add \`${SKIP}\`.`],
    places: facts => [hookReplies(facts)[0]?.received.from.place, flowPlace(facts)]
  },
  {
    id: 'moved-silently',
    tone: 'warning',
    chip: 'flow moved',
    rules: ['R7.12', 'G7', 'BPH004'],
    when: facts => dialogRan(facts) && !visitorsWord(facts) && handled(facts),
    says: facts => [
      `A hook dealt with ${typeOf(facts)}, but nothing set SKIP_DIALOG_ENGINE, so ${flowTook(facts)}.`,
      `The visitor ${experienced(facts.replies)}.`
    ],
    todo: () => [`Add \`${SKIP}\` unless the flow is meant to move on.`],
    places: facts => [hookReplies(facts)[0]?.received.from.place, flowPlace(facts)]
  },
  {
    id: 'unhandled',
    tone: 'warning',
    chip: 'no hook handled it',
    rules: ['R7.10', 'R7.12', 'G7', 'BPX001', 'BPH004', 'S25'],
    when: facts => dialogRan(facts) && !visitorsWord(facts),
    says: facts => [
      `No hook handles type ${typeOf(facts)}, so ${flowTook(facts)}.`,
      answered(facts),
      facts.hooks.length === 0
        ? 'No hook ran for it at all.'
        : `${count(facts.hooks.length, 'hook')} ran (${list([...new Set(facts.hooks.map(hookName))])}) and did nothing about it. To Botpress an unknown type is a message like any other.`
    ],
    todo: (facts, index) => {
      const meant = similar(facts.story.received?.type ?? '', index.handledTypes)
      return [
        ...(meant ? [`Did you mean ${quote(meant)}? A hook handles that.`] : []),
        `Write a before_incoming_middleware hook for this type that ends with \`${SKIP}\`, unless the flow is meant to start by it.`
      ]
    },
    places: facts => [facts.story.sent?.place, flowPlace(facts)]
  },
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
    id: 'answered-by-hook',
    tone: 'good',
    chip: 'answered',
    rules: ['R5.1', 'S01'],
    when: facts => skipped(facts) && facts.replies.length > 0,
    says: facts => [
      `The visitor ${experienced(facts.replies)}${from(facts)}.`,
      `${capital(skipper(facts))} told Botpress to skip the dialog engine, so the flow did not move.`
    ],
    places: facts => [hookReplies(facts)[0]?.received.from.place]
  },
  {
    id: 'failed-after-flag',
    tone: 'error',
    chip: 'hook failed',
    rules: ['R3.12', 'G12', 'S38'],
    when: facts => skipped(facts) && failedHooks(facts).length > 0,
    says: facts => [
      `${list(failedHooks(facts).map(hookName))} set the skip flag or let it be set, then stopped with an error before it replied.`,
      'The visitor saw nothing: the dialog engine was told to keep out, and the hook did not answer.'
    ],
    todo: () => ['Repair the error below.'],
    places: facts => failedHooks(facts).map(errorPlace)
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
    id: 'kept-silently',
    tone: 'good',
    chip: 'noted',
    rules: ['R5.6', 'S22'],
    when: facts => skipped(facts) && savedChanges(facts).length > 0,
    says: facts => [
      `The visitor saw nothing, and ${paths(savedChanges(facts))} was saved.`,
      `${capital(skipper(facts))} kept the flow out with SKIP_DIALOG_ENGINE; FORCE_PERSIST_STATE had the state saved.`
    ]
  },
  {
    id: 'skipped-silently',
    tone: 'warning',
    chip: 'no reply',
    rules: ['R5.4', 'S25'],
    when: facts => skipped(facts),
    says: facts => [
      `${capital(skipper(facts))} skipped the dialog engine and replied nothing, so the visitor saw nothing.`,
      facts.late.length > 0
        ? 'Part of the script ran too late, see below.'
        : 'With SKIP_DIALOG_ENGINE set, only hooks and suggestions can answer.'
    ],
    todo: () => [
      'If an answer was expected: check that the hook reaches its `replyToEvent` (log the values it tests), and that it awaits it.'
    ],
    places: facts => [(facts.decision?.skippedBy ?? skippedBy(facts)?.from)?.place]
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

/** A hook other than the failed ones set a flag or answered. */
function handledWithoutFailed(facts: Facts): boolean {
  return hookReplies(facts).length > 0 || facts.flags.some(flag => flag.known && flag.from.by === 'hook')
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

function from(facts: Facts): string {
  const names = [...new Set(facts.replies.map(reply => who(reply.received.from)))]
  return names.length > 0 ? `, from ${list(names)}` : ''
}
