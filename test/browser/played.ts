/** A chat's surroundings in played time: the server answers after a while, the page keeps what it hears. */

import { Life } from '../../src/webchat/life.ts'
import type { Answer, Outside, SocketOptions } from '../../src/webchat/outside.ts'
import type { PageReport } from '../../src/webchat/page-report.ts'

export interface Played {
  life: Life
  /** What the page hears, in order, as `name`, `type` or the keys of the message. */
  heard: { at: number; data: Record<string, unknown> }[]
  /** Requests in order, with their bodies. */
  requests: { at: number; route: string; body: Record<string, unknown> }[]
  reports: PageReport[]
  warnings: string[]
  sockets: SocketOptions[]
  /** Messages that may be heard: whether the chat was open. */
  rung: boolean[]
  /** Lets time pass, timers and answers in their order. */
  pass(ms: number): Promise<void>
  push(name: string, payload: Record<string, unknown>): void
  /** Short names of what the page heard from `since` on. */
  names(since?: number): string[]
}

export interface PlayOptions {
  config?: Record<string, unknown>
  viewMode?: string
  /** Release of Botpress whose chat it is. */
  version?: string
  /** Conversations the visitor had before. */
  conversations?: { id: string; messages?: unknown[] }[]
  /** Round trip of a request. */
  latency?: number
  lazySocket?: boolean
  /** The bot wants no sounds. */
  silent?: boolean
  /** No socket is ever obtained. */
  noSocket?: boolean
  /** Routes that are refused. */
  refuse?: string[]
}

export function play(options: PlayOptions = {}): Played {
  const { latency = 10, refuse = [], conversations = [] } = options
  let now = 0
  let timers: { at: number; id: number; callback: () => void }[] = []
  let lastId = 0
  let made = 0
  const known = conversations.map(({ id, messages = [] }) => ({ id, messages, createdOn: new Date(0).toISOString() }))
  const later = (callback: () => void, ms: number) => {
    const timer = { at: now + ms, id: ++lastId, callback }
    timers.push(timer)
    return timer
  }
  const answer = (route: string, body: Record<string, unknown>): Answer => {
    if (refuse.includes(route)) return { status: 500, body: { message: `${route} is refused` } }
    if (route === 'botInfo') {
      const { lazySocket = false, silent: disableNotificationSound = false } = options
      return { status: 200, body: { name: 'Shop', description: '', lazySocket, maxMessageLength: 360, disableNotificationSound } }
    }
    if (route === 'conversations/list') {
      const body = {
        conversations: known,
        startNewConvoOnTimeout: false,
        recentConversationLifetimeMs: 21_600_000,
        now: new Date(now).toISOString()
      }
      return { status: 200, body: structuredClone(body) }
    }
    if (route === 'conversations/new') {
      known.unshift({ id: `made-${++made}`, messages: [], createdOn: new Date(now).toISOString() })
      return { status: 200, body: { convoId: `made-${made}` } }
    }
    if (route === 'conversations/get') {
      const found = known.find(({ id }) => id === body.conversationId)
      return found ? { status: 200, body: structuredClone(found) } : { status: 404, body: { message: 'no such conversation' } }
    }
    return { status: 200, body: {} }
  }
  const played: Omit<Played, 'life'> = {
    heard: [],
    requests: [],
    reports: [],
    warnings: [],
    sockets: [],
    rung: [],
    async pass(ms) {
      const end = now + ms
      for (;;) {
        await settled()
        const due = timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at || a.id - b.id)[0]
        if (!due) break
        now = due.at
        timers = timers.filter(timer => timer !== due)
        due.callback()
      }
      now = end
    },
    push: (name, payload) => played.sockets.at(-1)!.onPush(name, payload),
    names: (since = 0) => played.heard.filter(({ at }) => at >= since).map(({ data }) => nameOf(data))
  }
  const outside: Outside = {
    now: () => now,
    set: later,
    clear: timer => {
      timers = timers.filter(one => one !== timer)
    },
    post: data => void played.heard.push({ at: now, data: data as Record<string, unknown> }),
    ring: isOpen => void played.rung.push(isOpen),
    warn: text => void played.warnings.push(text),
    report: report => void played.reports.push(report),
    newVisitorId: () => `freshVisitor${String(++made).padStart(12, '0')}`,
    locale: () => ({ timezone: 2, language: 'en' }),
    connect(socket) {
      played.sockets.push(socket)
      const userId = socket.visitorId ?? 'visitor-of-the-address'
      return new Promise(resolve => {
        if (!options.noSocket) later(() => resolve({ userId }), latency)
      })
    },
    request(route, body) {
      played.requests.push({ at: now, route, body })
      return new Promise(resolve => void later(() => resolve(answer(route, body)), latency))
    }
  }
  const life = new Life(outside, options.config ?? {}, options.viewMode ?? 'Embedded', options.version)
  return Object.assign(played, { life })
}

function nameOf(data: Record<string, unknown>): string {
  if (typeof data.name === 'string') return data.name
  if (typeof data.type === 'string') return `${data.type} ${data.value}`
  return Object.keys(data)[0]!
}

/** Promises that are due have run: they need no time, only turns. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve()
}
