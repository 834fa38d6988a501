import { isBad, pathOf, placeOf, type ReporterMaker } from './reporter.ts'

/** The Test Anything Protocol, version 14. */
export const tap: ReporterMaker = ({ write, base }) => {
  let number = 0
  write('TAP version 14\n')
  return {
    problem({ message, range }) {
      write(`not ok ${++number} - ${clean(`${pathOf(range.file, base)} can be read`)}\n${block({ message, at: placeOf(range, base) })}`)
    },
    result(result) {
      const name = clean(`${pathOf(result.file, base)}: ${result.name}`)
      const skip = result.outcome === 'skipped' ? ` # SKIP ${clean(result.reason ?? '')}` : ''
      write(`${isBad(result) ? 'not ok' : 'ok'} ${++number} - ${name}${skip}\n`)
      for (const { message, range, because, expected, actual } of result.failures) {
        write(
          block({
            message,
            ...(range && { at: placeOf(range, base) }),
            ...(because && { because }),
            ...(expected !== undefined && { expected }),
            ...(actual !== undefined && { actual })
          })
        )
      }
    },
    end: () => write(`1..${number}\n`)
  }
}

const clean = (text: string) => text.replace(/[\r\n]+/g, ' ').replaceAll('#', '\\#')

/** JSON texts are YAML too. */
function block(values: Record<string, string>): string {
  const lines = Object.entries(values).map(([key, value]) => `  ${key}: ${JSON.stringify(value)}`)
  return `  ---\n${lines.join('\n')}\n  ...\n`
}
