import { randomUUID } from 'node:crypto'
import { closeSync, openSync, readSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { StringDecoder } from 'node:string_decoder'
import { crc32 } from 'node:zlib'
import { type Line, linesOf, SEAL } from '../protocol/wire.ts'

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
    if (!this.#closed) this.#lines(linesOf(sealed(this.#boxBytes()).toString()))
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

  #boxBytes(): Buffer {
    const parts: Buffer[] = []
    for (let at = 0; ; ) {
      const bytes = Buffer.alloc(CHUNK)
      const read = readSync(this.box, bytes, 0, CHUNK, at)
      if (read === 0) return Buffer.concat(parts)
      parts.push(bytes.subarray(0, read))
      at += read
    }
  }
}

/** As much of the box as was written whole. What follows is being written, or is what a longer turn before left there. */
function sealed(bytes: Buffer): Buffer {
  for (let from = 0; ; ) {
    const seal = bytes.indexOf(`\n${SEAL}`, from) + 1
    const end = bytes.indexOf('\n', seal)
    if (seal === 0 || end < 0) return bytes.subarray(0, from)
    const sum = Number(bytes.toString('latin1', seal + SEAL.length, end))
    if (sum !== crc32(bytes.subarray(from, seal))) return bytes.subarray(0, from)
    from = end + 1
  }
}
