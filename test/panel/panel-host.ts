import { once } from 'node:events'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { past } from '../../src/host/past.ts'
import { FromPanel, type PanelState, panelState, type ToPanel } from '../../src/protocol/panel.ts'
import type { TraceEntry } from '../../src/trace/entry.ts'
import { panelBundle } from './build.ts'

/** As strict as the editor's: no inline styles or scripts, no eval, and only what the one script imports. */
const POLICY =
  "default-src 'none'; script-src 'nonce-once'; style-src 'self'; connect-src 'self'; frame-src 'self' http://localhost:*; base-uri 'none'; form-action 'none'"

const DOCUMENT = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Simulator</title><link rel="stylesheet" href="panel-theme.css"><link rel="stylesheet" href="panel.css"></head><body><div id="root"></div><script type="module" nonce="once" src="panel.js"></script></body></html>`

const PAGE = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title><style>body{font:16px sans-serif;margin:24px;color:#222}
h1{font-size:22px}button{padding:8px 14px}.bubble{position:fixed;right:20px;bottom:20px;width:52px;height:52px;border-radius:50%;background:#0057ff}</style></head>
<body><h1>Shoes &amp; more</h1><p>The visitor's page, with the chat in its corner.</p><button type="button">Ask about prices</button><div class="bubble"></div></body></html>`

export const READY: PanelState = panelState({
  status: 'ready',
  bots: ['shop', 'booking'],
  botId: 'shop',
  pages: [
    { id: 'pages/shop.html', title: 'pages/shop.html', botIds: ['shop'] },
    { id: 'builtin', title: 'Page with buttons', botIds: [] }
  ],
  page: 'pages/shop.html',
  frameUrl: 'page.html',
  visitorId: 'ann',
  visitors: [{ id: 'ann', name: 'Visitor 1', tabs: [{ tab: 1, page: 'pages/shop.html', url: 'page.html' }], tab: 1 }],
  knownEvents: [
    { type: 'proactive-trigger', payload: { text: 'hello' }, from: 'pages/shop.html' },
    { type: 'pricing-idle', payload: { page: '/pricing', seconds: 30 }, from: 'pages/pricing.html' }
  ]
})

/** A host that only holds what a test gives it: the panel speaks to it as to the command line's simulator. */
export class PanelHost {
  state: PanelState = READY
  entries: TraceEntry[] = []
  /** What it answers when asked for the stored state. */
  stored: ToPanel & { kind: 'stored' } = {
    kind: 'stored',
    visitorId: 'ann',
    botId: 'shop',
    stored: {
      sessionId: 'shop::web::ann::t1',
      user: { language: 'en' },
      session: { greeted: true, lastMessages: [] },
      context: { currentFlow: 'main.flow.json', currentNode: 'ask-size' },
      temp: {}
    }
  }
  /** What the panel said, in order. */
  readonly heard: FromPanel[] = []
  #server: Server
  #lines = new Set<ServerResponse>()

  private constructor(server: Server) {
    this.#server = server
  }

  static async open(): Promise<PanelHost> {
    const bundle = await panelBundle()
    const files: Record<string, [type: string, text: string]> = {
      '/ui/': ['text/html', DOCUMENT],
      '/ui/page.html': ['text/html', PAGE]
    }
    for (const [name, text] of bundle.files) files[`/ui/${name}`] = [name.endsWith('.css') ? 'text/css' : 'text/javascript', text]
    const server = createServer(async (request, response) => {
      const path = new URL(request.url ?? '/', 'http://host').pathname
      const file = files[path]
      if (file) {
        response.setHeader('Content-Type', `${file[0]}; charset=utf-8`)
        if (path === '/ui/') response.setHeader('Content-Security-Policy', POLICY)
        response.end(file[1])
      } else if (path === '/ui/events') host.#join(response)
      else if (path === '/ui/send') {
        let body = ''
        for await (const chunk of request) body += chunk
        host.#hear(FromPanel.parse(JSON.parse(body)))
        response.writeHead(204).end()
      } else response.writeHead(404).end()
    })
    const host = new PanelHost(server)
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    return host
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/ui/`
  }

  send(message: ToPanel): void {
    for (const line of this.#lines) line.write(`event: message\ndata: ${JSON.stringify(message)}\n\n`)
  }

  setState(change: Partial<PanelState>): void {
    this.state = { ...this.state, ...change }
    this.send({ kind: 'state', state: this.state })
  }

  /** Appends entries, numbering them anew. */
  append(entries: readonly TraceEntry[]): void {
    const from = this.entries.length + 1
    const added = entries.map((entry, n) => ({ ...entry, seq: from + n }))
    this.entries.push(...added)
    this.send({ kind: 'entries', from, entries: added })
  }

  /** Ends every line, as a host that was restarted does. */
  drop(): void {
    for (const line of this.#lines) line.destroy()
    this.#lines.clear()
  }

  async close(): Promise<void> {
    this.drop()
    this.#server.close()
    this.#server.closeAllConnections()
    await once(this.#server, 'close')
  }

  #join(response: ServerResponse): void {
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' })
    response.write('retry: 50\n\n')
    this.#lines.add(response)
    response.on('close', () => this.#lines.delete(response))
  }

  #hear(message: FromPanel): void {
    this.heard.push(message)
    if (message.kind === 'readState' || message.kind === 'writeState') this.send(this.stored)
    if (message.kind !== 'ready') return
    this.send({ kind: 'state', state: this.state })
    for (const message of past(this.entries, 1)) this.send(message)
  }
}
