import { type Envelope, writeHints } from '../shared/envelope.ts'
import type { Reporter } from '../shared/reporter.ts'
import { OUR_SCRIPTS, placeInStack } from '../shared/stack-place.ts'
import type { Stage } from '../shared/stage.ts'
import { pageTheme } from './page-theme.ts'

/** The argument of `init`, as far as this side reads it. */
export interface ChatConfig {
  botId?: string
  host?: string
  chatId?: string
  viewMode?: string
  ref?: string
  [key: string]: unknown
}

/** How long a frame may stay silent before what was posted to it counts as lost. */
const SILENCE_MS = 5000
/** A frame that has begun to speak has handled what came before within this time. */
const HANDLED_MS = 100

let hostWasTold = false

/** One chat of the page: its container and frame, and what passes between page and frame. */
export class ChatFrame {
  #stage: Stage
  #frame: HTMLIFrameElement
  #speaks = false
  #unheard = new Set<() => void>()

  constructor(stage: Stage, config: ChatConfig, targetSelector: string) {
    this.#stage = stage
    const { root, reporter, ref, tab, clock, language } = stage
    if (config.host !== undefined && !hostWasTold) {
      hostWasTold = true
      const text = `The page names the server ${config.host}; the simulator's own stands in for it.`
      reporter.report({ kind: 'page-console', level: 'info', text, place: placeInStack(new Error().stack, OUR_SCRIPTS) })
    }
    const style = document.createElement('link')
    style.rel = 'stylesheet'
    style.href = `${root}site/assets/modules/channel-web/inject.css`
    document.head.append(style)

    const container = document.createElement('div')
    container.id = config.chatId ? `${config.chatId}-container` : 'bp-web-widget'
    const frame = document.createElement('iframe')
    frame.id = config.chatId ?? 'bp-widget'
    frame.title = 'Chat'
    frame.className = 'bp-widget-web bp-widget-loading'
    frame.src = frameUrl(
      root,
      config,
      writeHints({ pageId: ref.pageId, page: ref.page, theme: pageTheme(), tab, now: clock?.now(), language })
    )
    container.append(frame)
    // A selector that finds nothing fails here, as it does in reality.
    document.querySelector(targetSelector)!.append(container)
    this.#frame = frame
  }

  get window(): Window | null {
    return this.#frame.contentWindow
  }

  /** Posts to the frame. Nothing is queued: before the frame's code listens it is lost (R20.2). */
  post(action: string, payload: unknown): void {
    const place = placeInStack(new Error().stack, OUR_SCRIPTS)
    const envelope: Envelope = { action, payload, ...(place && { place }) }
    const { port1, port2 } = new MessageChannel()
    const { machine } = this.#stage
    this.#stage.reachedOut()
    this.#frame.contentWindow?.postMessage(envelope, '*', [port2])
    const lost = () => {
      this.#unheard.delete(lost)
      machine.clearTimeout(timer)
      port1.close()
      ChatFrame.reportLost(this.#stage.reporter, action, payload, 'loading', place)
    }
    const timer = machine.setTimeout(lost, this.#speaks ? HANDLED_MS * 10 : SILENCE_MS)
    this.#unheard.add(lost)
    port1.onmessage = () => {
      this.#unheard.delete(lost)
      machine.clearTimeout(timer)
      port1.close()
    }
  }

  /** What the frame posts to the page; `setClass` and `setWidth` are for this side (R21.2). */
  heard(data: unknown): void {
    if (!this.#speaks) {
      this.#speaks = true
      const unheard = [...this.#unheard]
      this.#stage.machine.setTimeout(() => {
        for (const lost of unheard) if (this.#unheard.has(lost)) lost()
      }, HANDLED_MS)
    }
    const { type, value } = (data ?? {}) as { type?: unknown; value?: unknown }
    if (type === 'setClass') this.#frame.className = String(value)
    if (type === 'setWidth') this.#frame.style.width = typeof value === 'number' ? `${value}px` : String(value)
  }

  /** Reports an event that reached nobody. Configuration calls are no events. */
  static reportLost(reporter: Reporter, action: string, payload: unknown, phase: 'before-init' | 'loading', at?: { file: string }): void {
    if (action !== 'event' && action !== 'sendPayload') return
    const type = (payload as { type?: unknown } | null)?.type
    reporter.report({
      kind: 'page-sent',
      via: action === 'event' ? 'sendEvent' : 'sendPayload',
      ...(typeof type === 'string' && { type }),
      payload,
      phase,
      fate: 'dropped',
      place: at ?? placeInStack(new Error().stack, OUR_SCRIPTS)
    })
  }
}

/** `<host>/lite/<botId>/?m=channel-web&v=<viewMode>&options=<json>[&ref=…]` (R20.2). */
function frameUrl(root: string, config: ChatConfig, hints: string): string {
  const { ref, viewMode = 'Embedded' } = config
  const options = encodeURIComponent(JSON.stringify({ config: { ...config, host: root.replace(/\/$/, '') } }))
  const reference = ref === undefined ? '' : `&ref=${encodeURIComponent(ref)}`
  return `${root}lite/${encodeURIComponent(String(config.botId))}/?m=channel-web&v=${viewMode}&options=${options}${reference}#${hints}`
}
