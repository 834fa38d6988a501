import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { CallResult, Push, WebchatRequest } from '../protocol/engine.ts'
import type { Report } from '../trace/entry.ts'
import { builtinPage } from './builtin-page.ts'
import { type Document, panelDocument, widgetDocument } from './documents.ts'
import { EventStream } from './event-stream.ts'
import { pathParts, refusal, visitorOf } from './guard.ts'
import { readReports } from './page-reports.ts'
import type { PanelLine } from './simulator-options.ts'
import { mediaType, rootedParts, siteFile } from './site-files.ts'
import { Sockets } from './sockets.ts'

export interface GatewayOptions {
  /** Folder of `inject.js`, `widget.js`, `panel.js` and their styles. */
  webview: string
  /** Folder that pages are served from. */
  base: () => string
  /** Folder that holds `data/`, for media files. */
  root: () => string | undefined
  port?: number | undefined
  publicOrigin?: ((localOrigin: string) => Promise<string>) | undefined
  /** The release of Botpress whose chat pages get. */
  botpressVersion: () => string
  /** Bot of the built-in page. */
  botId: () => string | undefined
  /** A media file that hooks stored and that does not lie in the workspace. */
  media(botId: string, file: string): Promise<Uint8Array | undefined>
  webchat(request: WebchatRequest): Promise<CallResult<'webchat'>>
  onVisitor(visitorId: string, open: boolean): void
  onReports(reports: Report[]): void
  connect(send: (message: unknown) => void): PanelLine
  /** A file of the workspace was given to a page. */
  onServed(file: string): void
}

interface Exchange {
  request: IncomingMessage
  response: ServerResponse
  query: URLSearchParams
}

const MAX_BODY_BYTES = 1_000_000
const INJECT = ['assets', 'modules', 'channel-web']

/** The web server on 127.0.0.1: the user's pages, the chat on them, and the simulator for a plain browser. Addresses: docs/architecture.md. */
export class Gateway {
  /** Origin by which browsers reach it, without a slash at the end. */
  readonly origin: string
  /** Path below which everything lies, with slashes at both ends. */
  readonly base: string
  #options: GatewayOptions
  #server: Server
  #secret: string
  #sockets: Sockets
  #lines = new Map<string, PanelLine>()
  #streams = new Set<EventStream>()

  private constructor(options: GatewayOptions, server: Server, origin: string, secret: string) {
    this.#options = options
    this.#server = server
    this.#secret = secret
    this.origin = origin
    this.base = `/${secret}/`
    this.#sockets = new Sockets(options.onVisitor)
    server.on('request', (request, response) => void this.#serve(request, response))
  }

  /** @throws Error when the port is taken */
  static async listen(options: GatewayOptions): Promise<Gateway> {
    const server = createServer({ keepAliveTimeout: 30_000 })
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(options.port ?? 0, '127.0.0.1', resolve)
    })
    const local = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const origin = options.publicOrigin ? new URL(await options.publicOrigin(local)).origin : local
    return new Gateway(options, server, origin, randomBytes(18).toString('base64url'))
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  url(path: string): string {
    return `${this.origin}${this.base}${path}`
  }

  /** To every chat of the visitor that is open. */
  push(push: Push): void {
    this.#sockets.push(push)
  }

  async close(): Promise<void> {
    this.#sockets.close()
    for (const stream of this.#streams) stream.end()
    for (const line of this.#lines.values()) line.dispose()
    const closed = new Promise<void>(resolve => void this.#server.close(() => resolve()))
    this.#server.closeAllConnections()
    await closed
  }

  /** The file of the workspace behind an address of a page's script, or undefined. */
  fileOf(url: string): string | undefined {
    if (!URL.canParse(url)) return undefined
    const parts = pathParts(new URL(url).pathname)
    const isSite = parts?.[0] === this.#secret && parts[1] === 'v' && parts[3] === 'site'
    return isSite ? siteFile(this.#options.base(), parts.slice(4)) : undefined
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const { host, origin, referer } = request.headers
      const asked = { method: request.method!, url: request.url!, host, origin, referer, contentType: request.headers['content-type'] }
      const refused = refusal(asked, this.port, new URL(this.origin).host)
      if (refused) return refuse(response, refused.status, refused.reason)
      const parts = pathParts(asked.url)
      if (!parts) return refuse(response, 404, 'There is nothing here.')
      const query = new URL(asked.url, 'http://x').searchParams
      if (parts[0] === this.#secret) return await this.#route(parts.slice(1), { request, response, query })
      const target = asked.method === 'GET' && referer !== undefined ? this.#belowPage(referer, parts) : undefined
      if (!target) return refuse(response, asked.url === '/favicon.ico' ? 204 : 404, 'There is nothing here.')
      const search = /\?.*$/s.exec(asked.url)?.[0] ?? ''
      response.writeHead(307, { Location: target + search, 'Cache-Control': 'no-store' }).end()
    } catch (error) {
      if (!response.headersSent) refuse(response, 500, error instanceof Error ? error.message : String(error))
      else response.end()
    }
  }

  /** Where a path at the root leads for the page that asks, or undefined when no page of ours does. */
  #belowPage(referer: string, parts: string[]): string | undefined {
    if (!URL.canParse(referer)) return undefined
    const from = new URL(referer)
    const isOurs = refusal(
      { method: 'GET', url: '/', host: from.host, origin: undefined, referer: undefined, contentType: undefined },
      this.port,
      new URL(this.origin).host
    )
    const page = pathParts(from.pathname)
    if (isOurs || page?.[0] !== this.#secret || page[1] !== 'v') return undefined
    if (page[3] !== 'site' && page[3] !== 'builtin') return undefined
    const isInject = INJECT.every((part, index) => parts[index] === part)
    const below = isInject ? parts : rootedParts(this.#options.base(), page.slice(4), parts)
    return `${this.base}v/${page[2]}/site/${below.map(encodeURIComponent).join('/')}`
  }

  async #route(parts: string[], exchange: Exchange): Promise<void> {
    const { request, response } = exchange
    const isGet = request.method === 'GET'
    const [first, second] = parts
    if (first === 'ui') return this.#panel(parts.slice(1), exchange)
    const visitorId = first === 'v' && second !== undefined ? visitorOf(second) : undefined
    if (visitorId !== undefined) {
      const [what, ...rest] = parts.slice(2)
      if (what === 'site' && isGet) return this.#site(visitorId, second!, rest, response)
      if (what === 'builtin' && isGet) return send(response, builtinPage(this.#options.botId()))
      if (what === 'lite' && isGet) return this.#widget(rest, response)
      if (what === 'socket' && isGet) return this.#socket(visitorId, exchange)
      if (what === 'report' && !isGet) return this.#report(visitorId, exchange)
      if (what === 'api' && !isGet) return this.#api(visitorId, rest, exchange)
    }
    if (first === 'api' && isGet && parts[4] === 'media') return this.#media(parts, response)
    refuse(response, 404, 'There is nothing here.')
  }

  async #site(visitorId: string, visitorPart: string, parts: string[], response: ServerResponse): Promise<void> {
    const at = parts.findIndex((_, index) => INJECT.every((part, offset) => parts[index + offset] === part))
    if (at >= 0) return this.#inject(visitorId, visitorPart, parts.slice(at + INJECT.length), response)
    const file = siteFile(this.#options.base(), parts.at(-1) === '' ? parts.slice(0, -1) : parts)
    // Browsers ask for it by themselves; its lack is no mistake of the page.
    if (!file)
      return refuse(
        response,
        parts.at(-1) === 'favicon.ico' ? 204 : 404,
        `There is no file ${parts.join('/')} in the workspace that a page may have.`
      )
    this.#options.onServed(file)
    await sendFile(response, file)
  }

  async #inject(visitorId: string, visitorPart: string, name: string[], response: ServerResponse): Promise<void> {
    if (name.length === 1 && name[0] === 'inject.css') return sendFile(response, join(this.#options.webview, 'inject.css'))
    if (name.length !== 1 || name[0] !== 'inject.js') return refuse(response, 404, 'The simulator has no such file of channel-web.')
    const code = await readFile(join(this.#options.webview, 'inject.js'), 'utf8')
    const settings = JSON.stringify({ base: `${this.base}v/${visitorPart}/`, visitorId }).replaceAll('<', '\\u003c')
    response.writeHead(200, { 'Content-Type': 'text/javascript; charset=utf-8', 'Cache-Control': 'no-store' })
    // A block keeps the name away from the page's own.
    response.end(`{\nconst __PROACTIVE_HOOKS__ = ${settings};\n${code}\n}\n`)
  }

  async #widget(parts: string[], response: ServerResponse): Promise<void> {
    const [, name = ''] = parts
    if (parts.length !== 2) return refuse(response, 404, 'There is nothing here.')
    if (name === '') return sendDocument(response, widgetDocument(this.#options.botpressVersion()))
    if (name !== 'widget.js' && name !== 'widget.css') return refuse(response, 404, 'There is nothing here.')
    await sendFile(response, join(this.#options.webview, name))
  }

  #socket(visitorId: string, { response, query }: Exchange): void {
    // `config.userId` of 24 characters or more is a visitor id of its own (R20.5).
    const own = query.get('visitorId')
    this.#sockets.open(response, own && visitorOf(own) === own ? own : visitorId, query.get('botId') ?? '')
  }

  async #report(visitorId: string, { request, response }: Exchange): Promise<void> {
    const reports = readReports(await bodyOf(request, response), visitorId, url => this.fileOf(url))
    if (response.headersSent) return
    if (!reports) return refuse(response, 400, 'A list of reports is expected.')
    this.#options.onReports(reports)
    response.writeHead(204).end()
  }

  /** `api/v1/bots/<botId>/mod/channel-web/<route>` */
  async #api(visitorId: string, parts: string[], { request, response }: Exchange): Promise<void> {
    const [version, bots, botId, mod, module, ...route] = parts
    if (version !== 'v1' || bots !== 'bots' || mod !== 'mod' || module !== 'channel-web' || !botId) {
      return refuse(response, 404, 'The simulator has only the routes of channel-web.')
    }
    const body = await bodyOf(request, response)
    if (response.headersSent) return
    const isPublic = route.join('/') === 'botInfo'
    const visitor = isPublic ? visitorId : this.#sockets.visitorOf((body as { webSessionId?: unknown } | null)?.webSessionId)
    if (visitor === undefined) return refuse(response, 400, 'There is no live socket for this request (R19.1).')
    const answer = await this.#options.webchat({ botId, visitorId: visitor, route: route.join('/'), body, headers: {} })
    sendJson(response, answer.status, answer.body)
  }

  /** `api/v1/bots/<botId>/media/<file>`, which payloads point to (R13.16). */
  async #media(parts: string[], response: ServerResponse): Promise<void> {
    const root = this.#options.root()
    const [botId, , name] = parts.slice(3)
    const file = root && parts.length === 6 ? siteFile(root, ['data', 'bots', botId!, 'media', name!]) : undefined
    if (file) return sendFile(response, file)
    const stored = parts.length === 6 ? await this.#options.media(botId!, name!).catch(() => undefined) : undefined
    if (!stored) return refuse(response, 404, 'The bot has no such media file.')
    sendContent(response, name!, stored)
  }

  async #panel(parts: string[], { request, response, query }: Exchange): Promise<void> {
    const [name = ''] = parts
    const line = query.get('line') ?? ''
    if (parts.length > 1) return refuse(response, 404, 'There is nothing here.')
    if (request.method === 'POST') {
      const body = name === 'send' ? await bodyOf(request, response) : undefined
      if (response.headersSent) return
      const to = this.#lines.get(line)
      if (!to) return refuse(response, 404, 'There is no such line.')
      await to.receive(body)
      response.writeHead(204).end()
    } else if (name === '') {
      if (parts.length === 0) response.writeHead(307, { Location: `${this.base}ui/` }).end()
      else sendDocument(response, panelDocument())
    } else if (name === 'events') {
      this.#openLine(line, response)
    } else if (/^panel(-[\w-]+)?\.(js|css)$/.test(name)) {
      await sendFile(response, join(this.#options.webview, name))
    } else refuse(response, 404, 'There is nothing here.')
  }

  #openLine(name: string, response: ServerResponse): void {
    const stream = new EventStream(response, () => {
      this.#streams.delete(stream)
      if (this.#lines.get(name) === line) this.#lines.delete(name)
      line.dispose()
    })
    this.#streams.add(stream)
    const line = this.#options.connect(message => stream.send('message', message))
    this.#lines.set(name, line)
  }
}

function refuse(response: ServerResponse, status: number, reason: string): void {
  if (status === 204) response.writeHead(204).end()
  else sendJson(response, status, { message: reason })
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store' })
  response.end(JSON.stringify(body ?? {}))
}

function send(response: ServerResponse, html: string): void {
  response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' })
  response.end(html)
}

function sendDocument(response: ServerResponse, { html, policy }: Document): void {
  response.setHeader('Content-Security-Policy', policy)
  send(response, html)
}

async function sendFile(response: ServerResponse, file: string): Promise<void> {
  sendContent(response, file, await readFile(file))
}

function sendContent(response: ServerResponse, file: string, content: Uint8Array): void {
  response.writeHead(200, { 'Content-Type': mediaType(file), 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' })
  response.end(content)
}

/** The parsed body; answers itself (413, 400) when it is too big or no JSON. */
async function bodyOf(request: IncomingMessage, response: ServerResponse): Promise<unknown> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    size += chunk.length
    if (size > MAX_BODY_BYTES) {
      refuse(response, 413, `More than ${MAX_BODY_BYTES} bytes.`)
      return undefined
    }
    chunks.push(chunk)
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'))
  } catch {
    refuse(response, 400, 'The body is no JSON.')
    return undefined
  }
}
