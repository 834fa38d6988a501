import type { RefObject } from 'preact'
import { useEffect, useState } from 'preact/hooks'

/** The inner height of an element in px, also when it changes; until it is drawn, what is guessed. */
export function useHeight(element: RefObject<HTMLElement | null>, guess: number): number {
  const [height, setHeight] = useState(guess)
  useEffect(() => {
    const node = element.current
    if (!node) return
    const observer = new ResizeObserver(() => setHeight(node.clientHeight))
    observer.observe(node)
    return () => observer.disconnect()
  }, [])
  return height
}
