import { useState } from 'preact/hooks'
import { CHANNEL_IDS, REACHABILITY } from '../../src/botframework/presets.ts'
import { SDKS } from '../../src/botframework/sdk.ts'
import type { BotChatState } from '../../src/protocol/bot-chat.ts'
import { TEXTS } from './texts.ts'
import type { Do } from './thread.tsx'

export interface ViewProps {
  state: BotChatState
  /** The thread that is shown. */
  thread: string | undefined
  act: Do
  say: (text: string) => void
}

/** The views beside the chat. */
export const VIEWS = { references: References, dialogs: Dialogs, triggers: Triggers, forms: Forms, channel: Channel } as const

function References({ state, say }: ViewProps) {
  const copy = (text: string) =>
    navigator.clipboard.writeText(text).then(
      () => say(TEXTS.copied),
      () => say(text)
    )
  return (
    <>
      <p class="soft">{TEXTS.referencesHint}</p>
      <ul class="rows">
        {state.references.map(reference => (
          <li key={reference.conversationId}>
            <strong>{reference.user}</strong>{' '}
            <span class="soft">
              {reference.channelId} · {reference.conversationId.slice(0, 12)}
            </span>
            {reference.isStale && <p class="trouble">{TEXTS.stale}</p>}
            <div class="buttons">
              {(['v3', 'v4', 'agents'] as const).map(form => (
                <button key={form} type="button" onClick={() => copy(reference.forms[form])}>
                  {TEXTS.copy[form]}
                </button>
              ))}
            </div>
          </li>
        ))}
      </ul>
    </>
  )
}

const Stack = ({ stack }: { stack: readonly string[] }) => <code>{stack.length > 0 ? stack.join(' › ') : TEXTS.none}</code>

function Dialogs({ state, thread }: ViewProps) {
  const now = state.stacks[thread ?? '']
  const isSeen = now !== undefined || state.steps.length > 0
  const isAgents = state.bot.sdk === SDKS.agents.title
  const unseen = isAgents ? TEXTS.dialogsOfAgents : state.bot.isOurs ? TEXTS.dialogsNone : TEXTS.dialogsUnseen
  return (
    <>
      <p class="soft">{isSeen ? TEXTS.dialogsHint : unseen}</p>
      {now && (
        <p>
          {TEXTS.now}: <Stack stack={now} />
        </p>
      )}
      <ul class="rows">
        {state.steps.map(({ text, before, after, change }, at) => (
          <li key={at}>
            {text} <span class={`change ${change}`}>{change}</span>
            <p>
              <Stack stack={before} /> → <Stack stack={after} />
            </p>
          </li>
        ))}
      </ul>
    </>
  )
}

function Triggers({ state, act, say }: ViewProps) {
  const [method, setMethod] = useState('GET')
  const [url, setUrl] = useState('/api/notify')
  const [body, setBody] = useState('')
  const call = (event: Event) => {
    event.preventDefault()
    const parsed = parse(body)
    if (parsed.failed) say(TEXTS.badJson)
    else act({ do: 'trigger', method, url, ...(parsed.value !== undefined && { body: parsed.value }) })
  }
  return (
    <>
      <p class="soft">{TEXTS.triggersHint}</p>
      <form onSubmit={call}>
        <label>
          {TEXTS.method}
          <select value={method} onChange={event => setMethod(event.currentTarget.value)}>
            {['GET', 'POST', 'PUT', 'DELETE'].map(name => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
        <label>
          {TEXTS.address}
          <input value={url} onInput={event => setUrl(event.currentTarget.value)} />
        </label>
        <label>
          {TEXTS.body}
          <textarea value={body} rows={2} onInput={event => setBody(event.currentTarget.value)} />
        </label>
        <button type="submit">{TEXTS.call}</button>
      </form>
      <ul class="rows">
        {state.triggers.map(trigger => (
          <li key={trigger.method + trigger.url}>
            <code>
              {trigger.method} {trigger.url}
            </code>{' '}
            <span class="soft">{trigger.result}</span>{' '}
            <button type="button" onClick={() => act({ do: 'trigger', method: trigger.method, url: trigger.url })}>
              {TEXTS.again}
            </button>
          </li>
        ))}
      </ul>
    </>
  )
}

function Forms({ thread, act, say }: ViewProps) {
  const [member, setMember] = useState('bob')
  const [activity, setActivity] = useState('{ "type": "event", "name": "pricing-idle", "value": {} }')
  if (thread === undefined) return <p class="soft">{TEXTS.noThread}</p>
  const sendActivity = () => {
    const parsed = parse(activity)
    if (parsed.failed || typeof parsed.value !== 'object' || parsed.value === null) say(TEXTS.badJson)
    else act({ do: 'send', thread, activity: parsed.value as Record<string, unknown> })
  }
  return (
    <>
      <p class="soft">{TEXTS.formsHint}</p>
      <div class="buttons">
        <button type="button" onClick={() => act({ do: 'install', thread, action: 'add' })}>
          {TEXTS.install}
        </button>
        <button type="button" onClick={() => act({ do: 'install', thread, action: 'remove' })}>
          {TEXTS.uninstall}
        </button>
      </div>
      <label>
        {TEXTS.memberName}
        <input value={member} onInput={event => setMember(event.currentTarget.value)} />
      </label>
      <div class="buttons">
        <button type="button" onClick={() => act({ do: 'members', thread, add: member })}>
          {TEXTS.add}
        </button>
        <button type="button" onClick={() => act({ do: 'members', thread, remove: member })}>
          {TEXTS.remove}
        </button>
      </div>
      <label>
        {TEXTS.activity}
        <textarea value={activity} rows={4} onInput={event => setActivity(event.currentTarget.value)} />
      </label>
      <button type="button" onClick={sendActivity}>
        {TEXTS.sendActivity}
      </button>
      <Token thread={thread} act={act} />
    </>
  )
}

/** A sign-in that ended well, without anybody signing in. */
function Token({ thread, act }: { thread: string; act: Do }) {
  const [connectionName, setConnectionName] = useState('')
  const [token, setToken] = useState('')
  const give = (event: Event) => {
    event.preventDefault()
    if (connectionName.trim() && token) act({ do: 'token', thread, connectionName: connectionName.trim(), token })
  }
  return (
    <form onSubmit={give}>
      <p class="soft">{TEXTS.tokenHint}</p>
      <label>
        {TEXTS.connectionName}
        <input value={connectionName} required onInput={event => setConnectionName(event.currentTarget.value)} />
      </label>
      <label>
        {TEXTS.token}
        <input value={token} required onInput={event => setToken(event.currentTarget.value)} />
      </label>
      <button type="submit">{TEXTS.giveToken}</button>
    </form>
  )
}

/** How often the bot may write: the channel's own limit, or another one. */
function Quota({ quota, act }: { quota: BotChatState['channel']['quota']; act: Do }) {
  const [calls, setCalls] = useState<string>()
  const [seconds, setSeconds] = useState<string>()
  const set = (event: Event) => {
    event.preventDefault()
    const wanted = { calls: Number(calls ?? quota?.calls ?? 1), perMs: Number(seconds ?? (quota?.perMs ?? 1000) / 1000) * 1000 }
    if (!(wanted.calls >= 1 && wanted.perMs >= 1)) return
    act({ do: 'quota', quota: wanted })
    setCalls(undefined)
    setSeconds(undefined)
  }
  return (
    <form onSubmit={set}>
      <p class="soft">{quota ? TEXTS.quota(quota.calls, quota.perMs / 1000) : TEXTS.noQuota}</p>
      <div class="buttons">
        <label>
          {TEXTS.calls}
          <input type="number" min="1" value={calls ?? String(quota?.calls ?? 1)} onInput={event => setCalls(event.currentTarget.value)} />
        </label>
        <label>
          {TEXTS.seconds}
          <input
            type="number"
            min="0.001"
            step="any"
            value={seconds ?? String((quota?.perMs ?? 1000) / 1000)}
            onInput={event => setSeconds(event.currentTarget.value)}
          />
        </label>
        <button type="submit">{TEXTS.setQuota}</button>
        {quota && (
          <button type="button" onClick={() => act({ do: 'quota' })}>
            {TEXTS.endQuota}
          </button>
        )}
      </div>
    </form>
  )
}

const FAULTS = [401, 403, 404, 429, 500, 'store-then-500'] as const

function Channel({ state, act }: ViewProps) {
  return (
    <>
      <p class="soft">{TEXTS.channelHint}</p>
      <label>
        {TEXTS.channel}
        <select
          value={state.channel.id}
          onChange={event => act({ do: 'channel', id: event.currentTarget.value as (typeof CHANNEL_IDS)[number] })}
        >
          {CHANNEL_IDS.map(id => (
            <option key={id}>{id}</option>
          ))}
        </select>
      </label>
      <Quota quota={state.channel.quota} act={act} />
      <label>
        {TEXTS.reach}
        <select
          value={state.reach}
          onChange={event => act({ do: 'reach', reach: event.currentTarget.value as (typeof REACHABILITY)[number] })}
        >
          {REACHABILITY.map(reach => (
            <option key={reach}>{reach}</option>
          ))}
        </select>
      </label>
      <p>{TEXTS.fault}</p>
      <div class="buttons">
        {FAULTS.map(answer => (
          <button key={answer} type="button" onClick={() => act({ do: 'fault', answer })}>
            {answer}
          </button>
        ))}
      </div>
      {state.bot.isOurs && (
        <div class="buttons">
          <button type="button" onClick={() => act({ do: 'restart' })}>
            {TEXTS.restart}
          </button>
          <button type="button" onClick={() => act({ do: 'stop' })}>
            {TEXTS.stop}
          </button>
          {state.bot.canDebug && (
            <button type="button" onClick={() => act({ do: 'debug' })}>
              {TEXTS.debug}
            </button>
          )}
        </div>
      )}
    </>
  )
}

function parse(text: string): { value?: unknown; failed?: boolean } {
  if (text.trim() === '') return {}
  try {
    return { value: JSON.parse(text) }
  } catch {
    return { failed: true }
  }
}
