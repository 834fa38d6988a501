import type { FromPanel } from '../../src/protocol/panel.ts'

/** The panel's line to whoever hosts it. */
export interface Transport {
  readonly kind: 'editor' | 'browser'
  send(message: FromPanel): void
  /** Small things that outlive the page: scroll, selection, drafts. */
  load(): unknown
  save(value: unknown): void
}

export interface Listener {
  /** Anything that arrived, not yet parsed. */
  message(message: unknown): void
  /** `open` each time the line is (again) there: now `ready` is due. */
  line(state: 'open' | 'lost'): void
}

interface EditorApi {
  postMessage(message: unknown): void
  getState(): unknown
  setState(state: unknown): void
}

declare function acquireVsCodeApi(): EditorApi

/** In the editor its messages; in a plain browser server-sent events below the page's own address. */
export function connect(listener: Listener): Transport {
  return typeof acquireVsCodeApi === 'function' ? connectEditor(acquireVsCodeApi(), listener) : connectBrowser(listener)
}

function connectEditor(api: EditorApi, listener: Listener): Transport {
  window.addEventListener('message', event => {
    // The editor talks to this window; the framed page, its frames and its widget must not.
    if (!isFramed(event.source)) listener.message(event.data)
  })
  queueMicrotask(() => listener.line('open'))
  return {
    kind: 'editor',
    send: message => api.postMessage(message),
    load: () => api.getState(),
    save: value => api.setState(value)
  }
}

/** Whether a window is that of a frame in this page, at any depth, or of one that is gone. */
function isFramed(source: MessageEventSource | null): boolean {
  let at = source as Window | null
  while (at && at !== at.parent && at.parent !== window) at = at.parent
  return !at || (at !== window && at.parent === window)
}

const SAVED = 'proactive-hooks.panel'

function connectBrowser(listener: Listener): Transport {
  const line = crypto.randomUUID()
  const stream = new EventSource(`events?line=${line}`)
  stream.onopen = () => listener.line('open')
  stream.onerror = () => listener.line('lost')
  stream.onmessage = event => listener.message(parse(event.data))
  let last = Promise.resolve()
  return {
    kind: 'browser',
    send(message) {
      const body = JSON.stringify(message)
      // One after the other: their order is part of what they mean.
      last = last
        .then(() => fetch(`send?line=${line}`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body }))
        .then(
          answer => {
            if (!answer.ok) listener.line('lost')
          },
          () => listener.line('lost')
        )
    },
    load: () => parse(attempt(() => sessionStorage.getItem(SAVED)) ?? 'null'),
    save: value => void attempt(() => sessionStorage.setItem(SAVED, JSON.stringify(value)))
  }
}

function parse(text: string): unknown {
  return attempt(() => JSON.parse(text) as unknown)
}

/** Storage may be forbidden, and text may be no JSON; neither is a reason to fail. */
function attempt<T>(action: () => T): T | undefined {
  try {
    return action()
  } catch {
    return undefined
  }
}
