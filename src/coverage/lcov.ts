import { type CoveredFile, linesOf, sharesOf } from './collection.ts'

/**
 * A tracefile as `genhtml` and the coverage services read it.
 *
 * @param nameOf how a file is called in it, usually its path below the folder that is tested
 */
export function lcov(files: readonly CoveredFile[], nameOf: (file: string) => string = file => file): string {
  return files.map(file => record(file, nameOf(file.file))).join('')
}

function record(file: CoveredFile, name: string): string {
  const { functions, branches } = sharesOf(file)
  const lines = linesOf(file)
  const named = uniqueNames(file.functions)
  return [
    'TN:',
    `SF:${name}`,
    ...named.map(({ name, span }) => `FN:${span.line},${name}`),
    ...named.map(({ name, count }) => `FNDA:${count},${name}`),
    `FNF:${functions.total}`,
    `FNH:${functions.covered}`,
    ...file.branches.flatMap(({ span, ways }, block) => ways.map(({ count }, index) => `BRDA:${span.line},${block},${index},${count}`)),
    `BRF:${branches.total}`,
    `BRH:${branches.covered}`,
    ...[...lines].map(([line, count]) => `DA:${line},${count}`),
    `LF:${lines.size}`,
    `LH:${[...lines.values()].filter(count => count > 0).length}`,
    'end_of_record',
    ''
  ].join('\n')
}

/** Functions are told apart by their names alone. */
function uniqueNames(functions: CoveredFile['functions']): CoveredFile['functions'] {
  const seen = new Map<string, number>()
  return functions.map(one => {
    const times = (seen.get(one.name) ?? 0) + 1
    seen.set(one.name, times)
    return times === 1 ? one : { ...one, name: `${one.name}#${times}` }
  })
}
