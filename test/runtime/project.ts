import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { BotEvent } from '../../src/runtime/api.ts'
import { type EngineOptions, RuntimeEngine } from '../../src/runtime/engine.ts'
import type { EntryOf, Report } from '../../src/trace/entry.ts'

/** A bot that greets and waits. */
export const GREETING = {
  'flows/main.flow.json': {
    version: '0.0.1',
    startNode: 'entry',
    nodes: [
      {
        id: 'n-entry',
        name: 'entry',
        onEnter: ['say #builtin_text {"text":"hello"}'],
        onReceive: [],
        next: [{ condition: 'true', node: 'END' }]
      }
    ]
  }
}

type Options = Partial<Omit<EngineOptions, 'settings'>> & { settings?: Partial<EngineOptions['settings']> }
type Files = Record<string, unknown>

/** A project in a folder of its own, with an engine on the virtual clock. */
export class Project {
  readonly root = mkdtempSync(join(tmpdir(), 'runtime-'))
  readonly trace: Report[] = []
  #engine: RuntimeEngine | undefined
  #options: Options = {}

  /** @param bot files below data/bots/bot @param files files below the root */
  constructor(bot: Files = GREETING, files: Files = {}, config: object = {}) {
    this.write('data/bots/bot/bot.config.json', { id: 'bot', defaultLanguage: 'en', languages: ['en', 'fr'], ...config })
    for (const [path, content] of Object.entries(bot)) {
      this.write(`data/bots/bot/${path}`, content)
      if (path.endsWith('.flow.json')) this.write(`data/bots/bot/${path.replace('.flow.json', '.ui.json')}`, { nodes: [], links: [] })
    }
    for (const [path, content] of Object.entries(files)) this.write(path, content)
  }

  write(path: string, content: unknown): string {
    const file = join(this.root, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
    return file
  }

  /** A hook of the bot's `before_incoming_middleware`, unless the folder says otherwise. */
  hook(code: string, name = '1.js', type = 'before_incoming_middleware'): string {
    return this.write(`data/bots/bot/hooks/${type}/${name}`, code)
  }

  get engine(): RuntimeEngine {
    if (!this.#engine) throw new Error('start first')
    return this.#engine
  }

  async start(options: Options = {}): Promise<this> {
    this.#options = options
    this.#engine = new RuntimeEngine({
      report: entry => void this.trace.push(entry),
      ...options,
      settings: { root: this.root, clock: 'virtual', startAt: Date.UTC(2024, 0, 1), ...options.settings }
    })
    await this.#engine.call('start', { root: this.root })
    return this
  }

  /** Ends the engine and starts another over the same folder. */
  async restart(): Promise<void> {
    await this.engine.close()
    await this.start(this.#options)
  }

  /** Sends an event and waits until everything is quiet. @returns what was reported since */
  async send(event: Partial<BotEvent> | string = {}): Promise<Report[]> {
    const from = this.trace.length
    const given = typeof event === 'string' ? { payload: { type: 'text', text: event } } : event
    await this.engine.call('send', { type: 'text', botId: 'bot', target: 'ann', payload: {}, ...given } as never)
    await this.settle()
    return this.trace.slice(from)
  }

  async settle(ms = 30_000): Promise<string[]> {
    return (await this.engine.call('settle', { ms })).stuck
  }

  async close(): Promise<void> {
    await this.#engine?.close()
    rmSync(this.root, { recursive: true, force: true })
  }
}

/** Entries of a kind. */
export function of<K extends Report['kind']>(trace: Report[], kind: K): EntryOf<K>[] {
  return trace.filter(one => one.kind === kind) as never
}

/** Texts that the bot said. */
export function said(trace: Report[]): unknown[] {
  return of(trace, 'event-received')
    .filter(one => one.direction === 'outgoing')
    .map(one => (one.payload as { text?: unknown }).text)
}
