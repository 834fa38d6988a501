import { useRef, useState } from 'preact/hooks'
import { buttonPayload, type Card, type Content, type Words } from '../../src/webchat/content.ts'
import { Choices } from './choices.tsx'
import { Icon } from './icons.tsx'
import { Login } from './login.tsx'
import { Markdown } from './markdown.tsx'

interface Props {
  content: Content
  /** Choices can be pressed only in the last message, as in the real chat. */
  isLast: boolean
  /** Long texts and cards come with arrows. */
  hasArrows: boolean
  /** Another than the visitor speaks: a voice that is new may be heard by itself. */
  plays: boolean
  onSay(payload: Record<string, unknown>, title: string): void
}

/** A message's content. Words are text, never markup. */
export function ContentView({ content, isLast, hasArrows, plays, onSay }: Props) {
  switch (content.as) {
    case 'text':
      return <Text words={content} />
    case 'image':
      return (
        <figure class="picture">
          <img src={content.url} alt={content.title ?? ''} />
          {content.title && <figcaption>{content.title}</figcaption>}
        </figure>
      )
    case 'video':
      // biome-ignore lint/a11y/useMediaCaption: a bot's payload brings none
      return <video class="picture" src={content.url} controls aria-label={content.title ?? 'Video'} />
    case 'audio':
      // biome-ignore lint/a11y/useMediaCaption: a bot's payload brings none
      return <audio src={content.url} controls aria-label={content.title ?? 'Audio'} />
    case 'voice':
      // biome-ignore lint/a11y/useMediaCaption: a bot's payload brings none
      return <audio src={content.url} controls autoplay={plays && isLast} aria-label="Voice message" />
    case 'file':
      return (
        <a class="bubble bpw-chat-bubble file" href={content.url || undefined} target="_blank" rel="noopener noreferrer">
          {content.title ?? content.url.split('/').at(-1)}
        </a>
      )
    case 'cards':
      return <Cards cards={content.cards} isMarkdown={content.isMarkdown} hasArrows={hasArrows} onSay={onSay} />
    case 'choices':
      return (
        <>
          {content.text && <Text words={content} />}
          {isLast && content.inMessage && <Choices content={content} onSay={onSay} />}
        </>
      )
    case 'login':
      return isLast ? <Login onSay={onSay} /> : <p class="bubble">You were asked to sign in.</p>
    case 'unsupported':
      return (
        <p class="bubble unsupported">
          The web chat cannot show a message of type <code>{content.type}</code>
        </p>
      )
    default:
      return null
  }
}

/** A bubble of words; long ones as long as the bot allows, until the visitor wants more. */
function Text({ words: { text, isMarkdown, trim } }: { words: Words }) {
  const [isWhole, setWhole] = useState(false)
  const isCut = trim !== undefined && text.length > trim && !isWhole
  const shown = isCut ? `${text.slice(0, trim)}…` : text
  return (
    <div class={`bubble bpw-chat-bubble${isMarkdown ? ' markdown' : ''}`}>
      {isMarkdown ? <Markdown text={shown} /> : shown}
      {isCut && (
        <button type="button" class="more" onClick={() => setWhole(true)}>
          Show more
        </button>
      )}
    </div>
  )
}

function Cards({ cards, isMarkdown, hasArrows, onSay }: { cards: Card[]; isMarkdown: boolean; hasArrows: boolean; onSay: Props['onSay'] }) {
  const list = useRef<HTMLUListElement>(null)
  const isCarousel = cards.length > 1
  const words = (text: string) => (isMarkdown ? <Markdown text={text} /> : text)
  const go = (by: number) => list.current?.scrollBy({ left: by * 242 })
  return (
    <div class="deck">
      {/* A keyboard scrolls it like any other part that is too wide. */}
      <ul
        ref={list}
        class={`cards${isCarousel ? ' carousel' : ''}`}
        {...(isCarousel && { tabIndex: 0, 'aria-label': `${cards.length} cards` })}
      >
        {cards.map((card, index) => (
          <li key={index} class="card">
            {card.image && <img src={card.image} alt="" />}
            <h2>{card.title}</h2>
            {card.subtitle && <div class="subtitle">{words(card.subtitle)}</div>}
            {card.buttons.map(button =>
              button.does === 'open' ? (
                <a key={button.title} href={button.url || undefined} target="_blank" rel="noopener noreferrer">
                  {button.title}
                </a>
              ) : (
                <button key={button.title} type="button" onClick={() => onSay(buttonPayload(button)!, button.title)}>
                  {button.title}
                </button>
              )
            )}
          </li>
        ))}
      </ul>
      {isCarousel && hasArrows && (
        <div class="arrows">
          <button type="button" class="icon" aria-label="Previous card" onClick={() => go(-1)}>
            <Icon name="left" />
          </button>
          <button type="button" class="icon" aria-label="Next card" onClick={() => go(1)}>
            <Icon name="right" />
          </button>
        </div>
      )}
    </div>
  )
}
