import { useEffect, useRef, useState } from 'preact/hooks'
import { contentOf } from '../../src/webchat/content.ts'
import type { Life } from '../../src/webchat/life.ts'
import { Choices, type Choosable } from './choices.tsx'
import { Composer } from './composer.tsx'
import { Conversations } from './conversations.tsx'
import type { Hands } from './hands.ts'
import { Header } from './header.tsx'
import { Icon } from './icons.tsx'
import { Messages } from './messages.tsx'

interface Props {
  life: Life
  hands: Hands
  /** Ids of the messages that the author looks at in the trace. */
  marked: readonly string[]
  onInspect(messageId: string): void
}

/** The bubble while the chat is closed, the window while it is open. */
export function App(props: Props) {
  const { life, hands } = props
  const [, redraw] = useState(0)
  const launcher = useRef<HTMLButtonElement>(null)
  const wasOpen = useRef(false)
  useEffect(() => life.onChange(() => redraw(count => count + 1)), [life])

  const { view, config, unread } = life
  const isWindow = view !== 'widget'
  useEffect(() => {
    // The keyboard goes back to where it came from.
    if (wasOpen.current && !isWindow && document.hasFocus()) launcher.current?.focus()
    wasOpen.current = isWindow
  }, [isWindow])

  if (isWindow) return <ChatWindow {...props} />
  if (config.hideWidget) return null
  return (
    <button
      ref={launcher}
      type="button"
      class={`launcher bpw-widget-btn bpw-floating-button${life.isOpen ? ' opening' : ''}`}
      aria-label={unread > 0 ? `Open the chat, ${unread} unread` : 'Open the chat'}
      onClick={() => {
        hands.did({ do: 'open' })
        life.show()
      }}
    >
      <Icon name="speech" size={26} />
      {unread > 0 && <span class="unread">{unread > 9 ? '9+' : unread}</span>}
    </button>
  )
}

function ChatWindow({ life, hands, marked, onInspect }: Props) {
  const [listing, setListing] = useState(false)
  const { config, botInfo, history, view } = life
  const name = config.botName ?? botInfo?.name ?? 'Bot'
  const offered = offeredNow(life)
  const say = (payload: Record<string, unknown>, title: string) => {
    hands.did({ do: 'choose', title })
    life.say(payload)
  }
  return (
    <section class={`window bpw-layout ${view}${config.disableAnimations ? ' still' : ''}`} aria-label={`Chat with ${name}`}>
      <Header life={life} hands={hands} name={name} listing={listing} onList={() => setListing(!listing)} />
      {life.showsBotInfo ? (
        <BotInfoPage life={life} name={name} />
      ) : listing ? (
        <Conversations life={life} onLeave={() => setListing(false)} />
      ) : (
        <>
          <Messages
            messages={history.messages}
            isTyping={history.isTyping}
            isReady={life.isInitialised}
            botName={name}
            config={config}
            marked={marked}
            onInspect={onInspect}
            onSay={say}
            onRate={(id, feedback) => void life.rate(id, feedback)}
          />
          {offered && !offered.inMessage && (
            <div class="keyboard">
              <Choices content={offered} onSay={say} />
            </div>
          )}
          <Composer
            isReady={life.isInitialised && !offered?.noFreeText}
            placeholder={config.composerPlaceholder ?? `Reply to ${name}`}
            maxLength={botInfo?.maxMessageLength ?? 360}
            onSend={text => {
              hands.did({ do: 'say', text })
              life.say({ type: 'text', text })
            }}
          />
        </>
      )}
    </section>
  )
}

/** What the last message lets the visitor choose. */
function offeredNow({ history }: Life): Choosable | undefined {
  const last = history.messages.at(-1)
  const content = last && last.authorId == null ? contentOf(last.payload) : undefined
  return content?.as === 'choices' ? content : undefined
}

/** Comes before the conversation where the bot wants so (R20.11). */
function BotInfoPage({ life, name }: { life: Life; name: string }) {
  return (
    <div class="about">
      <h2>{name}</h2>
      <p>{life.config.botConvoDescription ?? life.botInfo?.description}</p>
      <button type="button" disabled={!life.isInitialised} onClick={() => life.startConversation()}>
        Start conversation
      </button>
    </div>
  )
}
