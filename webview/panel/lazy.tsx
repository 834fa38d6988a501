import type { ComponentType, JSX } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { TEXTS } from './texts.ts'

/**
 * A component whose code is a file of its own, fetched when it is first drawn or earlier by `fetchSoon`. Its place stays empty until then; if the
 * file cannot be had, a sentence says so and offers to try again.
 */
export function lazy<P extends object>(load: () => Promise<ComponentType<P>>): (props: P & JSX.IntrinsicAttributes) => JSX.Element | null {
  let loaded: ComponentType<P> | undefined
  const fetchIt = async () => {
    loaded ??= await load()
  }
  WANTED.push(fetchIt)
  return function Lazy(props) {
    const [, redraw] = useState({})
    const [failed, setFailed] = useState(false)
    const attempt = () =>
      fetchIt().then(
        () => redraw({}),
        () => setFailed(true)
      )
    // It may have come between drawing and here, so what was drawn decides.
    const isThere = loaded !== undefined
    useEffect(() => {
      if (!isThere) void attempt()
    }, [])
    if (loaded) {
      const Loaded = loaded
      return <Loaded {...props} />
    }
    if (!failed) return null
    return (
      <p class="hint" role="alert">
        {TEXTS.notLoaded}{' '}
        <button
          type="button"
          class="link"
          onClick={() => {
            setFailed(false)
            void attempt()
          }}
        >
          {TEXTS.startAgain}
        </button>
      </p>
    )
  }
}

const WANTED: (() => Promise<void>)[] = []

/** Fetches what is likely to be wanted once the page has nothing better to do, so that the first click on it does not wait. */
export function fetchSoon(): void {
  const idle = window.requestIdleCallback ?? ((action: () => void) => setTimeout(action, 500))
  idle(async () => {
    for (const fetchIt of WANTED) await fetchIt().catch(() => {})
  })
}
