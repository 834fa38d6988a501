import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { cobertura } from '../coverage/cobertura.ts'
import { type CoveredFile, type Share, sharesOf } from '../coverage/collection.ts'
import { lcov } from '../coverage/lcov.ts'
import { pathOf } from '../scenario/report/index.ts'
import type { Terminal } from './commands.ts'

/** Where the reports are written, below the folder in which the command runs. */
const FOLDER = 'coverage'

/** Writes the reports that services and editors read, and says in a table what was executed. */
export function writeCoverage(files: readonly CoveredFile[], terminal: Terminal): void {
  const base = process.cwd()
  const nameOf = (file: string) => pathOf(file, base)
  const folder = join(base, FOLDER)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'lcov.info'), lcov(files, nameOf))
  writeFileSync(join(folder, 'cobertura.xml'), cobertura(files, base, Date.now(), nameOf))
  terminal.err(`\n${table(files, nameOf)}\nWritten: ${FOLDER}/lcov.info, ${FOLDER}/cobertura.xml\n`)
}

function table(files: readonly CoveredFile[], nameOf: (file: string) => string): string {
  const rows = files.map(file => {
    const { statements, branches, functions } = sharesOf(file)
    return [nameOf(file.file), percent(statements), percent(branches), percent(functions)]
  })
  const all = [['', 'statements', 'branches', 'functions'], ...rows]
  const widths = [0, 1, 2, 3].map(column => Math.max(...all.map(row => row[column]!.length)))
  return all
    .map(([name = '', ...cells]) => [name.padEnd(widths[0]!), ...cells.map((cell, at) => cell.padStart(widths[at + 1]!))].join('  '))
    .join('\n')
}

/** Rounded down, so that 100 % means all of it; a dash where there is nothing. */
function percent({ covered, total }: Share): string {
  return total === 0 ? '–' : `${Math.floor((covered / total) * 100)} %`
}
