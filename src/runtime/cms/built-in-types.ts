/** A content type as the engine renders it. */
export interface ContentType {
  id: string
  title: string
  group?: string
  /** Names of the form's properties; translation keeps these only (R13.6). */
  properties: readonly string[]
  // biome-ignore lint/suspicious/noExplicitAny: arguments are the authors'
  renderElement(data: any, channel: string): unknown
  /** The author's file, for types of the workspace. */
  file?: string
}

/** Keys of the rendering context that never reach the payload (R13.7). */
const CONTEXT_KEYS = ['event', 'temp', 'user', 'session', 'bot', 'BOT_URL']

const MESSAGES = 'Built-in Messages'

/** The stock types: id, title, group, payload type, properties (R13.7). */
const TABLE: readonly [id: string, title: string, group: string, type: string | undefined, properties: string][] = [
  ['builtin_text', 'Text', MESSAGES, 'text', 'text variations markdown typing'],
  ['builtin_image', 'Image', MESSAGES, 'image', 'image title typing'],
  ['builtin_video', 'Video', MESSAGES, 'video', 'video title typing'],
  ['builtin_audio', 'Audio', MESSAGES, 'audio', 'audio title typing'],
  ['builtin_file', 'File', MESSAGES, 'file', 'file title typing'],
  ['builtin_location', 'Location', MESSAGES, 'location', 'latitude longitude address title typing'],
  ['builtin_card', 'Card', MESSAGES, 'card', 'title subtitle image actions markdown'],
  ['builtin_carousel', 'Carousel', MESSAGES, 'carousel', 'items typing'],
  [
    'builtin_single-choice',
    'Single Choice',
    MESSAGES,
    'single-choice',
    'text isDropdown dropdownPlaceholder choices markdown disableFreeText displayInMessage typing'
  ],
  [
    'dropdown',
    'Dropdown',
    'Extensions',
    'dropdown',
    'message buttonText placeholderText options width displayInKeyboard allowCreation allowMultiple markdown typing'
  ],
  ['builtin_action-button', 'Action Button', MESSAGES, undefined, 'title action']
]

export function stripContext(data: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(data).filter(([key]) => !CONTEXT_KEYS.includes(key)))
}

/** One payload; arguments are laid over its type (R13.7, R13.8). */
function payloadOf(type: string | undefined) {
  return (data: Record<string, unknown>): unknown[] => (type === undefined ? [] : [{ type, ...stripContext(data) }])
}

export const BUILT_IN_TYPES: readonly ContentType[] = TABLE.map(([id, title, group, type, properties]) => ({
  id,
  title,
  group,
  properties: properties.split(' '),
  renderElement: payloadOf(type)
}))
