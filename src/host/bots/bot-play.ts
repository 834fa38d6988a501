import { setTimeout as pause } from 'node:timers/promises'
import type { ChannelAccount } from '../../botframework/activity.ts'
import { type ChannelPreset, PRESETS } from '../../botframework/presets.ts'
import { SDKS, type SdkId } from '../../botframework/sdk.ts'
import { BotChannel } from '../../channels/botframework/channel.ts'
import type { Connector } from '../../channels/botframework/connector.ts'
import type { Due } from '../../channels/botframework/probe-line.ts'
import { NOTICE_MS } from '../../channels/botframework/unanswered.ts'
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
  /** What chance there is in a Node bot's process follows from it. Default: nothing does. */
  seed?: number | undefined
  /** Where the connector's address is kept between runs. */
  addressFile?: string | undefined
  newId?: (() => string) | undefined
  locale?: string | undefined
  watch?: boolean | undefined
  /** A turn that takes longer is told of and no longer waited for, real ms (C11). Default 15 s. */
  noticeMs?: number | undefined
  limitMs?: number | undefined
  readyMs?: number | undefined
  execPath?: string | undefined
  onStatus?: ((status: BotStatus) => void) | undefined
  onInspector?: ((url: string) => void) | undefined
}

/** So often a bot must be seen to have nothing left to do before it counts as one that hangs. */
const LOOKS = 3
const SHORT_TURN_MS = 10

/** A bot with a channel round it: what the simulator, scenarios and the command line play. */
export class BotPlay {
  readonly connector: Connector
  readonly channel: BotChannel
  readonly host: BotHost
  /** The connector is not where it was: references that the bot stored before lead nowhere. */
  readonly moved: boolean
  readonly #spec: BotSpec
  readonly #clock: SharedClock | undefined
  readonly #patienceMs: number
  #posts = new Set<Promise<unknown>>()

  private constructor(options: BotPlayOptions, connector: Connector, moved: boolean) {
    const { spec, trace, probe, clock, onStatus, onInspector, watch, execPath, readyMs } = options
    this.#spec = spec
    this.#clock = clock
    this.#patienceMs = options.noticeMs ?? NOTICE_MS
    this.connector = connector
    this.moved = moved
    const hostOptions: BotHostOptions = {
      spec,
      trace,
      now: clock && (() => clock.now()),
      watch,
      execPath,
      readyMs,
      onStatus,
      onInspector,
      onEnded: () => connector.probe.lost(),
      hasProbeCalled: () => connector.probe.isThere,
      waitingTimers: async () =>
        connector.probe.isThere ? (await connector.probe.ask({ kind: 'due' }).catch(() => undefined))?.waiting : undefined,
      ...(probe && {
        probe: { file: probe, address: `${connector.serviceUrl}/probe`, ...(clock && { clock: clock.now() }), seed: options.seed }
      })
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
      {
        trace,
        botId: options.spec.name,
        preset: fitting(preset, options.spec.sdk),
        now: clock && (() => clock.now()),
        newId,
        patienceMs: options.noticeMs
      },
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

  /** Waits for what was begun as far as it goes without time passing, and no longer than a turn may take: who hangs is told of, and waited for no more. */
  async settled(post: Promise<unknown>): Promise<void> {
    if (!(await this.#taken(post))) return
    await this.rest()
    // What the turn said is on its way only then.
    const batchMs = this.sdk && SDKS[this.sdk].batchMs
    if (batchMs !== undefined && this.connector.probe.isThere) await this.#clock?.advance(batchMs)
  }

  /** As `open`, for many people one after the other: a bot that answers at the end of its turn is not asked after each whether it rests. */
  async admit(users: readonly ChannelAccount[], id: string): Promise<void> {
    const post = this.channel.open(users, id)
    const answersLast = this.sdk === 'v4' || this.sdk === 'agents'
    await (answersLast ? this.#taken(post) : this.settled(post))
  }

  /** @returns whether the post has ended. Otherwise the bot waits for time to pass, or hangs, which is told. */
  async #taken(post: Promise<unknown>): Promise<boolean> {
    let isOver = false
    const watched = post.finally(() => {
      isOver = true
      this.#posts.delete(watched)
    })
    this.#posts.add(watched)
    watched.catch(() => {})
    const patience = AbortSignal.timeout(this.#patienceMs)
    const late = new Promise<boolean>(resolve => patience.addEventListener('abort', () => resolve(true)))
    const hangs = await Promise.race([late, this.#served(watched, () => isOver || patience.aborted)])
    if (hangs) this.channel.unanswered.giveUp()
    else if (isOver) await watched
    return isOver && !hangs
  }

  /**
   * Resolves when the post has ended, or as far as it goes without time passing: the bot has taken all that we posted, rests, and waits for a timer.
   *
   * @returns whether it waits for nothing that could come
   */
  async #served(watched: Promise<unknown>, isOver: () => boolean): Promise<boolean> {
    const { probe } = this.connector
    let atRest = 0
    // Most turns are short: the bot is not asked how far it is while it is answering.
    if (probe.isThere && this.#clock) await Promise.race([watched.catch(() => {}), pause(SHORT_TURN_MS)])
    while (probe.isThere && this.#clock && !isOver()) {
      await Promise.race([watched.catch(() => {}), this.rest()])
      if (isOver()) return false
      const { at, serving = 0, works = true }: Due = await probe.ask({ kind: 'due' }).catch(() => ({}))
      const hasTaken = serving >= this.#posts.size
      if (at !== undefined && hasTaken) return false
      atRest = at === undefined && hasTaken && !works ? atRest + 1 : 0
      if (atRest === LOOKS) return true
    }
    await watched.catch(() => {})
    return false
  }

  /** Resolves when nothing is under way in the bot's process. */
  async rest(): Promise<void> {
    if (this.connector.probe.isThere) await this.connector.probe.ask({ kind: 'idle' }).catch(() => {})
  }

  /** The bot's timers and the channel's patience with it, for the clock that they share with others. A bot without a probe keeps its own time. */
  get keeper(): TimeKeeper {
    const { probe } = this.connector
    const { unanswered } = this.channel
    return {
      name: `bot ${this.#spec.name}`,
      nextDue: async () => {
        const own: Due = probe.isThere ? await probe.ask({ kind: 'due' }).catch(() => ({})) : {}
        return own.at === undefined ? unanswered.due : Math.min(own.at, unanswered.due ?? own.at)
      },
      runTo: async at => {
        if (probe.isThere) await probe.ask({ kind: 'run', at }).catch(() => {})
        unanswered.runTo(at)
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
