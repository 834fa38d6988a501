import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Case } from './case.ts'
import { compare } from './compare.ts'
import { runInProcess } from './process.ts'
import { writeProject } from './project.ts'
import { Recorder } from './record.ts'

/** The cases of a folder and of those below it, by file. */
export function casesOf(folder: string): { file: string; read(): Case }[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.json'))
    .sort()
    .map(file => ({ file, read: () => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Case }))
}

/** Runs a case in a project of its own. @returns the differences from the recorded outcome, in words */
export async function runCase(given: Case): Promise<string[]> {
  const root = mkdtempSync(join(tmpdir(), 'conformance-'))
  try {
    writeProject(root, given)
    if (given.expected.hang || given.expected.fatal) return await runInProcess(given, root)
    return compare(given, await new Recorder(given, root).run())
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}
