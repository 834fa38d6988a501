/**
 * Our language server and TypeScript's own side by side, in one run: `npm run build && node bench/language/run.ts [rounds]`.
 * Read ratios, not milliseconds: the machine is shared.
 */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { type BenchServer, lspServer, tsServer } from './servers.ts'

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
const rounds = Number(process.argv[2] ?? 3)
const POSITIONS = 200

const HOOK = `const _ = require('lodash')
const { SKIP_DIALOG_ENGINE, FORCE_PERSIST_STATE } = bp.IO.WellKnownFlags

const greet = async () => {
  if (event.type !== 'proactive-trigger') return
  event.setFlag(SKIP_DIALOG_ENGINE, true)
  if (event.state.session.greetedAt) return
  event.state.session.greetedAt = Date.now()
  event.setFlag(FORCE_PERSIST_STATE, true)
  const name = _.get(event, 'state.user.name', 'there')
  const payloads = await bp.cms.renderElement('builtin_text', { text: 'Hello ' + name }, event)
  await bp.events.replyToEvent(event, payloads, event.id)
  bp.logger.forBot(event.botId).info('greeted ' + event.target)
}

const remember = async () => {
  const kvs = bp.kvs.forBot(event.botId)
  const key = 'seen/' + event.channel + '/' + event.target
  const seen = (await kvs.get(key)) || 0
  await kvs.set(key, seen + 1)
  if (event.threadId) bp.logger.debug(event.threadId)
}

return Promise.all([greet(), remember()])
`

interface Measures {
  first: number
  p50: number
  p95: number
  typing50: number
  typing95: number
  memory: number
}

/** Places behind a dot, in the order of the text. */
const places = HOOK.split('\n').flatMap((text, line) =>
  [...text.matchAll(/\b(event|bp|kvs|events|cms|logger|state|session)\./g)].map(match => ({
    line,
    character: match.index + match[0].length
  }))
)

async function measure(start: () => Promise<BenchServer>): Promise<Measures> {
  const begun = performance.now()
  const server = await start()
  await server.open(HOOK)
  const labels = await server.complete(places[0]!.line, places[0]!.character)
  const first = performance.now() - begun
  if (labels.length === 0) throw new Error('the first completion is empty')
  const timed = async (work: () => Promise<unknown>) => {
    const from = performance.now()
    await work()
    return performance.now() - from
  }
  const warm: number[] = []
  for (let at = 0; at < POSITIONS; at++) {
    const { line, character } = places[at % places.length]!
    warm.push(await timed(() => server.complete(line, character)))
  }
  // A line of its own at the end, one character more before each question.
  const last = HOOK.split('\n').length - 1
  const words = '\nevent.state.session.lastMessages.length + bp.events.'
  const typing: number[] = []
  let line = last
  let character = 0
  for (let at = 0; at < POSITIONS; at++) {
    const typed = words[at % words.length]!
    await server.type(line, character, typed)
    if (typed === '\n') {
      line++
      character = 0
    } else {
      character++
    }
    typing.push(await timed(() => server.complete(line, character)))
  }
  const memory = server.memory()
  await server.stop()
  return {
    first,
    p50: quantile(warm, 0.5),
    p95: quantile(warm, 0.95),
    typing50: quantile(typing, 0.5),
    typing95: quantile(typing, 0.95),
    memory
  }
}

function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))]!
}

const folder = mkdtempSync(join(tmpdir(), 'proactive-hooks-bench-'))
const file = join(folder, 'data/global/hooks/before_incoming_middleware/greet.js')
mkdirSync(dirname(file), { recursive: true })
writeFileSync(file, HOOK)
cpSync(join(root, 'src/botpress/sdk'), join(folder, 'types'), { recursive: true })
rmSync(join(folder, 'types/hook-globals.d.ts'))
writeFileSync(join(folder, 'types/hook.d.ts'), 'declare const bp: typeof sdk\ndeclare const require: any\n')
writeFileSync(
  join(folder, 'jsconfig.json'),
  '{ "compilerOptions": { "checkJs": true, "target": "es2020" }, "include": ["types", "data"] }\n'
)

const servers: Record<string, () => Promise<BenchServer>> = {
  'Proactive Hooks': () =>
    lspServer(
      ['--max-semi-space-size=4', join(root, 'dist/server.js'), '--stdio'],
      pathToFileURL(file).toString(),
      'botpress-hook',
      pathToFileURL(folder).toString()
    ),
  'tsserver 6': () => tsServer(createRequire(import.meta.url).resolve('typescript/lib/tsserver.js'), file)
}
try {
  const results: Record<string, Measures[]> = {}
  for (let round = 0; round < rounds; round++) {
    for (const [name, start] of Object.entries(servers)) {
      results[name] ??= []
      results[name].push(await measure(start))
    }
  }
  console.log(table(results))
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function table(results: Readonly<Record<string, readonly Measures[]>>): string {
  const columns: (keyof Measures)[] = ['first', 'p50', 'p95', 'typing50', 'typing95', 'memory']
  const median = (name: string, column: keyof Measures) =>
    quantile(
      results[name]!.map(measures => measures[column]),
      0.5
    )
  const names = Object.keys(results)
  const rows = names.map(name => `| ${name} | ${columns.map(column => median(name, column).toFixed(1)).join(' | ')} |`)
  const ratio = columns.map(column => (median(names[0]!, column) / median(names[1]!, column)).toFixed(2))
  return [
    '| server | first completion, ms | warm p50 | warm p95 | typing p50 | typing p95 | memory, MiB |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...rows,
    `| ratio | ${ratio.join(' | ')} |`
  ].join('\n')
}
