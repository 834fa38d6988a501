/**
 * Heights of the items of a long list, some measured, the others estimated. All questions are answered in O(log n), so a list of 100,000 items
 * scrolls like one of 100 (a Fenwick tree over the heights).
 */
export class Heights {
  readonly #estimate: number
  #sizes: number[] = []
  #tree: number[] = [0]

  /** @param estimate px of an item that was never measured */
  constructor(estimate: number) {
    this.#estimate = estimate
  }

  get count(): number {
    return this.#sizes.length
  }

  get total(): number {
    return this.offset(this.count)
  }

  /** Adds an item at the end. */
  push(size = this.#estimate): void {
    this.#sizes.push(size)
    const i = this.#sizes.length
    let sum = size
    for (let j = 1; j < lowBit(i); j *= 2) sum += this.#tree[i - j]!
    this.#tree.push(sum)
  }

  /** Leaves out the items behind the first so many. */
  shrink(count: number): void {
    if (count >= this.count) return
    this.#sizes.length = count
    this.#tree.length = count + 1
  }

  /** @returns by how much the item grew */
  set(index: number, size: number): number {
    const change = size - this.#sizes[index]!
    if (change === 0) return 0
    this.#sizes[index] = size
    for (let i = index + 1; i < this.#tree.length; i += lowBit(i)) this.#tree[i]! += change
    return change
  }

  /** px from the list's top to the item's. */
  offset(index: number): number {
    let sum = 0
    for (let i = Math.min(index, this.count); i > 0; i -= lowBit(i)) sum += this.#tree[i]!
    return sum
  }

  /** The item at `y` px from the top; the first or last where `y` lies outside. */
  at(y: number): number {
    let index = 0
    let left = y
    for (let step = highBit(this.count); step > 0; step >>= 1) {
      const next = index + step
      if (next <= this.count && this.#tree[next]! <= left) {
        index = next
        left -= this.#tree[next]!
      }
    }
    return Math.max(0, Math.min(index, this.count - 1))
  }
}

const lowBit = (i: number) => i & -i
const highBit = (n: number) => (n === 0 ? 0 : 1 << (31 - Math.clz32(n)))
