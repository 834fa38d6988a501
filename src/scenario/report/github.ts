import { counts, pathOf, type ReporterMaker } from './reporter.ts'

/** Annotations at the lines of a change on GitHub: one workflow command for each failure and mistake. */
export const github: ReporterMaker = ({ write, base }) => ({
  problem({ message, range }) {
    write(command('error', { file: pathOf(range.file, base), line: range.line, col: range.column, title: 'Scenario file' }, message))
  },
  result({ name, failures, file, range: whole }) {
    for (const { message, range = whole, because } of failures) {
      const text = because ? `${message}\nWhy: ${because}` : message
      write(command('error', { file: pathOf(range.file ?? file, base), line: range.line, col: range.column, title: name }, text))
    }
  },
  end({ results }) {
    const { passed, failed, skipped } = counts(results)
    write(command('notice', { title: 'Scenarios' }, `${passed} passed, ${failed} failed, ${skipped} skipped`))
  }
})

function command(name: string, properties: Record<string, string | number>, message: string): string {
  const given = Object.entries(properties).map(
    ([key, value]) => `${key}=${data(String(value)).replaceAll(':', '%3A').replaceAll(',', '%2C')}`
  )
  return `::${name} ${given.join(',')}::${data(message)}\n`
}

const data = (text: string) => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
