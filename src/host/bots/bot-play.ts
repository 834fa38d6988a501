import type { ChannelAccount } from '../../botframework/activity.ts'
import { type ChannelPreset, PRESETS } from '../../botframework/presets.ts'
import { SDKS, type SdkId } from '../../botframework/sdk.ts'
import { BotChannel } from '../../channels/botframework/channel.ts'
import type { Connector } from '../../channels/botframework/connector.ts'
import type { TraceLog } from '../../trace/log.ts'
import type { SharedClock, TimeKeeper } from '../shared-clock.ts'
import { BotHost, type BotHostOptions, type BotSpec, type BotStatus } from './bot-host.ts'
import { listenAsBefore } from './connector-address.ts'

export interface BotPlayOptions {
  spec: BotSpec
  trace: TraceLog
  preset?: ChannelPreset | undefined
  /** The probe's file; without it nothing of the bot's state is seen and its time is real. */
  probe?: string | undefined
  /** Virtual time, which the bot shares: its `keeper` joins this clock. */
  clock?: SharedClock | undefined
  /** Where the connector's address is kept between runs. */
  addressFile?: string | undefined
  newId?: (() => string) | undefined
  locale?: string | undefined
  watch?: boolean | undefined
  inspect?: boolean | undefined
  noticeMs?: number | undefined
  limitMs?: number | undefined
  readyMs?: number | undefined
  execPath?: string | undefined
  onStatus?: ((status: BotStatus) => void) | undefined
  onInspector?: ((url: string) => void) | undefined
}

/** A bot with a channel round it: what the simulator, scenarios and the command line play. */
export class BotPlay {
  readonly connector: Connector
  readonly channel: BotChannel
  readonly host: BotHost
  /** The connector is not where it was: references that the bot stored before lead nowhere. */
  readonly moved: boolean
  readonly #spec: BotSpec
  readonly #clock: SharedClock | undefined
  #posts = new Set<Promise<unknown>>()

  private constructor(options: BotPlayOptions, connector: Connector, moved: boolean) {
    const { spec, trace, probe, clock, onStatus, onInspector, watch, inspect, execPath, readyMs } = options
    this.#spec = spec
    this.#clock = clock
    this.connector = connector
    this.moved = moved
    const hostOptions: BotHostOptions = {
      spec,
      trace,
      now: clock && (() => clock.now()),
      watch,
      inspect,
      execPath,
      readyMs,
      onStatus,
      onInspector,
      onEnded: () => connector.probe.lost(),
      hasProbeCalled: () => connector.probe.isThere,
      waitingTimers: async () =>
        connector.probe.isThere ? (await connector.probe.ask({ kind: 'due' }).catch(() => undefined))?.waiting : undefined,
      ...(probe && { probe: { file: probe, address: `${connector.serviceUrl}/probe`, ...(clock && { clock: clock.now() }) } })
    }
    this.host = new BotHost(hostOptions)
    this.channel = new BotChannel({
      connector,
      endpoint: () => this.host.endpoint,
      sdk: () => spec.sdk ?? connector.sdk,
      locale: options.locale,
      noticeMs: options.noticeMs,
      limitMs: options.limitMs
    })
  }

  /** The bot is not started yet: see `host.start`. */
  static async open(options: BotPlayOptions): Promise<BotPlay> {
    const preset = options.preset ?? PRESETS.emulator
    const { trace, clock, newId, addressFile } = options
    const { connector, moved } = await listenAsBefore(
      { trace, botId: options.spec.name, preset: fitting(preset, options.spec.sdk), now: clock && (() => clock.now()), newId },
      addressFile
    )
    return new BotPlay(options, connector, moved)
  }

  setPreset(preset: ChannelPreset): void {
    this.connector.setPreset(fitting(preset, this.sdk))
  }

  get sdk(): SdkId | undefined {
    return this.#spec.sdk ?? this.connector.sdk
  }

  /** Opens a conversation; resolves when the bot has answered what it was told of it, or rests. */
  async open(users: readonly ChannelAccount[] = [{ id: 'user', name: 'User' }], id?: string): Promise<string> {
    const conversationId = id ?? this.connector.newId()
    await this.settled(this.channel.open(users, conversationId))
    return conversationId
  }

  /** A user writes. Resolves when the bot has answered or, with virtual time, rests until time passes. */
  say(conversationId: string, text: string): Promise<void> {
    return this.settled(this.channel.say(conversationId, text))
  }

  /** Waits for what was begun as far as it goes without time passing. */
  async settled(post: Promise<unknown>): Promise<void> {
    let isOver = false
    const watched = post.finally(() => {
      isOver = true
      this.#posts.delete(watched)
    })
    this.#posts.add(watched)
    watched.catch(() => {})
    const { probe } = this.connector
    if (probe.isThere && this.#clock) {
      while (!isOver) {
        await Promise.race([watched, this.rest()])
        if (isOver) break
        // The bot has taken all that we posted, rests, and waits for a timer: it answers when time passes.
        const { at, serving = 0 } = await probe.ask({ kind: 'due' }).catch(() => ({ at: undefined, serving: 0 }))
        if (at !== undefined && serving >= this.#posts.size) return
      }
    }
    await watched
    await this.rest()
    // What the turn said is on its way only then.
    const batchMs = this.sdk && SDKS[this.sdk].batchMs
    if (batchMs !== undefined && probe.isThere) await this.#clock?.advance(batchMs)
  }

  /** Resolves when nothing is under way in the bot's process. */
  async rest(): Promise<void> {
    if (this.connector.probe.isThere) await this.connector.probe.ask({ kind: 'idle' }).catch(() => {})
  }

  /** The bot's timers, for the clock that they share with others. A bot without a probe keeps its own time. */
  get keeper(): TimeKeeper {
    const { probe } = this.connector
    return {
      name: `bot ${this.#spec.name}`,
      nextDue: async () => (probe.isThere ? (await probe.ask({ kind: 'due' }).catch(() => ({ at: undefined }))).at : undefined),
      runTo: async at => {
        if (probe.isThere) await probe.ask({ kind: 'run', at }).catch(() => {})
      }
    }
  }

  async dispose(): Promise<void> {
    this.channel.close()
    await this.host.dispose()
    await Promise.allSettled(this.#posts)
    await this.connector.close()
  }
}

/** v3 takes posts without a token from the emulator alone (C4). */
function fitting(preset: ChannelPreset, sdk: SdkId | undefined): ChannelPreset {
  const only = sdk && SDKS[sdk].onlyChannel
  return only ? { ...preset, id: only } : preset
}
