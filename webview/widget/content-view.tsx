import { buttonPayload, type Card, type Choice, type Content, choicePayload } from '../../src/webchat/content.ts'

interface Props {
  content: Content
  /** Choices can be pressed only in the last message, as in the real chat. */
  isLast: boolean
  onSay(payload: Record<string, unknown>): void
}

/** A message's content. Words are text, never markup. */
export function ContentView({ content, isLast, onSay }: Props) {
  switch (content.as) {
    case 'text':
      return <p class="bubble">{content.text}</p>
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
    case 'file':
      return (
        <a class="bubble file" href={content.url || undefined} target="_blank" rel="noopener noreferrer">
          {content.title ?? content.url.split('/').at(-1)}
        </a>
      )
    case 'cards':
      return <Cards cards={content.cards} onSay={onSay} />
    case 'choices':
      return (
        <>
          {content.text && <p class="bubble">{content.text}</p>}
          {isLast && content.isDropdown && <Dropdown {...content} onSay={onSay} />}
          {isLast && !content.isDropdown && <Choices choices={content.choices} onSay={onSay} />}
        </>
      )
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

function Choices({ choices, onSay }: { choices: Choice[]; onSay: Props['onSay'] }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would need a visible legend
    <div class="choices" role="group" aria-label="Answers">
      {choices.map(choice => (
        <button type="button" key={choice.value} onClick={() => onSay(choicePayload(choice, false))}>
          {choice.title}
        </button>
      ))}
    </div>
  )
}

function Dropdown({ choices, placeholder = 'Select…', onSay }: { choices: Choice[]; placeholder?: string; onSay: Props['onSay'] }) {
  const choose = (index: string) => {
    const choice = choices[Number(index)]
    if (index !== '' && choice) onSay(choicePayload(choice, true))
  }
  return (
    <select class="dropdown" aria-label={placeholder} onChange={event => choose(event.currentTarget.value)}>
      <option value="">{placeholder}</option>
      {choices.map((choice, index) => (
        <option key={choice.value} value={index}>
          {choice.title}
        </option>
      ))}
    </select>
  )
}

function Cards({ cards, onSay }: { cards: Card[]; onSay: Props['onSay'] }) {
  return (
    <ul class={`cards${cards.length > 1 ? ' carousel' : ''}`}>
      {cards.map((card, index) => (
        <li key={index} class="card">
          {card.image && <img src={card.image} alt="" />}
          <h2>{card.title}</h2>
          {card.subtitle && <p>{card.subtitle}</p>}
          {card.buttons.map(button =>
            button.does === 'open' ? (
              <a key={button.title} href={button.url || undefined} target="_blank" rel="noopener noreferrer">
                {button.title}
              </a>
            ) : (
              <button key={button.title} type="button" onClick={() => onSay(buttonPayload(button)!)}>
                {button.title}
              </button>
            )
          )}
        </li>
      ))}
    </ul>
  )
}
