import type { Place } from '../../src/trace/entry.ts'

/** What `inject.js` posts to a chat's frame (R20.2). `place` is ours: where in the page the call stands. */
export interface Envelope {
  action: string
  payload?: unknown
  place?: Place
}

/** What `inject.js` hands to the frame in the fragment of its address, which the page's own code does not use. */
export interface FrameHints {
  pageId: string
  page: string
  theme: 'light' | 'dark'
  /** The how-manieth tab of the visitor's browser. */
  tab: number
  /** The virtual clock's time; absent while the clock is real. */
  now: number | undefined
  /** Language of the visitor's browser, where it is another than the real one's. */
  language: string | undefined
}

export function writeHints(hints: FrameHints): string {
  const given = Object.entries(hints).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]))
  return new URLSearchParams(given).toString()
}

export function readHints(fragment: string): Partial<FrameHints> {
  const { theme, tab, now, ...rest } = Object.fromEntries(new URLSearchParams(fragment.replace(/^#/, '')))
  return {
    ...rest,
    ...((theme === 'dark' || theme === 'light') && { theme }),
    ...(Number(tab) > 0 && { tab: Number(tab) }),
    ...(Number(now) > 0 && { now: Number(now) })
  }
}
