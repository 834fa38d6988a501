import { isDeepStrictEqual } from 'node:util'
import type { Change } from '../trace/entry.ts'
import { safeString } from './problem.ts'

/** What scripts changed on an event: a copy of it is kept and compared with the event as it is. */

/** Fields that the engine itself keeps on the event. */
const ENGINE_FIELDS = new Set(['id', 'createdOn', 'flags', 'processing', 'activeProcessing'])
const MAX_DEPTH = 12

/** A copy of plain data; what JSON cannot hold is described in a few words. Shared and circular parts are cut. Never throws: getters and proxies of an author may. */
export function copy(value: unknown, depth = 0): unknown {
  try {
    return copied(value, depth)
  } catch (error) {
    return `[${safeString(error)}]`
  }
}

function copied(value: unknown, depth: number): unknown {
  if (value === null || typeof value !== 'object') {
    return typeof value === 'function'
      ? `[function ${value.name}]`
      : typeof value === 'symbol' || typeof value === 'bigint'
        ? String(value)
        : value
  }
  if (depth > MAX_DEPTH) return '[…]'
  // `map` would make an array of the realm that the value comes from.
  if (Array.isArray(value)) return Array.from(value, item => copy(item, depth + 1))
  if (isSpecial(value)) {
    const tag = Object.prototype.toString.call(value)
    if (tag === '[object Date]') return dateOf(value as Date)
    if (tag === '[object Map]' || tag === '[object Set]' || tag === '[object Promise]' || tag === '[object RegExp]') return tag
    if (tag === '[object Error]') return String(value)
  }
  const made: Record<string, unknown> = {}
  for (const key of Object.keys(value)) {
    try {
      made[key] = copy((value as Record<string, unknown>)[key], depth + 1)
    } catch (error) {
      made[key] = `[${safeString(error)}]`
    }
  }
  return made
}

function dateOf(date: Date): string {
  return Number.isNaN(date.getTime()) ? 'Invalid Date' : date.toISOString()
}

/** Whether a live value still equals its copy. */
function same(before: unknown, after: unknown, depth: number): boolean {
  if (before === after) return true
  if (typeof after !== 'object' || after === null || typeof before !== 'object' || before === null) {
    return typeof after === 'number' && Number.isNaN(after) && Number.isNaN(before as number) ? true : isDescribed(before, after, depth)
  }
  if (depth > MAX_DEPTH) return true
  if (Array.isArray(after)) {
    return Array.isArray(before) && before.length === after.length && after.every((item, index) => same(before[index], item, depth + 1))
  }
  if (Array.isArray(before)) return false
  const keys = Object.keys(after)
  if (keys.length !== Object.keys(before).length) return false
  return keys.every(
    key => key in before && same((before as Record<string, unknown>)[key], (after as Record<string, unknown>)[key], depth + 1)
  )
}

/** A string copy that stands for something else: a date, a function, a map. */
function isDescribed(before: unknown, after: unknown, depth: number): boolean {
  return typeof before === 'string' && typeof after !== 'string' && copy(after, depth) === before
}

const plain = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Changes between a copy and a value, in the paths an author would write. Arrays and new objects count as a whole. Never throws. */
export function difference(before: unknown, after: unknown, path: string, found: Change[] = [], depth = 0): Change[] {
  try {
    return compare(before, after, path, found, depth)
  } catch {
    // Something in it cannot be read: compared by its description.
    const now = copy(after, depth)
    if (!isDeepStrictEqual(before, now)) found.push({ path, ...(before !== undefined && { before }), after: now })
    return found
  }
}

function compare(before: unknown, after: unknown, path: string, found: Change[], depth: number): Change[] {
  if (!plain(before) || !plain(after) || depth > MAX_DEPTH || isSpecial(after)) {
    if (!same(before, after, depth))
      found.push({ path, ...(before !== undefined && { before }), ...(after !== undefined && { after: copy(after, depth) }) })
    return found
  }
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const below = path === '' ? key : `${path}.${key}`
    if (!(key in after) && before[key] !== undefined) found.push({ path: below, before: before[key] })
    else difference(before[key], after[key], below, found, depth + 1)
  }
  return found
}

/** Prototypes of plain objects, one for each realm: whose objects need not be asked what they are. */
const plainPrototypes = new WeakSet<object>()

function isSpecial(value: object): boolean {
  const prototype: object | null = Object.getPrototypeOf(value)
  if (prototype !== null && plainPrototypes.has(prototype) && !(Symbol.toStringTag in value)) return false
  const special = Object.prototype.toString.call(value) !== '[object Object]'
  if (!special && prototype !== null && Object.getPrototypeOf(prototype) === null) plainPrototypes.add(prototype)
  return special
}

/**
 * Finds changes as `difference` does, and brings the copy up to date where something changed: with many hooks most of a state stays as it is.
 * Runs after every hook, so a path is put together only where something is found. Never throws.
 *
 * @param trail the keys that lead to `holder`
 */
function update(holder: Record<string, unknown>, key: string, after: unknown, trail: string[], found: Change[]): void {
  const before = holder[key]
  if (before === after && (typeof after !== 'object' || after === null)) return
  const depth = trail.length
  try {
    if (plain(before) && plain(after) && depth <= MAX_DEPTH && !isSpecial(after)) {
      trail.push(key)
      updateBelow(before, after, trail, found)
      trail.pop()
      return
    }
    if (same(before, after, depth)) return
  } catch {
    trail.length = depth
    // Something in it cannot be read: compared by its description.
    if (isDeepStrictEqual(before, copy(after, depth))) return
  }
  found.push({
    path: pathOf(trail, key),
    ...(before !== undefined && { before }),
    ...(after !== undefined && { after: copy(after, depth) })
  })
  holder[key] = copy(after, depth)
}

function updateBelow(before: Record<string, unknown>, after: Record<string, unknown>, trail: string[], found: Change[]): void {
  let kept = 0
  for (const key in before) {
    if (Object.hasOwn(after, key)) {
      kept++
      update(before, key, after[key], trail, found)
    } else {
      if (before[key] !== undefined) found.push({ path: pathOf(trail, key), before: before[key] })
      delete before[key]
    }
  }
  const keys = Object.keys(after)
  if (kept === keys.length) return
  for (const key of keys) if (!Object.hasOwn(before, key)) update(before, key, after[key], trail, found)
}

const pathOf = (trail: readonly string[], key: string) => (trail.length === 0 ? key : `${trail.join('.')}.${key}`)

/** The copy of an event that changes are measured against. */
export class Watched {
  readonly #event: Record<string, unknown>
  #copy: Record<string, unknown> = {}

  constructor(event: Record<string, unknown>) {
    this.#event = event
    for (const key of Object.keys(event)) if (!ENGINE_FIELDS.has(key)) this.#copy[key] = copy(this.#part(key))
  }

  /** What changed since the last call (or since the start). */
  changes(): Change[] {
    const found: Change[] = []
    for (const key of Object.keys(this.#copy)) {
      if (key in this.#event) update(this.#copy, key, this.#part(key), [], found)
      else {
        if (this.#copy[key] !== undefined) found.push({ path: key, before: this.#copy[key] })
        delete this.#copy[key]
      }
    }
    for (const key of Object.keys(this.#event)) {
      if (!ENGINE_FIELDS.has(key) && !Object.hasOwn(this.#copy, key)) update(this.#copy, key, this.#part(key), [], found)
    }
    return found
  }

  /** Of the state, what belongs to authors. */
  #part(key: string): unknown {
    try {
      const value = this.#event[key]
      if (key !== 'state' || !plain(value)) return value
      const { user, session, context, temp, bot } = value
      return { user, session, context, temp, bot }
    } catch (error) {
      return `[${safeString(error)}]`
    }
  }
}
