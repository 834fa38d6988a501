/** Runs a level to its end, or ends it. */
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { at, atExit, endGroup, signalGroup } from '../vscode/processes.ts'
import type { Level } from './levels.ts'
import type { Counts } from './reporter.ts'

export interface Outcome extends Counts {
  name: string
  seconds: number
  output: string
}

/** @returns counts; a level that ended badly without a failed test, or that ran no test, counts as one failure */
export async function runLevel(level: Level, print?: (text: string) => void): Promise<Outcome> {
  const started = Date.now()
  const folder = mkdtempSync(join(tmpdir(), 'proactive-hooks-level-'))
  const file = join(folder, 'counts.json')
  const child = spawn(process.execPath, level.command, {
    cwd: at(),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
    env: { ...process.env, MOCHA_COUNTS: file, ...(process.stdout.isTTY ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' }) }
  })
  const forget = atExit(() => signalGroup(child, 'SIGKILL'))
  let output = ''
  let late = false
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', chunk => {
      output += chunk
      print?.(String(chunk))
    })
  }
  const limit = setTimeout(() => {
    late = true
    void endGroup(child)
  }, level.limit)
  const code = await new Promise<number>(resolve => child.once('exit', code => resolve(code ?? 1)))
  // What a test left running must neither keep the pipes open nor slow the next level down.
  signalGroup(child, 'SIGKILL')
  clearTimeout(limit)
  forget()

  const counts = countsOf(file, output)
  rmSync(folder, { recursive: true, force: true })
  const add = (sentence: string) => {
    output += `${sentence}\n`
    print?.(`${sentence}\n`)
    counts.failed++
  }
  if (late) add(`The level “${level.name}” was ended: it took longer than ${level.limit / 60_000} minutes.`)
  else if (code !== 0 && counts.failed === 0) add(`The level “${level.name}” ended with code ${code}.`)
  else if (counts.passed + counts.failed === 0) add(`The level “${level.name}” ran no test.`)
  return { name: level.name, seconds: Math.round((Date.now() - started) / 100) / 10, output, ...counts }
}

/** Mocha's levels leave a file; the suite inside VS Code closes with its counts. */
function countsOf(file: string, output: string): Counts {
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'))
  const closing = [...output.matchAll(/^(\d+) passed, (\d+) failed$/gm)].at(-1)
  return { passed: Number(closing?.[1] ?? 0), failed: Number(closing?.[2] ?? 0) }
}
