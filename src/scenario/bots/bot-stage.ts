import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { type ChannelPreset, PRESETS } from '../../botframework/presets.ts'
import type { SdkId } from '../../botframework/sdk.ts'
import type { StagedFault } from '../../channels/botframework/limits.ts'
import { BotPlay } from '../../host/bots/bot-play.ts'
import { botOf } from '../../host/bots/find-bots.ts'
import { SharedClock } from '../../host/shared-clock.ts'
import type { TraceEntry } from '../../trace/entry.ts'
import { TraceLog } from '../../trace/log.ts'
import { durationOf } from '../file/time.ts'
import { Chance } from '../play/chance.ts'
import type { BotFramework } from './schema.ts'

type Channel = NonNullable<BotFramework['channel']>

export interface BotStageOptions {
  given: BotFramework
  /** Folder that the scenario file lies in. */
  from: string
  probe: string
  startAt: number
  seed: number
}

/** Somebody who talks to the bot. Has the shape that looks at visitors expect. */
export interface Person {
  name: string
  browser: { visitorId: string }
  /** Their own conversation; absent while they were never there. */
  conversationId?: string
  /** What they have begun to write. */
  draft: string
}

/** Where a scenario with a bot of the Bot Framework family plays: the bot's process, its channel, people, and one clock for them all. */
export class BotStage {
  readonly trace = new TraceLog()
  readonly clock: SharedClock
  readonly visitors = new Map<string, Person>()
  readonly startAt: number
  play!: BotPlay
  #options: BotStageOptions
  #chance: Chance
  #scratch: string | undefined
  #ids = 0

  constructor(options: BotStageOptions) {
    this.#options = options
    this.startAt = options.startAt
    this.#chance = new Chance(options.seed)
    this.clock = new SharedClock({ startAt: options.startAt, settle: () => this.settle() })
  }

  get entries(): readonly TraceEntry[] {
    return this.trace.entries
  }

  now(): number {
    return this.clock.now()
  }

  /** Starts the bot. @throws Error that says why it does not start */
  async open(): Promise<void> {
    const { given, from, probe } = this.#options
    const cwd = resolve(from, given.folder ?? '.')
    const found = botOf(resolve(cwd, given.script ?? 'package.json'))
    const sdk: SdkId | undefined = given.sdk ?? found?.sdk
    if (given.scratch !== undefined) this.#scratch = mkdtempSync(join(tmpdir(), 'proactive-hooks-bot-'))
    const env = { ...given.env, ...(given.scratch !== undefined && { [given.scratch]: this.#scratch! }) }
    const run = given.script === undefined ? given.start : { script: resolve(cwd, given.script) }
    this.play = await BotPlay.open({
      spec: {
        name: found?.name ?? given.script ?? given.start ?? 'bot',
        sdk,
        endpoint: given.endpoint,
        ...(run !== undefined && { start: { run, cwd: given.script === undefined ? cwd : dirname(resolve(cwd, given.script)), env } })
      },
      trace: this.trace,
      clock: this.clock,
      probe,
      seed: this.#options.seed,
      watch: false,
      noticeMs: given.answersWithin === undefined ? undefined : durationOf(given.answersWithin),
      preset: presetOf(PRESETS.emulator, given.channel),
      newId: () => `${this.#chance.id(16)}${++this.#ids}`
    })
    this.clock.join(this.play.keeper)
    await this.play.host.start()
    this.setFaults(given.channel)
  }

  /** Somebody comes: in a conversation of their own, of which the bot is told as the channel does. */
  async add(name: string, comes = true): Promise<Person> {
    const person: Person = { name, browser: { visitorId: this.#chance.id(12, name) }, draft: '' }
    this.visitors.set(name, person)
    if (comes) await this.comes(person)
    return person
  }

  /** So many others, each in a conversation of their own. */
  async crowd(people: number): Promise<void> {
    for (let n = 1; n <= people; n++) {
      const person = await this.add(`person${n}`, false)
      person.conversationId = this.#chance.id(16, `${person.name}talk`)
      await this.play.admit([accountOf(person)], person.conversationId)
    }
    await this.settle()
  }

  async comes(person: Person): Promise<void> {
    person.conversationId = await this.play.open([accountOf(person)], this.#chance.id(16, `${person.name}talk`))
  }

  setChannel(channel: Channel): void {
    if (channel.id !== undefined || channel.joins !== undefined || channel.quota !== undefined) {
      this.play.setPreset(presetOf(this.play.connector.preset(), channel))
    }
    this.setFaults(channel)
  }

  setFaults(channel: Channel | undefined): void {
    if (!channel?.faults) return
    const staged = channel.faults.map(({ calls = 1, answer, after, only }): StagedFault => {
      return { calls, answer, ...(after !== undefined && { ms: durationOf(after) }), ...(only && { only }) }
    })
    this.play.connector.limits.stage(staged)
  }

  /** Resolves when nothing is under way but what waits for time to pass. */
  async settle(): Promise<void> {
    await this.play?.rest()
  }

  async close(): Promise<void> {
    await this.play?.dispose()
    if (this.#scratch !== undefined) rmSync(this.#scratch, { recursive: true, force: true, maxRetries: 5 })
  }

  /** The trace without what differs from run to run: ports, the connector's secret path, process ids. */
  get plainEntries(): readonly TraceEntry[] {
    if (!this.play) return this.entries
    const { serviceUrl } = this.play.connector
    const bot = this.play.host.endpoint && new URL(this.play.host.endpoint).host
    const text = JSON.stringify(this.entries)
      .replaceAll(serviceUrl, 'http://connector.local')
      .replaceAll(bot || '\0', 'bot.local')
      .replace(/"pid":\d+,?/g, '')
      // Node's own warnings.
      .replace(/\(node:\d+\)/g, '(node)')
    return JSON.parse(text.replaceAll(this.#scratch ?? '\0', '/scratch')) as TraceEntry[]
  }
}

const accountOf = ({ name, browser }: Person) => ({ id: browser.visitorId, name })

function presetOf(base: ChannelPreset, channel: Channel | undefined): ChannelPreset {
  const { quota: own, ...preset } = channel?.id === undefined ? base : PRESETS[channel.id]
  const given = channel?.quota
  const quota = given === undefined ? own : given === null ? undefined : { calls: given.calls, perMs: durationOf(given.per) }
  return { ...preset, ...(channel?.joins && { joins: channel.joins }), ...(quota && { quota }) }
}
