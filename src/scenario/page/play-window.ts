import { Script } from 'node:vm'
import type { Chance } from '../play/chance.ts'
import type { Browser } from './browser.ts'
import type { PageWindow } from './page.ts'
import { storageOver } from './storage.ts'
import type { TimerQueue } from './timer-queue.ts'

export interface WindowParts {
  browser: Browser
  tasks: TimerQueue
  chance: Chance
  tabStorage: Map<string, string>
  /** Text of a file that the page fetches from its own server. */
  read(path: string): string | undefined
  console(level: 'log' | 'info' | 'warn' | 'error', args: unknown[]): void
  refused(url: string): void
}

const FRAME_MS = 16
/** The page's own `Date`, made inside its context so that it is one of its own classes. */
const DATE = new Script(`(now => {
  const Real = Date
  class Played extends Real {
    constructor(...given) { if (given.length === 0) super(now()); else super(...given) }
    static now() { return now() }
  }
  return new Proxy(Played, { apply: () => new Played().toString() })
})`)

/** Gives a window the one clock's time, the seed's chance, the visitor's storage and language, and no way out. */
export function playWindow(window: PageWindow, parts: WindowParts): void {
  const { browser, tasks, chance, tabStorage } = parts
  const start = tasks.now()
  const call = (callback: unknown, args: unknown[]) => () => void (callback as (...args: unknown[]) => unknown).apply(window, args)
  const set = (name: string, value: unknown) =>
    Object.defineProperty(window, name, { value, writable: true, configurable: true, enumerable: true })
  set('setTimeout', (callback: unknown, ms = 0, ...args: unknown[]) => tasks.set(call(callback, args), Math.max(1, Number(ms) || 0)))
  set('setInterval', (callback: unknown, ms = 0, ...args: unknown[]) => tasks.set(call(callback, args), Math.max(1, Number(ms) || 0), true))
  set('setImmediate', (callback: unknown, ...args: unknown[]) => tasks.set(call(callback, args), 0))
  for (const name of ['clearTimeout', 'clearInterval', 'clearImmediate', 'cancelAnimationFrame', 'cancelIdleCallback']) {
    set(name, (timer: unknown) => tasks.clear(timer))
  }
  set('requestAnimationFrame', (callback: (time: number) => void) => tasks.set(() => callback(tasks.now() - start), FRAME_MS))
  set('requestIdleCallback', (callback: (deadline: object) => void) =>
    tasks.set(() => callback({ didTimeout: false, timeRemaining: () => FRAME_MS }), FRAME_MS)
  )
  set(
    'Date',
    DATE.runInContext(window)(() => tasks.now())
  )
  set('performance', { now: () => tasks.now() - start, timeOrigin: start, mark() {}, measure() {}, getEntriesByType: () => [] })
  window.Math.random = chance.next
  set('localStorage', storageOver(browser.storage))
  set('sessionStorage', storageOver(tabStorage))
  const say =
    (level: 'log' | 'info' | 'warn' | 'error') =>
    (...args: unknown[]) =>
      parts.console(level, args)
  const quiet = () => {}
  const own = {
    log: say('log'),
    info: say('info'),
    debug: say('log'),
    warn: say('warn'),
    error: say('error'),
    assert: quiet,
    trace: say('log')
  }
  set('console', {
    ...own,
    dir: say('log'),
    table: say('log'),
    group: quiet,
    groupEnd: quiet,
    groupCollapsed: quiet,
    time: quiet,
    timeEnd: quiet,
    count: quiet
  })
  window.happyDOM.virtualConsolePrinter?.clear?.()
  for (const [name, value] of [
    ['language', browser.language],
    ['languages', [browser.language]]
  ] as const) {
    Object.defineProperty(window.navigator, name, { value, configurable: true })
  }
  set('fetch', async (given: unknown) => {
    const url = new URL(typeof given === 'string' ? given : String((given as { url?: string }).url ?? given), window.location.href)
    const text = url.origin === window.location.origin ? parts.read(url.pathname) : undefined
    if (text !== undefined) return new window.Response(text, { status: 200 })
    parts.refused(url.href)
    throw new window.TypeError('Failed to fetch')
  })
  Object.defineProperty(window.document, 'cookie', {
    configurable: true,
    get: () => [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
    set: (text: string) => keepCookie(browser.cookies, String(text), tasks.now())
  })
}

function keepCookie(cookies: Map<string, string>, text: string, now: number): void {
  const [pair = '', ...attributes] = text.split(';')
  const [name = '', ...value] = pair.split('=')
  const given = new Map(attributes.map(attribute => [attribute.split('=')[0]!.trim().toLowerCase(), attribute.split('=')[1] ?? '']))
  const expires = given.get('expires')
  const isOver = Number(given.get('max-age')) <= 0 || (expires !== undefined && Date.parse(expires) <= now)
  if (isOver) cookies.delete(name.trim())
  else cookies.set(name.trim(), value.join('=').trim())
}
