/** `localStorage` or `sessionStorage` of a visitor's browser, which outlives pages. */
export function storageOver(kept: Map<string, string>): Storage {
  const methods = {
    getItem: (key: unknown) => kept.get(String(key)) ?? null,
    setItem: (key: unknown, value: unknown) => void kept.set(String(key), String(value)),
    removeItem: (key: unknown) => void kept.delete(String(key)),
    clear: () => kept.clear(),
    key: (index: unknown) => [...kept.keys()][Number(index)] ?? null
  }
  return new Proxy(methods as unknown as Storage, {
    get: (target, key) => {
      if (key === 'length') return kept.size
      if (Object.hasOwn(methods, key)) return Reflect.get(target, key)
      return typeof key === 'string' ? kept.get(key) : undefined
    },
    set: (_, key, value) => {
      if (typeof key === 'string') kept.set(key, String(value))
      return true
    },
    deleteProperty: (_, key) => {
      kept.delete(String(key))
      return true
    },
    has: (_, key) => key in methods || kept.has(String(key)),
    ownKeys: () => [...kept.keys()],
    getOwnPropertyDescriptor: (_, key) =>
      kept.has(String(key)) ? { value: kept.get(String(key)), enumerable: true, configurable: true, writable: true } : undefined
  })
}
