import type { ComponentChildren } from 'preact'
import { Component, createContext } from 'preact'
import { useContext, useEffect, useReducer, useState } from 'preact/hooks'
import type { Store } from './store.ts'

export const StoreContext = createContext<Store>(undefined as unknown as Store)

/** The store; the component draws again when it changes. */
export function useStore(): Store {
  const store = useContext(StoreContext)
  const [, redraw] = useReducer((n: number) => n + 1, 0)
  useEffect(() => store.subscribe(() => redraw(undefined as never)), [store])
  return store
}

/** The clock as it moves; undefined before the host has told of one. */
export function useClock() {
  const store = useContext(StoreContext)
  const [, redraw] = useReducer((n: number) => n + 1, 0)
  useEffect(() => store.subscribeClock(() => redraw(undefined as never)), [store])
  return store.panel?.clock
}

/** The width of an element's content box, px; 0 before it was measured. */
export function useWidth(element: { current: HTMLElement | null }): number {
  const [width, setWidth] = useState(0)
  useEffect(() => {
    const node = element.current
    if (!node) return
    const observer = new ResizeObserver(([entry]) => entry && setWidth(Math.round(entry.contentRect.width)))
    observer.observe(node)
    return () => observer.disconnect()
  }, [element])
  return width
}

/** Draws its content again only when `of` has another value in it. */
export class Only extends Component<{ of: readonly unknown[]; children: () => ComponentChildren }> {
  override shouldComponentUpdate(next: { of: readonly unknown[] }): boolean {
    return next.of.length !== this.props.of.length || next.of.some((value, n) => value !== this.props.of[n])
  }

  override render() {
    return this.props.children()
  }
}
