import { createWriteStream, existsSync, mkdirSync, statSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { CoverageCollection } from '../coverage/collection.ts'
import { affectedFiles } from '../host/affected-scenarios.ts'
import { FileWatch } from '../host/file-watch.ts'
import { type FileToRun, ScenarioPool } from '../host/scenario-pool.ts'
import { filesBelow } from '../host/workspace.ts'
import type { FoundFile, RunOptions, ScenarioResult } from '../protocol/scenario.ts'
import { isBad, REPORTERS, type Reporter } from '../scenario/report/index.ts'
import type { Terminal } from './commands.ts'
import { writeCoverage } from './coverage.ts'
import { DIST } from './dist.ts'
import { numberOf } from './folder.ts'
import { Misuse } from './misuse.ts'
import { Ordered } from './ordered.ts'

const ENDINGS = ['.scenario.yaml', '.scenario.yml', '.scenario.json']

interface Chosen {
  grep: RegExp | undefined
  tags: readonly string[]
}

/** `test`: plays the scenarios below paths. Exit code 1 when one fails or a file has a mistake, 2 when there is nothing to play. */
export async function run(args: string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      reporter: { type: 'string', multiple: true },
      watch: { type: 'boolean' },
      grep: { type: 'string' },
      tag: { type: 'string', multiple: true },
      shard: { type: 'string' },
      coverage: { type: 'boolean' },
      bail: { type: 'boolean' },
      update: { type: 'boolean' },
      seed: { type: 'string' },
      jobs: { type: 'string' },
      target: { type: 'string' }
    }
  })
  const seed = numberOf('seed', values.seed, 0xffff_ffff) ?? 1
  const jobs = numberOf('jobs', values.jobs, 256) ?? availableParallelism()
  const shard = shardOf(values.shard)
  const chosen: Chosen = { grep: patternOf(values.grep), tags: values.tag ?? [] }
  const files = inShard(filesOf(positionals), shard)
  if (files.length === 0 && !shard)
    throw new Misuse(
      `There is no scenario file (${ENDINGS.map(ending => `*${ending}`).join(', ')}) in ${positionals.join(', ') || 'this folder'}.`
    )
  const outputs = (values.reporter ?? ['spec']).map(given => outputOf(given, terminal))
  const options: RunOptions = {
    seed,
    bail: values.bail === true,
    update: values.update === true,
    coverage: values.coverage === true,
    ...(values.target !== undefined && { target: addressOf(values.target) })
  }
  const pool = new ScenarioPool({ entry: join(DIST, 'scenario.js'), size: Math.max(1, jobs) })
  try {
    const once = (some: FileToRun[]) =>
      playOnce(
        pool,
        some,
        options,
        chosen,
        outputs.map(open => open()),
        values.shard,
        terminal
      )
    const { results, problems, found } = await once(files)
    if (values.watch) return await watch(terminal, pool, files, found, results, once)
    if (results.length === 0 && problems === 0 && files.length > 0) throw new Misuse('No scenario has such a name or tag.')
    return problems > 0 || results.some(isBad) ? 1 : 0
  } finally {
    await pool.dispose()
  }
}

interface Outcome {
  results: ScenarioResult[]
  problems: number
  found: Map<string, FoundFile>
}

async function playOnce(
  pool: ScenarioPool,
  files: FileToRun[],
  options: RunOptions,
  chosen: Chosen,
  reporters: Opened[],
  shard: string | undefined,
  terminal: Terminal
): Promise<Outcome> {
  const began = performance.now()
  const results: ScenarioResult[] = []
  const founds = new Map<string, FoundFile>()
  const wanted = chosen.grep || chosen.tags.length > 0 ? await narrowed(pool, files, chosen) : files
  const ordered = new Ordered(
    wanted.map(({ file }) => file),
    {
      problem: problem => {
        for (const { reporter } of reporters) reporter.problem?.(problem)
      },
      result: result => {
        results.push(result)
        for (const { reporter } of reporters) reporter.result?.(result)
      }
    }
  )
  const coverage = options.coverage ? new CoverageCollection() : undefined
  await pool.run(wanted, options, {
    covered: scripts => coverage?.add(scripts),
    found: found => {
      founds.set(found.file, found)
      ordered.found(found, wanted.find(({ file }) => file === found.file)?.ids)
    },
    ended: result => ordered.ended(result)
  })
  ordered.flush()
  const problems = [...founds.values()].flatMap(found => found.problems)
  for (const { reporter, close } of reporters) {
    reporter.end?.({ results, problems, ms: performance.now() - began, seed: options.seed ?? 1, shard })
    await close()
  }
  if (coverage) writeCoverage(coverage.files, terminal)
  return { results, problems: problems.length, found: founds }
}

/** Only scenarios whose name or tag is asked for; files with mistakes stay, so that they are told. */
async function narrowed(pool: ScenarioPool, files: FileToRun[], { grep, tags }: Chosen): Promise<FileToRun[]> {
  const found = await pool.find(files)
  return found.flatMap(({ file, scenarios, problems }) => {
    const ids = scenarios
      .filter(one => (grep?.test(one.name) ?? true) && (tags.length === 0 || tags.some(tag => one.tags.includes(tag))))
      .map(({ id }) => id)
    return ids.length > 0 || problems.length > 0 ? [{ file, ids }] : []
  })
}

/** Plays again what a change concerns, until it is interrupted. */
async function watch(
  terminal: Terminal,
  pool: ScenarioPool,
  files: FileToRun[],
  found: Map<string, FoundFile>,
  first: ScenarioResult[],
  once: (files: FileToRun[]) => Promise<Outcome>
): Promise<number> {
  let last = first
  let running: Promise<void> = Promise.resolve()
  const watcher = new FileWatch(changed => {
    running = running.then(async () => {
      pool.changed(changed)
      const concerned = affectedFiles(changed, [...found.values()], last)
      if (concerned.length === 0) return
      terminal.out(`\n`)
      const outcome = await once(concerned)
      for (const [file, one] of outcome.found) found.set(file, one)
      const again = new Set(outcome.results.map(({ file, id }) => `${file}\n${id}`))
      last = [...last.filter(({ file, id }) => !again.has(`${file}\n${id}`)), ...outcome.results]
    })
  })
  // The trees first: a folder that is watched already is not watched once more with what is below it.
  for (const { root } of found.values()) if (root !== undefined) watcher.addTree(root)
  for (const { file } of files) watcher.addFile(file)
  terminal.out('\nWatching for changes. Press Ctrl-C to stop.\n')
  // A pending promise alone does not keep the process.
  const alive = setInterval(() => {}, 60_000)
  await terminal.stopped
  clearInterval(alive)
  watcher.close()
  await running
  return last.some(isBad) ? 1 : 0
}

function filesOf(paths: readonly string[]): FileToRun[] {
  const files = (paths.length > 0 ? paths : ['.']).flatMap(path => {
    const full = resolve(path)
    if (!existsSync(full)) throw new Misuse(`There is no file or folder ${full}`)
    return statSync(full).isDirectory() ? filesBelow(full, ENDINGS) : [full]
  })
  return [...new Set(files)].sort().map(file => ({ file }))
}

function addressOf(text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text
  throw new Misuse(`--target takes the address of a Botpress server, such as http://localhost:3000, not '${text}'`)
}

function shardOf(text: string | undefined): { index: number; count: number } | undefined {
  if (text === undefined) return undefined
  const [, index, count] = /^(\d+)\/(\d+)$/.exec(text) ?? []
  if (!index || !count || +index < 1 || +index > +count)
    throw new Misuse(`--shard takes a part and how many there are, such as 1/4, not '${text}'`)
  return { index: +index, count: +count }
}

/** Every n-th file, so that parts are alike and add up to the whole. */
function inShard(files: FileToRun[], shard: { index: number; count: number } | undefined): FileToRun[] {
  return shard ? files.filter((_, at) => at % shard.count === shard.index - 1) : files
}

function patternOf(text: string | undefined): RegExp | undefined {
  try {
    return text === undefined ? undefined : new RegExp(text, 'i')
  } catch (error) {
    throw new Misuse(`--grep is no regular expression: ${(error as Error).message}`)
  }
}

interface Opened {
  reporter: Reporter
  close(): Promise<void>
}

/** `junit`, or `junit=results.xml` to write a file. */
function outputOf(given: string, terminal: Terminal): () => Opened {
  const [name = '', ...rest] = given.split('=')
  const file = rest.join('=')
  const make = Object.hasOwn(REPORTERS, name) ? REPORTERS[name] : undefined
  if (!make)
    throw new Misuse(
      `--reporter is one of ${Object.keys(REPORTERS).join(', ')}, or one of them and a file (junit=results.xml), not '${given}'`
    )
  const base = process.cwd()
  if (!file) {
    const colour = name === 'spec' && process.stdout.isTTY === true && !process.env.NO_COLOR
    return () => ({ reporter: make({ write: text => terminal.out(text), base, colour }), close: async () => {} })
  }
  return () => {
    mkdirSync(dirname(resolve(file)), { recursive: true })
    const stream = createWriteStream(file)
    const close = () => new Promise<void>((done, failed) => void stream.once('error', failed).end(done))
    return { reporter: make({ write: text => void stream.write(text), base, colour: false }), close }
  }
}
