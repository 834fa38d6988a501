import type { Lane } from '../../src/trace/lanes.ts'
import type { Tone } from '../../src/trace/verdict.ts'

/** Outlines on a grid of 16, drawn with the colour of the text. */
const OUTLINES = {
  page: 'M2.5 3h11v10h-11zM2.5 6h11M5 4.5h.01',
  send: 'M2.5 8h10M9 4.5 12.5 8 9 11.5',
  event: 'M9 2 4 9h4l-1 5 5-7H8z',
  hook: 'M10 3.5v5a3 3 0 1 1-6 0V7m0 0L2.5 8.5M4 7l1.5 1.5M10 3.5a1 1 0 1 0 0-.01',
  flag: 'M4 14V2.5h8l-2 3 2 3H4',
  reply: 'M6.5 4 3 7.5 6.5 11M3 7.5h6a4 4 0 0 1 4 4V13',
  chat: 'M2.5 3h11v8H8l-3 2.5V11H2.5z',
  flow: 'M5.5 3.5a1.5 1.5 0 1 0-3 0 1.5 1.5 0 0 0 3 0zM13.5 12.5a1.5 1.5 0 1 0-3 0 1.5 1.5 0 0 0 3 0zM4 5v3.5a4 4 0 0 0 4 4h2.5',
  decision: 'M8 2.5 13.5 8 8 13.5 2.5 8z',
  state:
    'M3 4.2c0-1 2.2-1.7 5-1.7s5 .7 5 1.7-2.2 1.8-5 1.8-5-.8-5-1.8zM3 4.2v7.6c0 1 2.2 1.7 5 1.7s5-.7 5-1.7V4.2M3 8c0 1 2.2 1.8 5 1.8S13 9 13 8',
  clock: 'M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11zM8 5v3.2L10 10',
  log: 'M3 4h10M3 8h10M3 12h6',
  error: 'M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11zM6 6l4 4M10 6l-4 4',
  warning: 'M8 2.5 14 13H2zM8 6.5v3M8 11.2h.01',
  network: 'M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11zM2.5 8h11M8 2.5c2 2 2 9 0 11-2-2-2-9 0-11z',
  wait: 'M4.5 2.5h7M4.5 13.5h7M5 2.5c0 3 6 3.5 6 5.5s-6 2.5-6 5.5M11 2.5c0 3-6 3.5-6 5.5s6 2.5 6 5.5',
  engine: 'M6.5 2.5h3l.4 1.7 1.5.8 1.7-.5 1.3 2.3-1.2 1.2v1.3l1.2 1.2-1.3 2.2-1.7-.4-1.5.8-.4 1.7h-3M8 6a2 2 0 1 0 0 4 2 2 0 0 0 0-4z',
  good: 'M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11zM5.5 8.2l1.8 1.8 3.2-3.6',
  quiet: 'M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11zM5.5 8h5',
  running: 'M8 2.5a5.5 5.5 0 1 1-5.5 5.5',
  restart: 'M13 8a5 5 0 1 1-1.5-3.5L13 6M13 2.5V6H9.5',
  visitor: 'M8 2.5a2.7 2.7 0 1 0 0 5.4 2.7 2.7 0 0 0 0-5.4zM3 13.5c.3-2.8 2.3-4 5-4s4.7 1.2 5 4',
  newVisitor: 'M6.5 2.5a2.7 2.7 0 1 0 0 5.4 2.7 2.7 0 0 0 0-5.4zM1.5 13.5c.3-2.8 2.3-4 5-4 1 0 2 .2 2.7.5M12.5 9v5M10 11.5h5',
  clear: 'M3 4.5h10M6 4.5v-2h4v2M4.5 4.5l.5 9h6l.5-9',
  chevron: 'M6 4l4 4-4 4',
  copy: 'M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3',
  close: 'M4 4l8 8M12 4l-8 8',
  down: 'M8 3v10M4 9l4 4 4-4',
  trouble: 'M9.5 2 4.5 9h3l-1 5 5-7h-3zM2.5 3l1.5 1.5M13.5 3 12 4.5M2.5 13 4 11.5M13.5 13 12 11.5',
  gesture: 'M6.5 8V3.2a1.2 1.2 0 0 1 2.4 0V7l3.3.7c.8.2 1.3.9 1.2 1.7l-.5 4.1H7L3.6 9.9c-.8-1 .6-2.1 1.5-1.3z',
  run: 'M3 3.5v9M6 8a4 4 0 1 1 1.2 2.9M6 12.5V9.8h2.7',
  play: 'M5 3l8 5-8 5z',
  pause: 'M5.5 3.5v9M10.5 3.5v9',
  step: 'M4 3.5 10 8l-6 4.5zM12 3.5v9',
  compare: 'M2.5 3h4v10h-4zM9.5 3h4v10h-4zM6.5 8h3',
  bulb: 'M6 11.5c0-1.5-2-2.3-2-5a4 4 0 0 1 8 0c0 2.7-2 3.5-2 5zM6.3 13.7h3.4'
} as const

export type IconName = keyof typeof OUTLINES

/** A picture beside a text that says the same; without one give it a `label`. */
export function Icon({ name, label }: { name: IconName; label?: string }) {
  return (
    <svg
      class="icon"
      viewBox="0 0 16 16"
      width="16"
      height="16"
      role={label ? 'img' : 'presentation'}
      aria-label={label}
      aria-hidden={!label}
    >
      <path d={OUTLINES[name]} />
    </svg>
  )
}

/** The picture of each lane of the timeline. */
export const LANE_ICONS: Record<Lane, IconName> = {
  page: 'page',
  event: 'event',
  hook: 'hook',
  middleware: 'step',
  decision: 'decision',
  dialog: 'flow',
  state: 'state',
  outgoing: 'reply',
  chat: 'chat',
  engine: 'engine',
  words: 'log'
}

export const TONE_ICONS: Record<Tone, IconName> = { good: 'good', quiet: 'quiet', running: 'running', warning: 'warning', error: 'error' }
