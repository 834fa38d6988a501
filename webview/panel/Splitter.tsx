import { useState } from 'preact/hooks'
import { TEXTS } from './texts.ts'
import { useStore } from './use.ts'

const STEP = 0.04
const inRange = (part: number) => Math.max(0.2, Math.min(0.8, part))

/** The line between page and trace: drawn with the pointer, moved with the arrow keys. */
export function Splitter({ body }: { body: { current: HTMLElement | null } }) {
  const store = useStore()
  const [drawing, setDrawing] = useState(false)
  const { split } = store.saved
  const move = (event: PointerEvent) => {
    const box = body.current?.getBoundingClientRect()
    if (drawing && box) store.update({ split: inRange((event.clientX - box.left) / box.width) })
  }
  const keys = (event: KeyboardEvent) => {
    const moves: Record<string, number> = { ArrowLeft: split - STEP, ArrowRight: split + STEP, Home: 0.2, End: 0.8 }
    const next = moves[event.key]
    if (next === undefined) return
    event.preventDefault()
    store.update({ split: inRange(next) })
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule (hr) cannot be moved.
    <div
      class={drawing ? 'splitter drawing' : 'splitter'}
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={TEXTS.resize}
      aria-valuenow={Math.round(split * 100)}
      aria-valuemin={20}
      aria-valuemax={80}
      onKeyDown={keys}
      onPointerDown={event => {
        event.currentTarget.setPointerCapture(event.pointerId)
        setDrawing(true)
      }}
      onPointerMove={move}
      onPointerUp={() => setDrawing(false)}
      onPointerCancel={() => setDrawing(false)}
      onDblClick={() => store.update({ split: 0.5 })}
    />
  )
}
