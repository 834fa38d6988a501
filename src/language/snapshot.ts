import type ts from 'typescript'

/** A text that knows what changed since an older one, so that TypeScript parses only that again. */
export class Snapshot implements ts.IScriptSnapshot {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }

  getText(start: number, end: number): string {
    return this.text.slice(start, end)
  }

  getLength(): number {
    return this.text.length
  }

  /** The common head and tail of both texts are unchanged; what lies between is one change. */
  getChangeRange(older: ts.IScriptSnapshot): ts.TextChangeRange | undefined {
    if (!(older instanceof Snapshot)) return undefined
    const before = older.text
    const after = this.text
    const shorter = Math.min(before.length, after.length)
    let head = 0
    while (head < shorter && before.charCodeAt(head) === after.charCodeAt(head)) head++
    let tail = 0
    while (tail < shorter - head && before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)) tail++
    return { span: { start: head, length: before.length - head - tail }, newLength: after.length - head - tail }
  }
}
