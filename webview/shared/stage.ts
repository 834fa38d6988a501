import type { Gesture } from '../../src/trace/stage-entries.ts'
import type { PageClock } from '../../src/webchat/page-clock.ts'
import type { PageRef } from '../../src/webchat/page-report.ts'
import type { Reporter } from './reporter.ts'

/** What the stage's script offers to the scripts of chats on the same page. No name of the page's is taken. */
export interface Stage {
  /** `…/v/<visitor>/`: what stands for the page's server. */
  root: string
  ref: PageRef
  reporter: Reporter
  /** The virtual clock; undefined while the clock is real. */
  clock: PageClock | undefined
  /** Language of the visitor's browser, where it is another than the real one's. */
  language: string | undefined
  /** The how-manieth tab of the visitor's browser. */
  tab: number
  /** Chats that are drawn by the page itself: each says whether it did the gesture. */
  chatGestures: Set<(gesture: Gesture) => boolean>
  /** The same chats are told what the author looks at in the trace, by name (src/trace/shown.ts). */
  chatMarks: Set<(messages: readonly string[]) => void>
  /** Shows in the trace where a message or bubble comes from. */
  inspect(name: string): void
  /** Timers of the machine, whatever becomes of the page's clock. */
  machine: { setTimeout(run: () => void, ms: number): number; clearTimeout(timer: number | undefined): void }
  /** Something left the page that others have to hear of before time goes on. */
  reachedOut(): void
}

export const STAGE = Symbol.for('proactive-hooks.stage')

/** @throws Error on a page that the simulator did not serve */
export function stageOf(page: Window): Stage {
  const stage = (page as { [STAGE]?: Stage })[STAGE]
  if (!stage) throw new Error('This script belongs to the simulator, which has not served this page.')
  return stage
}
