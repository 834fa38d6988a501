import { request } from 'node:http'

/** What the simulator asks of a bot's process. */
export interface Asked {
  id: number
  /** `due`: when the next timer is; `run`: run all timers up to `at`; `idle`: answer when nothing is under way. */
  kind: 'due' | 'run' | 'idle'
  at?: number
}

// Those of now: whatever is patched later, the line stays as it is.
const ask = request
const later = setTimeout

/** The way from a bot's process to the connector. Its sockets keep nobody alive. */
export class Line {
  #address: string

  constructor(address: string) {
    this.#address = address
  }

  /** Resolves when it arrived, or could not. */
  async tell(what: string, body: unknown): Promise<void> {
    await this.#post(what, body).catch(() => {})
  }

  /** Waits for what is asked and answers it, one after the other, until the process ends. */
  async answer(how: (asked: Asked) => Promise<unknown>): Promise<void> {
    let last: unknown = {}
    for (let failures = 0; failures < 20; ) {
      try {
        const asked = (await this.#post('next', last)) as Asked
        failures = 0
        last = { id: asked.id, result: await how(asked) }
      } catch {
        failures++
        last = {}
        await new Promise(resolve => later(resolve, 250).unref())
      }
    }
  }

  #post(what: string, body: unknown): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const text = JSON.stringify(body)
      const headers = { 'Content-Type': 'application/json', 'Content-Length': String(Buffer.byteLength(text)) }
      const asked = ask(`${this.#address}/${what}`, { method: 'POST', agent: false, headers }, response => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('error', reject)
        response.on('end', () => {
          const answer = Buffer.concat(chunks).toString('utf8')
          if (response.statusCode === 200) resolve(answer === '' ? {} : JSON.parse(answer))
          else reject(new Error(`${response.statusCode}`))
        })
      })
      asked.on('socket', socket => socket.unref())
      asked.on('error', reject)
      asked.end(text)
    })
  }
}
