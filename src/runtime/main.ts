/** The engine's process: a shell around `RuntimeEngine` that speaks src/protocol/engine.ts. */
import inspector from 'node:inspector'
import { createWebchat } from '../channels/webchat/index.ts'
import { type EngineSettings, type FromEngine, ToEngine } from '../protocol/engine.ts'
import type { Report } from '../trace/entry.ts'
import type { Coverage } from './coverage.ts'
import { running } from './current.ts'
import { tellDebugger } from './debug-console.ts'
import { EngineError, RuntimeEngine } from './engine.ts'
import { LEFT_OUT, LineBudget } from './line-budget.ts'
import { Outbox } from './outbox.ts'
import { keepWitness } from './witness.ts'

let engine: RuntimeEngine | undefined
let coverage: Coverage | undefined
const exit = process.exit.bind(process)
const outbox = new Outbox(() => exit(0))
const send = (message: FromEngine) => outbox.say(message)
const budget = new LineBudget()

function report(entry: Report): void {
  const fate = budget.spend(entry.kind)
  if (fate === 'left-out') return
  outbox.say(fate === 'kept' ? entry : { kind: 'log', at: entry.at, level: 'warn', logger: 'host', message: LEFT_OUT })
  tellDebugger(entry)
  // An author's script may never give the turn back: what it does outlives the process before it goes on.
  if (running()?.file !== undefined) secure()
}

/** Under a debugger a script may stand still at any line, for hours: whoever watches is to see what went before. */
function secure(): void {
  if (inspector.url() === undefined) outbox.secure()
  else outbox.flush()
}

async function cover(settings: EngineSettings): Promise<void> {
  coverage?.stop()
  coverage = undefined
  if (!settings.coverage) return
  const { Coverage, scriptsOfBots } = await import('./coverage.ts')
  coverage = new Coverage(scriptsOfBots(settings.root))
}

/** What was executed since the last time. */
function tellCovered(): void {
  const scripts = coverage?.take() ?? []
  if (scripts.length > 0) send({ kind: 'coverage', scripts })
}

async function answer({ id, call, params }: ToEngine[number]): Promise<void> {
  // Until time stands still again, nobody acts upon what is said.
  const release = call === 'run' || call === 'runAhead' ? outbox.hold() : undefined
  try {
    if (call === 'start') {
      await engine?.close()
      await cover(params as EngineSettings)
      engine = new RuntimeEngine({
        settings: params as never,
        report,
        secure: () => {
          tellCovered()
          secure()
        },
        waits: hook => {
          outbox.say({ kind: 'hook-waits', ...hook })
          secure()
        },
        push: push => send({ kind: 'push', push })
      })
      engine.attach(createWebchat)
    }
    if (!engine) throw new EngineError('not-started', 'The engine has not been started.')
    const result = await engine.call(call, params as never)
    tellCovered()
    send({ kind: 'answer', id, result })
    if (call === 'stop') leave()
  } catch (error) {
    const { code, message } = error as EngineError
    send({ kind: 'answer', id, error: { code: typeof code === 'string' ? code : 'failed', message: message ?? String(error) } })
  } finally {
    release?.()
  }
}

function leave(): void {
  outbox.flush()
  if (process.connected) process.disconnect()
  exit(0)
}

/** Hooks can reach the real process through required files; there it would end the server (R3.17). */
process.exit = ((code?: number) => {
  const error = Object.assign(new Error(`process.exit(${code ?? ''}) was called`), { name: 'ProcessExit' })
  engine?.uncaught(error)
  throw error
}) as typeof process.exit

process.on('uncaughtException', error => {
  if (error.name !== 'ProcessExit') engine?.uncaught(error)
})
process.on('unhandledRejection', reason => engine?.unhandled(reason))
// By whatever way it goes.
process.on('exit', () => outbox.flush())
process.on('message', message => {
  for (const call of ToEngine.parse(message)) void answer(call)
})
// Whoever started this process is gone.
process.on('disconnect', () => exit(0))

keepWitness()
send({ kind: 'ready', pid: process.pid, node: process.version })
