import { createHmac } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { loadHosted } from '../modules/shipped.ts'
import { refuse } from './refuse.ts'

// biome-ignore lint/suspicious/noExplicitAny: Express as scripts know it
type Any = any

export interface HttpHost {
  readonly secret: string
  readonly externalUrl: string
  now(): number
  log(message: string): void
}

const TOKEN_MS = 5 * 60_000

/** `bp.http`: routers of hooks on a server of their own on 127.0.0.1, started when the first is made (R18.3, R18.4). */
export class HttpService {
  readonly #host: HttpHost
  #app: Any
  #server: Server | undefined
  #listening: Promise<string> | undefined
  #routers = new Map<string, Any[]>()
  #links = new Map<string, string>()

  constructor(host: HttpHost) {
    this.#host = host
  }

  /** The namespace as scripts see it. */
  get bp() {
    return {
      createRouterForBot: (name: string, options?: RouterOptions) => this.#createRouter(name, options),
      deleteRouterForBot: (name: string) => void this.#routers.delete(name),
      createShortLink: (name: string, url: string, params?: object) => void this.#links.set(name.toLowerCase(), url + query(params)),
      deleteShortLink: (name: string) => void this.#links.delete(String(name).toLowerCase()),
      getAxiosConfigForBot: async (botId: string, options?: { localUrl?: boolean; studioUrl?: boolean }) => {
        if (options?.studioUrl)
          throw new Error('bp.http.getAxiosConfigForBot with studioUrl cannot be served by the simulator: there is no studio here.')
        return { baseURL: `${await this.#listen()}/api/v1/bots/${botId}`, headers: { Authorization: `Bearer ${this.#token()}` } }
      },
      decodeExternalToken: refuse('bp.http.decodeExternalToken', 'give the event its `credentials` when you send it.'),
      extractExternalToken: async (_req: Any, _res: Any, next: () => void) => next(),
      needPermission: () => async (_req: Any, _res: Any, next: () => void) => next(),
      hasPermission: async () => true
    }
  }

  /** Whether this is the port that the routers answer at. */
  isAt(port: number): boolean {
    return (this.#server?.address() as AddressInfo | null | undefined)?.port === port
  }

  close(): void {
    this.#server?.close()
    this.#server?.closeAllConnections()
  }

  #createRouter(name: string, { checkAuthentication = true, enableJsonBodyParser = true }: RouterOptions = {}): Any {
    const express = loadHosted('express') as Any
    const router = express.Router({ mergeParams: true })
    if (checkAuthentication) {
      router.use((req: Any, res: Any, next: () => void) =>
        this.#isValid(String(req.headers.authorization ?? '')) ? next() : res.status(401).send({ message: 'Authentication is required' })
      )
    }
    if (enableJsonBodyParser) router.use(express.json())
    router.getPublicPath = async () => `${this.#host.externalUrl}/api/v1/bots/BOT_ID/mod/${name}`
    // Made again, it is a second router behind the first (R18.3).
    this.#routers.set(name, [...(this.#routers.get(name) ?? []), router])
    void this.#listen().then(url => this.#host.log(`Router "${name}" answers at ${url}/api/v1/bots/<bot>/mod/${name}`))
    return router
  }

  #listen(): Promise<string> {
    this.#listening ??= new Promise((resolve, reject) => {
      const express = loadHosted('express') as Any
      this.#app = express()
      this.#app.use('/api/v1/bots/:botId/mod/:module', (req: Any, res: Any, next: (error?: unknown) => void) => {
        const routers = this.#routers.get(req.params.module) ?? []
        const step = (index: number) => (error?: unknown) => {
          if (error || index >= routers.length) return next(error)
          routers[index](req, res, step(index + 1))
        }
        step(0)()
      })
      this.#app.get('/s/:name', (req: Any, res: Any) => {
        const url = this.#links.get(req.params.name.toLowerCase())
        return url === undefined ? res.status(404).send('Not found') : res.redirect(url)
      })
      this.#server = createServer(this.#app)
      this.#server.on('error', reject)
      this.#server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(this.#server!.address() as AddressInfo).port}`))
      // A listening server alone keeps no process alive.
      this.#server.unref()
    })
    return this.#listening
  }

  #token(): string {
    const until = String(this.#host.now() + TOKEN_MS)
    return `${until}.${this.#sign(until)}`
  }

  #isValid(header: string): boolean {
    const [until = '', signature] = header.replace(/^Bearer /i, '').split('.')
    return Number(until) > this.#host.now() && signature === this.#sign(until)
  }

  #sign(text: string): string {
    return createHmac('sha256', this.#host.secret).update(text).digest('hex')
  }
}

interface RouterOptions {
  checkAuthentication?: boolean
  enableJsonBodyParser?: boolean
}

function query(params: object | undefined): string {
  const text = new URLSearchParams(Object.entries(params ?? {}).map(([key, value]): [string, string] => [key, String(value)])).toString()
  return text === '' ? '' : `?${text}`
}
