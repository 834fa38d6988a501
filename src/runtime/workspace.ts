import { existsSync, readdirSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import type { BotConfig } from './api.ts'
import type { GhostFiles } from './files.ts'
import { type OnProblem, placeOf, readJson } from './json-file.ts'

const CONFIG = 'bot.config.json'

/** The files of a Botpress folder that describe bots and server. */
export class Workspace {
  readonly root: string
  readonly #files: GhostFiles
  readonly #onProblem: OnProblem
  #bots: Map<string, BotConfig> | undefined
  #json = new Map<string, unknown>()

  constructor(root: string, files: GhostFiles, onProblem: OnProblem) {
    this.root = root
    this.#files = files
    this.#onProblem = onProblem
  }

  /** Bots that are not disabled, by id. */
  bots(): Map<string, BotConfig> {
    this.#bots ??= this.#readBots()
    return this.#bots
  }

  /** `data/global/botpress.config.json`, or nothing. */
  // biome-ignore lint/suspicious/noExplicitAny: the file is the author's
  serverConfig(): Record<string, any> {
    return this.json(join(this.root, 'data', 'global', 'botpress.config.json')) ?? {}
  }

  /** A JSON file's content; undefined when it is missing or broken (the latter is reported). */
  // biome-ignore lint/suspicious/noExplicitAny: the file is the author's
  json(file: string): Record<string, any> | undefined {
    if (!this.#json.has(file)) this.#json.set(file, this.#read(file))
    return this.#json.get(file) as Record<string, unknown> | undefined
  }

  changed(files: readonly string[]): void {
    if (!files.some(file => /\.json$/i.test(file))) return
    this.#bots = undefined
    this.#json.clear()
  }

  #readBots(): Map<string, BotConfig> {
    const folder = join(this.root, 'data', 'bots')
    const bots = new Map<string, BotConfig>()
    if (!existsSync(folder)) return bots
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (!entry.isDirectory() || entry.name.startsWith('.')) continue
      const file = this.#configOf(entry.name)
      if (!existsSync(file)) continue
      const config = this.json(file)
      if (config && !config.disabled) bots.set(entry.name, { ...config, id: entry.name })
    }
    return bots
  }

  /** Why there is no such bot, in a sentence. */
  whyNoBot(botId: string): string {
    const file = this.#configOf(botId)
    if (!existsSync(dirname(file))) return `There is no bot “${botId}” in data/bots.`
    if (!existsSync(file)) return `There is no bot “${botId}”: its folder has no ${CONFIG}.`
    return this.json(file)
      ? `The bot “${botId}” is switched off: “disabled” stands in its ${CONFIG}.`
      : `The bot “${botId}” cannot be mounted: its ${CONFIG} cannot be read.`
  }

  #configOf(botId: string): string {
    return join(this.root, 'data', 'bots', botId, CONFIG)
  }

  #name(file: string): string {
    return relative(this.root, file).replaceAll('\\', '/')
  }

  #without(file: string): string {
    const folder = dirname(file)
    const isBot = file === this.#configOf(basename(folder))
    return isBot ? `, so the bot “${basename(folder)}” is not there` : ''
  }

  #read(file: string): unknown {
    try {
      return readJson(this.#files, file)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT')
        this.#onProblem(placeOf(error, file), `${this.#name(file)} cannot be read${this.#without(file)}: ${(error as Error).message}`)
      return undefined
    }
  }
}
