import type { SocketOptions } from '../../webchat/outside.ts'
import type { Chance } from '../play/chance.ts'

/** A visitor's browser: what all of its tabs share. */
export class Browser {
  readonly name: string
  /** As pages read it when they load. */
  language: string
  readonly timezone: number
  readonly storage = new Map<string, string>()
  readonly cookies = new Map<string, string>()
  #first: string
  #isKnown = false
  #last: string

  constructor(
    name: string,
    { id, language = 'en', timezone = 0 }: { id?: string | undefined; language?: string | undefined; timezone?: number | undefined },
    chance: Chance
  ) {
    this.name = name
    this.language = language
    this.timezone = timezone
    this.#first = id ?? chance.id(24, name)
    this.#last = this.#first
  }

  /** Who this is to the server: the visitor as whom its chat was connected last. */
  get visitorId(): string {
    return this.#last
  }

  /** The visitor id of a new socket (R20.5): the one that is given, the one that was kept, or a fresh one. */
  identify({ visitorId, scope, useSessionStorage }: SocketOptions, tab: Map<string, string>, chance: Chance): string {
    const kept = useSessionStorage ? tab : this.storage
    const key = scope ? `bp/socket/${scope}/user` : 'bp/socket/user'
    const id = visitorId ?? kept.get(key) ?? this.#fresh(chance)
    kept.set(key, id)
    this.#last = id
    return id
  }

  /** The visitor that the scenario names comes first; whoever comes to be in this browser later has an id of their own. */
  #fresh(chance: Chance): string {
    if (this.#isKnown) return chance.id(24, this.name)
    this.#isKnown = true
    return this.#first
  }
}
