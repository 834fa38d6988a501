/** So long a bot may take before it is said to hang, ms (C11): the limit that is commonly named for channels in the cloud. */
export const NOTICE_MS = 15_000

interface Open {
  /** By the channel's clock. */
  due: number
  hangs(): void
}

/** Posts to a bot that it has not answered yet. Each that takes too long, by the computer's clock or the channel's, is told of once. */
export class Unanswered {
  #open = new Set<Open>()
  #now: () => number

  /** @param now the channel's clock; it may be virtual */
  constructor(now: () => number) {
    this.#now = now
  }

  /**
   * @param tell says that the bot hangs
   * @returns to be called when the post has ended
   */
  begin(tell: () => void, afterMs: number): () => void {
    const end = () => {
      clearTimeout(timer)
      this.#open.delete(open)
    }
    const hangs = () => {
      end()
      tell()
    }
    const open: Open = { due: this.#now() + afterMs, hangs }
    const timer = setTimeout(hangs, afterMs)
    this.#open.add(open)
    return end
  }

  /** When the next is told of, by the channel's clock. */
  get due(): number | undefined {
    return this.#open.size === 0 ? undefined : Math.min(...[...this.#open].map(({ due }) => due))
  }

  /** Tells of those that are due, by the channel's clock. */
  runTo(at: number): void {
    for (const { due, hangs } of this.#open) if (due <= at) hangs()
  }

  /** Nothing will come of those that are open: it is told now. */
  giveUp(): void {
    for (const { hangs } of this.#open) hangs()
  }
}
