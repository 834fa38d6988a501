import type { ToLine } from '../../src/protocol/line.ts'
import type { Gesture } from '../../src/trace/stage-entries.ts'
import { PageClock } from '../../src/webchat/page-clock.ts'
import { HostLine } from './host-line.ts'

export interface TimedLineOptions {
  url: string
  /** The virtual clock's time; undefined while the clock is real. */
  now: number | undefined
  /** The page above, whose clock is that of its frames too. */
  above?: Pick<TimedLine, 'clock' | 'reachedOut'> | undefined
  onPush?(name: string, payload: Record<string, unknown>): void
  /** The author looks at these in the trace; see `mark` of the protocol. */
  onMark?(messages: readonly string[], selector: string | undefined): void
  onPick?(on: boolean, selectors: readonly string[]): void
  /** @throws Error with a sentence for the user */
  onGesture(gesture: Gesture): void | Promise<void>
  /** Requests of the page's own under way: it is not still before they have ended. */
  busy?(): Promise<unknown>
  again?(): void
}

export interface TimedLine {
  /** Resolves in a turn of its own, after messages between page and frames. */
  turn(): Promise<void>
  line: HostLine
  /** The page's virtual clock; undefined while the clock is real. */
  clock: PageClock | undefined
  /** Something left the page that others have to hear of before time goes on. */
  reachedOut(): void
}

const TURNS = 3
/** So long a page runs timers in one go before it says how far it is. */
const SLICE_MS = 250

/** A line whose host also moves the clock here, asks for gestures, and for silence. */
export function openTimedLine(options: TimedLineOptions): TimedLine {
  let reached = false
  // Of the machine, whatever becomes of the page's clock.
  const realNow = performance.now.bind(performance)
  const turn = macrotask()
  const own =
    options.now === undefined || options.above
      ? undefined
      : new PageClock({ startAt: options.now, turn, onDue: at => line.say({ kind: 'due', ...(at !== undefined && { at }) }) })

  const clock = options.above ? options.above.clock : own
  const done = (id: number, more: { problem?: string } = {}) => {
    const due = own?.nextDue()
    line.say({ kind: 'done', id, ...(due !== undefined && { due }), ...more })
  }
  const still = async () => {
    await options.busy?.()
    for (let turns = 0; turns < TURNS; turns++) await turn()
  }
  const hear = async (message: ToLine) => {
    if (message.now !== undefined) clock?.shows(message.now)
    switch (message.kind) {
      case 'push':
        options.onPush?.(message.name, message.payload)
        break
      case 'mark':
        options.onMark?.(message.messages, message.selector)
        break
      case 'pick':
        options.onPick?.(message.on, message.selectors)
        break
      case 'openHere':
        window.open(message.url, '_blank', 'noopener')
        break
      case 'time':
        reached = false
        try {
          await own?.runTo(
            message.to,
            within(SLICE_MS, realNow, () => reached)
          )
        } catch (error) {
          // Time goes on, whatever a chat's timer did.
          reportError(error)
        }
        done(message.id)
        break
      case 'still':
        await still()
        done(message.id)
        break
      case 'gesture':
        try {
          await options.onGesture(message.gesture)
          await turn()
          done(message.id)
        } catch (error) {
          done(message.id, { problem: error instanceof Error ? error.message : String(error) })
        }
    }
  }
  const line = new HostLine(options.url, { message: message => void hear(message), ...(options.again && { again: options.again }) }, () =>
    clock?.now()
  )
  return {
    turn,
    line,
    clock,
    reachedOut: () => {
      reached = true
      options.above?.reachedOut()
    }
  }
}

/** Whether it is reached, or so much time has passed. */
function within(ms: number, now: () => number, isReached: () => boolean): () => boolean {
  const end = now() + ms
  return () => isReached() || now() >= end
}

/** Resolves in a turn of its own, after promises and messages between frames; browsers do not slow it down in hidden frames. */
function macrotask(): () => Promise<void> {
  const waiting: (() => void)[] = []
  const { port1, port2 } = new MessageChannel()
  port1.onmessage = () => waiting.shift()?.()
  return () =>
    new Promise(resolve => {
      waiting.push(resolve)
      port2.postMessage(null)
    })
}
