import type { Place } from '../../trace/entry.ts'
import type { PageRef, PageReport } from '../../webchat/page-report.ts'
import { VoiceflowChat } from '../../webchat/voiceflow-queue.ts'
import type { Browser } from './browser.ts'
import type { Site } from './site.ts'
import type { Surroundings } from './surroundings.ts'
import type { TimerQueue } from './timer-queue.ts'

/** What every kind of page is made of. */
export interface PageOptions {
  ref: PageRef
  /** The how-manieth of the browser, from 1. */
  tab: number
  around: Surroundings
  browser: Browser
  tabStorage: Map<string, string>
  tasks: TimerQueue
  site: Site
}

export interface VoiceflowParts {
  ref: PageRef
  around: Surroundings
  post(message: string): void
  place(): Place | undefined
}

/** Calls of `voiceflow.chat` and what becomes of its bubbles are entries of the trace; nothing of them is part of the conversation (W13). */
export function voiceflowChat({ ref, around, post, place }: VoiceflowParts): VoiceflowChat {
  const report = (report: PageReport) => around.report({ ...report, ...ref } as never)
  const here = () => {
    const at = place()
    return at && { place: at }
  }
  let told = '[]'
  const chat: VoiceflowChat = new VoiceflowChat({
    post,
    warn: text => report({ kind: 'page-console', level: 'warn', text, ...here() }),
    called: ({ name, fate, traces }) => report({ kind: 'voiceflow-called', name, fate, ...(traces && { traces }), ...here() }),
    onChange: () => {
      const bubbles = chat.bubbles.map(({ id, trace, text, state }) => ({ id, type: String(trace?.type), text, state }))
      const now = JSON.stringify(bubbles)
      if (now !== told) report({ kind: 'bubbles-changed', bubbles })
      told = now
    }
  })
  return chat
}
