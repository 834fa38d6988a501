import type { Answer, Outside, SocketOptions } from '../../src/webchat/outside.ts'
import { Reporter, randomId } from '../shared/reporter.ts'
import type { FrameAddress } from './frame-address.ts'

/** The chat's surroundings in a real browser: the page above the frame, the simulator's server, the clock of the machine. */
export function browserOutside(address: FrameAddress): Outside {
  const { base, botId, visitorId, pageId, page } = address
  const reporter = new Reporter(`${base}report`, { visitorId, page, pageId })
  let webSessionId: string | undefined

  return {
    now: () => Date.now(),
    set: (callback, ms) => setTimeout(callback, ms),
    clear: timer => clearTimeout(timer as number),
    post: message => window.parent.postMessage(message, '*'),
    warn: text => console.warn(text),
    report: report => reporter.report(report),
    newVisitorId: () => randomId(),
    locale: () => ({ timezone: -new Date().getTimezoneOffset() / 60, language: (navigator.language || 'en').split('-')[0]! }),
    connect: options =>
      connect(base, botId, options).then(connected => {
        webSessionId = connected.webSessionId
        return { userId: connected.visitorId }
      }),
    async request(route, body): Promise<Answer> {
      // What led to the request stands before it in the trace.
      await reporter.flush()
      const url = `${base}api/v1/bots/${encodeURIComponent(botId)}/mod/channel-web/${route}`
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ webSessionId, ...body })
      })
      return { status: response.status, body: await response.json().catch(() => null) }
    }
  }
}

interface Connected {
  webSessionId: string
  visitorId: string
}

function connect(base: string, botId: string, options: SocketOptions): Promise<Connected> {
  const query = new URLSearchParams({ botId, ...(options.visitorId && { visitorId: options.visitorId }) })
  const stream = new EventSource(`${base}socket?${query}`)
  stream.addEventListener('push', event => {
    const { name, payload } = JSON.parse(event.data) as { name: string; payload: Record<string, unknown> }
    options.onPush(name, payload)
  })
  return new Promise(resolve => {
    // Again after a lost line: the socket has another id then.
    stream.addEventListener('connected', event => {
      const connected = JSON.parse(event.data) as Connected
      remember(connected.visitorId, options)
      resolve(connected)
    })
  })
}

/** Where the real chat keeps the visitor id (R20.5). */
function remember(visitorId: string, { scope, useSessionStorage }: SocketOptions): void {
  try {
    const storage = useSessionStorage ? sessionStorage : localStorage
    storage.setItem(scope ? `bp/socket/${scope}/user` : 'bp/socket/user', visitorId)
  } catch {
    // Storage may be forbidden in a frame; the address carries the id.
  }
}
