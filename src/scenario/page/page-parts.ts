import type { Place } from '../../trace/entry.ts'
import type { PageRef } from '../../webchat/page-report.ts'
import type { VoiceflowOutside } from '../../webchat/voiceflow-queue.ts'
import type { Browser } from './browser.ts'
import type { Surroundings } from './surroundings.ts'
import type { TimerQueue } from './timer-queue.ts'

/** What every kind of page is made of. */
export interface PageOptions {
  ref: PageRef
  around: Surroundings
  browser: Browser
  tabStorage: Map<string, string>
  tasks: TimerQueue
  /** Folder that pages are below. */
  base: string
  /** Texts of pages that differ for this scenario. */
  files?: Record<string, string> | undefined
}

export interface VoiceflowParts {
  ref: PageRef
  around: Surroundings
  post(message: string): void
  place(): Place | undefined
}

/** Calls of `voiceflow.chat` stand in the trace as words of the page's console; nothing of them is part of the conversation (W13). */
export function voiceflowOutside({ ref, around, post, place }: VoiceflowParts): VoiceflowOutside {
  const report = (level: 'info' | 'warn', text: string) => {
    const at = place()
    around.report({ kind: 'page-console', level, text, ...(at && { place: at }), ...ref } as never)
  }
  return {
    post,
    warn: text => report('warn', text),
    called: ({ name, fate, traces }) => {
      if (fate === 'lost') return
      const what = traces?.map(trace => JSON.stringify(trace)).join(', ') ?? ''
      report('info', `[voiceflow] ${name}(${what})${fate === 'no-effect' ? ': no effect' : ''}`)
    }
  }
}
