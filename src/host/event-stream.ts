import type { ServerResponse } from 'node:http'

const HEARTBEAT_MS = 20_000

/** One browser's stream of server-sent events. */
export class EventStream {
  #response: ServerResponse
  #heartbeat: NodeJS.Timeout
  /** Settles when the browser has taken what waits for it, or is gone. */
  #drained: Promise<void> | undefined

  constructor(response: ServerResponse, onClose: () => void) {
    this.#response = response
    response.writeHead(200, { 'Content-Type': 'text/event-stream; charset=utf-8', 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' })
    // Some browsers tell that the stream is open only after its first bytes.
    response.write(': open\n\n')
    this.#heartbeat = setInterval(() => response.write(': \n\n'), HEARTBEAT_MS)
    this.#heartbeat.unref()
    response.on('close', () => {
      clearInterval(this.#heartbeat)
      onClose()
    })
  }

  /** @returns a promise where more waits than the browser takes at once; settled when it has taken it, or is gone */
  send(event: string, data: unknown): Promise<void> | undefined {
    const response = this.#response
    if (response.writableEnded || response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)) return undefined
    this.#drained ??= new Promise(resolve => {
      const done = () => {
        this.#drained = undefined
        response.off('drain', done).off('close', done)
        resolve()
      }
      response.on('drain', done).on('close', done)
    })
    return this.#drained
  }

  end(): void {
    clearInterval(this.#heartbeat)
    this.#response.end()
  }
}
