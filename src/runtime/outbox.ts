import { writeSync } from 'node:fs'
import { crc32 } from 'node:zlib'
import { Shortener } from '../protocol/shorthand.ts'
import { DESCRIPTORS, lineOf, sealOf } from '../protocol/wire.ts'

/** Waiting bytes that are handed over even within a turn. */
const ENOUGH = 64 * 1024
const CAPACITY = 4 * ENOUGH
/** So long may text wait while every turn adds to it: fewer, larger writes wake the host less often. */
const PATIENCE_MS = 2
/** Of a seal at most: its mark, ten digits, the end of the line. */
const SEAL_SIZE = 12

/** How long what is said may be held back, ms. */
const HELD_MS = 20

/** What leaves the engine's process (src/protocol/wire.ts): handed over as soon as a turn adds nothing, or a hold is over, in the black box before anything dangerous begins. */
export class Outbox {
  readonly #gone: () => void
  readonly #bytes = Buffer.allocUnsafe(CAPACITY)
  /** Encoded and not handed over. */
  #used = 0
  /** Of these, in the box. */
  #boxed = 0
  /** Not encoded yet. */
  #text = ''
  #number = 0
  readonly #shortener = new Shortener()
  #scheduled = false
  #holds = 0

  /** @param gone called when nobody reads any more */
  constructor(gone: () => void) {
    this.#gone = gone
  }

  /** Takes a message. It leaves after a turn in which nothing more is said, or within 2 ms where each turn says something, unless it is held. */
  say(message: object): void {
    for (const json of this.#shortener.texts(message)) this.#text += lineOf(++this.#number, json)
    if (this.#used + this.#text.length >= ENOUGH) this.flush()
    else if (!this.#scheduled && this.#holds === 0) {
      this.#scheduled = true
      this.#atTurnsEnd(performance.now() + PATIENCE_MS)
    }
  }

  /** Nothing leaves, so that the host is woken once, until what is returned is called, or a few milliseconds have passed. */
  hold(): () => void {
    this.#holds++
    let held = true
    const release = () => {
      if (!held) return
      held = false
      clearTimeout(timer)
      this.#holds--
      if (this.#holds === 0) this.flush()
    }
    const timer = setTimeout(release, HELD_MS)
    return release
  }

  #atTurnsEnd(latest: number): void {
    const said = this.#number
    setImmediate(() => {
      if (this.#number !== said && performance.now() < latest) return this.#atTurnsEnd(latest)
      this.#scheduled = false
      if (this.#holds === 0) this.flush()
    })
  }

  /** Afterwards everything said so far outlives the process. */
  secure(): void {
    this.#encode()
    if (this.#boxed === this.#used) return
    const seal = sealOf(crc32(this.#bytes.subarray(this.#boxed, this.#used)))
    this.#used += this.#bytes.write(seal, this.#used, 'latin1')
    try {
      writeAll(DESCRIPTORS.box, this.#bytes, this.#boxed, this.#used, this.#boxed)
      this.#boxed = this.#used
    } catch {
      // A full disk, for instance: then it leaves at once.
      this.flush()
    }
  }

  /** Hands everything to the host. Waits for a host that is slow to read. */
  flush(): void {
    this.#encode()
    if (this.#used > 0) this.#pipe(this.#bytes.subarray(0, this.#used))
    this.#used = 0
    this.#boxed = 0
  }

  #encode(): void {
    const text = this.#text
    if (text === '') return
    this.#text = ''
    // One character takes three bytes at most.
    if (this.#used + text.length * 3 + SEAL_SIZE <= CAPACITY) {
      this.#used += this.#bytes.write(text, this.#used)
      return
    }
    this.flush()
    this.#pipe(Buffer.from(text))
  }

  #pipe(bytes: Buffer): void {
    try {
      writeAll(DESCRIPTORS.pipe, bytes, 0, bytes.length)
    } catch {
      this.#gone()
    }
  }
}

function writeAll(descriptor: number, bytes: Buffer, from: number, to: number, position?: number): void {
  for (let at = from; at < to; ) at += writeSync(descriptor, bytes, at, to - at, position === undefined ? null : position + at - from)
}
