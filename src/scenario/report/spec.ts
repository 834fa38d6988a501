import type { Failure } from '../../protocol/scenario.ts'
import { count, duration } from '../../trace/words.ts'
import { counts, pathOf, placeOf, type ReporterMaker } from './reporter.ts'

/** For people: a line for each scenario, failures with expected and actual, a summary. */
export const spec: ReporterMaker = ({ write, base, colour }) => {
  const paint = (code: number, text: string) => (colour ? `\u001b[${code}m${text}\u001b[0m` : text)
  const [red, green, yellow, dim] = [31, 32, 33, 2].map(code => (text: string) => paint(code, text)) as [Paint, Paint, Paint, Paint]
  let file = ''
  return {
    problem({ message, range }) {
      write(`${red('✗')} ${placeOf(range, base)}\n    ${message}\n`)
    },
    result(result) {
      if (result.file !== file) {
        file = result.file
        write(`${dim(pathOf(file, base))}\n`)
      }
      const mark = { passed: green('✓'), failed: red('✗'), error: red('✗'), skipped: yellow('-') }[result.outcome]
      const virtual = result.virtualMs >= 1000 ? `, ${duration(result.virtualMs)} of the clock` : ''
      const note = result.outcome === 'skipped' ? ` ${dim(result.reason ?? '')}` : dim(` (${duration(result.ms)}${virtual})`)
      write(`  ${mark} ${result.name}${note}\n`)
      let why: string | undefined
      for (const failure of result.failures) {
        write(tell(failure, base, { red, green, dim }, why))
        why = failure.because ?? why
      }
      for (const written of result.written) write(`    ${dim(`written: ${pathOf(written, base)}`)}\n`)
    },
    end({ results, problems, ms, seed, shard }) {
      const { passed, failed, skipped } = counts(results)
      const parts = [green(`${passed} passed`), failed > 0 && red(`${failed} failed`), skipped > 0 && yellow(`${skipped} skipped`)]
      const broken = problems.length > 0 ? `, ${red(`${count(problems.length, 'mistake')} in scenario files`)}` : ''
      write(`\n${parts.filter(Boolean).join(', ')}${broken}  ${dim(`${duration(ms)}, seed ${seed}${shard ? `, shard ${shard}` : ''}`)}\n`)
    }
  }
}

type Paint = (text: string) => string

/** @param why was told of the failure before: what one mistake leads to is explained once */
function tell(
  failure: Failure,
  base: string,
  { red, green, dim }: { red: Paint; green: Paint; dim: Paint },
  why: string | undefined
): string {
  const { message, range, expected, actual, because, places } = failure
  const lines = [red(message)]
  if (range) lines.push(dim(`at ${placeOf(range, base)}`))
  const isKnown = because !== undefined && because === why
  if (because && !isKnown) lines.push(`Why: ${because}`)
  for (const { file, line } of isKnown ? [] : unique(places.map(place => ({ file: pathOf(place.file, base), line: place.line }))))
    lines.push(dim(`see ${file}${line === undefined ? '' : `:${line}`}`))
  if (expected !== undefined && actual !== undefined && (expected.includes('\n') || actual.includes('\n'))) {
    lines.push(
      ...difference(expected, actual).map(([mark, text]) =>
        mark === '-' ? red(`- ${text}`) : mark === '+' ? green(`+ ${text}`) : dim(`  ${text}`)
      )
    )
    lines.push(dim('(- expected, + actual)'))
  }
  return `${lines.map(line => `      ${line}`).join('\n')}\n`
}

function unique<T>(items: T[]): T[] {
  return [...new Map(items.map(item => [JSON.stringify(item), item])).values()]
}

const MAX_LINES = 40

/** Lines that are gone and lines that are new, with those around them. */
export function difference(expected: string, actual: string): ['-' | '+' | ' ', string][] {
  const [before, after] = [expected.split('\n').slice(0, 400), actual.split('\n').slice(0, 400)]
  const lengths = before.map(() => new Uint16Array(after.length + 1))
  lengths.push(new Uint16Array(after.length + 1))
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      lengths[i]![j] = before[i] === after[j] ? lengths[i + 1]![j + 1]! + 1 : Math.max(lengths[i + 1]![j]!, lengths[i]![j + 1]!)
    }
  }
  const lines: ['-' | '+' | ' ', string][] = []
  let [i, j] = [0, 0]
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && before[i] === after[j]) {
      lines.push([' ', before[i]!])
      i++
      j++
    } else if (i < before.length && (j >= after.length || lengths[i + 1]![j]! >= lengths[i]![j + 1]!)) lines.push(['-', before[i++]!])
    else lines.push(['+', after[j++]!])
  }
  const changed = lines.flatMap(([mark], index) => (mark === ' ' ? [] : [index]))
  return lines.filter((_, index) => changed.some(one => Math.abs(one - index) <= 2)).slice(0, MAX_LINES)
}
