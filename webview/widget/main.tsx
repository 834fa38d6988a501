/** The chat's frame: reads its address, begins its life, draws it. */
import './widget.css'
import { render } from 'preact'
import { Life } from '../../src/webchat/life.ts'
import { handOnKeys } from '../shared/editor-keys.ts'
import { App } from './app.tsx'
import { browserOutside } from './browser-outside.ts'
import { readAddress } from './frame-address.ts'
import { Hands } from './hands.ts'
import { StyleSheets } from './style-sheets.ts'

const address = readAddress(location.href)
const hands = new Hands()
const outside = browserOutside(
  address,
  gesture => hands.do(gesture, life),
  messages => draw(messages)
)
const life = new Life(
  outside,
  { ...(address.config as object), ...(address.reference && { reference: address.reference }) },
  address.viewMode,
  document.querySelector<HTMLMetaElement>('meta[name="botpress-version"]')?.content
)
hands.tell = (gesture, by) => {
  const { chatId } = life.config
  outside.report({ kind: 'page-gesture', gesture, by, ...(chatId !== undefined && { chatId }) })
}
const theme = address.theme ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')
document.documentElement.dataset.theme = theme
const sheets = new StyleSheets({
  base: address.base,
  page: address.page,
  warn: text => outside.report({ kind: 'page-console', level: 'warn', text })
})
sheets.apply(life.config)
life.onChange(() => sheets.apply(life.config))
document.documentElement.lang = life.config.locale ?? address.language ?? navigator.language

window.addEventListener('message', event => {
  if (event.source === window) return
  const { action, payload, place } = (event.data ?? {}) as { action?: unknown; payload?: unknown; place?: never }
  // Tells the page's script that somebody listens.
  event.ports[0]?.postMessage('heard')
  life.command(action, payload, place)
})
document.addEventListener('keydown', event => {
  if (event.key !== 'Escape') return
  hands.did({ do: 'escape' })
  life.escape()
})
handOnKeys(1)

// A frame in an editor may open no windows.
document.addEventListener('click', event => {
  const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[href]') : null
  if (!link || link.download) return
  event.preventDefault()
  outside.openLink(link.href)
})

/** @param marked ids of the messages that the author looks at in the trace */
function draw(marked: readonly string[] = []): void {
  render(<App life={life} hands={hands} marked={marked} onInspect={id => outside.inspect(id)} />, document.getElementById('app')!)
}
draw()
life.start().catch((error: Error) => {
  outside.warn(`[webchat] ${error.message}`)
  outside.report({ kind: 'page-refused', status: 0, reason: error.message })
})
