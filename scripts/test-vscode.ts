/** Runs `test/vscode` inside a real VS Code: `node scripts/test-vscode.ts [--grep TEXT] [--verbose] [--no-build] [--timeout SECONDS]`. */
import { parseArgs } from 'node:util'
import { chooseVsCode, describe } from './vscode/choose.ts'
import { at, run } from './vscode/processes.ts'
import { runSuite } from './vscode/run-suite.ts'

const { values } = parseArgs({
  options: {
    grep: { type: 'string' },
    verbose: { type: 'boolean', default: false },
    'no-build': { type: 'boolean', default: false },
    workspace: { type: 'string', default: 'hooks' },
    timeout: { type: 'string', default: '300' }
  }
})

if (!values['no-build']) {
  const built = await run(process.execPath, [at('scripts/build.ts'), '--tests'], { print: true })
  if (built.code !== 0) process.exit(built.code)
}
const host = await chooseVsCode()
console.log(describe(host))
const results = await runSuite(host, {
  workspace: values.workspace,
  verbose: values.verbose,
  timeout: Number(values.timeout) * 1000,
  ...(values.grep && { grep: values.grep })
})
console.log(`\n${results.passed} passed, ${results.failed} failed`)
process.exit(results.failed === 0 && results.passed > 0 ? 0 : 1)
