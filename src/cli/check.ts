import { relative } from 'node:path'
import { parseArgs } from 'node:util'
import { checkFolder, type Finding } from '../language/check.ts'
import type { Terminal } from './commands.ts'
import { folderOf } from './folder.ts'

/** `check`: the diagnostics of every hook and page below a folder. Exit code 1 when one of them is an error. */
export async function run(args: string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { json: { type: 'boolean' } } })
  const folder = folderOf(positionals)
  const findings = await checkFolder(folder)
  terminal.out(values.json ? `${JSON.stringify(findings, undefined, 2)}\n` : `${findings.map(lineOf).join('')}${summary(findings)}\n`)
  return findings.some(finding => finding.severity === 'error') ? 1 : 0
}

/** `hooks/a.js:3:5 warning BPH002 …`, with line and column from 1, as editors and terminals count. */
function lineOf({ file, range, severity, code, message }: Finding): string {
  const path = relative(process.cwd(), file)
  return `${path.startsWith('..') ? file : path}:${range.start.line + 1}:${range.start.character + 1} ${severity} ${code} ${message}\n`
}

function summary(findings: readonly Finding[]): string {
  if (findings.length === 0) return 'No problems found.'
  const errors = findings.filter(finding => finding.severity === 'error').length
  const others = findings.length - errors
  return `${plural(errors, 'error')}, ${plural(others, 'other problem')}.`
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
