import type { PageRef, PageReport } from '../../src/webchat/page-report.ts'

/** Tells the simulator what happens in a page: in order, in batches, never in the way. */
export class Reporter {
  #url: string
  #ref: PageRef
  #waiting: object[] = []
  #sending: Promise<void> | undefined

  constructor(url: string, ref: PageRef) {
    this.#url = url
    this.#ref = ref
  }

  report(report: PageReport): void {
    this.#waiting.push({ ...report, ...this.#ref, at: Date.now() })
    this.#sending ??= Promise.resolve().then(() => this.#send())
  }

  /** Resolves when everything reported so far has arrived, so that what follows comes later in the trace too. */
  async flush(): Promise<void> {
    while (this.#sending) await this.#sending
  }

  async #send(): Promise<void> {
    while (this.#waiting.length > 0) {
      const body = plainJson(this.#waiting.splice(0, 100))
      // A page that is being left still reports (`keepalive`); a simulator that is gone hears nothing.
      await fetch(this.#url, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body,
        keepalive: body.length < 60_000
      }).catch(() => {})
    }
    this.#sending = undefined
  }
}

/** JSON of what a page may have put anywhere: cycles and big integers stand as words. */
function plainJson(value: unknown): string {
  const above: unknown[] = []
  return JSON.stringify(value, function (this: unknown, _key, item: unknown) {
    if (typeof item === 'bigint') return `${item}n`
    if (typeof item === 'function') return `‹function ${item.name}›`
    if (typeof item !== 'object' || item === null) return item
    while (above.length > 0 && above.at(-1) !== this) above.pop()
    if (above.includes(item)) return '‹circular›'
    above.push(item)
    return item
  })
}

/** The page's id for its address: the path below `site/`, or `builtin`. */
export function pageOf(pathname: string): string {
  const match = /\/v\/[^/]+\/(?:site\/(.*)|(builtin|lite)\b.*)$/.exec(pathname)
  return decodeURIComponent(match?.[1] || match?.[2] || 'index.html')
}

export function randomId(length = 24): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
  return Array.from(crypto.getRandomValues(new Uint8Array(length)), byte => letters[byte % letters.length]).join('')
}
