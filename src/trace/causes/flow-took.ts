import { dialogReplies, errorPlace, type Facts, failedHooks, handled, hookName, hookReplies, isUnreadable } from '../facts.ts'
import { count, list, quote, sentence, similar, who } from '../words.ts'
import { type Cause, experienced, typeOf } from './cause.ts'
import { dialogRan, flowPlace, flowTook, resumed, visitorsWord } from './decision.ts'

const lateFlag = (facts: Facts) => facts.late.find(late => /SKIP_DIALOG_ENGINE|skipDialogEngine/.test(late.what))
const flagAfter = (facts: Facts) =>
  facts.flags.find(flag => flag.flag === 'SKIP_DIALOG_ENGINE' && flag.value && flag.known && flag.seq > (facts.decision?.seq ?? 0))
const unknownFlags = (facts: Facts) => facts.flags.filter(flag => !flag.known)
const answered = (facts: Facts) => `The visitor ${experienced(dialogReplies(facts))} without having said anything.`
/** A hook other than the failed ones set a flag or answered. */
const handledWithoutFailed = (facts: Facts) =>
  hookReplies(facts).length > 0 || facts.flags.some(flag => flag.known && flag.from.by === 'hook')

/** The type by which pages ask the bot to speak first, in the documentation and in most sites. */
const CUSTOMARY_TRIGGER = 'proactive-trigger'
const SKIP = 'event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)'

/** Why the dialog engine took an event that nobody typed, or took it besides a hook. First match wins. */
export const FLOW_TOOK: readonly Cause[] = [
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
      `${list(failedHooks(facts).map(hookName))} ${failedHooks(facts).every(isUnreadable) ? 'could not be read by Node 12' : 'stopped with an error before SKIP_DIALOG_ENGINE was set'}, so ${flowTook(facts)}.`,
      `${answered(facts)} Botpress logs a failing hook and goes on as if it were not there.`
    ],
    todo: () => ['Repair the error. Setting the flag in the hook’s first line keeps the flow out even when the rest fails.'],
    places: facts => [...failedHooks(facts).map(errorPlace), flowPlace(facts)]
  },
  {
    id: 'answered-twice',
    tone: 'warning',
    chip: 'answered twice',
    rules: ['R5.3', 'G7', 'BPH004'],
    // Who jumps wants the flow to speak too.
    when: facts =>
      dialogRan(facts) &&
      hookReplies(facts).length > 0 &&
      dialogReplies(facts).length > 0 &&
      !facts.jumps.some(jump => jump.from.by === 'hook'),
    says: facts => [
      `The hook answered, and as nothing set SKIP_DIALOG_ENGINE, ${flowTook(facts)} and answered too.`,
      `The visitor ${experienced(facts.replies)}.`
    ],
    todo: () => [`If the hook’s answer is all that should be said, add \`${SKIP}\`.`],
    places: facts => [hookReplies(facts)[0]?.received.from.place, flowPlace(facts)]
  },
  {
    id: 'jumped',
    tone: 'good',
    chip: 'jumped',
    rules: ['R10.12', 'R10.13'],
    when: facts => dialogRan(facts) && facts.jumps.some(jump => jump.from.by === 'hook') && dialogReplies(facts).length > 0,
    says: facts => [
      `${sentence(who(facts.jumps.at(-1)!.from))} sent the conversation to ${facts.jumps.at(-1)?.flow}${facts.jumps.at(-1)?.node ? `, node ${quote(facts.jumps.at(-1)!.node!)}` : ''}, and the dialog engine went on there.`,
      `The visitor ${experienced(facts.replies)}.`
    ],
    places: facts => [facts.jumps.at(-1)?.from.place, flowPlace(facts)]
  },
  {
    id: 'bot-spoke-first',
    tone: 'good',
    chip: 'bot spoke first',
    rules: ['R7.12', 'G7', 'BPH004'],
    when: facts =>
      dialogRan(facts) &&
      !visitorsWord(facts) &&
      !resumed(facts) &&
      dialogReplies(facts).length > 0 &&
      (handled(facts) || facts.story.received?.type === CUSTOMARY_TRIGGER),
    says: facts => [
      `The bot spoke first: nothing set SKIP_DIALOG_ENGINE, so ${flowTook(facts)}.`,
      `The visitor ${experienced(facts.replies)}. To the flow the event counts as words of the visitor: while the flow waits for an answer, the next such event is taken as that answer.`
    ],
    places: facts => [flowPlace(facts)]
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
  }
]
