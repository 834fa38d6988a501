import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { PRESETS } from '../../botframework/presets.ts'
import { referenceAs } from '../../botframework/reference-forms.ts'
import { SDKS } from '../../botframework/sdk.ts'
import type { BotChatState, FromBotChat } from '../../protocol/bot-chat.ts'
import type { PageChoice } from '../../protocol/panel.ts'
import { activityText } from '../../trace/bot-lines.ts'
import { botReadingOf } from '../../trace/bots/reading.ts'
import { referencesOf } from '../../trace/bots/references.ts'
import { threadsOf } from '../../trace/bots/threads.ts'
import type { TraceEntry } from '../../trace/entry.ts'
import type { TraceLog } from '../../trace/log.ts'
import { inline } from '../../trace/words.ts'
import { pathBelow } from '../workspace.ts'
import { type AttachDebugger, BotDebugging } from './bot-debugging.ts'
import type { BotSpec } from './bot-host.ts'
import { BotPlay } from './bot-play.ts'
import { endpointOf, findBots } from './find-bots.ts'

export interface BotRoomOptions {
  folder: string
  trace: TraceLog
  /** `dist/probe.cjs`. */
  probe?: string | undefined
  /** Folder for what outlives the simulator. */
  storage?: string | undefined
  /** Without it bots are not opened to debuggers. */
  attach?: AttachDebugger | undefined
  /** A bot that somebody else runs, by its address. */
  endpoint?: string | undefined
  /** After so many ms without an answer a bot is said to hang. Default 15,000. */
  noticeMs?: number | undefined
  /** What is marked in chats, and where to ask what a message comes from. */
  sight?: { readonly messages: readonly string[]; inspect(name: string): void } | undefined
  now: () => number
}

/** How a bot is named among the pages that can be shown. */
const PREFIX = 'bot:'
const NEWS_MS = 60
/** What the author does to the bot's process, or only looks at. */
const OF_PROCESS: readonly FromBotChat['do'][] = ['debug', 'stop', 'restart', 'inspect']

/** The bots of the Bot Framework family that the workspace holds, each started when its chat is first shown. */
export class BotRoom {
  #options: BotRoomOptions
  #specs = new Map<string, BotSpec>()
  /** Folders of the bots that were found so far. */
  #found = new Set<string>()
  #plays = new Map<string, Promise<BotPlay>>()
  #debugging = new Map<BotPlay, BotDebugging>()
  #listeners = new Set<() => void>()
  #timer: NodeJS.Timeout | undefined
  #unsubscribe: () => void
  #isDisposed = false
  /** Conversations that were opened for a visitor of the simulator. */
  #met = new Set<string>()

  constructor(options: BotRoomOptions) {
    this.#options = options
    this.#unsubscribe = options.trace.subscribe(() => this.changed())
  }

  /** The bots as pages to choose from. */
  pages(): PageChoice[] {
    const { folder, endpoint } = this.#options
    if (endpoint !== undefined) this.#specs.set(PREFIX + endpoint, { name: endpoint, endpoint })
    for (const bot of findBots(folder)) {
      if (this.#found.has(bot.folder)) continue
      this.#found.add(bot.folder)
      // Copies of a sample bear the same name.
      const name = this.#specs.has(PREFIX + bot.name) ? `${bot.name} in ${pathBelow(folder, bot.folder)}` : bot.name
      const start = bot.command === undefined ? undefined : { run: bot.command, cwd: bot.folder }
      // A bot with a port of its own keeps it; others are given a free one.
      this.#specs.set(PREFIX + name, {
        name,
        sdk: bot.sdk,
        ...(bot.port !== undefined || !start ? { endpoint: endpointOf(bot) } : {}),
        ...(start && { start })
      })
    }
    return [...this.#specs].map(([id, { name, sdk }]) => ({
      id,
      title: `${name} (${sdk ? SDKS[sdk].title : 'bot'})`,
      botIds: [],
      plays: 'bot'
    }))
  }

  has(page: string): boolean {
    return this.#specs.has(page)
  }

  /** Calls the listener soon after something may be shown otherwise. Returns the way to stop. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /** Somebody looks at the bot's chat: the bot is started if need be, and they are in a conversation with it. */
  async enter(page: string, userId: string): Promise<void> {
    const play = await this.#play(page)
    const key = `${page}\n${userId}`
    if (this.#met.has(key)) return
    this.#met.add(key)
    if (play.host.status.status !== 'outside') await play.host.start().catch(() => {})
    await play.open([{ id: userId, name: 'You' }]).catch(() => {})
  }

  async state(page: string, userId: string): Promise<BotChatState> {
    const play = await this.#play(page)
    const spec = this.#specs.get(page)!
    const { connector, host } = play
    const entries = this.#options.trace.entries
    const mine = new Set(connector.conversations.all.filter(({ members }) => members.has(userId)).map(({ id }) => id))
    const reading = botReadingOf(entries)
    const { id, joins, quota } = connector.preset()
    return {
      bot: {
        name: spec.name,
        sdk: play.sdk && SDKS[play.sdk].title,
        endpoint: host.endpoint,
        status: host.status.status,
        isOurs: spec.start !== undefined,
        canDebug: spec.start !== undefined && this.#options.attach !== undefined && this.#probe !== undefined,
        ...(host.status.message !== undefined && { message: host.status.message })
      },
      userId,
      channel: { id, joins, ...(quota && { quota }) },
      reach: connector.reachOf(userId),
      threads: threadsOf(entries).filter(thread => mine.has(thread.id)),
      references: referencesOf(entries, connector.serviceUrl)
        .filter(reference => connector.conversations.find(reference.conversationId))
        .map(reference => ({
          conversationId: reference.conversationId,
          user: reference.user.name ?? reference.user.id,
          channelId: reference.channelId,
          lastAt: reference.lastAt,
          isStale: reference.isStale,
          forms: { v3: form('v3', reference), v4: form('v4', reference), agents: form('agents', reference) }
        })),
      steps: reading.steps
        .filter(step => reading.isSeen(step.conversationId) && mine.has(step.conversationId))
        .map(({ message, before, after, change }) => ({ text: activityText(message.activity), before, after, change }))
        .reverse(),
      stacks: Object.fromEntries([...mine].flatMap(id => (reading.stackOf(id) ? [[id, reading.stackOf(id)!]] : []))),
      triggers: triggersIn(entries),
      marked: [...(this.#options.sight?.messages ?? [])]
    }
  }

  /** Does what the chat's page asks. Rejects with a sentence. */
  async do(page: string, userId: string, command: FromBotChat): Promise<void> {
    const play = await this.#play(page)
    const { channel, connector, host } = play
    const debugging = this.#debugging.get(play)!
    const from = { id: userId, name: 'You', role: 'user' }
    // What is said while a debugger is on its way comes when the breakpoints are set.
    if (!OF_PROCESS.includes(command.do)) await debugging.settled()
    switch (command.do) {
      case 'say':
        await begun(channel.say(command.thread, command.text, { from }))
        break
      case 'send':
        await begun(channel.send(command.thread, { from, ...command.activity }, 'author'))
        break
      case 'open':
        await begun(play.open([{ id: userId, name: 'You' }]))
        break
      case 'install':
        await begun(channel.install(command.thread, command.action))
        break
      case 'members':
        if (command.add) await begun(channel.addMembers(command.thread, [{ id: command.add, name: command.add, role: 'user' }]))
        if (command.remove) await begun(channel.removeMembers(command.thread, [command.remove]))
        break
      case 'reach':
        connector.setReach(userId, command.reach)
        break
      case 'trigger':
        await begun(channel.trigger(command.url, command.method, command.body))
        break
      case 'token': {
        const { connectionName, token } = command
        connector.tokens.give(userId, connectionName, token)
        const value = { channelId: connector.preset().id, connectionName, token }
        await begun(channel.send(command.thread, { from, type: 'event', name: 'tokens/response', value }, 'channel'))
        break
      }
      case 'quota': {
        const { quota: _, ...preset } = connector.preset()
        play.setPreset({ ...preset, ...(command.quota && { quota: command.quota }) })
        this.changed()
        break
      }
      case 'restart':
        await host.restart()
        break
      case 'debug':
        await debugging.start()
        break
      case 'stop':
        debugging.end()
        await host.stop()
        break
      case 'channel':
        play.setPreset(PRESETS[command.id])
        this.changed()
        break
      case 'inspect':
        this.#options.sight?.inspect(command.message)
        break
      case 'fault':
        connector.limits.stage([...connector.limits.staged, { calls: 1, answer: command.answer }])
    }
  }

  async dispose(): Promise<void> {
    this.#isDisposed = true
    clearTimeout(this.#timer)
    this.#unsubscribe()
    const plays = await Promise.allSettled(this.#plays.values())
    await Promise.allSettled(plays.map(play => (play.status === 'fulfilled' ? play.value.dispose() : undefined)))
  }

  #play(page: string): Promise<BotPlay> {
    const known = this.#plays.get(page)
    if (known) return known
    if (this.#isDisposed) return Promise.reject(new Error('The simulator was closed.'))
    const spec = this.#specs.get(page)
    if (!spec) return Promise.reject(new Error(`There is no bot “${page.slice(PREFIX.length)}”.`))
    const { trace, storage } = this.#options
    const name = spec.name.replace(/[^\w.-]+/g, '_')
    const play = BotPlay.open({
      spec,
      trace,
      probe: this.#probe,
      addressFile: storage === undefined ? undefined : resolve(storage, 'bots', `${name}.json`),
      noticeMs: this.#options.noticeMs,
      onStatus: () => this.changed(),
      onInspector: async url => this.#debugging.get(await play)?.opened(spec.name, url)
    }).then(opened => {
      this.#debugging.set(opened, new BotDebugging(opened.host, () => this.#options.attach))
      return opened
    })
    this.#plays.set(page, play)
    // It is tried anew when it is asked for again.
    play.catch(() => this.#plays.delete(page))
    return play
  }

  /** Without it nothing is seen of the bot's state, which is no reason not to talk to it. */
  get #probe(): string | undefined {
    const { probe } = this.#options
    return probe !== undefined && existsSync(probe) ? probe : undefined
  }

  /** Something may be shown otherwise. */
  changed(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      for (const listener of this.#listeners) listener()
    }, NEWS_MS)
  }
}

/**
 * What the bot makes of it stands in the trace; only what cannot be begun is an error here. A page has few connections, of which each turn that does not end
 * would hold one.
 */
async function begun(work: Promise<unknown>): Promise<void> {
  work.catch(() => {})
  await Promise.race([work, new Promise(resolve => setImmediate(resolve))])
}

const form = (as: 'v3' | 'v4' | 'agents', reference: Parameters<typeof referenceAs>[1]) =>
  JSON.stringify(referenceAs(as, reference), undefined, 2)

/** Addresses that were called, the last first, each once with its last result. */
function triggersIn(entries: readonly TraceEntry[]): BotChatState['triggers'] {
  const called = new Map<string, { key: string; method: string; url: string }>()
  const shown = new Map<string, BotChatState['triggers'][number]>()
  for (const entry of entries) {
    if (entry.kind === 'bot-triggered') {
      const { pathname, search } = new URL(entry.url)
      called.set(entry.triggerId, { key: `${entry.method} ${entry.url}`, method: entry.method, url: pathname + search })
    }
    if (entry.kind !== 'bot-trigger-ended') continue
    const call = called.get(entry.triggerId)
    if (!call) continue
    const result =
      entry.status === undefined
        ? (entry.reason ?? 'no answer')
        : `${entry.status}${entry.body === undefined ? '' : ` ${inline(entry.body)}`}`
    shown.delete(call.key)
    shown.set(call.key, { method: call.method, url: call.url, result })
  }
  return [...shown.values()].reverse()
}
