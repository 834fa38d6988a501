import crypto from 'node:crypto'
import { syncBuiltinESMExports } from 'node:module'

type View = NodeJS.ArrayBufferView

/**
 * Takes the place of the process's dice: what chance there is, in ids too, follows from the seed. For plays in which time is virtual; nothing that comes from
 * here is a secret.
 */
export function seedChance(seed: string): void {
  const next = bytesFrom(seed)
  const fill = <V extends View>(view: V, offset = 0, size = view.byteLength - offset): V => {
    new Uint8Array(view.buffer, view.byteOffset + offset, size).set(next(size))
    return view
  }
  const randomUUID = () => uuidOf(next(16))
  const randomBytes = (size: number, done?: (error: null, bytes: Buffer) => void) => {
    if (!done) return next(size)
    process.nextTick(done, null, next(size))
  }
  Math.random = () => next(6).readUIntBE(0, 6) / 2 ** 48
  Object.assign(crypto, { randomUUID, randomBytes, randomFillSync: fill })
  syncBuiltinESMExports()
  Object.defineProperties(globalThis.crypto, { randomUUID: { value: randomUUID }, getRandomValues: { value: fill } })
}

/** Bytes without end: hashes of the seed with a number that counts up. */
function bytesFrom(seed: string): (size: number) => Buffer {
  const { createHash } = crypto
  let count = 0
  let left = Buffer.alloc(0)
  return size => {
    const parts = [left]
    for (let length = left.length; length < size; length += 32) {
      parts.push(createHash('sha256').update(`${seed} ${count++}`).digest())
    }
    const all = Buffer.concat(parts)
    left = all.subarray(size)
    return all.subarray(0, size)
  }
}

/** A version 4 UUID. */
function uuidOf(bytes: Buffer): string {
  bytes[6] = (bytes[6]! & 0x0f) | 0x40
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
