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

const RETRY_MS = 250
const FAILURES = 20

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

  /** Waits for what is asked and answers it, one after the other, until that fails for good. Resolves whether nobody is there any more who could ask. */
  async answer(how: (asked: Asked) => Promise<unknown>): Promise<boolean> {
    let last: unknown = {}
    let refusals = 0
    for (let failures = 0; failures < FAILURES; ) {
      try {
        const asked = (await this.#post('next', last)) as Asked
        failures = refusals = 0
        last = { id: asked.id, result: await how(asked) }
      } catch (error) {
        failures++
        // What was under way when it died is reset.
        refusals = (error as NodeJS.ErrnoException).code === 'ECONNREFUSED' ? refusals + 1 : 0
        last = {}
        await new Promise(resolve => later(resolve, RETRY_MS).unref())
      }
    }
    // One that is merely busy does not refuse connections.
    return refusals >= FAILURES / 2
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
