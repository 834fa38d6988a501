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

/** Options of `init`, `configure` and `mergeConfig`, with their defaults (R20.3 to R20.5). */
export const INIT_OPTIONS = {
  host: 'Address of the Botpress server.',
  botId: 'The bot that answers.',
  chatId: 'Id of the frame; needed when a page has several chats.',
  userId: 'Id of the visitor; used as it is from 24 characters on, and kept as custom id in any case.',
  userIdScope: 'Keeps the visitor of this chat apart from that of other chats on the page.',
  conversationId: 'The conversation to show.',
  botName: 'Name of the bot in the header.',
  avatarUrl: 'Address of the bot’s picture.',
  botConvoDescription: 'Line below the bot’s name.',
  composerPlaceholder: 'Text of the empty input field.',
  locale: 'Language of the chat’s own words.',
  stylesheet: 'Address of a style sheet instead of the stock one.',
  extraStylesheet: 'Address of a style sheet after the stock one.',
  className: 'Class of the chat’s frame.',
  overrides: 'Parts of the chat that modules replace.',
  viewMode: 'How the chat shows itself, `Embedded` by default.',
  containerWidth: 'Width of the frame.',
  layoutWidth: 'Width of the chat in its frame.',
  enableReset: 'Whether the visitor can start over; on by default.',
  enableTranscriptDownload: 'Whether the conversation can be downloaded; on by default.',
  enableConversationDeletion: 'Whether the conversation can be deleted; off by default.',
  enableArrowNavigation: 'Whether the arrow keys move through the chat; off by default.',
  enablePersistHistory: 'Whether what the visitor typed is remembered; on by default.',
  enableResetSessionShortcut: 'Whether a key combination starts over; off by default.',
  enableVoiceComposer: 'Whether the visitor can speak; off by default.',
  showConversationsButton: 'Whether the list of conversations is offered; on by default.',
  showUserName: 'Whether the visitor’s name is shown; off by default.',
  showUserAvatar: 'Whether the visitor’s picture is shown; off by default.',
  showTimestamp: 'Whether messages carry their time; off by default.',
  showPoweredBy: 'Whether the maker is named; the server decides by default.',
  disableAnimations: 'Whether nothing moves; off by default.',
  disableNotificationSound: 'Whether new messages are silent.',
  hideWidget: 'Whether the round button is hidden; off by default.',
  closeOnEscape: 'Whether Escape closes the chat; on by default.',
  useSessionStorage: 'Whether the visitor is forgotten with the tab; off by default.',
  lazySocket: 'Whether the connection waits for the first opening; the bot’s configuration decides by default.',
  externalAuthToken: 'Token that tells the bot who the visitor is.',
  exposeStore: 'Whether the page can reach the chat’s store.',
  reference: 'Signed reference, sent as `session_reference`.'
} as const

/** What a `visit` tells of a visitor and Botpress accepts (R19.9): a time zone in hours, and a language unless one is known. */
export function attributesOfVisit(
  visit: { timezone?: unknown; language?: unknown },
  known: { language?: unknown }
): Record<string, unknown> {
  const { timezone, language } = visit
  const isZone = typeof timezone === 'number' && timezone >= -12 && timezone <= 14 && (timezone * 2) % 1 === 0
  const isLanguage = typeof language === 'string' && language.length < 4 && !known.language
  return { ...(isZone && { timezone }), ...(isLanguage && { language }) }
}
