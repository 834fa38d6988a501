/**
 * How an engine process tells its host: lines in a pipe, each a number and a JSON text, written when a turn adds nothing or 2 ms have passed. The host reads them in the order of
 * their numbers. Before an author's script runs, what the pipe has not got yet is also written to a file that both hold open, the black box:
 * a few microseconds instead of waking the host, and what is in it outlives the process, however it ends.
 */

/** Descriptors that an engine process is born with, next to those of Node. The fourth is Node's own channel, which carries the host's calls. */
export const DESCRIPTORS = { pipe: 4, box: 5 } as const

/** Numbers count from 1 within a process. */
export interface Line {
  number: number
  json: string
}

export function lineOf(number: number, json: string): string {
  return `${number} ${json}\n`
}

/**
 * A line that closes what was written to the box in one go: the CRC-32 of it. Whoever reads the box may do so in the middle of a write, when the
 * beginning is new and the rest is left from an earlier turn. In the pipe it says nothing.
 */
export const SEAL = '~'

export function sealOf(sum: number): string {
  return `${SEAL}${sum}\n`
}

/** The lines of a text that ends with one. */
export function linesOf(text: string): Line[] {
  const lines: Line[] = []
  for (const line of text.split('\n')) {
    if (line === '' || line.startsWith(SEAL)) continue
    const space = line.indexOf(' ')
    lines.push({ number: Number(line.slice(0, space)), json: line.slice(space + 1) })
  }
  return lines
}
