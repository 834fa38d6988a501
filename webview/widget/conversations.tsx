import { useEffect, useState } from 'preact/hooks'
import type { Life } from '../../src/webchat/life.ts'
import type { ListedConversation } from '../../src/webchat/types.ts'

/** The visitor's conversations with the bot, the one active last first. */
export function Conversations({ life, onLeave }: { life: Life; onLeave(): void }) {
  const [listed, setListed] = useState<ListedConversation[]>()
  useEffect(() => void life.conversations().then(setListed), [life])
  const go = (leads: Promise<void>) => void leads.then(onLeave)
  return (
    <nav class="conversations" aria-label="Conversations">
      <button type="button" class="new" onClick={() => go(life.newConversation())}>
        New conversation
      </button>
      <ul>
        {listed?.map(({ id, lastMessage, createdOn }) => (
          <li key={id}>
            <button type="button" aria-current={id === life.history.conversationId} onClick={() => go(life.openConversation(id))}>
              <span>{wordsOf(lastMessage?.payload) ?? 'Nothing was said yet'}</span>
              <time dateTime={lastMessage?.sentOn ?? createdOn}>{new Date(lastMessage?.sentOn ?? createdOn).toLocaleString()}</time>
            </button>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function wordsOf(payload: Record<string, unknown> | undefined): string | undefined {
  const text = payload?.text ?? payload?.title ?? payload?.message
  return typeof text === 'string' && text !== '' ? text : payload && `(${String(payload.type)})`
}
