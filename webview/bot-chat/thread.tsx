import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { CardAction } from '../../src/botframework/activity.ts'
import type { FromBotChat, ShownMessage, Thread } from '../../src/protocol/bot-chat.ts'
import { InspectButton, showMarked, useInspection } from '../shared/inspection.tsx'
import { AttachmentView, Buttons } from './cards.tsx'
import { TEXTS } from './texts.ts'

export type Do = (command: FromBotChat) => void

/** One conversation: what was said, what the bot suggests, and where one writes. */
export function ThreadView({ thread, marked, act }: { thread: Thread; marked: readonly string[]; act: Do }) {
  const list = useRef<HTMLOListElement>(null)
  const inspection = useInspection()
  useEffect(() => showMarked(list.current!), [marked.join()])
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
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and its messages are reached from it. */}
      <ol class="messages" ref={list} aria-live="polite" aria-label={TEXTS.messages} tabIndex={0} {...inspection.list}>
        {thread.messages.length === 0 && <li class="soft">{TEXTS.empty}</li>}
        {thread.messages.map(message => (
          <Message key={message.id} message={message} isMarked={marked.includes(message.id)} press={press}>
            {inspection.isActive(message.id) && <InspectButton onInspect={() => act({ do: 'inspect', message: message.id })} />}
          </Message>
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

interface MessageProps {
  message: ShownMessage
  isMarked: boolean
  press: (action: CardAction) => void
  children: ComponentChildren
}

function Message({ message, isMarked, press, children }: MessageProps) {
  const { by, activity, badge, collision, before, deleted, open } = message
  const own = { 'data-message': message.id, tabIndex: -1, 'aria-current': isMarked || undefined }
  if (by === 'system')
    return (
      <li class="system" {...own}>
        {activity.text} {children}
      </li>
    )
  return (
    <li class={by === 'bot' ? 'bot' : 'user'} data-proactive={badge?.kind === 'proactive'} {...own}>
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
      {children}
    </li>
  )
}
