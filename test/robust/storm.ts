/** A workspace with a generated hook in each bot, an engine that runs it, and the visitors who send the events. */
import assert from 'node:assert/strict'
import { DatabaseSync } from 'node:sqlite'
import { EngineHost } from '../../src/host/engine-host.ts'
import type { EntryKind, EntryOf } from '../../src/trace/entry.ts'
import { TraceLog } from '../../src/trace/log.ts'
import { entry, type Folder, folderWith } from '../host/fixture.ts'
import type { GeneratedHook } from './generate.ts'
import { assertWellFormed } from './trace-form.ts'

const FLOW = {
  version: '0.0.1',
  startNode: 'entry',
  nodes: [
    {
      id: 'n-entry',
      name: 'entry',
      onEnter: ['say #builtin_text {"text":"hello"}'],
      onReceive: null,
      next: [{ condition: 'true', node: 'END' }]
    }
  ]
}

/** Answers everybody, whatever the bot's own hook does. */
const ANSWER = "return bp.events.replyToEvent(event, [{ type: 'text', text: 'answered ' + event.payload.n }], event.id)"

const WAIT_MS = 60_000

export class Storm {
  readonly trace = new TraceLog()
  readonly #folder: Folder
  readonly #storage: Folder
  readonly #host: EngineHost
  readonly #hooks: readonly GeneratedHook[]
  #sent = 0
  /** Which hook was let loose, and from which entry on. */
  readonly #strikes: { since: number; file: string; fate: GeneratedHook['fate'] }[] = []

  constructor(entry: string, hooks: readonly GeneratedHook[]) {
    this.#hooks = hooks
    const files: Record<string, string> = { 'data/global/hooks/before_incoming_middleware/00_answer.js': ANSWER }
    hooks.forEach((hook, index) => {
      const bot = `data/bots/bot-${index}`
      files[`${bot}/bot.config.json`] = JSON.stringify({ id: `bot-${index}`, defaultLanguage: 'en', languages: ['en'] })
      files[`${bot}/flows/main.flow.json`] = JSON.stringify(FLOW)
      files[`${bot}/flows/main.ui.json`] = '{"nodes":[],"links":[]}'
      files[fileOf(hook, index)] = hook.code
    })
    this.#folder = folderWith(files)
    this.#storage = folderWith({})
    this.#host = EngineHost.open({
      entry,
      settings: { root: this.#folder.path, storage: this.#storage.path, stuckAfterMs: 250 },
      trace: this.trace,
      // Long enough that a process which a busy machine leaves waiting does not look like a loop.
      hookLimitMs: 3000,
      // Nor does it count how soon one says where it is.
      answerMs: 40_000,
      heapLimitMb: 128
    })
  }

  ready(): Promise<void> {
    return this.#host.ready()
  }

  /** Lets a bot's hook loose and waits for what its fate is. */
  async strike(index: number): Promise<void> {
    const { type, fate } = this.#hooks[index]!
    const file = this.#folder.at(fileOf(this.#hooks[index]!, index))
    const since = this.trace.entries.length
    this.#strikes.push({ since, file, fate })
    await this.#host.call('send', { type: 'go', botId: `bot-${index}`, target: 'storm', payload: { n: -1 } })
    const stopped = this.#after(since, 'engine-stopped', () => true)
    const ended = this.#after(since, 'hook-ended', one => one.place.file === file)
    const stuck = this.#after(since, 'event-stuck', one => one.place?.file === file)
    for (const one of [ended, stuck, stopped]) one.catch(() => {})
    const first = await Promise.race([ended, stuck, stopped])
    // On a slow machine anything may count as stuck for a while.
    if (fate === 'ends') assert.equal((first.kind === 'event-stuck' ? await Promise.race([ended, stopped]) : first).kind, 'hook-ended')
    else if (fate === 'hangs') assert.equal(first.kind, 'event-stuck')
    else {
      const { kind, reason, place, hook, real } = first.kind === 'event-stuck' ? await stopped : (first as EntryOf<'engine-stopped'>)
      assert.equal(kind, 'engine-stopped')
      // A chain of promises without end fills the memory before its time is over.
      assert.match(reason, /^(memory|hook-limit)$/)
      assert.deepEqual([place?.file, hook], [file, `${type}/generated-${index}.js`])
      // One whose memory is full may end before it is asked where it is, and V8 runs nothing any more then that could tell.
      if (reason === 'hook-limit') assert.ok(place?.line !== undefined, 'without a line')
      assert.match(real, /real server/)
    }
  }

  /** The next event of another visitor of that bot is served, and its reply is out. */
  async assertAnswers(index: number): Promise<void> {
    const since = this.trace.entries.length
    const n = ++this.#sent
    await this.#host.call('send', { type: 'next', botId: `bot-${index}`, target: 'calm', payload: { n } })
    const reply = await this.#after(since, 'event-received', one => (one.payload as { text?: string } | null)?.text === `answered ${n}`)
    await this.#after(since, 'event-ended', one => one.eventId === reply.eventId && one.outcome === 'completed')
    await this.#after(since, 'event-ended', one => one.eventId === reply.incomingEventId && one.outcome === 'completed')
  }

  /** Numbered, readable, no hook lost; and each process that was stopped was stopped for the hook that had been let loose to block it. */
  assertTraceIsWhole(): void {
    assertWellFormed(this.trace.entries, ({ seq }) => {
      const strike = this.#strikes.findLast(({ since }) => since < seq)
      return strike && (strike.fate === 'loops' || strike.fate === 'floods') ? strike.file : undefined
    })
  }

  /** What is on disk can be read by any SQLite. */
  assertDiskIsSound(): void {
    const database = new DatabaseSync(`${this.#storage.path}/core.sqlite`, { readOnly: true })
    const answer = database.prepare('PRAGMA integrity_check').all() as { integrity_check: string }[]
    for (const row of database.prepare('SELECT session_data, context, temp_data FROM dialog_sessions').all()) {
      for (const text of Object.values(row)) JSON.parse(String(text))
    }
    database.close()
    assert.deepEqual(
      answer.map(row => row.integrity_check),
      ['ok']
    )
  }

  async end(): Promise<void> {
    // Until what still runs has ended or is known to be stuck.
    await this.#host.call('settle', { ms: 500 })
    await this.#host.dispose()
    this.#folder.remove()
    this.#storage.remove()
  }

  #after<K extends EntryKind>(since: number, kind: K, fits: (one: EntryOf<K>) => boolean): Promise<EntryOf<K>> {
    return entry(this.trace, kind, one => one.seq > since && fits(one), WAIT_MS)
  }
}

function fileOf({ type }: GeneratedHook, index: number): string {
  return `data/bots/bot-${index}/hooks/${type}/generated-${index}.js`
}
