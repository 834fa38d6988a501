/** What the chat draws for a payload: the web channel's conversion of the built-in content types. Everything unknown is `unsupported`. */
export type Content =
  | ({ as: 'text' } & Words)
  | { as: 'image'; url: string; title?: string }
  | { as: 'video' | 'audio' | 'file'; url: string; title?: string }
  | { as: 'voice'; url: string }
  | { as: 'cards'; cards: Card[]; isMarkdown: boolean }
  | ({ as: 'choices'; choices: Choice[]; isDropdown: boolean; placeholder?: string } & Words & Choosing)
  | { as: 'login' }
  | { as: 'notice'; text: string }
  | { as: 'hidden' }
  | { as: 'unsupported'; type: string }

export interface Words {
  text: string
  /** Drawn as Markdown. */
  isMarkdown: boolean
  /** Longer texts are cut after so many characters, until the visitor wants more. */
  trim?: number
}

/** How the visitor may choose. */
export interface Choosing {
  /** In the message instead of above the composer. */
  inMessage: boolean
  /** Nothing else may be written meanwhile. */
  noFreeText: boolean
  /** Several at once, confirmed by a button of this name. */
  multiple?: string
  /** What is not in the list may be written. */
  canCreate: boolean
}

export interface Card {
  title: string
  subtitle?: string
  image?: string
  buttons: CardButton[]
}
export type CardButton =
  | { does: 'say'; title: string; text: string }
  | { does: 'open'; title: string; url: string }
  | { does: 'postback'; title: string; payload: string }
export interface Choice {
  title: string
  value: string
}

type Payload = Record<string, unknown>

export function contentOf(payload: Payload): Content {
  const type = text(payload.type) || 'text'
  switch (type) {
    case 'text':
    case 'quick_reply':
    case 'form':
      return { as: 'text', ...wordsOf(payload.text, payload) }
    case 'login_prompt':
      // The visitor's own is what they were logged in with.
      return payload.text === undefined ? { as: 'login' } : { as: 'text', ...wordsOf(payload.text, payload) }
    case 'image':
    case 'video':
    case 'audio':
    case 'file':
      return { as: type, url: safeUrl(payload[type] ?? payload.url), ...(payload.title ? { title: text(payload.title) } : {}) }
    case 'voice':
      return { as: 'voice', url: safeUrl(payload.audio) }
    case 'card':
      return { as: 'cards', cards: [cardOf(payload)], isMarkdown: payload.markdown === true }
    case 'carousel':
      return { as: 'cards', cards: list(payload.items).map(cardOf), isMarkdown: payload.markdown === true }
    case 'single-choice':
      return {
        as: 'choices',
        ...wordsOf(payload.text, payload),
        choices: list(payload.choices).map(({ title, value }) => ({ title: text(title), value: text(value) })),
        isDropdown: payload.isDropdown === true,
        inMessage: payload.displayInMessage === true || payload.isDropdown === true,
        noFreeText: payload.disableFreeText === true,
        canCreate: false,
        ...(payload.dropdownPlaceholder ? { placeholder: text(payload.dropdownPlaceholder) } : {})
      }
    case 'dropdown':
      return dropdownOf(payload)
    case 'custom':
      return customOf(payload)
    case 'session_reset':
      return { as: 'notice', text: 'The conversation was reset' }
    case 'visit':
    case 'postback':
      return { as: 'hidden' }
  }
  return { as: 'unsupported', type }
}

function dropdownOf(payload: Payload): Content {
  return {
    as: 'choices',
    ...wordsOf(payload.message, payload),
    choices: list(payload.options).map(({ label, value }) => ({ title: text(label), value: text(value ?? label) })),
    isDropdown: true,
    inMessage: payload.displayInKeyboard !== true,
    noFreeText: false,
    canCreate: payload.allowCreation === true,
    ...(payload.allowMultiple === true && { multiple: text(payload.buttonText) || 'Send' }),
    ...(payload.placeholderText ? { placeholder: text(payload.placeholderText) } : {})
  }
}

/** Components of modules: the chat has those two into which it turns choices itself. Others cannot be had without their module. */
function customOf(payload: Payload): Content {
  const { module, component } = payload
  if (component === 'Dropdown' && module === 'extensions') return dropdownOf(payload)
  if (component !== 'QuickReplies' || module !== 'channel-web')
    return { as: 'unsupported', type: `custom (${text(module)}/${text(component)})` }
  const wrapped = (list([payload.wrapped])[0] ?? {}) as Payload
  return {
    as: 'choices',
    ...wordsOf(wrapped.text, wrapped),
    choices: list(payload.quick_replies).map(({ title, payload: value }) => ({ title: text(title), value: text(value) })),
    isDropdown: false,
    inMessage: payload.displayInMessage === true,
    noFreeText: payload.disableFreeText === true,
    canCreate: false
  }
}

function wordsOf(words: unknown, { markdown, trimLength }: Payload): Words {
  return { text: text(words), isMarkdown: Boolean(markdown), ...(typeof trimLength === 'number' && trimLength > 0 && { trim: trimLength }) }
}

/** What a choice says to the bot: its value in capitals for choices, as it is in a dropdown (R22.7). */
export function choicePayload(choice: Choice, isDropdown: boolean): Payload {
  return { type: 'quick_reply', text: choice.title, payload: isDropdown ? choice.value : choice.value.toUpperCase() }
}

/** What several choices say at once: their titles and values, as a list. */
export function choicesPayload(choices: readonly Choice[]): Payload {
  return { type: 'quick_reply', text: choices.map(({ title }) => title).join(', '), payload: choices.map(({ value }) => value).join(',') }
}

/** What a card's button says to the bot, or undefined for one that opens an address (R22.7). */
export function buttonPayload(button: CardButton): Payload | undefined {
  if (button.does === 'say') return { type: 'say_something', text: button.text }
  return button.does === 'postback' ? { type: 'postback', payload: button.payload } : undefined
}

function cardOf(card: Payload): Card {
  return {
    title: text(card.title),
    ...(card.subtitle ? { subtitle: text(card.subtitle) } : {}),
    ...(card.image ? { image: safeUrl(card.image) } : {}),
    buttons: list(card.actions).flatMap(buttonOf)
  }
}

function buttonOf(action: Payload): CardButton[] {
  const title = text(action.title)
  if (action.action === 'Say something') return [{ does: 'say', title, text: text(action.text) }]
  if (action.action === 'Open URL') return [{ does: 'open', title, url: safeUrl(action.url) }]
  if (action.action === 'Postback') return [{ does: 'postback', title, payload: text(action.payload) }]
  return []
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : value === undefined || value === null ? '' : JSON.stringify(value)
}

function list(value: unknown): Payload[] {
  return Array.isArray(value) ? value.filter(item => typeof item === 'object' && item !== null) : []
}

/** Only what cannot run code: http, https, mail, telephone, pictures in the address itself. */
function safeUrl(value: unknown): string {
  const url = text(value)
  return /^(https?:|mailto:|tel:|\/|data:(image|audio|video)\/)/i.test(url) ? url : ''
}
