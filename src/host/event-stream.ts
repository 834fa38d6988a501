import type { ServerResponse } from 'node:http'

const HEARTBEAT_MS = 20_000

/** One browser's stream of server-sent events. */
export class EventStream {
  #response: ServerResponse
  #heartbeat: NodeJS.Timeout

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

  send(event: string, data: unknown): void {
    if (!this.#response.writableEnded) this.#response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
  }

  end(): void {
    clearInterval(this.#heartbeat)
    this.#response.end()
  }
}
