/**
 * How an engine process tells its host: lines in a pipe, each a number and a JSON text, written once per turn. The host reads them in the order of
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

/** The byte that ends what is of use in the box; what follows is older. */
export const BOX_END = 0

export function lineOf(number: number, json: string): string {
  return `${number} ${json}\n`
}

/** The lines of a text, without one that has no end yet. What is no line ends the reading: nothing after it can be trusted. */
export function linesOf(text: string): Line[] {
  const lines: Line[] = []
  for (let from = 0; ; ) {
    const end = text.indexOf('\n', from)
    const space = text.indexOf(' ', from)
    const number = Number(text.slice(from, space))
    if (end < 0 || space < 0 || space > end || !(number > 0)) return lines
    lines.push({ number, json: text.slice(space + 1, end) })
    from = end + 1
  }
}
