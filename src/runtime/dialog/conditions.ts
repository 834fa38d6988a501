import vm from 'node:vm'
import type { BotEvent } from '../api.ts'
import type { Realm } from '../scripts/realm.ts'

/** What conditions, templates and actions see (R10.8, R11.2). */
export function viewOf(event: BotEvent): Record<string, unknown> {
  const { user, session, temp, bot } = event.state
  return { event, user, session, temp, bot, workflow: event.state.workflow }
}

type Condition = (...values: unknown[]) => unknown
const NAMES = ['event', 'user', 'session', 'temp', 'bot', 'workflow'] as const

/** Evaluates transition conditions (R10.8). */
export class Conditions {
  readonly #realm: () => Realm
  #compiled = new Map<string, Condition>()

  constructor(realm: () => Realm) {
    this.#realm = realm
  }

  /** @throws anything but a TypeError, which counts as false */
  async holds(text: string | undefined, event: BotEvent): Promise<boolean> {
    const condition = text?.trim() ?? ''
    if (condition === 'true') return true
    if (condition === '') return false
    const view: Record<string, unknown> = { ...viewOf(event), workflow: event.state.workflow ?? {} }
    if (condition.startsWith('lastNode')) {
      const stack = event.state.__stacktrace as { node: string }[]
      return (
        condition.replace(/\s/g, '') === `lastNode=${stack[stack.length - 2]?.node ?? ''}` ||
        condition === `lastNode=${stack[stack.length - 2]?.node ?? ''}`
      )
    }
    try {
      return Boolean(await this.#compile(condition)(...NAMES.map(name => view[name])))
    } catch (error) {
      if ((error as Error)?.name === 'TypeError') return false
      throw error
    }
  }

  #compile(text: string): Condition {
    let made = this.#compiled.get(text)
    if (!made) {
      // With a call in it the text runs in a sandbox whose `require` denies everything.
      const deny = /[(`]/.test(text) ? [...NAMES, 'require'] : NAMES
      const body = vm.compileFunction(`return (${text}\n)`, [...deny], {
        filename: 'condition',
        parsingContext: this.#realm().context
      }) as Condition
      made = (...values) => body(...values, denied)
      if (this.#compiled.size > 5000) this.#compiled.clear()
      this.#compiled.set(text, made)
    }
    return made
  }
}

function denied(name: string): never {
  throw new Error(`Access denied to require '${name}'`)
}
