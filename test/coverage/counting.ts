import vm from 'node:vm'
import { CoverageCollection } from '../../src/coverage/collection.ts'
import { measure } from '../../src/coverage/measure.ts'
import type { CoveredScript } from '../../src/protocol/coverage.ts'
import { Coverage } from '../../src/runtime/coverage.ts'

let number = 0

/**
 * Runs a text as a hook's body and counts what it executes.
 *
 * @param drive calls the body, as often as it likes; `take` ends a part of the run, and the parts are added up
 */
export async function count(
  code: string,
  params: string[],
  drive: (body: (...args: unknown[]) => unknown, take: () => void) => unknown
): Promise<CoveredScript | undefined> {
  const file = `/coverage-test/${++number}.js`
  const coverage = new Coverage(url => (url.endsWith(file) ? file : undefined))
  const collection = new CoverageCollection()
  const take = () =>
    collection.add(
      coverage
        .take()
        .map(measure)
        .filter(script => script !== undefined)
    )
  try {
    const body = vm.compileFunction(code, params, { filename: file, parsingContext: vm.createContext() }) as (...args: unknown[]) => unknown
    await drive(body, take)
    take()
  } finally {
    coverage.stop()
  }
  return collection.scripts[0]
}

/** The offset at which a span begins. */
export function offsetOf(text: string, { line, column }: { line: number; column: number }): number {
  const before = text.split('\n').slice(0, line - 1)
  return before.reduce((sum, one) => sum + one.length + 1, 0) + column - 1
}
