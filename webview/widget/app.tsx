import { useEffect, useRef, useState } from 'preact/hooks'
import type { Life } from '../../src/webchat/life.ts'
import { Composer } from './composer.tsx'
import type { Hands } from './hands.ts'
import { Messages } from './messages.tsx'

/** The bubble while the chat is closed, the window while it is open. */
export function App({ life, hands }: { life: Life; hands: Hands }) {
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

  if (isWindow) return <ChatWindow life={life} hands={hands} />
  if (config.hideWidget) return null
  return (
    <button
      ref={launcher}
      type="button"
      class={`launcher${life.isOpen ? ' opening' : ''}`}
      aria-label={unread > 0 ? `Open the chat, ${unread} unread` : 'Open the chat'}
      onClick={() => {
        hands.did({ do: 'open' })
        life.show()
      }}
    >
      <Speech />
      {unread > 0 && <span class="unread">{unread > 9 ? '9+' : unread}</span>}
    </button>
  )
}

function ChatWindow({ life, hands }: { life: Life; hands: Hands }) {
  const { config, botInfo, history, view } = life
  const name = config.botName ?? botInfo?.name ?? 'Bot'
  return (
    <section class={`window ${view}${config.disableAnimations ? ' still' : ''}`} aria-label={`Chat with ${name}`}>
      <header>
        {config.avatarUrl ? (
          <img class="avatar" src={config.avatarUrl} alt="" />
        ) : (
          <span class="avatar" aria-hidden="true">
            {initials(name)}
          </span>
        )}
        <div class="who">
          <h1>{name}</h1>
          {(config.botConvoDescription ?? botInfo?.description) && <p>{config.botConvoDescription ?? botInfo?.description}</p>}
        </div>
        {config.enableReset && (
          <button
            type="button"
            class="icon"
            aria-label="Reset the conversation"
            title="Reset the conversation"
            data-reset
            onClick={() => {
              hands.did({ do: 'reset' })
              void life.reset()
            }}
          >
            <Restart />
          </button>
        )}
        {view !== 'fullscreen' && (
          <button
            type="button"
            class="icon"
            aria-label="Close the chat"
            title="Close the chat"
            data-close
            onClick={() => {
              hands.did({ do: 'close' })
              life.hide()
            }}
          >
            <Cross />
          </button>
        )}
      </header>
      <Messages
        messages={history.messages}
        isTyping={history.isTyping}
        isReady={life.isInitialised}
        botName={name}
        showTime={config.showTimestamp}
        onSay={payload => {
          const { text, title } = payload as { text?: string; title?: string }
          hands.did({ do: 'choose', title: title ?? text ?? '' })
          life.say(payload)
        }}
      />
      <Composer
        isReady={life.isInitialised}
        placeholder={config.composerPlaceholder ?? `Reply to ${name}`}
        maxLength={botInfo?.maxMessageLength ?? 360}
        onSend={text => {
          hands.did({ do: 'say', text })
          life.say({ type: 'text', text })
        }}
      />
    </section>
  )
}

/** One or two letters that stand for a name. */
function initials(name: string): string {
  const words = name.split(/[\s_-]+/).filter(Boolean)
  return ((words[0]?.[0] ?? '') + (words[1]?.[0] ?? '')).toUpperCase()
}

const stroke = {
  fill: 'none',
  stroke: 'currentColor',
  'stroke-width': 1.75,
  'stroke-linecap': 'round',
  'stroke-linejoin': 'round'
} as const

function Speech() {
  return (
    <svg viewBox="0 0 24 24" width="26" height="26" aria-hidden="true" {...stroke}>
      <path d="M12 4.5c4.7 0 8.25 3.05 8.25 7s-3.55 7-8.25 7c-.95 0-1.86-.12-2.7-.35L5 20l.9-3.3c-1.35-1.27-2.15-3.1-2.15-5.2 0-3.95 3.55-7 8.25-7Z" />
      <path d="M8.6 11.6h.01M12 11.6h.01M15.4 11.6h.01" stroke-width="2.4" />
    </svg>
  )
}

function Restart() {
  return (
    <svg viewBox="0 0 24 24" width="19" height="19" aria-hidden="true" {...stroke}>
      <path d="M5 12a7 7 0 1 0 2.2-5.1L5 9" />
      <path d="M5 4.5V9h4.5" />
    </svg>
  )
}

function Cross() {
  return (
    <svg viewBox="0 0 24 24" width="19" height="19" aria-hidden="true" {...stroke}>
      <path d="m6.5 6.5 11 11m0-11-11 11" />
    </svg>
  )
}
