/** The browser side of channel-web as page authors meet it (runtime reference, sections 20 to 22). */

/** Messages of the life cycle that the widget posts to the host page, with what each means (R21.1). */
export const LIFECYCLE_MESSAGES = {
  configChanged: 'The configuration changed; twice during start-up.',
  webchatLoaded: 'The widget is loaded and can be opened. Events sent now are dropped.',
  webchatOpened: 'The chat is being opened. At the first opening events sent now are still dropped.',
  webchatClosed: 'The chat was hidden.',
  webchatReady: 'The conversation is loaded: events are accepted from now on. Once per page load, after the first opening.'
} as const

export type LifecycleMessage = keyof typeof LIFECYCLE_MESSAGES

/** `sendEvent` types that the widget handles itself and never sends to the bot (R20.8). */
export const RESERVED_EVENT_TYPES = {
  show: 'opens the chat',
  hide: 'closes the chat',
  toggle: 'opens or closes the chat',
  message: 'sends `text` as a message of the visitor',
  loadConversation: 'shows the conversation `conversationId`',
  toggleBotInfo: 'shows or hides the page about the bot'
} as const

/** Types that go to the route for messages and need a top-level `text`; every other type goes to the route for events (R20.7, R19.3). */
export const MESSAGE_TYPES = ['text', 'quick_reply', 'form', 'login_prompt', 'postback'] as const

/** Types that Botpress itself emits or skips; a hook that answers one does so next to the stock hooks (R1.14, R20.9, R19.4). */
export const BUILT_IN_EVENT_TYPES = {
  visit: 'sent by the widget right after `webchatReady`',
  session_reset: 'the visitor reset the conversation',
  session_reference: 'the page was opened with a signed reference',
  request_start_conversation: 'the visitor pressed “Start conversation” on the bot’s page',
  say_something: 'the visitor pressed a card button that makes the bot speak',
  typing: 'a typing notice'
} as const

/** Functions of `window.botpressWebChat`; there are no others in v12 (R20.1). */
export const PAGE_API = ['init', 'configure', 'mergeConfig', 'sendEvent', 'sendPayload'] as const

/** The default limit of a visitor's message, in characters (R19.11). */
export const MAX_MESSAGE_LENGTH = 360
