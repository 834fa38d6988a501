/** A field of a content type, as the studio's form and a hook's arguments know it. */
export interface ContentField {
  readonly type: 'string' | 'number' | 'boolean' | 'array'
  /** What it is for, in a sentence without a full stop. */
  readonly about: string
  /** The studio insists on it; rendering does not check (R13.11). */
  readonly required?: true
  /** What the studio's form starts with. Rendering never applies it (R13.10). */
  readonly studioDefault?: string | boolean
  /** The only values that mean something. */
  readonly oneOf?: readonly string[]
  /** What the address in it leads to, and which files the studio lets an author pick. */
  readonly media?: { readonly kind: 'image' | 'video' | 'audio' | 'file'; readonly pick: string }
  /** The elements of an array: plain texts, or objects with these fields. */
  readonly items?: 'string' | ContentFields
  readonly minItems?: number
  readonly maxItems?: number
  /** It counts only when another field of the same object has this value. */
  readonly when?: { readonly field: string; readonly is: string }
}

export type ContentFields = Readonly<Record<string, ContentField>>

/** A content type that Botpress ships. */
export interface BuiltInContentType {
  readonly id: string
  readonly title: string
  readonly group: string
  /** The `type` of the one payload it renders to; undefined when it renders to none (R13.7). */
  readonly payloadType: string | undefined
  readonly hiddenInFlowEditor?: true
  /** What the visitor sees in the webchat. */
  readonly shown: string
  readonly fields: ContentFields
}

const typing: ContentField = {
  type: 'boolean',
  about: 'shows the typing indicator for 500 ms first; only a strict true counts (R23.3)',
  studioDefault: true
}
const markdown: ContentField = { type: 'boolean', about: 'shows texts as Markdown', studioDefault: false }
const title: ContentField = { type: 'string', about: 'its title' }

const IMAGE_FILES = { kind: 'image', pick: '.jpg, .png, .jpeg, .gif, .bmp, .tif, .tiff|image/*' } as const

/** A button of a card (R22.7). */
const BUTTON = {
  title: { type: 'string', about: 'what the button says', required: true },
  action: {
    type: 'string',
    about: 'what pressing it does',
    required: true,
    studioDefault: 'Say something',
    oneOf: ['Say something', 'Open URL', 'Postback']
  },
  text: { type: 'string', about: 'what the visitor says', when: { field: 'action', is: 'Say something' } },
  url: { type: 'string', about: 'the address', required: true, when: { field: 'action', is: 'Open URL' } },
  payload: { type: 'string', about: 'what the event carries', required: true, when: { field: 'action', is: 'Postback' } }
} as const satisfies ContentFields

const CARD = {
  title: { type: 'string', about: 'the card’s title', required: true },
  subtitle: { type: 'string', about: 'a second line' },
  image: { type: 'string', about: 'address of the picture', media: IMAGE_FILES },
  actions: { type: 'array', about: 'buttons below it', items: BUTTON },
  markdown
} as const satisfies ContentFields

const MESSAGES = 'Built-in Messages'

/** The 11 content types of Botpress 12.31 (R13.7). */
export const CONTENT_TYPES = [
  {
    id: 'builtin_text',
    title: 'Text',
    group: MESSAGES,
    payloadType: 'text',
    shown: 'a text bubble',
    fields: {
      text: { type: 'string', about: 'what to say; `{{…}}` is filled from the other arguments (R13.5)', required: true },
      variations: { type: 'array', about: 'other ways to say it; chosen among for stored elements only (R13.3)', items: 'string' },
      markdown,
      typing
    }
  },
  {
    id: 'builtin_image',
    title: 'Image',
    group: MESSAGES,
    payloadType: 'image',
    shown: 'a picture',
    fields: { image: { type: 'string', about: 'address of the picture', required: true, media: IMAGE_FILES }, title, typing }
  },
  {
    id: 'builtin_video',
    title: 'Video',
    group: MESSAGES,
    payloadType: 'video',
    shown: 'a player',
    fields: {
      video: { type: 'string', about: 'address of the film', required: true, media: { kind: 'video', pick: '.mp4' } },
      title,
      typing
    }
  },
  {
    id: 'builtin_audio',
    title: 'Audio',
    group: MESSAGES,
    payloadType: 'audio',
    shown: 'a player',
    fields: {
      audio: { type: 'string', about: 'address of the sound', required: true, media: { kind: 'audio', pick: '.mp3' } },
      title,
      typing
    }
  },
  {
    id: 'builtin_file',
    title: 'File',
    group: MESSAGES,
    payloadType: 'file',
    shown: 'a link to the file',
    fields: {
      file: { type: 'string', about: 'address of the file', required: true, media: { kind: 'file', pick: '.pdf' } },
      title,
      typing
    }
  },
  {
    id: 'builtin_location',
    title: 'Location',
    group: MESSAGES,
    payloadType: 'location',
    shown: 'nothing but the note that this kind of message is not supported',
    fields: {
      latitude: { type: 'number', about: 'degrees north', required: true },
      longitude: { type: 'number', about: 'degrees east', required: true },
      address: { type: 'string', about: 'the address' },
      title,
      typing
    }
  },
  { id: 'builtin_card', title: 'Card', group: MESSAGES, payloadType: 'card', shown: 'a card', fields: CARD },
  {
    id: 'builtin_carousel',
    title: 'Carousel',
    group: MESSAGES,
    payloadType: 'carousel',
    shown: 'cards side by side',
    fields: { items: { type: 'array', about: 'the cards', required: true, items: CARD }, typing }
  },
  {
    id: 'builtin_single-choice',
    title: 'Single Choice',
    group: MESSAGES,
    payloadType: 'single-choice',
    hiddenInFlowEditor: true,
    shown: 'buttons above the composer, or a list; what was chosen comes back in capitals',
    fields: {
      text: { type: 'string', about: 'the question' },
      isDropdown: { type: 'boolean', about: 'shows the choices as a list' },
      dropdownPlaceholder: { type: 'string', about: 'what the list says before a choice is made', studioDefault: 'Select...' },
      choices: {
        type: 'array',
        about: 'what can be chosen',
        required: true,
        minItems: 1,
        maxItems: 10,
        items: {
          title: { type: 'string', about: 'what the button says', required: true },
          value: { type: 'string', about: 'what it stands for', required: true }
        }
      },
      markdown,
      disableFreeText: { type: 'boolean', about: 'keeps the visitor from typing instead', studioDefault: false },
      displayInMessage: { type: 'boolean', about: 'shows the choices inside the message', studioDefault: false },
      typing
    }
  },
  {
    id: 'dropdown',
    title: 'Dropdown',
    group: 'Extensions',
    payloadType: 'dropdown',
    shown: 'a list to choose from',
    fields: {
      message: { type: 'string', about: 'the question', required: true },
      buttonText: { type: 'string', about: 'what the button says', studioDefault: '' },
      placeholderText: { type: 'string', about: 'what the list says before a choice is made', studioDefault: 'Select a choice' },
      options: {
        type: 'array',
        about: 'the list',
        items: {
          label: { type: 'string', about: 'what the list shows', required: true },
          value: { type: 'string', about: 'what it stands for' }
        }
      },
      width: { type: 'number', about: 'width of the list' },
      displayInKeyboard: { type: 'boolean', about: 'shows it in place of the composer', studioDefault: true },
      allowCreation: { type: 'boolean', about: 'lets the visitor add a choice' },
      allowMultiple: { type: 'boolean', about: 'lets the visitor choose several' },
      markdown,
      typing
    }
  },
  {
    id: 'builtin_action-button',
    title: 'Action Button',
    group: MESSAGES,
    payloadType: undefined,
    hiddenInFlowEditor: true,
    shown: 'nothing by itself; it is a part of cards',
    fields: BUTTON
  }
] as const satisfies readonly BuiltInContentType[]

export type ContentTypeId = (typeof CONTENT_TYPES)[number]['id']

const byId = new Map<string, BuiltInContentType>(CONTENT_TYPES.map(type => [type.id, type]))

/** The built-in content type of an id, or undefined when Botpress ships none of that id. */
export function contentTypeOf(id: string): BuiltInContentType | undefined {
  return byId.get(id)
}

/** Arguments that templates read and payloads never carry (R13.7). */
export const RENDER_CONTEXT = ['event', 'temp', 'user', 'session', 'bot', 'BOT_URL'] as const

/** Payload types that no content type renders to, with what the webchat does with them; it shows any other as unsupported (R19.6). */
export const OTHER_PAYLOAD_TYPES = {
  typing: 'shows the typing indicator for `value` ms, 500 without one; not stored',
  custom: 'shows the component `component` that the module `module` brings',
  data: 'is handed to the page; neither shown nor stored',
  login_prompt: 'shows a form to sign in',
  quick_reply: 'is shown as text',
  voice: 'is played; what the bot says plays by itself',
  session_reset: 'shows a notice that the conversation was reset',
  visit: 'is hidden',
  postback: 'is hidden'
} as const

/** Properties of any payload that change how the webchat shows it. */
export const DISPLAY_PROPERTIES = [
  'markdown',
  'trimLength',
  'collectFeedback',
  'disableFreeText',
  'web-style',
  'channel.web.userName',
  'channel.web.avatarUrl',
  'noBubble'
] as const
