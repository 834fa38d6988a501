import assert from 'node:assert/strict'
import { once } from 'node:events'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { BotRoom } from '../../src/host/bots/bot-room.ts'
import { TraceLog } from '../../src/trace/log.ts'
import { type BotFolder, botFolder } from './bot-folder.ts'
import { until } from './played.ts'

/** What the product runs: npm may start the bot with another Node than that of the tests. */
const PROBE = join(dirname(fileURLToPath(import.meta.url)), '../../dist/probe.cjs')
const BOT = `require('node:http').createServer((req, res) => {
  let body = ''
  req.on('data', data => (body += data)).on('end', () => {
    const { text } = JSON.parse(body)
    res.end()
  })
}).listen(process.env.PORT)
`
const STOP = { lineNumber: BOT.split('\n').findIndex(line => line.includes('{ text }')), urlRegex: 'bot\\.js$' }

/** A debugger in few words: sets its breakpoint, lets the process go on, and counts where it stops. */
class Debugger {
  stops = 0
  readonly #socket: WebSocket
  readonly over: Promise<void>
  #sent = 0

  constructor(url: string) {
    this.#socket = new WebSocket(url)
    this.over = once(this.#socket, 'close').then(() => {})
  }

  async attach(): Promise<void> {
    await once(this.#socket, 'open')
    this.#socket.addEventListener('message', ({ data }) => {
      if (JSON.parse(String(data)).method !== 'Debugger.paused') return
      this.stops++
      void this.#ask('Debugger.resume')
    })
    await this.#ask('Debugger.enable')
    await this.#ask('Debugger.setBreakpointByUrl', STOP)
    await this.#ask('Runtime.runIfWaitingForDebugger')
  }

  leave(): void {
    this.#socket.close()
  }

  async #ask(method: string, params: object = {}): Promise<void> {
    const id = ++this.#sent
    const answered = new Promise<void>(resolve => {
      const hear = ({ data }: MessageEvent) => {
        if (JSON.parse(String(data)).id !== id) return
        this.#socket.removeEventListener('message', hear)
        resolve()
      }
      this.#socket.addEventListener('message', hear)
    })
    this.#socket.send(JSON.stringify({ id, method, params }))
    await answered
  }
}

describe('a bot that is debugged', function () {
  this.timeout(60_000)
  const page = 'bot:bot'
  let trace: TraceLog
  let folder: BotFolder
  let room: BotRoom
  let thread: string
  let debuggers: Debugger[]
  /** How the editor goes about it. */
  let attach: (one: Debugger) => Promise<void>

  beforeEach(async () => {
    folder = botFolder(BOT)
    trace = new TraceLog()
    debuggers = []
    attach = one => one.attach()
    room = new BotRoom({
      folder: folder.path,
      trace,
      probe: PROBE,
      now: Date.now,
      attach: async (_, url) => {
        const one = new Debugger(url)
        debuggers.push(one)
        await attach(one)
        return one
      }
    })
    room.pages()
    await room.enter(page, 'ann')
    thread = (await room.state(page, 'ann')).threads[0]!.id
  })
  afterEach(async () => {
    await room.dispose()
    folder.remove()
  })

  const say = (text: string) => room.do(page, 'ann', { do: 'say', thread, text })
  const starts = () => trace.entries.filter(({ kind }) => kind === 'bot-started').length
  const told = (text: string) => until(trace, 'bot-answered', ({ activityId }) => idsOf(text).includes(activityId))
  const idsOf = (text: string) =>
    trace.entries.flatMap(entry =>
      entry.kind === 'activity-to-bot' && (entry.activity as { text?: string }).text === text ? [entry.activityId] : []
    )
  const restarted = (before: number) => until(trace, 'bot-started', () => starts() > before)

  it('waits for the breakpoints, and what is said meanwhile waits too', async () => {
    let setBreakpoints = () => {}
    attach = async one => {
      await new Promise<void>(resolve => (setBreakpoints = resolve))
      await one.attach()
    }
    const debugged = room.do(page, 'ann', { do: 'debug' })
    const said = say('hello')
    while (debuggers.length === 0) await new Promise(setImmediate)
    assert.equal((await room.state(page, 'ann')).bot.status, 'starting')
    assert.deepEqual(idsOf('hello'), [])
    setBreakpoints()
    await Promise.all([debugged, said])
    await told('hello')
    // One process alone: npm, which started it, is none of the author's business.
    assert.deepEqual(
      debuggers.map(({ stops }) => stops),
      [1]
    )
  })

  it('is debugged once, however often that is asked for', async () => {
    await room.do(page, 'ann', { do: 'debug' })
    await room.do(page, 'ann', { do: 'debug' })
    await debuggers[0]!.over
    await say('hello')
    await told('hello')
    assert.deepEqual(
      debuggers.map(({ stops }) => stops),
      [0, 1]
    )
  })

  it('stays debugged when it is started again, until the debugger leaves', async () => {
    await room.do(page, 'ann', { do: 'debug' })
    const before = starts()
    folder.save(`${BOT}// saved\n`)
    await restarted(before)
    await say('hello')
    await told('hello')
    assert.deepEqual(
      debuggers.map(({ stops }) => stops),
      [0, 1]
    )
    debuggers[1]!.leave()
    await debuggers[1]!.over
    await room.do(page, 'ann', { do: 'restart' })
    await say('goodbye')
    await told('goodbye')
    assert.equal(debuggers.length, 2)
  })

  it('runs without, and says why, when the debugger does not come', async () => {
    attach = () => Promise.reject(new Error('There is no debugger for Node here.'))
    await assert.rejects(room.do(page, 'ann', { do: 'debug' }), /There is no debugger for Node here\./)
    await say('hello')
    await told('hello')
    assert.equal((await room.state(page, 'ann')).bot.status, 'ready')
  })
})
