import type { EntryOf } from '../entry.ts'
import { discardedChanges, type Facts, failedHooks, hookName, hookReplies, isUnreadable, leakedChanges, originName } from '../facts.ts'
import { rawWordsIn } from '../raw-words.ts'
import { isOwn } from '../state.ts'
import type { Repeat, Said } from '../story.ts'
import { baseName, count, duration, FAULT, list, placeName, quote, sentence, stop, textOf, times, who } from '../words.ts'
import type { Cause } from './cause.ts'

/** Things that are also true of an event, whatever its outcome. Every match is told, in this order. */
export const REMARKS: readonly Cause[] = [
  {
    id: 'staged',
    tone: 'quiet',
    chip: 'staged',
    rules: ['S38', 'S39', 'S41'],
    when: facts => stagedHooks(facts).length > 0,
    says: facts =>
      stagedHooks(facts).map(
        run => `${hookName(run)} was made to ${FAULT[run.started.staged!]} by you: the failure is staged, not a fault of the hook.`
      ),
    places: facts => stagedHooks(facts).map(run => run.started.place)
  },
  {
    id: 'saved-before',
    tone: 'good',
    chip: 'new text',
    rules: ['R1.8', 'S48'],
    when: ({ story }) => story.fresh !== undefined,
    says: ({ story }) =>
      story.fresh!.map(
        ({ run, saved }) =>
          `${baseName(run.name)} ran with the text that was saved ${duration(run.at - saved.at)} before, for the first time.`
      ),
    places: ({ story }) => story.fresh!.map(({ run }) => run.place)
  },
  {
    id: 'hook-failed',
    tone: 'error',
    chip: 'hook failed',
    rules: ['R3.12', 'R3.24', 'G12', 'S38', 'S42', 'BPH003'],
    when: facts => failedHooks(facts).length > 0,
    says: facts =>
      failedHooks(facts).map(run => {
        const { error } = run.ended!
        if (isUnreadable(run)) {
          return `${hookName(run)} could not be loaded, so nothing of it ran: ${stop(error?.message ?? '')} Botpress runs hooks on Node 12, which does not know the syntax at ${placeName(error?.place ?? run.started.place)}.`
        }
        return stop(
          `${hookName(run)} stopped with ${error?.name ?? 'an error'}${error?.place ? ` at ${placeName(error.place)}` : ''}: ${error?.message ?? ''}`
        )
      }),
    places: facts => failedHooks(facts).map(run => run.ended?.error?.place ?? run.started.place)
  },
  {
    id: 'reply-hook-failed',
    tone: 'error',
    chip: 'hook failed',
    rules: ['R3.12', 'R7.8', 'BPH012'],
    when: facts => facts.replyHooks.some(run => run.ended?.outcome === 'failed'),
    says: facts =>
      facts.replyHooks
        .filter(run => run.ended?.outcome === 'failed')
        .map(run => stop(`While a reply was being sent, ${hookName(run)} stopped with an error: ${run.ended?.error?.message ?? ''}`)),
    todo: () => ['In before_outgoing_middleware the event has no user, session or temp: reading them throws.'],
    places: facts =>
      facts.replyHooks.filter(run => run.ended?.outcome === 'failed').map(run => run.ended?.error?.place ?? run.started.place)
  },
  {
    id: 'value-missing',
    tone: 'error',
    chip: 'value missing',
    rules: ['R22.3', 'R22.5', 'BPX002', 'S27'],
    when: facts => missingIn(facts) !== undefined && facts.story.sent !== undefined && facts.story.sent.via !== 'widget',
    says: facts => [
      `${quote(missingIn(facts)!, 48)} shows that a value was missing where the hook looked for it.`,
      `The page sent the event by \`${facts.story.sent!.via}\`, so what it gave is at ${list(pathsOf(facts, facts.story.sent!.via))}; by \`${other(facts.story.sent!.via)}\` it would be at ${list(pathsOf(facts, other(facts.story.sent!.via)))}.`
    ],
    todo: () => ['Read the values where the page’s call puts them, or let the page use the other call.'],
    places: facts => [facts.story.sent?.place, hookReplies(facts)[0]?.received.from.place]
  },
  {
    id: 'sent-early',
    tone: 'warning',
    chip: 'sent too early',
    rules: ['R20.6', 'R26.1', 'R26.2', 'BPP001', 'S03', 'S04'],
    when: facts => facts.story.sent?.fate === 'posted' && facts.story.sent.phase !== 'ready' && facts.story.sent.via !== 'widget',
    says: () => [
      'The page sent it before the chat was ready. Botpress before 12.26.4 takes it all the same, and an answer that comes before the conversation is loaded is missing until the page is loaded anew; since then it is dropped.'
    ],
    todo: () => ['Send it when the page receives `webchatReady`.'],
    places: facts => [facts.story.sent?.place]
  },
  {
    id: 'said-again',
    tone: 'warning',
    chip: 'said again',
    rules: ['G9', 'R6.9', 'BPH006', 'BPP006', 'S11'],
    when: facts => facts.story.repeats.length > 0,
    says: facts => facts.story.repeats.flatMap(explainRepeat),
    todo: facts => [...new Set(facts.story.repeats.map(repeat => avoidRepeat(repeat.said)))],
    places: facts => facts.story.repeats.map(repeat => repeat.said.at(-1)?.from.place)
  },
  {
    id: 'late',
    tone: 'warning',
    chip: 'too late',
    rules: ['R3.7', 'G11', 'BPH002', 'BPH011'],
    when: facts => lateFlags(facts).length > 0,
    says: facts =>
      lateFlags(facts).map(
        late => `${sentence(who(late.from))} had ended when the rest of its script did this: ${late.what}. It has no effect any more.`
      ),
    todo: () => ['Return the promise: `return handle()` at the end of the script, or `return (async () => { … })()` round it.'],
    places: facts => lateFlags(facts).map(late => late.from.place)
  },
  {
    id: 'late-reply',
    tone: 'quiet',
    chip: 'not waited for',
    rules: ['R3.7', 'R16.3', 'BPH002'],
    when: facts => facts.late.length > lateFlags(facts).length,
    says: facts => [
      `${sentence(who(facts.late.find(late => !isFlag(late))!.from))} replied after it had ended, because its script does not return its promise. The reply arrives, but nobody waits for it: it may come after words that were meant to follow.`
    ],
    todo: () => ['Return the promise, and Botpress waits for the reply: `return handle()` at the end of the script.'],
    places: facts => facts.late.filter(late => !isFlag(late)).map(late => late.from.place)
  },
  {
    id: 'state-discarded',
    tone: 'warning',
    chip: 'state discarded',
    rules: ['R5.4', 'R6.5', 'G8', 'BPH005', 'S22'],
    when: facts => discardedChanges(facts).some(change => change.path.startsWith('state.')),
    says: facts => {
      const skipped = facts.flags.some(flag => flag.flag === 'SKIP_DIALOG_ENGINE')
      const gone = [...new Set(discardedChanges(facts).map(change => change.path))].join(', ')
      return [
        skipped
          ? `State changes were thrown away (${gone}): with SKIP_DIALOG_ENGINE nothing is saved unless FORCE_PERSIST_STATE is set too.`
          : `State changes were thrown away (${gone}): they came after the state had been saved, or nothing saved it.`
      ]
    },
    todo: facts =>
      facts.flags.some(flag => flag.flag === 'SKIP_DIALOG_ENGINE')
        ? ['Add `event.setFlag(bp.IO.WellKnownFlags.FORCE_PERSIST_STATE, true)`, or write what must last with `bp.users` or `bp.kvs`.']
        : ['Change the state before the dialog engine runs, or set FORCE_PERSIST_STATE.']
  },
  {
    id: 'state-leaks',
    tone: 'warning',
    chip: 'state leaks',
    rules: ['R6.3', 'BPH005'],
    when: facts => leakedChanges(facts).length > 0,
    says: facts => [
      `${[...new Set(leakedChanges(facts).map(leak => leak.path))].join(', ')} was not saved, and yet the visitor’s next events see it, until the server restarts: it works when you try it and fails in production.`
    ]
  },
  {
    id: 'partly-elsewhere',
    tone: 'warning',
    chip: 'sent elsewhere',
    rules: ['R16.1', 'R19.7', 'BPH017'],
    when: facts => facts.replies.some(reply => reply.elsewhere) && !facts.replies.every(reply => reply.elsewhere),
    says: facts => [
      `${sentence(count(facts.replies.filter(reply => reply.elsewhere).length, 'reply', 'replies'))} went to another visitor or conversation and cannot be seen in this one.`
    ],
    places: facts => facts.replies.filter(reply => reply.elsewhere).map(reply => reply.received.from.place)
  },
  {
    id: 'partly-lost',
    tone: 'error',
    chip: 'reply lost',
    rules: ['R19.6'],
    when: facts => facts.replies.some(reply => reply.lost) && !facts.replies.every(reply => reply.lost),
    says: facts => facts.replies.flatMap(reply => (reply.lost ? [stop(`One reply never reached the chat: ${reply.lost.reason}`)] : []))
  },
  {
    id: 'not-shown',
    tone: 'quiet',
    chip: 'not on screen',
    rules: ['R21.11'],
    when: (facts, index) => index.hasPages && facts.replies.some(reply => reply.chats.some(chat => !chat.shown)),
    says: () => ['No open page of the visitor was there to show the reply; it will be in the history when the chat is opened.']
  },
  {
    id: 'two-hooks-replied',
    tone: 'warning',
    chip: 'two hooks replied',
    rules: ['R1.5', 'BPX003'],
    when: facts => replyingHooks(facts).length > 1,
    says: facts => [`${list(replyingHooks(facts))} each replied to the same event.`],
    todo: () => ['Test the event’s type first in every hook, and let only one of them answer it.'],
    places: facts => hookReplies(facts).map(reply => reply.received.from.place)
  },
  {
    id: 'jump-unused',
    tone: 'warning',
    chip: 'jump not made',
    rules: ['R10.12', 'BPH037'],
    when: facts => facts.decision?.outcome === 'skipped' && facts.jumps.length > 0,
    says: facts => [
      `The jump to ${facts.jumps.at(-1)?.flow} did not happen: \`jumpTo\` only moves a marker, the dialog engine goes there when it runs, and it was skipped.`
    ],
    todo: () => [
      'Do not set SKIP_DIALOG_ENGINE together with `jumpTo`, or set FORCE_PERSIST_STATE so that the visitor’s next event continues there.'
    ],
    places: facts => facts.jumps.map(jump => jump.from.place)
  },
  {
    id: 'jump-other-session',
    tone: 'warning',
    chip: 'no session id',
    rules: ['R10.12', 'BPH030'],
    when: facts => facts.jumps.some(({ sessionId }) => sessionId !== undefined),
    says: facts => {
      const jump = facts.jumps.findLast(({ sessionId }) => sessionId !== undefined)!
      return [
        `${who(jump.from)} gave ${quote(jump.sessionId!, 40)} to \`jumpTo\` as the session, which is not the session of this conversation: Botpress ignores it and means the conversation of the event.`
      ]
    },
    todo: () => ['Give `bp.dialog.createId(event)` as the session’s id: `processEvent` and `deleteSession` do not ignore it.'],
    places: facts => facts.jumps.filter(({ sessionId }) => sessionId !== undefined).map(jump => jump.from.place)
  },
  {
    id: 'flag-also-unknown',
    tone: 'warning',
    chip: 'unknown flag',
    rules: ['R5.2', 'BPH010'],
    when: facts => facts.flags.some(flag => !flag.known),
    says: facts => [
      `Botpress reads no flag named ${list(facts.flags.filter(flag => !flag.known).map(flag => flag.flag))}; setting it does nothing.`
    ],
    places: facts => facts.flags.filter(flag => !flag.known).map(flag => flag.from.place)
  },
  {
    id: 'qna-delay',
    tone: 'warning',
    chip: 'two seconds late',
    rules: ['R5.5'],
    when: facts => facts.middlewares.some(step => step.outcome === 'timedOut'),
    says: facts =>
      facts.middlewares
        .filter(step => step.outcome === 'timedOut')
        .map(
          step =>
            `The event waited ${duration(step.ms)} for the middleware ${step.name}${step.name.includes('qna') ? ', which never answers when SKIP_QNA_PROCESSING is set' : ''}.`
        )
  },
  {
    id: 'retried',
    tone: 'warning',
    chip: 'ran twice',
    rules: ['R7.5'],
    when: facts => facts.starts.length > 1 && facts.ended?.outcome !== 'failed',
    says: () => ['The first attempt failed, so Botpress processed the event a second time from the beginning: its hooks ran twice.']
  },
  {
    id: 'slow',
    tone: 'warning',
    chip: 'slow',
    rules: ['R7.3', 'R3.11', 'S41'],
    when: facts => slowHooks(facts).length > 0,
    says: facts =>
      slowHooks(facts).map(
        run => `${hookName(run)} took ${duration(run.ended?.ms ?? 0)}; for so long the visitor’s later events had to wait.`
      ),
    places: facts => slowHooks(facts).map(run => run.started.place)
  },
  {
    id: 'waited',
    tone: 'quiet',
    chip: 'waited',
    rules: ['R7.3', 'S41'],
    when: facts => waitedMs(facts) >= 100,
    says: facts => [`It waited ${duration(waitedMs(facts))} for an earlier event of the same visitor.`]
  },
  {
    id: 'event-chain',
    tone: 'warning',
    chip: 'event loop',
    rules: ['R16.4', 'BPH018'],
    when: facts => facts.story.depth >= CHAIN,
    says: facts => [
      `This is event number ${facts.story.depth + 1} of a chain in which each was sent while the one before was processed. It looks like a loop without end.`
    ],
    todo: () => ['Test the type, or a mark in the payload, before a hook sends an event: it passes the same hooks again.'],
    places: facts => [facts.story.received?.from.place]
  }
]

/** A text of a hook in which something was missing. */
const missingIn = (facts: Facts) =>
  hookReplies(facts)
    .map(reply => textOf(reply.received.payload) ?? '')
    .find(text => rawWordsIn(text)?.kind === 'missing')
const other = (via: string) => (via === 'sendPayload' ? 'sendEvent' : 'sendPayload')
/** Where a hook finds what the page gave to either call (R22.1, R22.5). */
function pathsOf(facts: Facts, via: string): string[] {
  const given = facts.story.sent?.payload
  const root = via === 'sendPayload' ? 'event.payload' : 'event.payload.payload'
  const keys = typeof given === 'object' && given !== null ? Object.keys(given).filter(key => key !== 'type') : []
  return keys.length > 0 ? keys.map(key => `\`${root}.${key}\``) : [`\`${root}\``]
}

/** So many events in a chain count as a loop. */
const CHAIN = 5
/** A hook slower than this is mentioned, ms. */
const SLOW = 1000

const stagedHooks = (facts: Facts) => [...facts.hooks, ...facts.replyHooks].filter(run => run.started.staged !== undefined)
const isFlag = (late: EntryOf<'too-late'>) => /flag|[A-Z]_[A-Z]/.test(late.what)
const lateFlags = (facts: Facts) => facts.late.filter(isFlag)
const slowHooks = (facts: Facts) => facts.hooks.filter(run => (run.ended?.ms ?? 0) >= SLOW)
const waitedMs = (facts: Facts) => (facts.waiting && facts.starts[0] ? facts.starts[0].at - facts.waiting.at : 0)
const replyingHooks = (facts: Facts) => [...new Set(hookReplies(facts).map(reply => originName(reply.received.from)))]
const samePage = (said: readonly Said[]) => {
  const page = said.at(-1)?.story.pageId
  return page !== undefined && said.slice(0, -1).some(other => other.story.pageId === page)
}

/** The session in which a hook had noted that it spoke was over when it spoke again (R6.8). */
const sessionEnded = (said: readonly Said[]) => {
  const last = said.at(-1)!.story
  const isNew = last.entries.some(entry => entry.kind === 'state-loaded' && entry.newSession)
  const noted = said
    .slice(0, -1)
    .some(({ story }) =>
      story.entries.some(
        entry =>
          entry.kind === 'state-saved' && entry.changes.some(change => /^state\.session\./.test(change.path) && !isOwn(change, story))
      )
    )
  return isNew && noted
}
const severalVisitors = (said: readonly Said[]) => new Set(said.map(({ visitorId }) => visitorId)).size > 1

/** What to do about it, by who said it. */
export function avoidRepeat(said: readonly Said[]): string {
  if (!samePage(said) && sessionEnded(said))
    return 'Keep the mark with the visitor (`event.state.user`, with FORCE_PERSIST_STATE), not in the session: a session ends after 30 idle minutes.'
  if (samePage(said)) return 'Let the page remember that it has sent the event (`once`), and the hook that it has answered.'
  return said.at(-1)?.from.by === 'hook'
    ? 'Keep a marker of your own, for example `event.state.session.greeted = true` with FORCE_PERSIST_STATE, or a user attribute. `lastMessages` does not grow by replies of a hook.'
    : 'Let a hook set SKIP_DIALOG_ENGINE when `event.state.session.lastMessages` is not empty: then only a new session is greeted. For “once per visitor” use a user attribute.'
}

/** That a text came again for one visitor, and why. */
export function explainRepeat(repeat: Repeat): string[] {
  const last = repeat.said.at(-1)!
  const why = severalVisitors(repeat.said)
    ? 'A new session was begun on the page, so to the server it is somebody new, and the page sent its event again when the chat was ready again.'
    : samePage(repeat.said)
      ? 'The page sent its event more than once in one visit.'
      : sessionEnded(repeat.said)
        ? 'The hook had noted in the session that it spoke, and that session had ended meanwhile.'
        : last.story.pageId === undefined
          ? 'Nothing keeps the bot from saying it at every such event.'
          : last.from.by === 'hook'
            ? 'Whatever keeps the hook from saying it twice did not hold after the page was loaded anew.'
            : 'Each load of the page made the bot speak.'
  return [
    `${quote(repeat.text, 48)} was said ${times(repeat.said.length)} ${severalVisitors(repeat.said) ? 'on the same page' : 'to the same visitor'}.`,
    why
  ]
}
