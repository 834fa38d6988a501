/** The scenario process: plays scenarios, one at a time, for whoever forked it (src/protocol/scenario.ts). */
import { existsSync } from 'node:fs'
import inspector from 'node:inspector'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { RunOptions as RunOptionsInput } from '../protocol/scenario.ts'
import { RunOptions, ToScenario } from '../protocol/scenario.ts'
import type { Plan } from './file/plan.ts'
import { found, type ReadFile, readScenarioFile } from './file/read.ts'
import type { Covering } from './play/covering.ts'
import { play } from './play/player.ts'
import { Theatre } from './play/theatre.ts'
import { send } from './post.ts'
import { playAgainst } from './target/play-against.ts'

type Run = Extract<ReturnType<typeof ToScenario.parse>, { kind: 'run' }>

const here = dirname(fileURLToPath(import.meta.url))
/** Beside this program, or its source. */
const engine = [join(here, 'engine.js'), join(here, '../engine.js')].find(existsSync) ?? join(here, '../runtime/main.ts')
const theatre = new Theatre({ engine })
const cancelled = new Map<number, AbortController>()
let queue: Promise<unknown> = Promise.resolve()
let go = () => {}
/** A scenario that was told to end has so long for it. */
const CANCEL_MS = 150
const ALIVE_MS = 1000

async function run(given: Run): Promise<void> {
  const options = RunOptions.parse(given.options as RunOptionsInput)
  const covering = options.coverage ? new (await import('./play/covering.ts')).Covering() : undefined
  theatre.covered = covering && (scripts => covering.add(scripts))
  theatre.debuggable = options.debug
  try {
    await playAll(given, options, covering)
    send({ kind: 'done', id: given.id, ...(covering && { covered: covering.untouched() }) })
  } finally {
    theatre.covered = undefined
    covering?.stop()
  }
}

async function playAll({ id, files }: Run, options: ReturnType<typeof RunOptions.parse>, covering: Covering | undefined): Promise<void> {
  const stop = cancelled.get(id)!
  let debugging = false
  for (const { file, text, ids } of files) {
    const read: ReadFile = readScenarioFile(file, text)
    send({ kind: 'found', id, found: found(file, read) })
    for (const plan of read.plans) {
      if (stop.signal.aborted) return
      if (ids && !ids.includes(plan.id)) continue
      const about = { id, file, scenario: plan.id }
      if (options.debug && !debugging) {
        debugging = true
        await attach(id, plan, options.seed, stop.signal)
        if (stop.signal.aborted) return
      }
      covering?.begin(plan.root, plan.base)
      send({ kind: 'started', ...about, range: plan.spot.range, name: plan.name, tags: plan.tags })
      if (options.target !== undefined) {
        send({ kind: 'ended', id, result: await playAgainst(plan, { url: options.target, seed: options.seed, signal: stop.signal }) })
        continue
      }
      const tell = () => send({ kind: 'alive', id })
      const alive = plan.given.botFramework && setInterval(tell, ALIVE_MS)
      const { result, trace } = await play(plan, {
        seed: options.seed,
        update: options.update,
        theatre,
        signal: stop.signal,
        onStep: (range, text) => send({ kind: 'step', ...about, range, text }),
        onProgress: nowAndThen(tell)
      }).finally(() => clearInterval(alive))
      send({ kind: 'ended', id, result, ...(options.trace && { trace: [...trace] }), ...(covering && { covered: covering.end() }) })
      if (options.bail && (result.outcome === 'failed' || result.outcome === 'error')) return
    }
  }
}

/** Not more often than a sign of life is of use. */
function nowAndThen(tell: () => void): () => void {
  let told = performance.now()
  return () => {
    if (performance.now() - told < ALIVE_MS) return
    told = performance.now()
    tell()
  }
}

/** Opens inspectors and waits until a debugger is attached to each: this process's, in which the page's scripts run, then that of the engine. */
async function attach(id: number, plan: Plan, seed: number, signal: AbortSignal): Promise<void> {
  if (plan.skip !== undefined || plan.root === undefined) return
  const { page = 'stub' } = plan.given
  if (page !== 'stub' && page !== 'none') {
    if (inspector.url() === undefined) inspector.open(0, '127.0.0.1')
    await attached({ id, url: inspector.url()!, pid: process.pid })
  }
  if (!signal.aborted) await attached({ id, ...(await theatre.inspect(plan, seed)) })
}

function attached(where: { id: number; url: string; pid: number }): Promise<void> {
  const goes = new Promise<void>(resolve => {
    go = resolve
  })
  send({ kind: 'inspect', ...where })
  return goes
}

function receive(message: ToScenario): void {
  const said = ToScenario.parse(message)
  switch (said.kind) {
    case 'find':
      for (const { file, text } of said.files) send({ kind: 'found', id: said.id, found: found(file, readScenarioFile(file, text)) })
      send({ kind: 'done', id: said.id })
      break
    case 'run':
      cancelled.set(said.id, new AbortController())
      queue = queue
        .then(() => run(said))
        .catch((error: Error) => send({ kind: 'done', id: said.id, error: error.message }))
        .finally(() => cancelled.delete(said.id))
      break
    case 'cancel':
      cancelled.get(said.id)?.abort()
      go()
      // A hook that gives nothing else a turn ends with its engine.
      setTimeout(() => cancelled.has(said.id) && void theatre.close(), CANCEL_MS)
      break
    case 'go':
      go()
      break
    case 'changed':
      queue = queue.then(() => theatre.changed(said.files)).catch(() => {})
      break
    case 'stop':
      void theatre.close().finally(leave)
  }
}

function leave(): void {
  process.exit(0)
}

process.on('message', message => receive(message as ToScenario))
// Whoever started this process is gone: its engines must not stay.
process.on('disconnect', () => void theatre.close().finally(leave))
// What pages leave behind (a promise that nobody handles) concerns no other scenario.
process.on('unhandledRejection', () => {})

send({ kind: 'ready', pid: process.pid })
