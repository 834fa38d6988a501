import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import { type CallResult, type Push, WEBCHAT_HEADERS, type WebchatRequest } from '../protocol/engine.ts'
import type { Report } from '../trace/entry.ts'
import { bodyOf, refuse, sendContent, sendDocument, sendFile, sendHtml, sendJson } from './answers.ts'
import { type BrowserLine, BrowserLines, type BrowserLinesOptions, type LineRef } from './browser-lines.ts'
import { DevServers, devAddress, enterDocument } from './dev-servers.ts'
import { panelDocument } from './documents.ts'
import { EventStream } from './event-stream.ts'
import { type Asked, pathParts, refusal, visitorOf } from './guard.ts'
import { listenForBrowsers, type PublicOrigin } from './listen.ts'
import { readReports } from './page-reports.ts'
import { belowInject, PageServer, type PageServerOptions } from './page-server.ts'
import type { PanelLine } from './simulator-options.ts'
import { rootedParts, siteFile } from './site-files.ts'

export interface GatewayOptions
  extends Omit<PageServerOptions, 'webview'>,
    Pick<BrowserLinesOptions, 'onVisitor' | 'onInspect' | 'onPicked' | 'openLink' | 'handshake' | 'now' | 'onTime' | 'onLine'> {
  /** Folder of `stage.js`, `inject.js`, `widget.js`, `voiceflow.js`, `panel.js` and their styles. */
  webview: string
  /** Folder that holds `data/`, for media files. */
  root: () => string | undefined
  port?: number | undefined
  publicOrigin?: PublicOrigin | undefined
  /** A media file that hooks stored and that does not lie in the workspace. */
  media(botId: string, file: string): Promise<Uint8Array | undefined>
  webchat(request: WebchatRequest): Promise<CallResult<'webchat'>>
  onReports(reports: Report[]): void
  connect(send: (message: unknown) => void): PanelLine
  /** The chat page of a bot that is shown at the visitor's part of an address. */
  bot?(part: string, parts: readonly string[], request: IncomingMessage, response: ServerResponse): Promise<void>
}

interface Exchange {
  request: IncomingMessage
  response: ServerResponse
  query: URLSearchParams
}

const MAX_MESSAGE_BYTES = 1_000_000

/** The web server on 127.0.0.1: the user's pages, the chat on them, and the simulator for a plain browser. Addresses: docs/architecture.md. */
export class Gateway {
  /** Origin by which browsers reach it, without a slash at the end. */
  readonly origin: string
  /** Path below which everything lies, with slashes at both ends. */
  readonly base: string
  /** Pages and chats that are open in browsers. */
  readonly lines: BrowserLines
  #options: GatewayOptions
  #server: Server
  #secret: string
  #pages: PageServer
  #devServers: DevServers
  #upgrades = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES })
  #panels = new Map<string, PanelLine>()
  #streams = new Set<EventStream>()

  private constructor(options: GatewayOptions, server: Server, origin: string, secret: string) {
    this.#options = options
    this.#server = server
    this.#secret = secret
    this.origin = origin
    this.base = `/${secret}/`
    this.#pages = new PageServer(options)
    this.#devServers = new DevServers({
      secret,
      publicOrigin: options.publicOrigin,
      staged: (html, root) => this.#pages.staged(html, root),
      serve: (request, response, port, forwarded) => void this.#serve(request, response, port, forwarded),
      upgrade: (request, socket, head, port, forwarded) => this.#upgrade(request, socket, head, port, forwarded)
    })
    this.lines = new BrowserLines({
      ...options,
      onReports: (body, visitorId) => this.#reports(body, visitorId),
      request: (line, route, body) => this.#ask(line, line.ref.botId ?? '', route, body)
    })
    server.on('request', (request, response) => void this.#serve(request, response))
    server.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head))
  }

  /** @throws Error when the port is taken */
  static async listen(options: GatewayOptions): Promise<Gateway> {
    const server = createServer({ keepAliveTimeout: 30_000 })
    const { origin } = await listenForBrowsers(server, options)
    return new Gateway(options, server, origin, randomBytes(18).toString('base64url'))
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  url(path: string): string {
    return `${this.origin}${this.base}${path}`
  }

  /** To every connected chat of the visitor. */
  push(push: Push): void {
    this.lines.push(push)
  }

  async close(): Promise<void> {
    this.lines.close()
    for (const stream of this.#streams) stream.end()
    for (const panel of this.#panels.values()) panel.dispose()
    const closed = new Promise<void>(resolve => void this.#server.close(() => resolve()))
    this.#upgrades.close()
    await this.#devServers.close()
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

  /** @param port the port that is asked; `forwarded` the host by which a remote window reaches it */
  async #serve(request: IncomingMessage, response: ServerResponse, port = this.port, forwarded = new URL(this.origin).host): Promise<void> {
    try {
      const asked = askedOf(request)
      const refused = refusal(asked, port, forwarded)
      if (refused) return refuse(response, refused.status, refused.reason)
      const parts = pathParts(asked.url)
      if (!parts) return refuse(response, 404, 'There is nothing here.')
      const query = new URL(asked.url, 'http://x').searchParams
      if (parts[0] === this.#secret) return await this.#route(parts.slice(1), { request, response, query })
      const target = asked.method === 'GET' && asked.referer !== undefined ? this.#belowPage(asked.referer, parts) : undefined
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
    const below = belowInject(parts)?.length === 1 ? parts : rootedParts(this.#options.base(), page.slice(4), parts)
    return `${this.base}v/${page[2]}/site/${below.map(encodeURIComponent).join('/')}`
  }

  async #route(parts: string[], exchange: Exchange): Promise<void> {
    const { request, response } = exchange
    const isGet = request.method === 'GET'
    const [first, part = ''] = parts
    if (first === 'ui') return this.#panel(parts.slice(1), exchange)
    const visitorId = first === 'v' ? visitorOf(part) : undefined
    if (visitorId !== undefined) {
      const [what, ...rest] = parts.slice(2)
      const root = `${this.base}v/${part}/`
      if (what === 'site' && isGet) return this.#pages.site(root, rest, response)
      if (what === 'builtin' && isGet) return this.#pages.builtin(root, response)
      if (what === 'far' && isGet) return this.#far(part, exchange)
      if (what === 'enter' && isGet) return sendHtml(response, enterDocument(part, exchange.query.get('to') ?? '/'))
      if (what === 'stage.js' && isGet) return this.#pages.stage(part, root, response)
      if (what === 'voiceflow' && isGet) return this.#pages.voiceflow(rest, response)
      if (what === 'lite' && isGet) return this.#pages.widget(rest, response)
      if (what === 'bot' && this.#options.bot) return this.#options.bot(part!, rest, request, response)
      if (what === 'report' && !isGet) return this.#report(visitorId, exchange)
      if (what === 'api' && !isGet) return this.#api(rest, exchange)
    }
    if (first === 'api' && isGet && parts[4] === 'media') return this.#media(parts, response)
    refuse(response, 404, 'There is nothing here.')
  }

  /** A page of a web server on this machine: at a port of its own. */
  async #far(part: string, { response, query }: Exchange): Promise<void> {
    const page = devAddress(query.get('page') ?? '')
    if (!page || page.host === new URL(this.origin).host)
      return refuse(response, 404, 'Only pages of web servers on this machine are shown.')
    response.writeHead(307, { Location: await this.#devServers.enter(part, page), 'Cache-Control': 'no-store' }).end()
  }

  /** WebSockets: those of pages and chats, `v/<visitor>/line`. Browsers always name the origin, and no other site may open one. */
  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, port = this.port, forwarded = new URL(this.origin).host): void {
    const asked = askedOf(request)
    const parts = pathParts(asked.url)
    const isRefused = refusal({ ...asked, method: 'POST', contentType: 'application/json' }, port, forwarded)
    const part = parts?.[2]
    const isLine =
      parts?.[0] === this.#secret && parts[1] === 'v' && parts[3] === 'line' && part !== undefined && visitorOf(part) !== undefined
    const ref = isLine ? refOf(part, new URL(asked.url, 'http://x').searchParams) : undefined
    if (isRefused || !ref) {
      // Whoever is refused may be gone already.
      socket.on('error', () => {})
      socket.end(`HTTP/1.1 ${isRefused ? '403 Forbidden' : '404 Not Found'}\r\nConnection: close\r\n\r\n`)
      return
    }
    this.#upgrades.handleUpgrade(request, socket, head, (opened: WebSocket) => this.lines.accept(opened, ref))
  }

  /** What a page that is being left could not send on its line any more. */
  async #report(visitorId: string, { request, response }: Exchange): Promise<void> {
    const body = await bodyOf(request, response)
    if (response.headersSent) return
    if (!this.#reports(body, visitorId)) return refuse(response, 400, 'A list of reports is expected.')
    response.writeHead(204).end()
  }

  #reports(body: unknown, visitorId: string): boolean {
    const reports = readReports(body, visitorId, url => this.fileOf(url))
    if (reports) this.#options.onReports(reports)
    return reports !== undefined
  }

  /** `api/v1/bots/<botId>/mod/channel-web/<route>`, as a page's own script may ask it. */
  async #api(parts: string[], { request, response }: Exchange): Promise<void> {
    const [version, bots, botId, mod, module, ...route] = parts
    if (version !== 'v1' || bots !== 'bots' || mod !== 'mod' || module !== 'channel-web' || !botId) {
      return refuse(response, 404, 'The simulator has only the routes of channel-web.')
    }
    const body = await bodyOf(request, response)
    if (response.headersSent) return
    const line = this.lines.ofSocket((body as { webSessionId?: unknown } | null)?.webSessionId)
    const answer = await this.#ask(line, botId, route.join('/'), body)
    sendJson(response, answer.status, answer.body)
  }

  /** Asks a route of channel-web. All but the bot's own description need a live socket (R19.1). */
  async #ask(line: BrowserLine | undefined, botId: string, route: string, body: unknown): Promise<CallResult<'webchat'>> {
    if (route !== 'botInfo' && line?.webSessionId === undefined) {
      return { status: 400, body: { message: 'There is no live socket for this request (R19.1).' } }
    }
    const headers: Record<string, string> = line ? { [WEBCHAT_HEADERS.page]: line.ref.pageId } : {}
    return this.#options.webchat({ botId, visitorId: line?.visitorId ?? 'nobody', route, body, headers })
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
      const to = this.#panels.get(line)
      if (!to) return refuse(response, 404, 'There is no such line.')
      await to.receive(body)
      response.writeHead(204).end()
    } else if (name === '') {
      if (parts.length === 0) response.writeHead(307, { Location: `${this.base}ui/` }).end()
      else sendDocument(response, panelDocument())
    } else if (name === 'events') {
      this.#openPanel(line, response)
    } else if (/^panel(-[\w-]+)?\.(js|css)$/.test(name)) {
      await sendFile(response, join(this.#options.webview, name))
    } else refuse(response, 404, 'There is nothing here.')
  }

  #openPanel(name: string, response: ServerResponse): void {
    const stream = new EventStream(response, () => {
      this.#streams.delete(stream)
      if (this.#panels.get(name) === line) this.#panels.delete(name)
      line.dispose()
    })
    this.#streams.add(stream)
    const line = this.#options.connect(message => stream.send('message', message))
    this.#panels.set(name, line)
  }
}

function askedOf({ method, url, headers }: IncomingMessage): Asked {
  const { host, origin, referer } = headers
  return { method: method!, url: url!, host, origin, referer, contentType: headers['content-type'] }
}

/** Who speaks on a line, or undefined when the address does not say so. */
function refOf(part: string, query: URLSearchParams): LineRef | undefined {
  const as = query.get('as')
  const page = query.get('page')
  const pageId = query.get('pageId')
  if ((as !== 'page' && as !== 'chat') || page === null || !pageId) return undefined
  return { as, part, page, pageId, botId: query.get('botId') ?? undefined, chatId: query.get('chatId') ?? undefined }
}
