import { randomBytes } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import type { Push } from '../protocol/engine.ts'
import { EventStream } from './event-stream.ts'

interface Socket {
  id: string
  visitorId: string
  botId: string
  stream: EventStream
}

/** The chats that are open in browsers, each with its socket id (R19.1). */
export class Sockets {
  #sockets = new Map<string, Socket>()
  #onVisitor: (visitorId: string, open: boolean) => void

  /** @param onVisitor told when the first socket of a visitor opens and when the last one closes */
  constructor(onVisitor: (visitorId: string, open: boolean) => void) {
    this.#onVisitor = onVisitor
  }

  open(response: ServerResponse, visitorId: string, botId: string): void {
    const id = randomBytes(15).toString('base64url')
    const isFirst = !this.#has(visitorId)
    const stream = new EventStream(response, () => {
      this.#sockets.delete(id)
      if (!this.#has(visitorId)) this.#onVisitor(visitorId, false)
    })
    this.#sockets.set(id, { id, visitorId, botId, stream })
    if (isFirst) this.#onVisitor(visitorId, true)
    stream.send('connected', { webSessionId: id, visitorId })
  }

  /** Whose socket it is, or undefined when it is not alive. */
  visitorOf(socketId: unknown): string | undefined {
    return typeof socketId === 'string' ? this.#sockets.get(socketId)?.visitorId : undefined
  }

  push(push: Push): void {
    for (const socket of this.#sockets.values()) {
      const isMeant = socket.visitorId === push.visitorId && (push.botId === undefined || push.botId === socket.botId)
      if (isMeant) socket.stream.send('push', { name: push.name, payload: push.payload })
    }
  }

  close(): void {
    for (const socket of this.#sockets.values()) socket.stream.end()
  }

  #has(visitorId: string): boolean {
    return [...this.#sockets.values()].some(socket => socket.visitorId === visitorId)
  }
}
