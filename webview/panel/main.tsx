import { render } from 'preact'
import { useEffect } from 'preact/hooks'
import * as z from 'zod/mini'
import { App } from './App.tsx'
import './panel.css'
import { pressHandedOnKeys } from './editor-keys.ts'
import { fetchSoon } from './lazy.tsx'
import { Store } from './store.ts'
import { StoreContext, useStore } from './use.ts'

// Zod's compiled parsers need `eval`, which the page's policy forbids.
z.config({ jitless: true })

const store = new Store()
const root = document.documentElement
root.dataset.host = store.transport.kind
if (store.transport.kind === 'editor') pressHandedOnKeys()

/** A plain browser has no theme of its own: the host's choice, or else the system's. */
function Themed() {
  const { panel } = useStore()
  useEffect(() => {
    if (panel?.theme) root.dataset.theme = panel.theme
    else delete root.dataset.theme
  }, [panel?.theme])
  return <App />
}

render(
  <StoreContext.Provider value={store}>
    <Themed />
  </StoreContext.Provider>,
  document.getElementById('root') ?? document.body
)
fetchSoon()
