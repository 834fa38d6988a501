import { useLayoutEffect, useRef } from 'preact/hooks'
import { contentOf } from '../../src/webchat/content.ts'
import type { ChatMessage } from '../../src/webchat/types.ts'
import { ContentView } from './content-view.tsx'

interface Props {
  messages: readonly ChatMessage[]
  isTyping: boolean
  isReady: boolean
  botName: string
  showTime: boolean
  onSay(payload: Record<string, unknown>): void
}

/** The conversation. Who uses a screen reader hears what is added, without losing the place. */
export function Messages({ messages, isTyping, isReady, botName, showTime, onSay }: Props) {
  const list = useRef<HTMLDivElement>(null)
  const count = messages.length
  // The view follows what is added.
  useLayoutEffect(() => {
    list.current!.scrollTop = list.current!.scrollHeight
  }, [count, isTyping])

  return (
    <div ref={list} class="messages" role="log" aria-live="polite" aria-label="Conversation" aria-busy={!isReady} tabindex={0}>
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
        return (
          <div key={message.id} class={`message ${isMine ? 'mine' : 'theirs'}${continues ? ' continues' : ''}`}>
            <span class="visually-hidden">{isMine ? 'You: ' : `${botName}: `}</span>
            <ContentView content={content} isLast={index === count - 1} onSay={onSay} />
            {showTime && <time dateTime={message.sentOn}>{timeOf(message.sentOn)}</time>}
          </div>
        )
      })}
      {isTyping && (
        <div class="message theirs">
          <span class="visually-hidden">{botName} is typing</span>
          <div class="bubble typing" aria-hidden="true">
            <i />
            <i />
            <i />
          </div>
        </div>
      )}
    </div>
  )
}

function timeOf(sentOn: string): string {
  return new Date(sentOn).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })
}
