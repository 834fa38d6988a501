import assert from 'node:assert/strict'
import { builtinModules } from 'node:module'
import { fileURLToPath } from 'node:url'
import { EngineHost } from '../../src/host/engine-host.ts'
import { TraceLog } from '../../src/trace/log.ts'
import { GREETING, Project } from './project.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const MAIN = `${ROOT}src/runtime/main.ts`

/** What js-debug has V8 step over, from `skipFiles` with `<node_internals>/**` and our own files (`attachConfiguration`). */
const SKIPPED = [
  '^(node:)?internal\\/',
  ...builtinModules.map(name => `^(node:)?${name.replace(/^node:/, '').replaceAll('/', '\\/')}$`),
  `${ROOT.replaceAll('/', '\\/')}(src|node_modules)\\/`
]
/** Steps that js-debug adds by itself where it does not want to stop; then it gives up. */
const ADDED = 256

interface Paused {
  callFrames: { location: { scriptId: string; lineNumber: number } }[]
}

/** A debugger as an author uses it, over the inspector's own protocol. */
class Debugger {
  readonly #socket: WebSocket
  readonly #answers = new Map<number, (message: { result?: unknown; error?: { message: string } }) => void>()
  readonly #pauses: Paused[] = []
  /** Files by the id of their script. */
  readonly #files = new Map<string, string>()
  #wake = () => {}
  #lastId = 0

  private constructor(socket: WebSocket) {
    this.#socket = socket
    socket.addEventListener('message', ({ data }) => {
      const message = JSON.parse(String(data))
      if (message.id !== undefined) this.#answers.get(message.id)?.(message)
      else if (message.method === 'Debugger.scriptParsed') this.#files.set(message.params.scriptId, message.params.url)
      else if (message.method === 'Debugger.paused') {
        this.#pauses.push(message.params)
        this.#wake()
      }
    })
  }

  static async attach(url: string): Promise<Debugger> {
    const socket = new WebSocket(url)
    await new Promise(resolve => socket.addEventListener('open', resolve))
    const own = new Debugger(socket)
    await own.call('Debugger.enable')
    await own.call('Debugger.setAsyncCallStackDepth', { maxDepth: 32 })
    await own.call('Debugger.setBlackboxPatterns', { patterns: SKIPPED })
    return own
  }

  call(method: string, params: object = {}): Promise<unknown> {
    this.#lastId += 1
    const id = this.#lastId
    return new Promise((resolve, reject) => {
      this.#answers.set(id, ({ result, error }) => (error ? reject(new Error(`${method}: ${error.message}`)) : resolve(result)))
      this.#socket.send(JSON.stringify({ id, method, params }))
    })
  }

  /** The next place where an author sees it stand still, as `act.js:1`; undefined when `over` comes first. */
  async stop(step: 'stepInto' | 'stepOver' | 'stepOut', over: Promise<unknown>): Promise<string | undefined> {
    for (let added = 0; added <= ADDED; added += 1) {
      const paused = await Promise.race([this.#next(), over.then(() => undefined)])
      if (!paused) return undefined
      const { scriptId, lineNumber } = paused.callFrames[0]!.location
      const file = this.#files.get(scriptId)
      if (file === undefined) return 'unknown source'
      if (/[\\/]data[\\/]/.test(file)) return `${file.split(/[\\/]/).at(-1)}:${lineNumber + 1}`
      void this.call(`Debugger.${step}`)
    }
    return undefined
  }

  async #next(): Promise<Paused> {
    while (this.#pauses.length === 0)
      await new Promise<void>(resolve => {
        this.#wake = resolve
      })
    return this.#pauses.shift()!
  }

  close(): void {
    this.#socket.close()
  }
}

const FLOW = structuredClone(GREETING['flows/main.flow.json'])
FLOW.nodes[0]!.onEnter = ['act {"word":"one"}', 'say #builtin_text {"text":"hello"}']

const HOOKS = {
  'a plain one': 'event.state.temp.a = 1\nevent.state.temp.b = 2\n',
  'one that hands back a promise':
    "const look = async () => {\n  event.state.temp.a = await bp.kvs.forBot('bot').exists('a')\n}\n\nreturn look()\n"
}

describe('Steps of a debugger', function () {
  this.timeout(60_000)

  for (const [what, hook] of Object.entries(HOOKS))
    for (const step of ['stepOver', 'stepInto', 'stepOut'] as const)
      it(`lead from the end of a hook, ${what}, into the action that runs next (${step})`, async () => {
        const project = new Project({
          'flows/main.flow.json': FLOW,
          'actions/act.js': 'const { word } = args\nevent.state.temp.word = word\n'
        })
        project.hook(hook)
        const trace = new TraceLog()
        const host = EngineHost.open({
          entry: MAIN,
          trace,
          spare: false,
          debuggable: true,
          settings: { root: project.root, clock: 'virtual', startAt: Date.UTC(2025, 2, 3) }
        })
        let attached: Debugger | undefined
        try {
          await host.ready()
          attached = await Debugger.attach((await host.call('inspect', {})).url)
          const lines = hook.trimEnd().split('\n')
          await attached.call('Debugger.setBreakpointByUrl', { lineNumber: lines.length - 1, urlRegex: '[\\\\/]1\\.js$' })
          const over = new Promise<void>(resolve => {
            trace.subscribe(entries => entries.some(({ kind }) => kind === 'event-ended') && resolve())
          })
          void host.call('send', { type: 'text', botId: 'bot', target: 'ann', payload: { type: 'text', text: 'hi' } })
          const stops: string[] = []
          for (let stop = await attached.stop(step, over); stop !== undefined; stop = await attached.stop(step, over)) {
            stops.push(stop)
            void attached.call(`Debugger.${step}`)
          }
          assert.equal(stops[0], `1.js:${lines.length}`)
          // Its end may be a stop of its own.
          const passed = stops.filter(stop => !stop.startsWith('1.js'))
          const first = passed.slice(0, 1)
          assert.deepEqual(first, ['act.js:1'], stops.join(', '))
          assert.ok(
            passed.every(stop => stop.startsWith('act.js')),
            stops.join(', ')
          )
        } finally {
          attached?.close()
          await host.dispose()
          await project.close()
        }
      })
})
