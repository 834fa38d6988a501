import type { Failure, ScenarioProblem, ScenarioResult } from '../../protocol/scenario.ts'
import { counts, pathOf, placeOf, type ReporterMaker } from './reporter.ts'

/** For CI servers: JUnit's XML, a suite for each file. */
export const junit: ReporterMaker = ({ write, base }) => ({
  end({ results, problems, ms }) {
    const files = new Map<string, { results: ScenarioResult[]; problems: ScenarioProblem[] }>()
    const of = (file: string) => {
      const found = files.get(file) ?? { results: [], problems: [] }
      files.set(file, found)
      return found
    }
    for (const result of results) of(result.file).results.push(result)
    for (const problem of problems) of(problem.range.file).problems.push(problem)
    const { failed, skipped } = counts(results)
    const total = {
      name: 'scenarios',
      tests: results.length + problems.length,
      failures: failed,
      errors: problems.length,
      skipped,
      time: seconds(ms)
    }
    const suites = [...files].map(([file, one]) => suite(pathOf(file, base), one.results, one.problems, base))
    write(`<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${attributes(total)}>\n${suites.join('')}</testsuites>\n`)
  }
})

function suite(name: string, results: ScenarioResult[], problems: ScenarioProblem[], base: string): string {
  const { failed, skipped } = counts(results)
  const time = seconds(results.reduce((sum, { ms }) => sum + ms, 0))
  const broken = problems.map(({ message, range }) =>
    testCase(
      name,
      'The file can be read',
      0,
      `      <error${attributes({ message, type: 'mistake' })}>${xmlText(`${placeOf(range, base)}\n${message}`)}</error>\n`
    )
  )
  const cases = results.map(result => testCase(name, result.name, result.ms, inside(result, base)))
  const head = { name, tests: results.length + problems.length, failures: failed, errors: problems.length, skipped, time }
  return `  <testsuite${attributes(head)}>\n${broken.join('')}${cases.join('')}  </testsuite>\n`
}

function testCase(classname: string, name: string, ms: number, inner: string): string {
  const head = `    <testcase${attributes({ classname, name, file: classname, time: seconds(ms) })}`
  return inner === '' ? `${head}/>\n` : `${head}>\n${inner}    </testcase>\n`
}

function inside(result: ScenarioResult, base: string): string {
  if (result.outcome === 'skipped') return `      <skipped${attributes({ message: result.reason ?? '' })}/>\n`
  return result.failures
    .map(
      failure =>
        `      <failure${attributes({ message: failure.message, type: result.outcome })}>${xmlText(details(failure, base))}</failure>\n`
    )
    .join('')
}

function details({ message, range, because, expected, actual }: Failure, base: string): string {
  const lines = [message]
  if (range) lines.push(`at ${placeOf(range, base)}`)
  if (because) lines.push(`Why: ${because}`)
  if (expected !== undefined) lines.push(`Expected:\n${expected}`)
  if (actual !== undefined) lines.push(`Actual:\n${actual}`)
  return lines.join('\n')
}

const seconds = (ms: number) => (ms / 1000).toFixed(3)

function attributes(values: Record<string, string | number>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${xmlText(String(value)).replaceAll('\n', '&#10;')}"`)
    .join('')
}

/** XML has no way to write most control characters. */
function xmlText(text: string): string {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly those are left out
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '�')
      .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '�')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
  )
}
