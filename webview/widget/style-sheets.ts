import type { ChatConfig } from '../../src/webchat/config.ts'

/** Options by which a page names a style sheet, in the order in which they count (R20.4). */
const OPTIONS = ['stylesheet', 'extraStylesheet'] as const
/** Servers of this machine; others are asked for nothing. The frame's policy says the same. */
const HERE = /^(127\.0\.0\.1|localhost)$/

export interface StyleSheetsOptions {
  /** `…/v/<visitor>/` */
  base: string
  /** The page that the chat is on, as a path below the workspace. */
  page: string
  warn(text: string): void
}

/** The style sheets that a page names for its chat: files of the workspace, or of a server on this machine. */
export class StyleSheets {
  readonly #options: StyleSheetsOptions
  readonly #links = new Map<(typeof OPTIONS)[number], { named: unknown; link?: HTMLLinkElement }>()

  constructor(options: StyleSheetsOptions) {
    this.#options = options
  }

  /** Makes them those that the configuration names now. */
  apply(config: ChatConfig): void {
    for (const option of OPTIONS) {
      const named = config[option]
      const before = this.#links.get(option)
      if (before?.named === named) continue
      before?.link?.remove()
      const link = typeof named === 'string' && named !== '' ? this.#load(option, named) : undefined
      this.#links.set(option, { named, ...(link && { link }) })
    }
  }

  #load(option: (typeof OPTIONS)[number], named: string): HTMLLinkElement | undefined {
    const { warn } = this.#options
    const addresses = this.#addressesOf(named)
    if (addresses.length === 0) {
      warn(
        `The chat’s ${option} ${named} lies on another server, which the simulator does not ask. Put a copy into the workspace to see it here.`
      )
      return undefined
    }
    const link = document.createElement('link')
    link.rel = 'stylesheet'
    link.dataset.option = option
    link.href = addresses.shift()!
    link.addEventListener('error', () => {
      const next = addresses.shift()
      if (next !== undefined) link.href = next
      else warn(`The chat’s ${option} ${named} was not found.`)
    })
    // The order of the options is that of the sheets.
    const later = OPTIONS.slice(OPTIONS.indexOf(option) + 1).map(other => this.#links.get(other)?.link)
    document.head.insertBefore(link, later.find(other => other !== undefined) ?? null)
    return link
  }

  /** A path is one of the page's own server, whose root may be a folder that the page lies in. */
  #addressesOf(named: string): string[] {
    const { base, page } = this.#options
    if (/^([a-z]+:)?\/\//i.test(named)) {
      const url = URL.canParse(named, base) ? new URL(named, base) : undefined
      return url && (url.origin === new URL(base).origin || (url.protocol === 'http:' && HERE.test(url.hostname))) ? [url.href] : []
    }
    const folders = page.split('/').slice(0, -1)
    const path = named.replace(/^\//, '')
    return Array.from(
      { length: folders.length + 1 },
      (_, depth) => new URL([...folders.slice(0, depth), path].join('/'), `${base}site/`).href
    )
  }
}
