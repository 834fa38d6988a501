import { relative } from 'node:path'
import { parseArgs } from 'node:util'
import { checkFolder, type Finding } from '../language/check.ts'
import { fixFolder } from '../language/fix-folder.ts'
import { sarifOf } from '../language/sarif.ts'
import type { Terminal } from './commands.ts'
import { folderOf } from './folder.ts'
import { Misuse } from './misuse.ts'

/** `check`: the diagnostics of every hook and page below a folder. Exit code 1 when one of them is an error. */
export async function run(args: string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { json: { type: 'boolean' }, sarif: { type: 'boolean' }, fix: { type: 'boolean' } }
  })
  if (values.json && values.sarif) throw new Misuse('--json and --sarif exclude each other.')
  const folder = folderOf(positionals)
  // What was fixed goes to standard error, so that standard output stays what a program reads.
  const fixed = values.fix ? fixFolder(folder) : new Map<string, number>()
  for (const [file, count] of fixed) terminal.err(`${pathOf(file)}: ${plural(count, 'fix', 'fixes')} applied\n`)
  const findings = await checkFolder(folder)
  if (values.json) terminal.out(`${JSON.stringify(findings, undefined, 2)}\n`)
  else if (values.sarif) terminal.out(`${JSON.stringify(sarifOf(findings, folder), undefined, 2)}\n`)
  else terminal.out(`${findings.map(lineOf).join('')}${summary(findings)}\n`)
  return findings.some(finding => finding.severity === 'error') ? 1 : 0
}

/** `hooks/a.js:3:5 warning BPH002 …`, with line and column from 1, as editors and terminals count. */
function lineOf({ file, range, severity, code, message }: Finding): string {
  return `${pathOf(file)}:${range.start.line + 1}:${range.start.character + 1} ${severity} ${code} ${message}\n`
}

/** Relative to the current folder when it lies in it. */
function pathOf(file: string): string {
  const path = relative(process.cwd(), file)
  return path.startsWith('..') ? file : path
}

function summary(findings: readonly Finding[]): string {
  if (findings.length === 0) return 'No problems found.'
  const errors = findings.filter(finding => finding.severity === 'error').length
  const others = findings.length - errors
  return `${plural(errors, 'error')}, ${plural(others, 'other problem')}.`
}

function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}
