import type dns from 'node:dns'
import type { NetworkGuard } from './guard.ts'
import { refused } from './refused.ts'

type Look = (host: string, ...rest: unknown[]) => unknown
type Methods = Record<string, unknown>

/** `dns` as scripts get it: asking for a name tells a server which name, so it is a call like any other. */
export function guardedDns(real: typeof dns, guard: () => NetworkGuard): object {
  const withCallback = (target: Methods, name: string): Look => {
    const look = target[name] as Look
    return function (this: unknown, host, ...rest) {
      const done = rest.at(-1)
      if (typeof done !== 'function') return look.call(target, host, ...rest)
      const end = begin(guard(), host)
      if (end.refused) return void process.nextTick(done as () => void, end.refused)
      const heard = (error: Error | null, ...found: unknown[]) => {
        end(error)
        return done(error, ...found)
      }
      return look.call(isResolver(this) ? this : target, host, ...rest.slice(0, -1), heard)
    }
  }
  const withPromise = (target: Methods, name: string): Look => {
    const look = target[name] as Look
    return async function (this: unknown, host, ...rest) {
      const end = begin(guard(), host)
      if (end.refused) throw end.refused
      try {
        const found = await look.call(isResolver(this) ? this : target, host, ...rest)
        end(null)
        return found
      } catch (error) {
        end(error as Error)
        throw error
      }
    }
  }
  const isResolver = (value: unknown): value is object => value instanceof real.Resolver || value instanceof real.promises.Resolver
  return {
    ...guarded(real as unknown as Methods, withCallback),
    Resolver: resolver(real.Resolver, withCallback),
    promises: { ...guarded(real.promises as unknown as Methods, withPromise), Resolver: resolver(real.promises.Resolver, withPromise) }
  }
}

type Wrap = (target: Methods, name: string) => Look

const isLook = (name: string) => /^(lookup|resolve|reverse)/.test(name)

function guarded(module: Methods, wrap: Wrap): Methods {
  return Object.fromEntries(Object.keys(module).map(name => [name, isLook(name) ? wrap(module, name) : module[name]]))
}

// biome-ignore lint/suspicious/noExplicitAny: a mixin's constructor
function resolver<T extends new (...args: any[]) => object>(Real: T, wrap: Wrap): T {
  const Guarded = class extends Real {}
  for (const name of Object.getOwnPropertyNames(Real.prototype))
    if (isLook(name)) Object.defineProperty(Guarded.prototype, name, { value: wrap(Real.prototype as Methods, name), configurable: true })
  return Guarded
}

/** Starts the entry of a look-up; `refused` when it must not take place. */
function begin(guard: NetworkGuard, host: string): ((error: Error | null) => void) & { refused?: Error } {
  const url = `dns://${host}`
  const reason = guard.refusalOf(String(host), undefined)
  const end = guard.record('LOOKUP', url)
  const heard = (error: Error | null) => (error ? end('failed', undefined, error.message) : end('allowed'))
  if (reason === undefined) return heard
  end('refused', undefined, reason)
  return Object.assign(heard, { refused: refused(`LOOKUP ${url}`, reason) })
}
