import { useEffect, useRef, useState } from 'preact/hooks'
import type { CardAction } from '../../src/botframework/activity.ts'
import type { FromBotChat, ShownMessage, Thread } from '../../src/protocol/bot-chat.ts'
import { AttachmentView, Buttons } from './cards.tsx'
import { TEXTS } from './texts.ts'

export type Do = (command: FromBotChat) => void

/** One conversation: what was said, what the bot suggests, and where one writes. */
export function ThreadView({ thread, act }: { thread: Thread; act: Do }) {
  const [draft, setDraft] = useState('')
  const end = useRef<HTMLLIElement>(null)
  useEffect(() => end.current?.scrollIntoView({ block: 'nearest' }), [thread.messages.length, thread.typing])
  const press = ({ type, title, value = title }: CardAction) => {
    if (typeof value === 'string' && type !== 'messageBack') act({ do: 'say', thread: thread.id, text: value })
    else act({ do: 'send', thread: thread.id, activity: { type: 'message', text: '', value } })
  }
  const last = thread.messages.at(-1)
  const suggested = last?.by === 'bot' ? (last.activity.suggestedActions?.actions ?? []) : []
  const send = (event: Event) => {
    event.preventDefault()
    if (draft.trim() === '') return
    act({ do: 'say', thread: thread.id, text: draft })
    setDraft('')
  }
  return (
    <section class="thread">
      <ol class="messages" aria-live="polite">
        {thread.messages.length === 0 && <li class="soft">{TEXTS.empty}</li>}
        {thread.messages.map(message => (
          <Message key={message.id} message={message} press={press} />
        ))}
        {thread.typing && <li class="soft">{TEXTS.typing}…</li>}
        {thread.trouble && (
          <li class="trouble" role="alert">
            {thread.trouble}
          </li>
        )}
        <li ref={end} aria-hidden="true" />
      </ol>
      <Buttons actions={suggested} press={press} />
      <form class="composer" onSubmit={send}>
        <input
          value={draft}
          onInput={event => setDraft(event.currentTarget.value)}
          aria-label={TEXTS.compose}
          placeholder={TEXTS.compose}
        />
        <button type="submit">{TEXTS.send}</button>
      </form>
    </section>
  )
}

function Message({ message, press }: { message: ShownMessage; press: (action: CardAction) => void }) {
  const { by, activity, badge, collision, before, deleted, open } = message
  if (by === 'system') return <li class="system">{activity.text}</li>
  return (
    <li class={by === 'bot' ? 'bot' : 'user'} data-proactive={badge?.kind === 'proactive'}>
      {badge && (
        <span class="badge" title={badge.says}>
          {badge.kind === 'unclear' ? TEXTS.unclear : TEXTS.proactive} · {badge.rule}
          {badge.cause && <span class="cause"> · {badge.cause}</span>}
        </span>
      )}
      <div class={deleted ? 'bubble deleted' : 'bubble'} aria-busy={open}>
        {activity.text && <p>{activity.text}</p>}
        {(activity.attachments ?? []).map((attachment, at) => (
          <AttachmentView key={at} attachment={attachment} press={press} />
        ))}
      </div>
      {deleted && <span class="note">{TEXTS.deleted}</span>}
      {before.length > 0 && <span class="note">{TEXTS.changed(before.at(-1)!)}</span>}
      {collision && <span class="collision">{collision}</span>}
    </li>
  )
}
