import type { Gesture } from '../../src/trace/stage-entries.ts'
import type { Outside, SocketOptions } from '../../src/webchat/outside.ts'
import { Reporter, randomId } from '../shared/reporter.ts'
import { type Stage, stageOf } from '../shared/stage.ts'
import { openTimedLine } from '../shared/timed-line.ts'
import { visitorStorage } from '../shared/visitor-storage.ts'
import type { FrameAddress } from './frame-address.ts'
import { ring } from './sound.ts'

export interface BrowserOutside extends Outside {
  reporter: Reporter
  /** Opens a link where whoever shows the page wants it. */
  openLink(url: string): void
  /** Shows in the trace where a message comes from. */
  inspect(messageId: string): void
}

/** The chat's surroundings in a real browser: the page above the frame, the simulator's server, the clock. */
export function browserOutside(
  address: FrameAddress,
  onGesture: (gesture: Gesture) => void | Promise<void>,
  onMark: (messages: readonly string[]) => void
): BrowserOutside {
  const { base, botId, visitorId, pageId, page, config } = address
  const { chatId } = (config ?? {}) as { chatId?: string }
  const query = new URLSearchParams({ as: 'chat', page, pageId, botId, ...(chatId !== undefined && { chatId }) })
  let socket: SocketOptions | undefined
  let webSessionId: string | undefined
  let connectedAs: string | undefined

  const { line, clock, reachedOut, turn } = openTimedLine({
    url: `${base}line?${query}`,
    now: address.now,
    above: stageAbove(),
    onGesture,
    onMark,
    onPush: (name, payload) => socket?.onPush(name, payload),
    // The socket has another id then; nobody else notices.
    again: () => {
      if (connectedAs === undefined) return
      void line.connect(connectedAs).then(connected => {
        webSessionId = connected.webSessionId
      })
    }
  })
  const now = () => clock?.now() ?? Date.now()
  const reporter = new Reporter(line, `${base}report`, { visitorId, page, pageId }, now)
  const language = address.language ?? navigator.language ?? 'en'

  return {
    reporter,
    inspect: name => line.say({ kind: 'inspect', name }),
    openLink: url => line.say({ kind: 'link', url }),
    now,
    set: (callback, ms) => (clock ? clock.set(callback, ms) : setTimeout(callback, ms)),
    clear: timer => (clock ? clock.clear(timer) : clearTimeout(timer as number)),
    post: message => {
      reachedOut()
      window.parent.postMessage(message, '*')
    },
    ring: isOpen => {
      if (!isOpen || !document.hasFocus()) ring()
    },
    warn: text => console.warn(text),
    report: report => reporter.report(report),
    newVisitorId: () => randomId(),
    locale: () => ({ timezone: -new Date().getTimezoneOffset() / 60, language: language.split('-')[0]! }),
    async connect(options) {
      socket = options
      reporter.flush()
      reachedOut()
      const connected = await line.connect(remembered(address, options))
      webSessionId = connected.webSessionId
      connectedAs = connected.visitorId
      return { userId: connected.visitorId }
    },
    async request(route, body) {
      // What led to the request stands before it in the trace.
      reporter.flush()
      reachedOut()
      const answer = await line.request(route, { webSessionId, ...body })
      // The server is nearer here than in reality: what the page says to something that it was told before comes first all the same (R21.6).
      for (let turns = 0; turns < 3; turns++) await turn()
      return answer
    }
  }
}

/** The stage of the page that the chat is on; undefined where it stands alone, or the page is none of ours. */
function stageAbove(): Stage | undefined {
  try {
    return window.parent === window ? undefined : stageOf(window.parent)
  } catch {
    return undefined
  }
}

/** The visitor id that the chat finds where it is kept, or that it makes and keeps there (R20.5). */
function remembered({ visitorId: browser, tab }: FrameAddress, { visitorId, scope, useSessionStorage }: SocketOptions): string {
  const storage = visitorStorage(useSessionStorage ? 'session' : 'local', browser, tab)
  const key = scope ? `bp/socket/${scope}/user` : 'bp/socket/user'
  const id = visitorId ?? storage?.getItem(key) ?? (scope || useSessionStorage ? randomId() : browser)
  storage?.setItem(key, id)
  return id
}
