import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type ChannelPreset, PRESETS, type Reachability } from '../../botframework/presets.ts'
import { type SdkId, sdkOfUserAgent } from '../../botframework/sdk.ts'
import { BotTurns } from '../../trace/bots/turns.ts'
import type { Report, TraceEntry } from '../../trace/entry.ts'
import type { TraceLog } from '../../trace/log.ts'
import { Attachments } from './attachments.ts'
import { type Answer, type Call, CallError, type Desk } from './call.ts'
import { Conversations } from './conversations.ts'
import { partsBelow, refusal } from './guard.ts'
import { Limits } from './limits.ts'
import { ProbeLine } from './probe-line.ts'
import { routeOf } from './routes.ts'
import { BotStates } from './states.ts'
import { Tokens } from './tokens.ts'
import { NOTICE_MS } from './unanswered.ts'

export interface ConnectorOptions {
  trace: TraceLog
  /** What the trace calls the bot. Default `bot`. */
  botId?: string | undefined
  /** Port and prefix of before, so that references that bots stored stay good (C9). */
  port?: number | undefined
  prefix?: string | undefined
  preset?: ChannelPreset | undefined
  now?: (() => number) | undefined
  newId?: (() => string) | undefined
  /** How long the bot's process may take to answer the probe's questions, ms. */
  patienceMs?: number | undefined
  /** Largest body accepted, in bytes. */
  maxBody?: number | undefined
}

const MAX_BODY_BYTES = 5_000_000
/** Headers that are nobody's business to cache. */
const NO_STORE = { 'Cache-Control': 'no-store' }

/**
 * The channel as bots see it: a Bot Connector on 127.0.0.1, below a path that cannot be guessed, since bots without an account send no token (C7). Keeps the
 * conversations and notes in the trace what bots do with them.
 */
export class Connector implements Desk {
  readonly conversations = new Conversations()
  readonly states = new BotStates()
  readonly attachments = new Attachments()
  readonly tokens = new Tokens()
  readonly probe: ProbeLine
  readonly limits: Limits
  readonly prefix: string
  readonly botId: string
  readonly now: () => number
  readonly newId: () => string
  #trace: TraceLog
  #server: Server
  #turns = new BotTurns()
  #reach = new Map<string, Reachability>()
  #preset: ChannelPreset
  #maxBody: number
  #unsubscribe: () => void
  /** The SDK that called last, once one did. */
  #sdk: SdkId | undefined

  private constructor(options: ConnectorOptions, server: Server) {
    this.#server = server
    this.#trace = options.trace
    this.botId = options.botId ?? 'bot'
    this.prefix = options.prefix ?? newPrefix()
    this.now = options.now ?? Date.now
    this.newId = options.newId ?? newId
    this.limits = new Limits(this.now)
    this.probe = new ProbeLine(options.patienceMs ?? NOTICE_MS)
    this.#maxBody = options.maxBody ?? MAX_BODY_BYTES
    this.#preset = options.preset ?? PRESETS.emulator
    this.limits.setQuota(this.#preset.quota)
    this.#unsubscribe = options.trace.subscribe(entries => {
      for (const entry of entries) this.#turns.see(entry)
    })
    server.on('request', (request, response) => void this.#serve(request, response).catch(() => response.destroy()))
  }

  /** @throws Error when the port is taken */
  static async listen(options: ConnectorOptions): Promise<Connector> {
    const server = createServer()
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(options.port ?? 0, '127.0.0.1', resolve)
    })
    return new Connector(options, server)
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  /** What bots are told to call. Without a slash at the end (C6), and by number (C8). */
  get serviceUrl(): string {
    return `http://127.0.0.1:${this.port}/${this.prefix}`
  }

  get sdk(): SdkId | undefined {
    return this.#sdk
  }

  preset = (): ChannelPreset => this.#preset

  setPreset(preset: ChannelPreset): void {
    this.#preset = preset
    this.limits.setQuota(preset.quota)
  }

  reachOf(userId: string): Reachability {
    return this.#reach.get(userId) ?? 'unknown'
  }

  setReach(userId: string, reach: Reachability): void {
    if (this.reachOf(userId) === reach) return
    this.#reach.set(userId, reach)
    this.note({ kind: 'bot-reach', at: this.now(), userId, reach })
  }

  note(report: Report): TraceEntry {
    return this.#trace.append(report)[0]!
  }

  isProactive(conversationId: string, replyTo: string | undefined): boolean {
    return this.#turns.judge({ conversationId, replyTo, at: this.now() }).kind !== 'reply'
  }

  async close(): Promise<void> {
    this.#unsubscribe()
    this.probe.lost()
    const closed = new Promise<void>(resolve => void this.#server.close(() => resolve()))
    this.#server.closeAllConnections()
    await closed
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { host, origin } = request.headers
    const url = request.url!
    // What does not come from a bot of ours is answered and forgotten: the trace is about the bot.
    const refused = refusal({ url, host, origin }, this.port)
    if (refused) return send(response, errorAnswer(refused.status, 'Refused', refused.reason))
    const parts = partsBelow(this.prefix, url)
    if (!parts) return send(response, errorAnswer(404, 'NotFound', 'There is nothing here.'))
    const route = routeOf(request.method!, parts)
    const call: Call = {
      method: request.method!,
      path: `/${parts.join('/')}`,
      params: route?.params ?? {},
      query: new URL(url, 'http://x').searchParams,
      body: undefined,
      sdk: parts[0] === 'probe' ? 'other' : this.#see(request.headers['user-agent'])
    }
    let answer: Answer
    let failure: CallError | undefined
    try {
      if (!route) throw new CallError(404, 'NotFound', 'The connector has no such call.')
      call.body = await readBody(request, this.#maxBody)
      answer = await route.handler(call, this)
    } catch (error) {
      failure =
        error instanceof CallError ? error : new CallError(500, 'ServiceError', error instanceof Error ? error.message : String(error))
      answer = answerOf(failure)
    }
    if (failure || !NOTED_ELSEWHERE.test(call.path)) this.#noteCall(call, answer, failure)
    send(response, answer)
    // What was not read of the body would otherwise be taken for the next request.
    if (!request.complete) response.once('finish', () => request.destroy())
  }

  #see(userAgent: string | undefined): SdkId {
    const sdk = sdkOfUserAgent(userAgent)
    if (sdk !== 'other' || this.#sdk === undefined) this.#sdk = sdk
    return sdk
  }

  #noteCall(call: Call, answer: Answer, failure: CallError | undefined): void {
    this.note({
      kind: 'connector-call',
      at: this.now(),
      method: call.method,
      path: call.path,
      status: answer.status,
      ...(call.params.c !== undefined && { conversationId: call.params.c }),
      ...(failure && { reason: failure.message }),
      ...(failure && /\/activities/.test(call.path) && call.body !== undefined && { activity: call.body }),
      ...(failure && call.params.a !== undefined && { replyTo: call.params.a }),
      ...(failure?.staged && { staged: true }),
      ...(failure?.retryAfterMs !== undefined && { retryAfterMs: failure.retryAfterMs })
    })
  }
}

/** Calls whose success is an entry of its own. */
const NOTED_ELSEWHERE = /^\/v3\/(conversations(\/[^/]+\/activities(\/[^/]+)?)?|botstate\/.*)$|^\/probe\//i

function answerOf(error: CallError): Answer {
  const retry: Record<string, string> =
    error.retryAfterMs === undefined ? {} : { 'Retry-After': String(Math.ceil(error.retryAfterMs / 1000)) }
  return { ...errorAnswer(error.status, error.code, error.message), headers: retry }
}

const errorAnswer = (status: number, code: string, message: string): Answer => ({ status, body: { error: { code, message } } })

function send(response: ServerResponse, { status, body, raw, headers }: Answer): void {
  if (raw) response.writeHead(status, { 'Content-Type': raw.type, ...NO_STORE, ...headers }).end(raw.data)
  else if (body === undefined) response.writeHead(status, { 'Content-Length': '0', ...NO_STORE, ...headers }).end()
  else response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8', ...NO_STORE, ...headers }).end(JSON.stringify(body))
}

async function readBody(request: IncomingMessage, max: number): Promise<unknown> {
  const tooBig = () => new CallError(413, 'MessageSizeTooBig', `A body may have at most ${max} bytes.`)
  if (Number(request.headers['content-length'] ?? 0) > max) throw tooBig()
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    size += (chunk as Buffer).length
    if (size > max) throw tooBig()
    chunks.push(chunk as Buffer)
  }
  const text = Buffer.concat(chunks).toString('utf8').trim()
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    throw new CallError(400, 'BadSyntax', 'The body is not JSON.')
  }
}

/** A path that nobody guesses, in characters that no SDK encodes (C5, C7). */
export const newPrefix = (): string => randomBytes(18).toString('hex')
const newId = (): string => randomBytes(12).toString('hex')
