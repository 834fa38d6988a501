/**
 * Storage of one visitor among several at the same address: every key carries whose it is. Pages notice nothing: they read, write and list only what is theirs,
 * and hear only of their own changes.
 */

/** Keys of the simulator itself, which outlive visitors. */
const OURS = 'proactive-hooks'

/** What stands before each key of a visitor. */
export function prefixOf(visitorId: string, tab?: number): string {
  return `${OURS}/${visitorId}/${tab === undefined ? '' : `${tab}/`}`
}

/** A storage of which only the keys with the prefix are seen. */
export function partOf(storage: Storage, prefix: string): Storage {
  const keys = () =>
    Object.keys(storage)
      .filter(key => key.startsWith(prefix))
      .map(key => key.slice(prefix.length))
  const methods = {
    getItem: (key: string) => storage.getItem(prefix + key),
    setItem: (key: string, value: string) => storage.setItem(prefix + key, value),
    removeItem: (key: string) => storage.removeItem(prefix + key),
    key: (index: number) => keys()[index] ?? null,
    clear: () => {
      for (const key of keys()) storage.removeItem(prefix + key)
    }
  }
  return new Proxy(Object.create(Storage.prototype) as Storage, {
    get(_, name) {
      if (name === 'length') return keys().length
      if (typeof name === 'symbol') return Reflect.get(Storage.prototype, name)
      if (Object.hasOwn(methods, name)) return methods[name as keyof typeof methods]
      const own = methods.getItem(name)
      return own ?? Reflect.get(Object.prototype, name)
    },
    set(_, name, value) {
      methods.setItem(String(name), String(value))
      return true
    },
    has: (_, name) => methods.getItem(String(name)) !== null || Object.hasOwn(methods, name) || name === 'length',
    deleteProperty(_, name) {
      methods.removeItem(String(name))
      return true
    },
    ownKeys: keys,
    getOwnPropertyDescriptor(_, name) {
      const value = methods.getItem(String(name))
      return value === null ? undefined : { value, writable: true, enumerable: true, configurable: true }
    }
  })
}

/** The visitor's part of the browser's storage, or undefined where storage is forbidden. */
export function visitorStorage(kind: 'local' | 'session', visitorId: string, tab: number): Storage | undefined {
  try {
    return kind === 'local' ? partOf(localStorage, prefixOf(visitorId)) : partOf(sessionStorage, prefixOf(visitorId, tab))
  } catch {
    return undefined
  }
}

/** Forgets what visitors left who are no more. */
export function forgetOthers(visitors: readonly string[]): void {
  for (const storage of [localStorage, sessionStorage]) {
    for (const key of Object.keys(storage)) {
      const [ours, visitorId] = key.split('/')
      if (ours === OURS && visitorId !== undefined && !visitors.includes(visitorId)) storage.removeItem(key)
    }
  }
}
