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
}

export function writeHints(hints: FrameHints): string {
  return new URLSearchParams({ ...hints }).toString()
}

export function readHints(fragment: string): Partial<FrameHints> {
  const { theme, ...rest } = Object.fromEntries(new URLSearchParams(fragment.replace(/^#/, '')))
  return { ...rest, ...((theme === 'dark' || theme === 'light') && { theme }) }
}
