import { readHints } from '../shared/envelope.ts'
import { randomId } from '../shared/reporter.ts'

/** Everything the frame's address says (R20.2, docs/architecture.md). */
export interface FrameAddress {
  /** `…/v/<visitor>/` */
  base: string
  botId: string
  visitorId: string
  viewMode: string
  config: unknown
  pageId: string
  page: string
  theme: 'light' | 'dark' | undefined
  tab: number
  /** The virtual clock's time; undefined while the clock is real. */
  now: number | undefined
  /** Language of the visitor's browser, where it is another than the real one's. */
  language: string | undefined
  reference: string | undefined
}

/** @throws Error for an address that is no chat's */
export function readAddress(href: string): FrameAddress {
  const url = new URL(href)
  const match = /^(.*\/v\/([^/~]+)(?:~\d+)?\/)lite\/([^/]+)\/?$/.exec(url.pathname)
  if (!match) throw new Error(`This is not the address of a chat: ${url.pathname}`)
  const hints = readHints(url.hash)
  return {
    base: url.origin + match[1]!,
    visitorId: match[2]!,
    botId: decodeURIComponent(match[3]!),
    // Opened by itself it fills the window (R21.8).
    viewMode: url.searchParams.get('v') ?? 'Fullscreen',
    config: optionsOf(url.searchParams.get('options')),
    reference: url.searchParams.get('ref') ?? undefined,
    pageId: hints.pageId ?? randomId(12),
    page: hints.page ?? 'lite',
    theme: hints.theme,
    tab: hints.tab ?? 1,
    now: hints.now,
    language: hints.language
  }
}

function optionsOf(json: string | null): unknown {
  try {
    return (JSON.parse(json ?? '{}') as { config?: unknown } | null)?.config
  } catch {
    return undefined
  }
}
