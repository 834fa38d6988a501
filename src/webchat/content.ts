/** What the chat draws for a payload: the web channel's conversion of the built-in content types. Everything unknown is `unsupported`. */
export type Content =
  | { as: 'text'; text: string }
  | { as: 'image'; url: string; title?: string }
  | { as: 'video' | 'audio' | 'file'; url: string; title?: string }
  | { as: 'cards'; cards: Card[] }
  | { as: 'choices'; text: string; choices: Choice[]; isDropdown: boolean; placeholder?: string }
  | { as: 'notice'; text: string }
  | { as: 'hidden' }
  | { as: 'unsupported'; type: string }

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
      return { as: 'text', text: text(payload.text) }
    case 'image':
    case 'video':
    case 'audio':
    case 'file':
      return { as: type, url: safeUrl(payload[type] ?? payload.url), ...(payload.title ? { title: text(payload.title) } : {}) }
    case 'card':
      return { as: 'cards', cards: [cardOf(payload)] }
    case 'carousel':
      return { as: 'cards', cards: list(payload.items).map(cardOf) }
    case 'single-choice':
      return {
        as: 'choices',
        text: text(payload.text),
        choices: list(payload.choices).map(({ title, value }) => ({ title: text(title), value: text(value) })),
        isDropdown: payload.isDropdown === true,
        ...(payload.dropdownPlaceholder ? { placeholder: text(payload.dropdownPlaceholder) } : {})
      }
    case 'dropdown':
      return {
        as: 'choices',
        text: text(payload.message),
        choices: list(payload.options).map(({ label, value }) => ({ title: text(label), value: text(value ?? label) })),
        isDropdown: true,
        ...(payload.placeholderText ? { placeholder: text(payload.placeholderText) } : {})
      }
    case 'session_reset':
      return { as: 'notice', text: 'The conversation was reset' }
    case 'visit':
    case 'postback':
      return { as: 'hidden' }
  }
  return { as: 'unsupported', type }
}

/** What a choice says to the bot: its value in capitals for choices, as it is in a dropdown (R22.7). */
export function choicePayload(choice: Choice, isDropdown: boolean): Payload {
  return { type: 'quick_reply', text: choice.title, payload: isDropdown ? choice.value : choice.value.toUpperCase() }
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
