import { fileURLToPath } from 'node:url'
import type { Place } from '../../trace/entry.ts'

const LAST_LINES = 30
const INSPECTOR = /^Debugger listening on (ws:\/\/\S+)/
/** What Node says about its inspector; no output of a bot. */
const CHATTER = /^(Debugger (listening|attached|ending)|For help, see: https:\/\/nodejs\.org|Waiting for the debugger)/
/** A line of a stack trace in a file that is not Node's own nor a package's; ES modules are named by their address. */
const NODE_FRAME = /(?:\(|at |^)((?:file:\/\/\/?)?(?:\/|[A-Za-z]:[\\/])[^():]*?):(\d+)(?::(\d+))?\)?$/
/** The same as Python writes it, the innermost frame last. */
const PYTHON_FRAME = /^File "([^"]+)", line (\d+)/
const FOREIGN = /[\\/](node_modules|site-packages|dist-packages|lib[\\/]python[\d.]+)[\\/]|^</i

/** A line that a bot wrote. */
export interface BotLine {
  text: string
  /** The place in a file of the author's that it names. */
  place?: Place | undefined
}

/** What a bot's process wrote, as far as it may say why it ended. */
export class BotOutput {
  #lines: string[] = []
  /** What was named: of a stack, the innermost frame. */
  place: Place | undefined

  /** The last lines, as one text. */
  get text(): string {
    return this.#lines.join('\n')
  }

  /** @returns undefined for what is no output of the bot's */
  take(text: string): BotLine | undefined {
    if (CHATTER.test(text)) return undefined
    this.#lines = [...this.#lines.slice(1 - LAST_LINES), text]
    const place = placeIn(text)
    if (place && (!this.place || PYTHON_FRAME.test(text.trim()))) this.place = place
    return { text, place }
  }
}

/** The address of an inspector that a line says is open. */
export const inspectorIn = (text: string): string | undefined => INSPECTOR.exec(text)?.[1]

function placeIn(text: string): Place | undefined {
  const [, named, line, column] = NODE_FRAME.exec(text.trim()) ?? PYTHON_FRAME.exec(text.trim()) ?? []
  if (named === undefined || FOREIGN.test(named)) return undefined
  const file = pathOf(named)
  return file === undefined ? undefined : { file, line: Number(line), ...(column && { column: Number(column) }) }
}

function pathOf(named: string): string | undefined {
  if (!named.startsWith('file:')) return named
  try {
    return fileURLToPath(named)
  } catch {
    return undefined
  }
}
