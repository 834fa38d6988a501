import { randomUUID } from 'node:crypto'
import { closeSync, openSync, readSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { StringDecoder } from 'node:string_decoder'
import { BOX_END, type Line, linesOf } from '../protocol/wire.ts'

const CHUNK = 64 * 1024

/** What an engine process says (src/protocol/wire.ts), read from its pipe and, when the pipe is silent, from its black box: each line once, in order. */
export class Inbox {
  /** Of the black box; the process is born with it. */
  readonly box: number
  readonly #take: (jsons: string[]) => void
  readonly #decoder = new StringDecoder('utf8')
  #rest = ''
  /** Number of the last line that was taken. */
  #last = 0
  #closed = false

  constructor(take: (jsons: string[]) => void) {
    this.#take = take
    const file = join(tmpdir(), `proactive-hooks-box-${randomUUID()}`)
    this.box = openSync(file, 'wx+')
    // It lives as long as somebody holds it open.
    rmSync(file, { force: true })
  }

  /** Bytes of the pipe. */
  receive(bytes: Buffer): void {
    const text = this.#rest + this.#decoder.write(bytes)
    const end = text.lastIndexOf('\n') + 1
    this.#rest = text.slice(end)
    if (end > 0) this.#lines(linesOf(text.slice(0, end)))
  }

  /** Takes what is in the box and has not come through the pipe. */
  look(): void {
    if (!this.#closed) this.#lines(linesOf(this.#boxText()))
  }

  /** Nothing comes any more. */
  close(): void {
    if (this.#closed) return
    this.#closed = true
    closeSync(this.box)
  }

  #lines(lines: readonly Line[]): void {
    const jsons: string[] = []
    for (const { number, json } of lines) {
      // Of the box: taken already, or what comes before it is still in the pipe.
      if (number !== this.#last + 1) continue
      this.#last = number
      jsons.push(json)
    }
    if (jsons.length > 0) this.#take(jsons)
  }

  #boxText(): string {
    const parts: Buffer[] = []
    for (let at = 0; ; ) {
      const bytes = Buffer.alloc(CHUNK)
      const read = readSync(this.box, bytes, 0, CHUNK, at)
      const end = bytes.subarray(0, read).indexOf(BOX_END)
      parts.push(bytes.subarray(0, end >= 0 ? end : read))
      if (end >= 0 || read === 0) return Buffer.concat(parts).toString()
      at += read
    }
  }
}
