import type { PageRef, PageReport } from '../../src/webchat/page-report.ts'
import { type HostLine, plainJson } from './host-line.ts'

/** Tells the simulator what happens in a page: in order, in batches, never in the way. */
export class Reporter {
  #line: HostLine
  #url: string
  #ref: PageRef
  #waiting: object[] = []
  #now: () => number

  /** @param url where a page that is being left posts what the line does not carry any more */
  constructor(line: HostLine, url: string, ref: PageRef, now: () => number) {
    this.#line = line
    this.#url = url
    this.#ref = ref
    this.#now = now
  }

  report(report: PageReport): void {
    this.#waiting.push({ ...report, ...this.#ref, at: this.#now() })
    if (this.#waiting.length === 1) queueMicrotask(() => this.flush())
  }

  /** What was reported so far leaves before what is said next on the line. */
  flush(): void {
    if (this.#waiting.length === 0) return
    const reports = this.#waiting.splice(0)
    this.#line.say({ kind: 'reports', reports })
  }

  /** The page is being left: what is reported last goes by a request that outlives it. */
  last(report: PageReport): void {
    this.#waiting.push({ ...report, ...this.#ref, at: this.#now() })
    const body = plainJson(this.#waiting.splice(0))
    fetch(this.#url, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body, keepalive: true }).catch(() => {})
  }
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
