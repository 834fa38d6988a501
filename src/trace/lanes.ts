import type { EntryKind } from './entry.ts'

/** Where on its way something happens, from the page to the chat. */
export type Lane = 'page' | 'event' | 'hook' | 'middleware' | 'decision' | 'dialog' | 'state' | 'outgoing' | 'chat' | 'engine' | 'words'

/** In the order in which an event passes them. */
export const LANES: readonly Lane[] = [
  'page',
  'event',
  'hook',
  'middleware',
  'decision',
  'dialog',
  'state',
  'outgoing',
  'chat',
  'engine',
  'words'
]

/** The lane of each kind; what is sent on its way back is `outgoing` whatever its kind says here (see `timeline.ts`). */
export const LANE_OF: Record<EntryKind, Lane> = {
  'engine-started': 'engine',
  'engine-stopped': 'engine',
  'fault-staged': 'engine',
  'bot-mounted': 'engine',
  'bot-unmounted': 'engine',
  'state-edited': 'state',
  'data-problem': 'engine',
  'page-loaded': 'page',
  'page-posted': 'page',
  'page-sent': 'page',
  'page-refused': 'page',
  'page-console': 'words',
  'event-received': 'event',
  'event-rejected': 'event',
  'event-started': 'event',
  'event-waiting': 'event',
  'event-stuck': 'event',
  'state-loaded': 'state',
  'hook-started': 'hook',
  'hook-ended': 'hook',
  'flag-set': 'hook',
  'too-late': 'hook',
  'middleware-ended': 'middleware',
  'event-paused': 'event',
  'decision-made': 'decision',
  'dialog-entered': 'dialog',
  'dialog-instruction': 'dialog',
  'dialog-waits': 'dialog',
  'dialog-ended': 'dialog',
  'dialog-failed': 'dialog',
  'dialog-jumped': 'dialog',
  'state-saved': 'state',
  'state-discarded': 'state',
  'event-ended': 'event',
  'chat-received': 'chat',
  'reply-lost': 'outgoing',
  log: 'words',
  console: 'words',
  'unhandled-rejection': 'words',
  'uncaught-exception': 'words',
  network: 'words',
  clock: 'engine',

  'page-gesture': 'page',
  'page-left': 'page',
  'visitor-changed': 'page',
  'condition-set': 'engine',
  'line-lost': 'chat',

  'bot-started': 'engine',
  'bot-stopped': 'engine',
  'bot-output': 'words',
  'bot-conversation': 'event',
  'bot-reach': 'event',
  'activity-to-bot': 'event',
  'bot-answered': 'event',
  'activity-from-bot': 'outgoing',
  'connector-call': 'outgoing',
  'bot-state': 'state',
  'bot-triggered': 'event',
  'bot-trigger-ended': 'event'
}
