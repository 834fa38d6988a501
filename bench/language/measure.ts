import type { BenchServer } from './servers.ts'

/** What is asked of each server; times in ms, memory in MiB. */
export interface Measures {
  readonly first: number
  readonly p50: number
  readonly p95: number
  readonly typing50: number
  readonly typing95: number
  readonly memory: number
  /** The same, for the first pause: the hook is checked for the first time. */
  readonly diagnosticsFirst: number
  /** From the last keystroke to the diagnostics of that version, after the first. */
  readonly diagnostics50: number
  readonly diagnostics95: number
}

const POSITIONS = 200
/** Pauses in which diagnostics are waited for; each follows a burst of keystrokes. */
const PAUSES = 21

/** Starts a server on a hook and goes through the day of someone who writes it. */
export async function measure(start: () => Promise<BenchServer>, hook: string): Promise<Measures> {
  const begun = performance.now()
  const server = await start()
  try {
    await server.open(hook)
    const places = placesIn(hook)
    const labels = await server.complete(places[0]!.line, places[0]!.character)
    const first = performance.now() - begun
    if (!labels.includes('events')) throw new Error(`the first completion lacks bp.events: ${labels.slice(0, 20).join(', ')}`)
    const warm = await series(POSITIONS, at => server.complete(places[at % places.length]!.line, places[at % places.length]!.character))
    const typist = new Typist(server, hook)
    const typing: number[] = []
    for (let at = 0; at < POSITIONS; at++) {
      await typist.key()
      typing.push(await timed(() => typist.complete()))
    }
    const memory = server.memory()
    const diagnostics: number[] = []
    for (let at = 0; at < PAUSES; at++) {
      for (let key = 0; key < 5; key++) await typist.key()
      diagnostics.push(await timed(() => server.diagnosed()))
    }
    const [diagnosticsFirst = 0, ...later] = diagnostics
    const [d50, d95] = [quantile(later, 0.5), quantile(later, 0.95)]
    return {
      first,
      p50: quantile(warm, 0.5),
      p95: quantile(warm, 0.95),
      typing50: quantile(typing, 0.5),
      typing95: quantile(typing, 0.95),
      memory,
      diagnosticsFirst,
      diagnostics50: d50,
      diagnostics95: d95
    }
  } finally {
    await server.stop()
  }
}

/** Writes at the end of a hook, a key at a time, line after line. */
class Typist {
  readonly #server: BenchServer
  readonly #words = '\nbp.logger.info(event.state.session.lastMessages.length + event.type)'
  #line: number
  #character = 0
  #at = 0

  constructor(server: BenchServer, text: string) {
    this.#server = server
    this.#line = text.split('\n').length - 1
  }

  async key(): Promise<void> {
    const typed = this.#words[this.#at++ % this.#words.length]!
    await this.#server.type(this.#line, this.#character, typed)
    if (typed === '\n') {
      this.#line++
      this.#character = 0
    } else this.#character++
  }

  complete(): Promise<string[]> {
    return this.#server.complete(this.#line, this.#character)
  }
}

/** Places behind a dot, in the order of the text. */
function placesIn(hook: string): { line: number; character: number }[] {
  return hook.split('\n').flatMap((text, line) =>
    [...text.matchAll(/\b(event|bp|kvs|events|cms|logger|state|session)\./g)].map(match => ({
      line,
      character: match.index + match[0].length
    }))
  )
}

async function series(count: number, work: (at: number) => Promise<unknown>): Promise<number[]> {
  const times: number[] = []
  for (let at = 0; at < count; at++) times.push(await timed(() => work(at)))
  return times
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now()
  await work()
  return performance.now() - from
}

export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))]!
}
