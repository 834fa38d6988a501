import { renderAll } from '../cms/templating.ts'

type Text = string | Record<string, string>

/** `bp.experimental.render`: bare content objects, without typing (R18.9). */
export const RENDER = {
  text: (text: Text, markdown?: boolean) => ({ type: 'text', text, markdown }),
  image: (image: string, title?: Text) => ({ type: 'image', image, title }),
  audio: (audio: string, title?: Text) => ({ type: 'audio', audio, title }),
  video: (video: string, title?: Text) => ({ type: 'video', video, title }),
  location: (latitude: number, longitude: number, address?: Text, title?: Text) => ({
    type: 'location',
    latitude,
    longitude,
    address,
    title
  }),
  card: (title: Text, image?: string, subtitle?: Text, ...buttons: unknown[]) => ({
    type: 'card',
    title,
    image,
    subtitle,
    actions: buttons.flat()
  }),
  carousel: (...cards: unknown[]) => ({ type: 'carousel', items: cards.flat() }),
  choice: (text: Text, ...choices: unknown[]) => ({ type: 'single-choice', text, choices: choices.flat() }),
  buttonSay: (title: string, text?: Text) => ({ action: 'Say something', title, text }),
  buttonUrl: (title: string, url: string) => ({ action: 'Open URL', title, url }),
  buttonPostback: (title: string, payload: string) => ({ action: 'Postback', title, payload }),
  option: (value: string, title?: string) => ({ value, title: title ?? value }),
  translate: <T>(content: T, language: string): T => translate(content, language) as T,
  template: <T>(content: T, context: object): T => renderAll(content, context),
  pipeline:
    (language: string, context: object) =>
    <T>(content: T): T =>
      renderAll(translate(content, language) as T, context)
}

/** Objects that hold a text per language become the text. */
function translate(content: unknown, language: string): unknown {
  if (Array.isArray(content)) return content.map(item => translate(item, language))
  if (typeof content !== 'object' || content === null) return content
  const own = (content as Record<string, unknown>)[language]
  if (typeof own === 'string') return own
  return Object.fromEntries(Object.entries(content).map(([key, value]) => [key, translate(value, language)]))
}
