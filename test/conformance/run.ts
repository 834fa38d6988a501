/** `npm run conformance -- [folder]`: runs every case of a folder and closes with `N passed, N failed`. */
import { fileURLToPath } from 'node:url'
import { casesOf, runCase } from './run-case.ts'

const folder = process.argv[2] ?? fileURLToPath(new URL('./cases', import.meta.url))
let passed = 0
let failed = 0
for (const { file, read } of casesOf(folder)) {
  let problems: string[]
  try {
    problems = await runCase(read())
  } catch (error) {
    problems = [`${(error as Error).stack ?? error}`]
  }
  if (problems.length === 0) passed++
  else failed++
  console.log(`${problems.length === 0 ? 'ok' : 'FAILED'}  ${file}`)
  for (const problem of problems) console.log(`        ${problem}`)
}
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed > 0 ? 1 : 0)
