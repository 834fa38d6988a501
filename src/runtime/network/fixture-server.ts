import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { NetworkFixture } from '../../protocol/engine.ts'
import { answerOf } from './policy.ts'

/** Answers calls from fixtures, on a port of 127.0.0.1: a real response, whatever library asked. Started at the first call. */
export class FixtureServer {
  #server: Server | undefined
  #listening: Promise<number> | undefined
  #answers: NetworkFixture[] = []

  /** The path at which the server gives this fixture's answer. */
  pathOf(fixture: NetworkFixture): string {
    const known = this.#answers.indexOf(fixture)
    return `/${known >= 0 ? known : this.#answers.push(fixture) - 1}`
  }

  /** @returns the port */
  listen(): Promise<number> {
    this.#listening ??= new Promise((resolve, reject) => {
      this.#server = createServer((request, response) => {
        const fixture = this.#answers[Number(request.url?.slice(1))]
        request.resume()
        request.on('end', () => {
          const { status, headers, body } = fixture ? answerOf(fixture) : { status: 500, headers: {}, body: 'no such fixture' }
          try {
            response.writeHead(status, headers).end(request.method === 'HEAD' ? undefined : body)
          } catch (error) {
            // A status or a header that there cannot be.
            response.writeHead(500).end(`This fixture is no answer: ${(error as Error).message}`)
          }
        })
      })
      this.#server.on('error', reject)
      this.#server.listen(0, '127.0.0.1', () => resolve((this.#server!.address() as AddressInfo).port))
      this.#server.unref()
    })
    return this.#listening
  }

  /** Whether this is its port. */
  isAt(port: number): boolean {
    return (this.#server?.address() as AddressInfo | null | undefined)?.port === port
  }

  close(): void {
    this.#server?.close()
    this.#server?.closeAllConnections()
    this.#server = undefined
    this.#listening = undefined
  }
}
