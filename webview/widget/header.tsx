import type { Life } from '../../src/webchat/life.ts'
import type { Hands } from './hands.ts'
import { Icon, type IconName } from './icons.tsx'
import { download, transcriptOf } from './transcript.ts'

interface Props {
  life: Life
  hands: Hands
  name: string
  /** The list of conversations is seen. */
  listing: boolean
  onList(): void
}

/** Who it is, and what can be done with the conversation, as far as the page allows it (R20.4). */
export function Header({ life, hands, name, listing, onList }: Props) {
  const { config, botInfo, view, history } = life
  const description = config.botConvoDescription ?? botInfo?.description
  return (
    <header class="bpw-header-container">
      {config.avatarUrl ? (
        <img class="avatar" src={config.avatarUrl} alt="" />
      ) : (
        <span class="avatar" aria-hidden="true">
          {initials(name)}
        </span>
      )}
      <div class="who">
        <h1 class="bpw-header-name">{name}</h1>
        {description && <p>{description}</p>}
      </div>
      {config.showConversationsButton === true && <Button icon="list" text="Conversations" pressed={listing} onUse={onList} />}
      {botInfo?.showBotInfoPage && (
        <Button icon="info" text="About the bot" pressed={life.showsBotInfo} onUse={() => life.toggleBotInfo()} />
      )}
      {config.enableTranscriptDownload === true && history.messages.length > 0 && (
        <Button
          icon="download"
          text="Download the conversation"
          onUse={() => download('transcript.txt', transcriptOf(history.messages, name))}
        />
      )}
      {config.enableConversationDeletion === true && (
        <Button icon="trash" text="Delete the conversation" onUse={() => void life.deleteMessages()} />
      )}
      {config.enableReset && (
        <Button
          icon="restart"
          text="Reset the conversation"
          data={{ 'data-reset': true }}
          onUse={() => {
            hands.did({ do: 'reset' })
            void life.reset()
          }}
        />
      )}
      {view !== 'fullscreen' && (
        <Button
          icon="cross"
          text="Close the chat"
          data={{ 'data-close': true }}
          onUse={() => {
            hands.did({ do: 'close' })
            life.hide()
          }}
        />
      )}
    </header>
  )
}

interface ButtonProps {
  icon: IconName
  text: string
  pressed?: boolean
  data?: Record<`data-${string}`, boolean>
  onUse(): void
}

function Button({ icon, text, pressed, data, onUse }: ButtonProps) {
  return (
    <button type="button" class="icon" aria-label={text} title={text} aria-pressed={pressed} {...data} onClick={onUse}>
      <Icon name={icon} />
    </button>
  )
}

/** One or two letters that stand for a name. */
function initials(name: string): string {
  const words = name.split(/[\s_-]+/).filter(Boolean)
  return ((words[0]?.[0] ?? '') + (words[1]?.[0] ?? '')).toUpperCase()
}
