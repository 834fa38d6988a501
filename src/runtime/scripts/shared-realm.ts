import { lived } from '../lived.ts'
import { Inventory } from './inventory.ts'
import { type Realm, type RealmHost, sandboxedRealm } from './realm.ts'

/**
 * The realm of scripts that leave no trace in theirs. To make one costs about a millisecond, and its end as much again, so lives of an engine hand it
 * on as long as it is as new. It speaks for the life in which the script runs that calls: what is left of one that is over reaches nobody.
 */
export class SharedRealm {
  readonly realm: Realm
  readonly #hosts = new WeakMap<object, RealmHost>()
  readonly #kind: RealmHost['clock']['kind']
  readonly #isRandom: boolean
  #inventory: Inventory | undefined
  #newest: RealmHost

  /** @param stays whether it is meant to be handed on: to take stock of it takes longer than to make it */
  constructor(host: RealmHost, stays: boolean) {
    this.#newest = host
    this.#kind = host.clock.kind
    this.#isRandom = host.random === undefined
    this.moveIn(host)
    const now = () => this.#now
    this.realm = sandboxedRealm({
      get clock() {
        return now().clock
      },
      random: host.random && (() => (now().random ?? Math.random)()),
      uncaught: error => now().uncaught(error),
      timer: told => now().timer?.(told),
      console: (level, text) => now().console(level, text)
    })
    if (stays) this.#inventory = new Inventory(this.realm.context)
  }

  /** The life of now lives here. */
  moveIn(host: RealmHost): void {
    this.#newest = host
    const life = lived.getStore()
    if (life) this.#hosts.set(life, host)
  }

  /** Whether a life can move in as if it were new. */
  isAsNewFor({ clock, random }: RealmHost): boolean {
    return clock.kind === this.#kind && (random === undefined) === this.#isRandom && this.#inventory?.isComplete() === true
  }

  get #now(): RealmHost {
    const life = lived.getStore()
    return (life && this.#hosts.get(life)) ?? this.#newest
  }
}
