import { readFile } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { join } from 'node:path'
import { refuse, sendDocument, sendFile, sendHtml, sendScript } from './answers.ts'
import { builtinPage } from './builtin-page.ts'
import { widgetDocument } from './documents.ts'
import { rewritePage } from './page-rewrite.ts'
import { siteFile } from './site-files.ts'

/** What the stage's script is told about the visitor whose page it runs in. */
export interface StageSettings {
  visitorId: string
  /** The how-manieth tab of their browser. */
  tab: number
  /** Language of their browser; absent: as it is. */
  language?: string
  /** Time of the virtual clock; absent: the clock is real. */
  now?: number
  /** Visitors whose storage is still needed. */
  visitors: string[]
}

export interface PageServerOptions {
  /** Folder of the browser's scripts. */
  webview: string
  /** Folder that pages are served from. */
  base(): string
  /** Bot of the built-in page. */
  botId(): string | undefined
  /** Folder that holds `data/`. */
  root(): string | undefined
  /** The release of Botpress whose chat pages get. */
  botpressVersion(): string
  /** What the script of a page at this visitor's part of an address is told. */
  stage(part: string): StageSettings
  /** A file of the workspace was given to a page. */
  onServed(file: string): void
}

const INJECT = ['assets', 'modules', 'channel-web']
const INJECTED = ['inject.js', 'inject.css']
const VOICEFLOW = ['widget.js', 'widget-next.js']

/** Whether the path is one below which `inject.js` lies. @returns what follows, or undefined */
export function belowInject(parts: readonly string[]): string[] | undefined {
  const at = parts.findIndex((_, index) => INJECT.every((part, offset) => parts[index + offset] === part))
  return at < 0 ? undefined : parts.slice(at + INJECT.length)
}

/** Serves pages of the workspace and the scripts that run in them. */
export class PageServer {
  #options: PageServerOptions

  constructor(options: PageServerOptions) {
    this.#options = options
  }

  /** The page as a browser of the stage gets it. `root` is the path of the visitor's part: `/<secret>/v/<part>/`. */
  staged(html: string, root: string): string {
    return rewritePage(html, {
      stage: `${root}stage.js`,
      inject: `${root}site/${INJECT.join('/')}/inject.js`,
      voiceflow: `${root}voiceflow`
    })
  }

  builtin(root: string, response: ServerResponse): void {
    sendHtml(response, this.staged(builtinPage(this.#options.botId()), root))
  }

  async site(root: string, parts: string[], response: ServerResponse): Promise<void> {
    const below = belowInject(parts)
    if (below && below.length === 1 && INJECTED.includes(below[0]!)) return this.inject(below, response)
    const file = this.#fileOf(parts.at(-1) === '' ? parts.slice(0, -1) : parts, below)
    // Browsers ask for it by themselves; its lack is no mistake of the page.
    if (!file) {
      const status = parts.at(-1) === 'favicon.ico' ? 204 : 404
      return refuse(response, status, `There is no file ${parts.join('/')} in the workspace that a page may have.`)
    }
    this.#options.onServed(file)
    if (/\.html?$/i.test(file)) sendHtml(response, this.staged(await readFile(file, 'utf8'), root))
    else await sendFile(response, file)
  }

  /** What lies below `assets/modules/channel-web`, authors put into `data/`. */
  #fileOf(parts: readonly string[], below: readonly string[] | undefined): string | undefined {
    const { base, root } = this.#options
    const home = below && root()
    return siteFile(base(), parts) ?? (home === undefined ? undefined : siteFile(home, ['data', ...INJECT, ...below!]))
  }

  async inject(name: string[], response: ServerResponse): Promise<void> {
    if (name.length !== 1 || !INJECTED.includes(name[0]!)) {
      return refuse(response, 404, 'The simulator has no such file of channel-web.')
    }
    await sendFile(response, join(this.#options.webview, name[0]!))
  }

  async voiceflow(name: string[], response: ServerResponse): Promise<void> {
    if (name.length !== 1 || !VOICEFLOW.includes(name[0]!)) return refuse(response, 404, 'The simulator has no such file of Voiceflow.')
    const code = await readFile(join(this.#options.webview, 'voiceflow.js'), 'utf8')
    sendScript(response, withSettings(code, { generation: name[0] === 'widget.js' ? 'legacy' : 'current' }))
  }

  async stage(part: string, root: string, response: ServerResponse): Promise<void> {
    const code = await readFile(join(this.#options.webview, 'stage.js'), 'utf8')
    sendScript(response, withSettings(code, { root, ...this.#options.stage(part) }))
  }

  async widget(parts: string[], response: ServerResponse): Promise<void> {
    const [, name = ''] = parts
    if (parts.length !== 2) return refuse(response, 404, 'There is nothing here.')
    if (name === '') return sendDocument(response, widgetDocument(this.#options.botpressVersion()))
    if (name !== 'widget.js' && name !== 'widget.css') return refuse(response, 404, 'There is nothing here.')
    await sendFile(response, join(this.#options.webview, name))
  }
}

/** A script that finds its settings in a constant. A block keeps the name away from the page's own. */
function withSettings(code: string, settings: object): string {
  return `{\nconst __PROACTIVE_HOOKS__ = ${JSON.stringify(settings).replaceAll('<', '\\u003c')};\n${code}\n}\n`
}
