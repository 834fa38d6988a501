import type { PageClock } from '../../src/webchat/page-clock.ts'

type Handler = ((...args: unknown[]) => void) | string

/** Puts the page on the virtual clock: the time it reads, and its timers. Drawing goes on as it is, with the clock's time. */
export function installVirtualTime(clock: PageClock): void {
  installDate(clock)
  const begun = clock.now()
  const callback = (handler: Handler, args: unknown[]) => () => {
    try {
      // As in a browser, text is code of the page.
      // biome-ignore lint/security/noGlobalEval: see above
      if (typeof handler === 'string') window.eval(handler)
      else handler.apply(window, args)
    } catch (error) {
      reportError(error)
    }
  }
  const clear = (timer?: unknown) => clock.clear(timer)
  Object.assign(window, {
    setTimeout: (handler: Handler, ms?: number, ...args: unknown[]) => clock.set(callback(handler, args), ms ?? 0),
    setInterval: (handler: Handler, ms?: number, ...args: unknown[]) => clock.every(callback(handler, args), ms ?? 0),
    clearTimeout: clear,
    clearInterval: clear
  })
  const frame = window.requestAnimationFrame.bind(window)
  window.requestAnimationFrame = run => frame(() => run(clock.now() - begun))
  performance.now = () => clock.now() - begun
}

function installDate(clock: PageClock): void {
  const Real = Date
  function VirtualDate(this: unknown, ...args: unknown[]): unknown {
    if (new.target === undefined) return new Real(clock.now()).toString()
    return Reflect.construct(Real, args.length > 0 ? args : [clock.now()], new.target)
  }
  Object.setPrototypeOf(VirtualDate, Real)
  Object.defineProperty(VirtualDate, 'name', { value: 'Date' })
  Object.defineProperty(VirtualDate, 'length', { value: 7 })
  VirtualDate.prototype = Real.prototype
  Object.defineProperty(VirtualDate, 'now', { configurable: true, writable: true, value: () => clock.now() })
  Object.defineProperty(Real.prototype, 'constructor', { configurable: true, writable: true, value: VirtualDate })
  window.Date = VirtualDate as unknown as DateConstructor
}
