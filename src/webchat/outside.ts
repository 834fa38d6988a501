import type { PageReport } from './page-report.ts'
import type { Timers } from './types.ts'

/** An answer of the server part of channel-web. */
export interface Answer {
  status: number
  body: unknown
}

/** Everything around the chat's life: the host page, the server, time. The browser's is in webview/widget/browser-outside.ts, a scenario's in src/scenario. */
export interface Outside extends Timers {
  /** Posts to the page, target `*` (R21.13). */
  post(message: unknown): void
  /** Opens a socket; resolves with the visitor id, rejects when none is obtained. */
  connect(options: SocketOptions): Promise<{ userId: string }>
  /** Posts to a route; rejects only when the server cannot be reached. */
  request(route: string, body: Record<string, unknown>): Promise<Answer>
  /** The bot said something, and sounds are wanted; `isOpen`: in a chat that is open. */
  ring?(isOpen: boolean): void
  /** A warning in the frame's own console. */
  warn(text: string): void
  report(report: PageReport): void
  /** A fresh visitor id: 24 letters and digits (R20.5). */
  newVisitorId(): string
  /** Time zone in hours, language of the browser (R19.9). */
  locale(): { timezone: number; language: string }
}

export interface SocketOptions {
  /** `config.userId` of at least 24 characters, or a fresh visitor: used as it is (R20.5, R20.10). */
  visitorId: string | undefined
  scope: string | undefined
  useSessionStorage: boolean
  onPush(name: string, payload: Record<string, unknown>): void
}
