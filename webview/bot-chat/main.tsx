/** The chat page of a bot of the Bot Framework family: conversations, and what is known about them beside. */
import './bot-chat.css'
import { render } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { BotChatState, FromBotChat } from '../../src/protocol/bot-chat.ts'
import { handOnKeys } from '../shared/editor-keys.ts'
import { ask, connect } from './line.ts'
import { TEXTS } from './texts.ts'
import { ThreadView } from './thread.tsx'
import { VIEWS } from './views.tsx'

type ViewName = keyof typeof VIEWS

function App() {
  const [state, setState] = useState<BotChatState>()
  const [chosen, setChosen] = useState<string>()
  const [view, setView] = useState<ViewName>()
  const [word, setWord] = useState('')
  useEffect(() => connect(setState), [])
  if (!state) return <p class="soft waiting">{TEXTS.waiting}</p>
  const act = (command: FromBotChat) =>
    void ask(command).then(
      () => setWord(''),
      (error: Error) => setWord(error.message)
    )
  const thread = state.threads.find(({ id }) => id === chosen) ?? state.threads[0]
  const View = view && VIEWS[view]
  const { bot } = state
  return (
    <div class="page">
      <header>
        <h1>{bot.name}</h1>
        <span class={`status ${bot.status}`}>{TEXTS.status[bot.status]}</span>
        <span class="soft">{[bot.sdk, state.channel.id].filter(Boolean).join(' · ')}</span>
        <nav>
          {(Object.keys(VIEWS) as ViewName[]).map(name => (
            <button key={name} type="button" aria-pressed={view === name} onClick={() => setView(view === name ? undefined : name)}>
              {TEXTS.views[name]}
            </button>
          ))}
        </nav>
      </header>
      {bot.message && (
        <p class="trouble" role="alert">
          {bot.message}
        </p>
      )}
      {word && (
        <p class="word" role="status">
          {word}
        </p>
      )}
      <div class="body">
        <main>
          <div class="tabs">
            <div class="tablist" role="tablist" aria-label={TEXTS.threads}>
              {state.threads.map(({ id, by, channelId }, at) => (
                <button key={id} type="button" role="tab" aria-selected={id === thread?.id} onClick={() => setChosen(id)}>
                  {channelId} {at + 1}
                  {by === 'bot' && <span class="by-bot"> · {TEXTS.byBot}</span>}
                </button>
              ))}
            </div>
            <button type="button" class="plus" title={TEXTS.newThread} aria-label={TEXTS.newThread} onClick={() => act({ do: 'open' })}>
              +
            </button>
          </div>
          {thread ? (
            <ThreadView key={thread.id} thread={thread} marked={state.marked} act={act} />
          ) : (
            <p class="soft waiting">{bot.status === 'failed' ? TEXTS.noThread : TEXTS.waiting}</p>
          )}
        </main>
        {View && view && (
          <aside aria-label={TEXTS.views[view]}>
            <h2>
              {TEXTS.views[view]}
              <button type="button" class="plus" aria-label={TEXTS.hide} onClick={() => setView(undefined)}>
                ×
              </button>
            </h2>
            <View state={state} thread={thread?.id} act={act} say={setWord} />
          </aside>
        )}
      </div>
    </div>
  )
}

document.documentElement.dataset.theme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
handOnKeys(0)
render(<App />, document.getElementById('root')!)
