import { type Facts, hookName, openHooks } from '../facts.ts'
import type { Story } from '../story.ts'
import { duration, onRealServer, stop } from '../words.ts'
import { type Cause, experienced, nodeName, typeOf } from './cause.ts'

const openHookNames = (facts: Facts) => openHooks(facts).map(hookName).join(', ')
const stoppedHere = (facts: Facts) => {
  const { stopped } = facts.story
  const file = stopped?.place?.file ?? stopped?.hook
  const during = stopped?.during
  return openHooks(facts).some(
    run =>
      (during === undefined || run.started.eventId === during) &&
      (file === undefined || run.started.place.file === file || run.started.name === file || hookName(run) === file)
  )
}

/** Events that have not come to their end, or came to a bad one, before anything was decided about them. First match wins. */
export const UNFINISHED: readonly Cause[] = [
  {
    id: 'loop-stopped',
    tone: 'error',
    chip: 'loop stopped',
    rules: ['R3.11', 'G13', 'BPH020', 'S40'],
    when: facts => facts.story.stopped?.reason === 'hook-limit' && stoppedHere(facts),
    says: facts => [
      `Stopped an endless loop in ${openHookNames(facts)}: on the real server Botpress would be frozen for everyone.`,
      `The visitor ${experienced(facts.replies)}. The hook kept the processor for ${duration(facts.story.stopped?.ms ?? 0)} without giving anything else a turn; Botpress has no limit that would end it.`
    ],
    todo: () => ['Make sure that every loop in the hook comes to an end, or waits (`await`) in between.'],
    places: facts => [facts.story.stopped?.place, ...openHooks(facts).map(run => run.started.place)]
  },
  {
    id: 'process-ended',
    tone: 'error',
    chip: 'server ended',
    rules: ['R3.9', 'S40'],
    when: facts => facts.story.stopped !== undefined && facts.story.stopped.reason !== 'request' && stoppedHere(facts),
    says: facts => [
      `The process ended while ${openHookNames(facts)} was running (${facts.story.stopped?.reason}), so the event was never finished.`,
      `The visitor ${experienced(facts.replies)}. ${onRealServer(facts.story.stopped?.real ?? '')}`
    ],
    todo: () => ['Find what ends the process: an error thrown from a timer, memory that grows without limit, or a crash of a library.'],
    places: facts => [facts.story.stopped?.place, ...openHooks(facts).map(run => run.started.place)]
  },
  {
    id: 'lost-with-engine',
    tone: 'warning',
    chip: 'lost',
    rules: ['R3.9'],
    when: facts => facts.story.stopped !== undefined,
    says: facts => [
      'The event was lost because the engine was stopped before it came to an end.',
      facts.story.stopped?.reason === 'request'
        ? `The visitor ${experienced(facts.replies)}.`
        : `Another hook stopped the engine${facts.story.stopped?.hook ? ` (${facts.story.stopped.hook})` : ''}. The visitor ${experienced(facts.replies)}.`
    ],
    todo: () => ['Send it again.'],
    places: facts => [facts.story.stopped?.place]
  },
  {
    id: 'queue-locked',
    tone: 'error',
    chip: 'queue locked',
    rules: ['R3.10', 'R7.3', 'G13', 'BPH019', 'S39'],
    when: facts => facts.stuck !== undefined && !facts.ended,
    says: facts => [
      `${facts.stuck?.hook ?? (openHookNames(facts) || 'Something')} has not finished after ${duration(facts.stuck?.ms ?? 0)}: this visitor’s queue is locked.`,
      `The visitor ${experienced(facts.replies)}, and everything else they send waits behind this event. Other visitors are served. Nothing on the real server ends the wait; only a restart does.`
    ],
    todo: () => ['See to it that the promise which the hook returns always settles: answer every callback, give every request a timeout.'],
    places: facts => [facts.stuck?.place, ...openHooks(facts).map(run => run.started.place)]
  },
  {
    id: 'waiting-behind-locked',
    tone: 'error',
    chip: 'waiting for ever',
    rules: ['R7.3', 'R3.10', 'S39'],
    when: facts => !facts.story.started && !facts.ended && lockedBehind(facts.story) !== undefined,
    says: facts => [
      `Waiting behind event ${typeOfStory(lockedBehind(facts.story))}, which never ends.`,
      'The visitor gets no answer to this one: Botpress processes one event of a visitor at a time, in order.'
    ],
    todo: () => ['Repair the hook that locks the queue (see that event), then restart as the same visitor.']
  },
  {
    id: 'waiting',
    tone: 'running',
    chip: 'waiting',
    rules: ['R7.3', 'S41'],
    when: facts => !facts.story.started && !facts.ended && facts.waiting !== undefined,
    says: facts => [
      `Waiting behind event ${typeOfStory(facts.story.behind)} of the same visitor.`,
      'Botpress processes one event of a visitor at a time, in order of arrival; other visitors do not wait.'
    ]
  },
  {
    id: 'running',
    tone: 'running',
    chip: 'in progress',
    rules: [],
    when: facts => !facts.ended,
    says: facts => [
      openHooks(facts).length > 0 ? `${openHookNames(facts)} is running.` : `Event ${typeOf(facts)} is being processed.`,
      ...(facts.replies.length > 0 ? [`So far the visitor ${experienced(facts.replies)}.`] : [])
    ]
  },
  {
    id: 'paused',
    tone: 'quiet',
    chip: 'paused',
    rules: ['R7.6'],
    when: facts => facts.ended?.outcome === 'paused',
    says: facts => [
      'The event was stored and left alone, because `event.isPause` is set.',
      `The visitor ${experienced(facts.replies)}. Neither the later hooks nor the dialog engine saw the event; that is how a human agent takes over.`
    ]
  },
  {
    id: 'failed',
    tone: 'error',
    chip: 'given up',
    rules: ['R7.5', 'S47'],
    when: facts => facts.ended?.outcome === 'failed',
    says: facts => [
      stop(
        `Botpress gave the event up after ${facts.starts.length > 1 ? 'a second' : 'a'} failure: ${facts.ended?.error?.message ?? 'an error outside of any hook'}`
      ),
      `The visitor ${experienced(facts.replies)}. After the first failure Botpress starts the event once more from the beginning, so hooks that ran before it ran twice.`
    ],
    places: facts => [facts.ended?.error?.place]
  },
  {
    id: 'dialog-failed',
    tone: 'error',
    chip: 'flow failed',
    rules: ['R9.8', 'R10.16'],
    when: facts => facts.dialogFailed !== undefined,
    says: facts => [
      stop(`The dialog engine failed: ${facts.dialogFailed?.error.message}`),
      `The visitor ${experienced(facts.replies)}. After such a failure Botpress tries node “entry” of error.flow.json once, then gives up.`
    ],
    todo: () => ['Check the bot’s flow files: one broken flow, or one missing .ui.json, leaves the whole bot without flows.'],
    places: facts => [facts.dialogFailed?.error.place]
  },
  {
    id: 'swallowed',
    tone: 'warning',
    chip: 'swallowed',
    rules: ['R7.6', 'R8.1'],
    when: facts => !facts.decision && facts.middlewares.some(step => step.outcome === 'swallowed'),
    says: facts => [
      `The middleware ${facts.middlewares.find(step => step.outcome === 'swallowed')?.name} kept the event for itself.`,
      `The visitor ${experienced(facts.replies)}; later hooks and the dialog engine did not see the event.`
    ]
  },
  {
    id: 'instruction-failed',
    tone: 'error',
    chip: 'flow stuck',
    rules: ['R10.9', 'R10.10', 'S47'],
    when: facts => facts.failedInstruction !== undefined && facts.replies.length === 0,
    says: facts => [
      stop(`The flow stopped silently at node ${nodeName(facts.failedInstruction!)}: ${facts.failedInstruction?.error?.message}`),
      'The visitor saw nothing. The position in the flow is kept, so the next event runs into the same place again.'
    ],
    todo: () => [
      'Repair the instruction in that node (missing content element, wrong arguments, a name that does not exist in a condition).'
    ],
    places: facts => [facts.failedInstruction?.error?.place]
  }
]

/** The event that never ends, behind which this one and those before it wait. */
function lockedBehind(story: Story): Story | undefined {
  let before = story.behind
  while (before && !before.ended && !before.stuck) before = before.behind
  return before?.ended ? undefined : before
}

function typeOfStory(story: Story | undefined): string {
  return story?.received ? `“${story.received.type}”` : 'an earlier one'
}
