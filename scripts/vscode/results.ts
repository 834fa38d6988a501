/** The results of a suite that runs elsewhere, shown as mocha shows them. */
import { existsSync, readFileSync } from 'node:fs'
import { SourceMap } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { styleText } from 'node:util'
import type { ReportLine } from '../../test/vscode/harness/report.ts'

type Failure = Pick<Extract<ReportLine, { kind: 'fail' }>, 'title' | 'message' | 'stack'>

export class Results {
  passed = 0
  pending = 0
  /** The report came to its end. */
  complete = false
  readonly failures: Failure[] = []
  readonly #print: (line: string) => void
  #heading: string[] = []
  #last: string[] | undefined

  constructor(print: (line: string) => void) {
    this.#print = print
  }

  get failed(): number {
    return this.failures.length
  }

  take(line: ReportLine): void {
    if (line.kind === 'pass') {
      this.passed++
      this.#show(line.title, `${styleText('green', '✔')} ${line.title.at(-1)}${line.ms > 500 ? styleText('dim', ` (${line.ms} ms)`) : ''}`)
    } else if (line.kind === 'pending') {
      this.pending++
      this.#show(line.title, `- ${line.title.at(-1)}`)
    } else if (line.kind === 'fail') {
      this.failures.push(line)
      this.#show(line.title, styleText('red', `${this.failed}) ${line.title.at(-1)}`))
      this.#print(`${'  '.repeat(line.title.length + 1)}${details(line).replaceAll('\n', `\n${'  '.repeat(line.title.length + 1)}`)}`)
    } else if (line.kind === 'broken') this.broken(line.message)
    else if (line.kind === 'end') this.complete = true
  }

  /** A failure of the run, not of a test. */
  broken(message: string): void {
    this.failures.push({ title: ['The run'], message, stack: message })
    this.complete = true
    this.#print(styleText('red', message))
  }

  /** After which test it went wrong. */
  running(): string {
    return this.#last ? `The last result was of “${this.#last.join(' ')}”.` : 'No test had a result.'
  }

  #show(title: string[], line: string): void {
    const suite = title.slice(0, -1)
    suite.forEach((name, depth) => {
      if (this.#heading[depth] !== name || this.#heading.length < depth) this.#print(`${'  '.repeat(depth + 1)}${name}`)
    })
    this.#heading = suite
    this.#last = title
    this.#print(`${'  '.repeat(title.length)}${line}`)
  }
}

/** The message, and of the stack the frames in the suite's own files, at their places in TypeScript. */
function details({ message, stack }: Failure): string {
  const own: string[] = []
  for (const line of stack.split('\n')) {
    const frame = /^(\s+at .*?)\(?([^\s(]*index\.cjs):(\d+):(\d+)\)?$/.exec(line)
    if (!frame) {
      if (!/^\s+at /.test(line)) own.push(line)
      continue
    }
    const origin = originOf(frame[2]!, Number(frame[3]), Number(frame[4]))
    if (origin && !origin.includes('node_modules')) own.push(`${frame[1]}(${origin})`)
  }
  const text = own.join('\n').trimEnd()
  return text.includes(message) ? text : `${message}\n${text}`
}

const maps = new Map<string, SourceMap | undefined>()

function originOf(bundle: string, line: number, column: number): string | undefined {
  if (!maps.has(bundle)) {
    const inline = existsSync(bundle) && /sourceMappingURL=data:application\/json;base64,(.+)/.exec(readFileSync(bundle, 'utf8'))
    maps.set(bundle, inline ? new SourceMap(JSON.parse(Buffer.from(inline[1]!, 'base64').toString())) : undefined)
  }
  const origin = maps.get(bundle)?.findOrigin(line, column)
  if (!origin || !('fileName' in origin)) return undefined
  return `${relative(process.cwd(), join(dirname(bundle), origin.fileName))}:${origin.lineNumber}:${origin.columnNumber}`
}
