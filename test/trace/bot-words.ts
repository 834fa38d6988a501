import type { Trace } from './make.ts'

/** Writes what a bot of the Bot Framework family does into a trace by hand. */
export class BotWords {
  readonly #trace: Trace
  #ids = 0
  #last = ''

  constructor(trace: Trace) {
    this.#trace = trace
  }

  #next(): string {
    return `a${++this.#ids}`
  }

  /** The visitor writes; the bot replies, if it does, and ends the turn. */
  says(text: string, ...replies: string[]): this {
    const activityId = this.#next()
    this.#last = activityId
    const to = { conversationId: 'c', type: 'message', activity: { type: 'message', text } }
    this.#trace.add('activity-to-bot', { ...to, activityId, channelId: 'emulator', userId: 'ann', by: 'visitor' })
    for (const reply of replies) this.#send(reply, activityId)
    this.#trace.add('bot-answered', { activityId, conversationId: 'c', outcome: 'done', status: 200, ms: 1 })
    return this
  }

  /** The bot writes on its own, by the reference that it stored. */
  notice(text: string): this {
    return this.#send(text, this.#last)
  }

  stack(...stack: string[]): this {
    this.#trace.add('bot-state', { key: 'ConversationState', conversationId: 'c', stack, data: {}, from: 'storage' })
    return this
  }

  started(why: 'start' | 'restart'): this {
    this.#trace.add('bot-started', { bot: 'b', endpoint: 'http://127.0.0.1:3978/api/messages', why })
    return this
  }

  stopped(timers: number): this {
    this.#trace.add('bot-stopped', { bot: 'b', reason: 'request', says: 'It was stopped.', todo: [], timers })
    return this
  }

  /** An address of the bot's own is called, and answers after what the bot sends meanwhile. */
  triggered(...notices: string[]): this {
    const triggerId = this.#next()
    this.#trace.add('bot-triggered', { triggerId, method: 'GET', url: 'http://127.0.0.1:3978/api/notify' })
    for (const text of notices) this.notice(text)
    this.#trace.add('bot-trigger-ended', { triggerId, status: 200, ms: 1 })
    return this
  }

  refused(status: number, reason: string): this {
    const activity = { type: 'message', text: 'News' }
    this.#trace.add('connector-call', {
      method: 'POST',
      path: '/v3/conversations/c/activities/x',
      status,
      reason,
      conversationId: 'c',
      activity
    })
    return this
  }

  #send(text: string, replyTo: string): this {
    const activity = { type: 'message', text }
    this.#trace.add('activity-from-bot', {
      activityId: this.#next(),
      conversationId: 'c',
      type: 'message',
      activity,
      via: 'reply',
      replyTo,
      sdk: 'v4'
    })
    return this
  }
}

export const bot = (trace: Trace) => new BotWords(trace)
