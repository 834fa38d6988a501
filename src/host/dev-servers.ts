import { request as ask, createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { refuse, sendHtml } from './answers.ts'
import { isLoopback, refusal, visitorOf } from './guard.ts'
import { listenForBrowsers, type PublicOrigin } from './listen.ts'

export interface DevServersOptions {
  /** First part of the paths that are the simulator's own. */
  secret: string
  /** Serves those. `forwarded`: the host by which a remote window reaches this port. */
  serve(request: IncomingMessage, response: ServerResponse, port: number, forwarded: string): void
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, port: number, forwarded: string): void
  /** The page with the stage's script; `root` is the path of the visitor's part. */
  staged(html: string, root: string): string
  publicOrigin?: PublicOrigin | undefined
}

interface Stand {
  server: Server
  port: number
  origin: string
  /** Host by which browsers reach it. */
  forwarded: string
  /** Of the server that it stands in for. */
  page: URL
  /** The visitor's part of the address that was entered last. */
  part: string
}

/** Headers that would keep the page out of a frame or its stage's script out of the page. */
const DROPPED = ['content-security-policy', 'content-security-policy-report-only', 'x-frame-options', 'content-length', 'content-encoding']

/** The address if it is one of a web server on this machine: no other may be shown. */
export function devAddress(page: string): URL | undefined {
  if (!URL.canParse(page)) return undefined
  const url = new URL(page)
  return url.protocol === 'http:' && isLoopback(url.hostname) ? url : undefined
}

/**
 * Pages of web servers on this machine (those that developers start), each visitor at a port of their own: paths stay what they are, so routers and
 * modules work, and the browser keeps visitors apart. What is asked of `inject.js` and of the simulator is answered here.
 */
export class DevServers {
  #options: DevServersOptions
  #stands = new Map<string, Promise<Stand>>()
  /** Both ends of each line that is open through here: no server counts them among its connections. */
  #lines = new Set<Duplex>()

  constructor(options: DevServersOptions) {
    this.#options = options
  }

  /** Where a visitor enters a page of a server of this machine. */
  async enter(part: string, page: URL): Promise<string> {
    const key = `${visitorOf(part)} ${page.origin}`
    let opening = this.#stands.get(key)
    if (!opening) {
      opening = this.#open(page)
      this.#stands.set(key, opening)
      opening.catch(() => this.#stands.delete(key))
    }
    const stand = await opening
    stand.part = part
    const to = `${page.pathname}${page.search}${page.hash}`
    return `${stand.origin}/${this.#options.secret}/v/${part}/enter?to=${encodeURIComponent(to)}`
  }

  async close(): Promise<void> {
    for (const opening of this.#stands.values()) {
      const stand = await opening.catch(() => undefined)
      stand?.server.close()
      stand?.server.closeAllConnections()
    }
    for (const end of this.#lines) end.destroy()
  }

  async #open(page: URL): Promise<Stand> {
    const server = createServer()
    const { port, origin } = await listenForBrowsers(server, { publicOrigin: this.#options.publicOrigin })
    const forwarded = new URL(origin).host
    const stand: Stand = { server, port, origin, forwarded, page, part: '' }
    const isOwn = ({ url = '' }: IncomingMessage) =>
      url.startsWith(`/${this.#options.secret}/`) || /\/assets\/modules\/channel-web\//.test(url)
    server.on('request', (request, response) => {
      if (isOwn(request)) this.#options.serve(this.#below(request, stand), response, port, forwarded)
      else this.#pass(stand, request, response)
    })
    server.on('upgrade', (request, socket, head) => {
      if (isOwn(request)) this.#options.upgrade(request, socket, head, port, forwarded)
      else this.#passUpgrade(stand, request, socket, head)
    })
    return stand
  }

  /** `inject.js` is asked for at the root of the page's server, wherever that is. */
  #below(request: IncomingMessage, { part }: Stand): IncomingMessage {
    const { secret } = this.#options
    if (!request.url!.startsWith(`/${secret}/`))
      request.url = `/${secret}/v/${part}/site${request.url!.replace(/^.*(\/assets\/modules\/)/, '$1')}`
    return request
  }

  #pass(stand: Stand, request: IncomingMessage, response: ServerResponse): void {
    if (isRefused(request, stand)) {
      refuse(response, 403, 'This host is not served here.')
      return
    }
    const { method, url } = request
    const { page } = stand
    const asked = ask(
      { ...whereIs(page), method, path: url, headers: { ...headersFor(stand, request), 'accept-encoding': 'identity' } },
      answer => {
        const kept = Object.fromEntries(Object.entries(answer.headers).filter(([name]) => !DROPPED.includes(name)))
        // A server that speaks of itself by its full address means this one.
        if (kept.location !== undefined) kept.location = moved(String(kept.location), page.origin, stand.origin)
        answer.on('close', () => answer.complete || response.destroy())
        if (!/^text\/html\b/.test(answer.headers['content-type'] ?? '')) {
          response.writeHead(answer.statusCode!, kept)
          answer.pipe(response)
          return
        }
        const chunks: Buffer[] = []
        answer.on('data', chunk => chunks.push(chunk))
        answer.on('end', () => {
          response.writeHead(answer.statusCode!, { ...kept, 'Cache-Control': 'no-store' })
          response.end(this.#options.staged(Buffer.concat(chunks).toString('utf8'), `/${this.#options.secret}/v/${stand.part}/`))
        })
      }
    )
    asked.on('error', error => {
      if (response.headersSent) response.destroy()
      else sendHtml(response, problem(page, error.message))
    })
    // A page that has left waits for nothing any more; a stream would go on for ever.
    response.on('close', () => asked.destroy())
    request.pipe(asked)
  }

  /** The line by which a developer's server tells the page of changes. */
  #passUpgrade(stand: Stand, request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (isRefused(request, stand)) {
      socket.destroy()
      return
    }
    const asked = ask({ ...whereIs(stand.page), path: request.url, headers: headersFor(stand, request) })
    this.#keep(socket, () => asked.destroy())
    asked.on('upgrade', (answer, far, farHead) => {
      this.#keep(far, () => socket.destroy())
      socket.on('close', () => far.destroy())
      const lines = Object.entries(answer.headers).flatMap(([name, value]) => [value].flat().map(one => `${name}: ${one}`))
      socket.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join('\r\n')}\r\n\r\n`)
      far.write(head)
      socket.write(farHead)
      far.pipe(socket).pipe(far)
    })
    asked.on('error', () => socket.destroy())
    asked.on('response', () => socket.destroy())
    asked.end()
  }

  /** An end of a line. Nobody else listens for its errors, which would end this process. */
  #keep(end: Duplex, gone: () => void): void {
    this.#lines.add(end)
    end.on('error', () => end.destroy())
    end.on('close', () => {
      this.#lines.delete(end)
      gone()
    })
  }
}

const whereIs = ({ hostname, port }: URL) => ({ host: hostname.replace(/[[\]]/g, ''), port: port || 80 })

/** What a page's own server is to see: that it was asked by its own page. */
function headersFor({ page, origin: own }: Stand, { headers }: IncomingMessage): IncomingMessage['headers'] {
  const { origin, referer } = headers
  return {
    ...headers,
    host: page.host,
    ...(origin !== undefined && { origin: page.origin }),
    ...(referer !== undefined && { referer: moved(referer, own, page.origin) })
  }
}

/** The address at another origin, where it lies at the first. */
function moved(address: string, from: string, to: string): string {
  return address === from || address.startsWith(`${from}/`) ? to + address.slice(from.length) : address
}

/** Foreign hosts, and other sites that post or connect through this port. */
function isRefused({ url, headers }: IncomingMessage, { port, forwarded }: Stand): boolean {
  const { host, origin } = headers
  return (
    refusal({ method: 'POST', url: url!, host, origin, referer: undefined, contentType: 'application/json' }, port, forwarded) !== undefined
  )
}

/** The document by which a visitor enters: the name of the window tells the stage's script which tab it is, wherever the page goes. */
export function enterDocument(part: string, to: string): string {
  const text = (value: string) => JSON.stringify(value).replaceAll('<', '\\u003c')
  const path = to.startsWith('/') && !to.startsWith('//') ? to : '/'
  return `<!doctype html><meta charset="utf-8"><title>…</title><script>window.name = ${text(`proactive-hooks ${part}`)}; location.replace(${text(path)})</script>`
}

function problem(page: URL, message: string): string {
  const words = `${page.origin} does not answer (${message}). Start the server, then load the page anew.`
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
  return `<!doctype html><meta charset="utf-8"><title>No answer</title><p style="font: 15px system-ui; padding: 24px">${words}</p>`
}
