import { DEFAULT_NODE } from './rule-settings.ts'

/** Members of the language's library by the first version of Node that has them. They are not in Botpress's Node 12 (R3.24). */
const MEMBERS: Record<string, number> = {
  replaceAll: 15,
  any: 15,
  AggregateError: 15,
  WeakRef: 14,
  FinalizationRegistry: 14,
  at: 16,
  hasOwn: 16,
  cause: 16,
  findLast: 18,
  findLastIndex: 18,
  toSorted: 20,
  toReversed: 20,
  toSpliced: 20,
  with: 20,
  isWellFormed: 20,
  groupBy: 21,
  withResolvers: 22,
  fromAsync: 22,
  union: 22,
  intersection: 22,
  difference: 22
}

/** Globals that hooks do not see (R3.17), with what does the job. The sandbox of Botpress hides some of them on every Node. */
const GLOBALS: Record<string, { since: number; instead: string }> = {
  fetch: { since: 18, instead: "`require('axios')`" },
  URL: { since: Number.POSITIVE_INFINITY, instead: "`require('url').URL`" },
  URLSearchParams: { since: Number.POSITIVE_INFINITY, instead: "`require('url').URLSearchParams`" },
  TextEncoder: { since: Number.POSITIVE_INFINITY, instead: "`require('util').TextEncoder`" },
  TextDecoder: { since: Number.POSITIVE_INFINITY, instead: "`require('util').TextDecoder`" },
  queueMicrotask: { since: Number.POSITIVE_INFINITY, instead: '`Promise.resolve().then(…)`' },
  structuredClone: { since: 17, instead: "`require('lodash').cloneDeep(…)`" },
  AbortController: { since: 15, instead: 'the `timeout` of axios' },
  WeakRef: { since: 14, instead: 'a plain reference' },
  crypto: { since: 19, instead: "`require('crypto')`" }
}

const UNKNOWN_NAME = new Set([2304, 2552, 2583, 2584])

/**
 * The sentence for a name that a version of Node lacks.
 *
 * @param code TypeScript's message about the name
 * @returns `known` when that version has it, undefined when the name is nothing of this kind
 */
export function missingIn(node: number, name: string, code: number): string | 'known' | undefined {
  const where = node === DEFAULT_NODE ? 'Botpress runs hooks on Node 12' : `The server runs Node ${node}`
  const global = UNKNOWN_NAME.has(code) && Object.hasOwn(GLOBALS, name) ? GLOBALS[name] : undefined
  if (global) {
    if (node >= global.since) return 'known'
    return `${where}, where hooks see no \`${name}\`: the hook throws here, and the event goes on without it. Use ${global.instead}.`
  }
  const since = code === 2550 ? (MEMBERS[name] ?? 16) : undefined
  if (since === undefined) return undefined
  if (node >= since) return 'known'
  return `${where}, where \`${name}\` does not exist: the hook throws here, and the event goes on without it.`
}
