import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { ChatConfig } from '../../src/webchat/config.ts'
import { contentOf } from '../../src/webchat/content.ts'
import type { ChatMessage } from '../../src/webchat/types.ts'
import { InspectButton, showMarked, useInspection } from '../shared/inspection.tsx'
import { ContentView } from './content-view.tsx'
import { Icon } from './icons.tsx'

interface Props {
  messages: readonly ChatMessage[]
  isTyping: boolean
  isReady: boolean
  botName: string
  config: ChatConfig
  /** Ids of the messages that the author looks at in the trace. */
  marked: readonly string[]
  onInspect(messageId: string): void
  onSay(payload: Record<string, unknown>, title: string): void
  onRate(messageId: string, feedback: 1 | -1): void
}

/** The conversation. Who uses a screen reader hears what is added, without losing the place. */
export function Messages({ messages, isTyping, isReady, botName, config, marked, onInspect, onSay, onRate }: Props) {
  const inspection = useInspection()
  const list = useRef<HTMLDivElement>(null)
  const count = messages.length
  // The view follows what is added.
  useLayoutEffect(() => {
    list.current!.scrollTop = list.current!.scrollHeight
  }, [count, isTyping])
  useLayoutEffect(() => showMarked(list.current!), [marked])

  return (
    <div
      ref={list}
      class="messages bpw-chat-container"
      role="log"
      aria-live="polite"
      aria-label="Conversation"
      aria-busy={!isReady}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and its messages are reached from it.
      tabIndex={0}
      {...inspection.list}
    >
      {!isReady && <p class="notice">Loading the conversation…</p>}
      {isReady && count === 0 && !isTyping && <p class="notice">This is the beginning of the conversation.</p>}
      {messages.map((message, index) => {
        const content = contentOf(message.payload)
        if (content.as === 'hidden') return null
        if (content.as === 'notice') {
          return (
            <p class="notice" key={message.id}>
              {content.text}
            </p>
          )
        }
        const isMine = message.authorId != null
        const continues = (messages[index - 1]?.authorId != null) === isMine && index > 0
        const { name, picture } = speakerOf(message, botName, config)
        return (
          <div
            key={message.id}
            class={`message ${isMine ? 'mine bpw-from-user' : 'theirs bpw-from-bot'}${continues ? ' continues' : ''}`}
            data-message={message.id}
            tabIndex={-1}
            aria-current={marked.includes(message.id) || undefined}
          >
            <span class="visually-hidden">{isMine ? 'You: ' : `${name}: `}</span>
            {!isMine && !continues && (config.showUserName || config.showUserAvatar) && (
              <span class="speaker" aria-hidden="true">
                {config.showUserAvatar && picture && <img src={picture} alt="" />}
                {config.showUserName && name}
              </span>
            )}
            <ContentView
              content={content}
              isLast={index === count - 1}
              hasArrows={config.enableArrowNavigation === true}
              plays={!isMine}
              onSay={onSay}
            />
            {config.showTimestamp && <time dateTime={message.sentOn}>{timeOf(message.sentOn)}</time>}
            {!isMine && message.payload.collectFeedback === true && <Rating onRate={feedback => onRate(message.id, feedback)} />}
            {inspection.isActive(message.id) && <InspectButton onInspect={() => onInspect(message.id)} />}
          </div>
        )
      })}
      {isTyping && (
        <div class="message theirs bpw-from-bot">
          <span class="visually-hidden">{botName} is typing</span>
          <div class="bubble bpw-chat-bubble typing" aria-hidden="true">
            <i />
            <i />
            <i />
          </div>
        </div>
      )}
    </div>
  )
}

function Rating({ onRate }: { onRate(feedback: 1 | -1): void }) {
  const [given, setGiven] = useState<1 | -1>()
  const rate = (feedback: 1 | -1) => {
    setGiven(feedback)
    onRate(feedback)
  }
  if (given !== undefined) return <p class="rated">Thank you for your feedback.</p>
  return (
    <div class="rating">
      <button type="button" class="icon" aria-label="This was helpful" onClick={() => rate(1)}>
        <Icon name="good" size={16} />
      </button>
      <button type="button" class="icon" aria-label="This was not helpful" onClick={() => rate(-1)}>
        <Icon name="bad" size={16} />
      </button>
    </div>
  )
}

/** A message may bring the name and picture of who says it. */
function speakerOf({ payload }: ChatMessage, botName: string, config: ChatConfig): { name: string; picture: string | undefined } {
  const own = payload as Record<string, unknown>
  const name = own['channel.web.userName']
  const picture = own['channel.web.avatarUrl']
  return { name: typeof name === 'string' ? name : botName, picture: typeof picture === 'string' ? picture : config.avatarUrl }
}

function timeOf(sentOn: string): string {
  return new Date(sentOn).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })
}
