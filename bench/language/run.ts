/**
 * `npm run bench:language` (`-- --rounds N --hooks N`): our language server, TypeScript's own and another of the field in turns, on the same hook,
 * alone and among a thousand; and the command line's check over growing folders (`--only servers`, `--only check`). Read ratios, not milliseconds: the
 * machine is shared.
 */
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { loadavg } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { type Measures, measure, quantile } from './measure.ts'
import { type BenchServer, lspServer, tsServer } from './servers.ts'
import { type BenchWorkspace, benchWorkspace, HOOK } from './workspace.ts'

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '3' }, hooks: { type: 'string', default: '1000' }, only: { type: 'string' } }
})
const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
const require = createRequire(import.meta.url)
const TSSERVER = require.resolve('typescript/lib/tsserver.js')

const COLUMNS: Readonly<Record<keyof Measures, string>> = {
  first: 'first completion',
  p50: 'warm p50',
  p95: 'warm p95',
  typing50: 'typing p50',
  typing95: 'typing p95',
  diagnosticsFirst: 'diagnostics, the first',
  diagnostics50: 'diagnostics p50',
  diagnostics95: 'diagnostics p95',
  memory: 'memory, MiB'
}
/** Ratios to TypeScript's server that are aimed at. */
const AIMS: Partial<Record<keyof Measures, number>> = { first: 0.5, typing95: 0.8, memory: 0.7 }

const SERVERS: Readonly<Record<string, (workspace: BenchWorkspace) => Promise<BenchServer>>> = {
  'Proactive Hooks': ({ folder, hook }) =>
    // As the extension starts it.
    lspServer(['--max-semi-space-size=4', join(root, 'dist/server.js'), '--stdio'], hook, 'botpress-hook', folder),
  'tsserver 6.0.3': ({ hook }) => tsServer(TSSERVER, hook),
  'tsserver 6.0.3 without the browser’s names': ({ hook }) => tsServer(TSSERVER, hook),
  'typescript-language-server 6.0.2': ({ folder, hook }) =>
    lspServer([require.resolve('typescript-language-server/lib/cli.mjs'), '--stdio'], hook, 'javascript', folder, {
      tsserver: { path: TSSERVER }
    })
}

async function compared(hooks: number): Promise<string> {
  const results: Record<string, Measures[]> = {}
  for (let round = 0; round < Number(values.rounds); round++) {
    for (const [name, start] of Object.entries(SERVERS)) {
      using workspace = benchWorkspace(root, hooks, name.includes('without') ? ['es2020'] : undefined)
      results[name] ??= []
      results[name].push(await measure(() => start(workspace), HOOK))
    }
  }
  return table(results)
}

function table(results: Readonly<Record<string, readonly Measures[]>>): string {
  const keys = Object.keys(COLUMNS) as (keyof Measures)[]
  const median = (name: string, key: keyof Measures) =>
    quantile(
      results[name]!.map(measures => measures[key]),
      0.5
    )
  const [ours, theirs, ...others] = Object.keys(results)
  const ratio = (name: string) => keys.map(key => (median(ours!, key) / median(name, key)).toFixed(2))
  const rows = [
    ['server', ...Object.values(COLUMNS)],
    ['---', ...keys.map(() => '---:')],
    ...Object.keys(results).map(name => [name, ...keys.map(key => median(name, key).toFixed(1))]),
    [`ours to ${theirs}`, ...ratio(theirs!)],
    ['aim', ...keys.map(key => AIMS[key]?.toFixed(2) ?? '')],
    ...others.map(name => [`ours to ${name}`, ...ratio(name)])
  ]
  return rows.map(cells => `| ${cells.join(' | ')} |`).join('\n')
}

/** Has a process tell its processor time on standard error when it ends, in microseconds. */
const TELLS = `data:text/javascript,process.on('exit',()=>{const{user,system}=process.cpuUsage();console.error('cpu '+(user+system))})`

/** Seconds of processor time that the command line takes to check a folder of so many hooks, its start included. */
function checked(hooks: number): number {
  using workspace = benchWorkspace(root, hooks)
  const { stderr } = spawnSync(process.execPath, ['--import', TELLS, join(root, 'dist/cli.js'), 'check', workspace.folder], {
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8'
  })
  const told = /^cpu (\d+)$/m.exec(stderr)?.[1]
  if (told === undefined) throw new Error(`the check failed: ${stderr}`)
  return Number(told) / 1e6
}

/** What a hook takes beyond the start, per hook: the same for every size if the whole is linear. */
function checks(): string {
  const sizes = [1, 0.25, 0.5, 1, 2].map((part, at) => (at === 0 ? 1 : Math.round(Number(values.hooks) * part)))
  const took = sizes.map(hooks => ({
    hooks,
    seconds: Math.min(...Array.from({ length: Number(values.rounds) }, () => checked(hooks)))
  }))
  const start = took[0]!.seconds
  const rows = took.map(({ hooks, seconds }) => [
    hooks,
    seconds.toFixed(2),
    hooks === 1 ? '' : (((seconds - start) / hooks) * 1000).toFixed(1)
  ])
  return [
    '| hooks | seconds | ms per hook, without the start |',
    '| ---: | ---: | ---: |',
    ...rows.map(cells => `| ${cells.join(' | ')} |`)
  ].join('\n')
}

console.log(`Load at the start: ${loadavg()[0]!.toFixed(1)}\n`)
if (values.only !== 'check') {
  console.log(`One hook\n\n${await compared(1)}\n`)
  console.log(`${values.hooks} hooks\n\n${await compared(Number(values.hooks))}\n`)
}
if (values.only !== 'servers') console.log(`The check, in processor time, the best of ${values.rounds}\n\n${checks()}`)
console.log(`\nLoad at the end: ${loadavg()[0]!.toFixed(1)}. Node ${process.version}.`)
