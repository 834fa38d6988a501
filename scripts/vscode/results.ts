/** The results of a suite that runs elsewhere, shown as mocha shows them. */
import { styleText } from 'node:util'
import type { ReportLine } from '../../test/vscode/harness/report.ts'

type Failure = Pick<Extract<ReportLine, { kind: 'fail' }>, 'title' | 'message' | 'stack' | 'actual' | 'expected'>

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

function details(failure: Failure): string {
  const stack = failure.stack.includes(failure.message) ? failure.stack : `${failure.message}\n${failure.stack}`
  const diff = failure.expected === undefined ? '' : `\nexpected: ${failure.expected}\nactual:   ${failure.actual}`
  return stack.trimEnd() + diff
}
