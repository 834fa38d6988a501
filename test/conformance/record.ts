import { join } from 'node:path'
import type { BotEvent } from '../../src/runtime/api.ts'
import { RuntimeEngine } from '../../src/runtime/engine.ts'
import type { Report } from '../../src/trace/entry.ts'
import type { Case, EventRecord, Recorded, Result, StartRecord, Step } from './case.ts'
import { write } from './project.ts'
import { changes, plainOf } from './snapshot.ts'

const DEFAULTS = { type: 'text', channel: 'web', direction: 'incoming', target: 'user1', threadId: 'thread1', botId: 'bot', debugger: true } as const

/** What each hook type is called with when a case names nothing else. */
const HOOK_ARGS: Record<string, () => Record<string, unknown>> = {
  after_bot_mount: () => ({ botId: 'bot' }),
  after_bot_unmount: () => ({ botId: 'bot' }),
  before_bot_import: () => ({ botId: 'bot', tmpFolder: '/tmp/import', hookResult: { allowImport: true } }),
  on_bot_error: () => ({ botId: 'bot', events: [] }),
  on_stage_request: () => ({ bot: {}, users: [], pipeline: [], hookResult: { actions: ['promote_copy'] } }),
  after_stage_changed: () => ({ previousBotConfig: {}, bot: {}, users: [], pipeline: [] }),
  on_incident_status_changed: () => ({ incident: {} })
}

interface Seen {
  event: BotEvent
  loaded?: unknown
  deciding?: unknown
  ended?: unknown
}

/** Sends a case's events to an engine in this process, one after the other, and records what it did. */
export class Recorder {
  readonly #case: Case
  readonly #root: string
  readonly #engine: RuntimeEngine
  #trace: Report[] = []
  #names = new Map<string, string>()
  #counts = { in: 0, out: 0 }
  #seen: Seen[] = []
  /** Events that the case sent itself; those of hooks are not looked into. */
  #own = new Set<string>()
  #incoming: { id: string; type: string; payload: unknown }[] = []
  #jumps: string[] = []
  #jumpErrors: string[] = []

  constructor(given: Case, root: string) {
    this.#case = given
    this.#root = root
    const { env = {} } = given.options
    this.#engine = new RuntimeEngine({
      settings: { root, clock: 'virtual', startAt: Date.UTC(2024, 0, 1) },
      stock: given.options.builtinHooks ?? false,
      production: env.production ?? false,
      env: {
        ...env.env,
        ...(env.disableGlobalSandbox && { DISABLE_GLOBAL_SANDBOX: 'true' }),
        ...(env.disableBotSandbox && { DISABLE_BOT_SANDBOX: 'true' })
      },
      report: entry => void this.#trace.push(entry),
      onJump: (flow, node, error) => {
        this.#jumps.push(`${flow}#${node}${error ? ' ERR' : ''}`)
        if (error) this.#jumpErrors.push(`jumpTo ${flow}: ${error.message}`)
      },
      observe: (point, event) => this.#observe(point, event)
    })
  }

  async run(): Promise<Recorded> {
    const onRejection = (reason: unknown) => this.#engine.unhandled(reason)
    const others = process.listeners('unhandledRejection')
    process.removeAllListeners('unhandledRejection')
    process.on('unhandledRejection', onRejection)
    try {
      await this.#engine.call('start', { root: this.#root })
      await this.#settle()
      const start: StartRecord = { hooks: this.#hooks(), errors: this.#errors(), console: this.#console() }
      const events: EventRecord[] = []
      for (const step of this.#case.events) events.push(await this.#step(step))
      return { start, events }
    } finally {
      process.removeListener('unhandledRejection', onRejection)
      for (const one of others) process.on('unhandledRejection', one)
      await this.#engine.close()
    }
  }

  async #step(step: Step): Promise<EventRecord> {
    this.#trace = []
    this.#incoming = []
    this.#jumps = []
    this.#jumpErrors = []
    const before = this.#seen.length
    const extra = await this.#perform(step)
    const stuck = await this.#settle()
    return this.#record(step, stuck, before, extra)
  }

  async #perform(step: Step): Promise<Partial<EventRecord>> {
    if (step.$burst) {
      await Promise.all(step.$burst.map(one => this.#send(one)))
      return {}
    }
    if (step.$op === 'writeFile') {
      const file = join(this.#root, 'data', ...(step.botId === undefined ? ['global'] : ['bots', step.botId]), step.file!)
      write(file, step.content)
      await this.#engine.call('changed', { files: [file] })
      return {}
    }
    if (step.$op === 'wait') {
      await this.#engine.call('advance', { ms: step.ms ?? 0 })
      return {}
    }
    if (step.$op === 'timeout') {
      const { botId = 'bot', channel = 'web', target = 'user1', threadId = 'thread1' } = step.dest ?? {}
      await this.#engine.timeOut(`${botId}::${channel}::${target}::${threadId}`)
      return {}
    }
    if (step.$op === 'hook') return this.#hook(step)
    await this.#send(step)
    return {}
  }

  async #hook(step: Step): Promise<Partial<EventRecord>> {
    const args = { ...HOOK_ARGS[step.type!]?.(), ...step.args }
    try {
      await this.#engine.runHooks(step.type!, args)
      return { argsAfter: args }
    } catch (error) {
      return { argsAfter: args, threw: `${(error as Error).name}: ${(error as Error).message}` }
    }
  }

  async #send(step: Step): Promise<void> {
    const { events } = this.#engine.api
    const event = events.create({ ...DEFAULTS, payload: { type: 'text', text: 'hello' }, ...structuredClone(step) } as never)
    this.#own.add(event.id)
    await events.sendEvent(event)
  }

  async #settle(): Promise<boolean> {
    const { stuck } = await this.#engine.call('settle', { ms: this.#case.options.settle ?? 20_000 })
    return stuck.length > 0
  }

  #record(step: Step, stuck: boolean, before: number, extra: Partial<EventRecord>): EventRecord {
    const mine = this.#seen.slice(before)
    const sent = (direction: string) => this.#trace.filter(one => one.kind === 'event-received' && one.direction === direction)
    const errorsOf = (kind: 'unhandled-rejection' | 'uncaught-exception') =>
      this.#trace.flatMap(one => (one.kind === kind ? [`${one.error.name}: ${one.error.message}`] : []))
    return {
      send: step,
      stuck,
      hooksByEvent: this.#hooks(),
      errors: this.#errors(),
      result: mine.filter(one => this.#own.has(one.event.id)).map(one => this.#result(one)),
      dialogEngineReached: this.#trace.some(one => one.kind === 'dialog-entered'),
      jumps: this.#jumps,
      incomingSent: this.#incoming.map(event => ({
        event: this.#names.get(event.id) ?? '(plain)',
        type: event.type,
        payload: event.payload
      })),
      replies: sent('outgoing').map(
        one =>
          one.kind === 'event-received' && {
            type: one.type,
            payload: plainOf(one.payload),
            ...(one.incomingEventId !== undefined && { inReplyTo: this.#name(one.incomingEventId) })
          }
      ),
      logs: this.#trace.flatMap(one => (one.kind === 'log' ? [`${one.level}|${one.logger}|${one.message}`] : [])).sort(),
      console: this.#console(),
      unhandledRejections: errorsOf('unhandled-rejection'),
      uncaughtExceptions: errorsOf('uncaught-exception'),
      stored: this.#stored(),
      ...extra
    }
  }

  #result({ event, loaded, deciding, ended }: Seen): Result {
    const decision = event.decision as { source: string; sourceDetails: string; decision: unknown } | undefined
    const suggestions = plainOf(event.suggestions) as unknown[]
    return {
      event: this.#name(event.id),
      reachedState: loaded !== undefined,
      flags: Object.fromEntries(Reflect.ownKeys(event.flags).map(key => [String(key), event.flags[key]])),
      ...(event.isPause && { isPause: true }),
      changesByHooks: this.#named(changes(loaded, deciding)),
      changesAtEnd: this.#named(changes(loaded, ended)),
      ...(decision && { decision: { source: decision.source, sourceDetails: decision.sourceDetails, decision: decision.decision } }),
      ...(suggestions.length > 0 && { suggestions }),
      steps: Object.keys((event.processing as object | undefined) ?? {})
    }
  }

  #stored(): EventRecord['stored'] {
    const { database } = this.#engine.api
    const parse = (text: unknown) => JSON.parse(String(text))
    return this.#named({
      sessions: database
        .all('SELECT * FROM dialog_sessions ORDER BY rowid')
        .map(row => ({ id: row.id, context: parse(row.context), temp: parse(row.temp_data), session: parse(row.session_data) })),
      users: database.all('SELECT * FROM srv_channel_users ORDER BY rowid').map(row => ({ id: row.user_id, attributes: parse(row.attributes) })),
      kvs: database.all('SELECT * FROM srv_kvs ORDER BY rowid').map(row => ({ botId: row.botId, key: row.key, value: parse(row.value) }))
    }) as never
  }

  #hooks(): Record<string, string[]> {
    const found: Record<string, { text: string; status: string }[]> = {}
    for (const entry of this.#trace) {
      if (entry.kind !== 'hook-started' && entry.kind !== 'hook-ended') continue
      const event = entry.eventId === undefined ? '-' : this.#name(entry.eventId)
      const text = `${entry.hookType}/${entry.name}@${entry.scope === 'bot' ? `bot:${entry.botId}` : 'global'}`
      found[event] ??= []
      if (entry.kind === 'hook-started') found[event].push({ text, status: 'running' })
      else found[event].findLast(one => one.text === text)!.status = entry.outcome === 'completed' ? 'completed' : 'error'
    }
    return Object.fromEntries(Object.entries(found).map(([event, all]) => [event, all.map(one => `${one.text}:${one.status}`)]))
  }

  #errors(): string[] {
    const found: string[] = [...this.#jumpErrors]
    for (const entry of this.#trace) {
      if (entry.kind === 'hook-ended' && entry.error) found.push(`hook ${entry.name}: ${/^[a-z]/.test(entry.error.name) ? '' : `${entry.error.name}: `}${entry.error.message}`)
      if (entry.kind === 'event-rejected') found.push(`sendEvent : ${entry.reason}`)
    }
    return found.sort()
  }

  #console(): string[] {
    // The recorder had no ear for `console.debug`.
    return this.#trace.flatMap(one => (one.kind === 'console' && one.level !== 'debug' ? [`${one.level}: ${one.text}`] : []))
  }

  #observe(point: 'given' | 'sent' | 'loaded' | 'deciding' | 'ended', event: BotEvent): void {
    if (point === 'given') {
      if (event?.direction === 'incoming') this.#incoming.push({ id: event.id, type: event.type, payload: plainOf(event.payload) })
      return
    }
    if (point === 'sent') {
      this.#nameIt(event)
      if (event.direction !== 'outgoing') this.#seen.push({ event })
      return
    }
    if (!this.#names.has(event.id)) this.#nameIt(event)
    const seen = this.#seen.find(one => one.event === event)
    // The real recorder looked at what the last of two runs left.
    if (seen) seen[point] = plainOf(event)
  }

  #nameIt(event: BotEvent): void {
    const kind = event.direction === 'outgoing' ? 'out' : 'in'
    this.#names.set(event.id, `${event.direction === 'incoming' ? 'in' : event.direction === 'outgoing' ? 'out' : 'internal'}${++this.#counts[kind]}`)
  }

  #name(id: string): string {
    return this.#names.get(id) ?? id
  }

  /** Event ids as `<in1>`. */
  #named<T>(value: T): T {
    let text = JSON.stringify(value)
    for (const [id, name] of this.#names) text = text.replaceAll(JSON.stringify(id), JSON.stringify(`<${name}>`))
    return JSON.parse(text)
  }
}
