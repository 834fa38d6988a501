import { useEffect, useRef, useState } from 'preact/hooks'
import type { Attachment, CardAction } from '../../src/botframework/activity.ts'
import { TEXTS } from './texts.ts'

export type Press = (action: CardAction) => void
type Fields = Record<string, unknown>

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)
const list = (value: unknown): Fields[] => (Array.isArray(value) ? (value as Fields[]) : [])
/** Only what a browser may load as a picture or open as a page. */
const address = (value: unknown): string | undefined =>
  typeof value === 'string' && /^(https?:|data:(image|audio|video)\/)/i.test(value) ? value : undefined

/** An attachment as the chat shows it: cards by their kind, media by their type, everything else by its name. */
export function AttachmentView({ attachment, press }: { attachment: Attachment; press: Press }) {
  const type = attachment.contentType ?? ''
  const content = (attachment.content ?? {}) as Fields
  if (type === 'application/vnd.microsoft.card.adaptive') return <AdaptiveCard card={content} press={press} />
  if (/card\.receipt$/.test(type)) return <Receipt card={content} press={press} />
  if (/^application\/vnd\.microsoft\.card\./.test(type)) return <Card card={content} press={press} />
  const url = address(attachment.contentUrl)
  if (url && type.startsWith('image/')) return <img class="media" src={url} alt={attachment.name ?? ''} />
  if (url && /^(audio|video)\//.test(type)) return <Media url={url} name={attachment.name} />
  return (
    <p class="soft">
      {url ? (
        <a href={url} target="_blank" rel="noreferrer">
          {attachment.name ?? url}
        </a>
      ) : (
        (attachment.name ?? TEXTS.unknownAttachment(type))
      )}
    </p>
  )
}

function Media({ url, name }: { url: string; name?: string | undefined }) {
  // biome-ignore lint/a11y/useMediaCaption: a bot's attachment brings none
  return <video class="media" src={url} controls aria-label={name ?? url} />
}

/** Hero, thumbnail, sign-in, animation, audio and video cards: title, texts, pictures, media, buttons. */
function Card({ card, press }: { card: Fields; press: Press }) {
  return (
    <div class="card">
      {list(card.images).map(
        image => address(image.url) && <img key={String(image.url)} src={address(image.url)} alt={text(image.alt) ?? ''} />
      )}
      {list(card.media).map(media => address(media.url) && <Media key={String(media.url)} url={address(media.url)!} />)}
      {text(card.title) && <strong>{text(card.title)}</strong>}
      {text(card.subtitle) && <p class="soft">{text(card.subtitle)}</p>}
      {text(card.text) && <p>{text(card.text)}</p>}
      <Buttons actions={list(card.buttons) as CardAction[]} press={press} />
    </div>
  )
}

function Receipt({ card, press }: { card: Fields; press: Press }) {
  return (
    <div class="card">
      {text(card.title) && <strong>{text(card.title)}</strong>}
      <dl>
        {[
          ...list(card.facts).map(fact => [fact.key, fact.value]),
          ...list(card.items).map(item => [item.title, item.price]),
          ['Total', card.total]
        ].map(([name, value]) =>
          value === undefined ? null : (
            <div key={String(name)}>
              <dt>{String(name)}</dt>
              <dd>{String(value)}</dd>
            </div>
          )
        )}
      </dl>
      <Buttons actions={list(card.buttons) as CardAction[]} press={press} />
    </div>
  )
}

export function Buttons({ actions, press }: { actions: readonly CardAction[]; press: Press }) {
  if (actions.length === 0) return null
  return (
    <div class="buttons">
      {actions.map(action => {
        const url = action.type === 'openUrl' || action.type === 'signin' ? address(action.value) : undefined
        const title = action.title ?? String(action.value ?? '')
        return url ? (
          <a key={title} href={url} target="_blank" rel="noreferrer">
            {title}
          </a>
        ) : (
          <button key={title} type="button" onClick={() => press(action)}>
            {title}
          </button>
        )
      })}
    </div>
  )
}

interface Renderer {
  render(card: unknown, submit: (data: unknown) => void): HTMLElement
}
let renderer: Promise<Renderer> | undefined

/** The renderer is large, and most bots send no such cards: it comes with the first one. */
function loadRenderer(): Promise<Renderer> {
  renderer ??= new Promise((resolve, reject) => {
    const script = document.createElement('script')
    script.src = 'bot-chat-cards.js'
    script.onload = () => resolve((window as unknown as { adaptiveRenderer: Renderer }).adaptiveRenderer)
    script.onerror = () => reject(new Error(TEXTS.adaptiveFails))
    document.head.append(script)
  })
  return renderer
}

function AdaptiveCard({ card, press }: { card: Fields; press: Press }) {
  const place = useRef<HTMLDivElement>(null)
  const [failed, setFailed] = useState(false)
  const source = JSON.stringify(card)
  useEffect(() => {
    loadRenderer()
      .then(({ render }) => place.current?.replaceChildren(render(JSON.parse(source), data => press({ type: 'postBack', value: data }))))
      .catch(() => setFailed(true))
  }, [source])
  return failed ? <p class="soft">{TEXTS.adaptiveFails}</p> : <div class="card adaptive" ref={place} />
}
