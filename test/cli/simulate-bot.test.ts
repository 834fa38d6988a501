import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort, isTaken } from '../../src/host/bots/ports.ts'
import { SAMPLES } from '../bots/install.ts'
import { python } from '../bots/python.ts'

const CLI = join(dirname(fileURLToPath(import.meta.url)), '../../dist/cli.js')
const OTHER_PATH = `
require('node:http').createServer((req, res) => {
  res.statusCode = req.url === '/bot' ? 200 : 404
  req.resume().on('end', () => res.end())
}).listen(process.env.PORT)
`

interface Started {
  err(): string
  /** Resolves when what it prints fits, with the match. */
  until(pattern: RegExp): Promise<RegExpExecArray>
  /** Resolves with its exit code. */
  ended: Promise<number | null>
  /** As Ctrl-C does. Resolves with its exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>
}

/** `proactive-hooks simulate --bot URL`: bots that somebody else runs, each in a process of its own. */
describe('simulate --bot URL', function () {
  this.timeout(40_000)
  let folder: string
  const children: ChildProcess[] = []

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'proactive-hooks-simulate-'))
    writeFileSync(join(folder, 'other-path.cjs'), OTHER_PATH)
  })
  after(() => {
    for (const child of children) child.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  })

  function start(command: string, args: string[], env: Record<string, string> = {}): Started {
    const child = spawn(command, args, { cwd: folder, env: { ...process.env, ...env } })
    children.push(child)
    const said = { out: '', err: '' }
    child.stdout.setEncoding('utf8').on('data', text => (said.out += text))
    child.stderr.setEncoding('utf8').on('data', text => (said.err += text))
    const ended = new Promise<number | null>(resolve => child.once('close', resolve))
    return {
      ended,
      err: () => said.err,
      async until(pattern) {
        for (const limit = Date.now() + 30_000; Date.now() < limit; await new Promise(resolve => setTimeout(resolve, 20))) {
          const match = pattern.exec(said.out + said.err)
          if (match) return match
        }
        throw new Error(`${pattern} was not printed, but:\n${said.out}${said.err}`)
      },
      stop(signal = 'SIGTERM') {
        child.kill(signal)
        return ended
      }
    }
  }
  const simulate = (...args: string[]) => start(process.execPath, [CLI, 'simulate', folder, '--bot', ...args])

  async function bot(command: string, args: string[], env: Record<string, string> = {}): Promise<{ port: number; stop: Started['stop'] }> {
    const port = await freePort()
    const { stop } = start(command, args, { PORT: String(port), ...env })
    for (const limit = Date.now() + 30_000; !(await isTaken(port)) && Date.now() < limit; )
      await new Promise(resolve => setTimeout(resolve, 50))
    return { port, stop }
  }

  it('chats with a bot in Python, which writes by itself later, and ends with 0 when it is interrupted', async () => {
    const { port, stop } = await bot(python(), [join(SAMPLES, 'python', 'bot.py')], { NOTIFY_S: '0.3' })
    const endpoint = `http://127.0.0.1:${port}/api/messages`
    const cli = simulate(endpoint)
    const [, ui] = await cli.until(/The simulator is at (\S+)\nIt plays the channel of the bot at \S+\nPress Ctrl-C to stop\.\n/)
    const chat = await chatOf(ui!)
    const thread = (await chat.until(({ threads }) => threads.length === 1)).threads[0]!
    await chat.do({ do: 'say', thread: thread.id, text: 'hello' })
    const { threads, bot: shown } = await chat.until(({ threads: [first] }) => first!.messages.some(({ badge }) => badge))
    assert.deepEqual(
      threads[0]!.messages.filter(({ by }) => by !== 'system').map(({ by, activity, badge }) => [by, activity.text, badge?.rule]),
      [
        ['user', 'hello', undefined],
        ['bot', 'You said hello', undefined],
        ['bot', 'By the way: the price dropped.', 'P2']
      ]
    )
    assert.deepEqual([shown.status, shown.isOurs, shown.endpoint], ['outside', false, endpoint])
    assert.equal(cli.err(), '')
    chat.leave()
    assert.equal(await cli.stop(process.platform === 'win32' ? 'SIGTERM' : 'SIGINT'), 0)
    await stop()
  })

  it('says that nobody listens, once for all posts', async () => {
    const port = await freePort()
    const cli = simulate(`http://localhost:${port}/api/messages`)
    await cli.until(/Nobody listens at http:\/\/localhost:\d+\/api\/messages: the bot is not running\. Start the bot, or correct the port/)
    const [, ui] = await cli.until(/The simulator is at (\S+)/)
    const chat = await chatOf(ui!)
    const { threads } = await chat.until(({ threads: [first] }) => first?.trouble !== undefined)
    assert.match(threads[0]!.trouble!, /Nobody listens/)
    chat.leave()
    assert.equal(await cli.stop(), 0)
    assert.equal(cli.err().match(/Nobody listens/g)!.length, 1)
  })

  it('says that the path is wrong, once for all posts that meet it', async () => {
    const { port, stop } = await bot(process.execPath, ['other-path.cjs'])
    const cli = simulate(`http://127.0.0.1:${port}/api/messages`)
    const [, ui] = await cli.until(/The simulator is at (\S+)/)
    const chat = await chatOf(ui!)
    const thread = (await chat.until(({ threads }) => threads.length === 1)).threads[0]!
    await chat.do({ do: 'say', thread: thread.id, text: 'hello' })
    await chat.until(({ threads: [first] }) => first?.trouble !== undefined && first.messages.some(({ by }) => by === 'user'))
    await cli.until(/The bot answered 404: nothing takes posts at \/api\/messages\. Correct the path of the endpoint/)
    chat.leave()
    await cli.stop()
    assert.equal(cli.err().match(/404/g)!.length, 1)
    await stop()
  })

  for (const [what, given, sentence] of [
    ['an address on another computer', 'http://example.com/api/messages', /example\.com\/api\/messages is not on this computer/],
    ['an address that is none', 'http://localhost:notaport/', /is no address: a bot has one such as http:\/\/localhost:3978/]
  ] as const) {
    it(`exits with 2 on ${what}`, async () => {
      const cli = simulate(given)
      await cli.until(sentence)
      assert.equal(await cli.ended, 2)
    })
  }
})

interface ChatState {
  bot: { status: string; isOurs: boolean; endpoint: string }
  threads: {
    id: string
    trouble?: string
    messages: { by: string; activity: { text?: string }; badge?: { rule: string } }[]
  }[]
}

/** Reads and does what the chat's page does: the panel's line names its address, its own line has the state. */
async function chatOf(ui: string) {
  const leave = new AbortController()
  const { signal } = leave
  const lines = eventsOf(await fetch(`${ui}events?line=test`, { signal }))
  await fetch(`${ui}send?line=test`, { method: 'POST', headers: JSON_TYPE, body: '{"kind":"ready"}' })
  const { state } = (await lines.next(({ kind, state }) => kind === 'state' && Boolean((state as { frameUrl?: string }).frameUrl))) as {
    state: { frameUrl: string }
  }
  const page = new URL(state.frameUrl, ui).href
  const states = eventsOf(await fetch(new URL('events', page), { signal }))
  return {
    until: (fits: (state: ChatState) => boolean) => states.next(fits as never) as unknown as Promise<ChatState>,
    async do(command: object) {
      const answer = await fetch(new URL('do', page), { method: 'POST', headers: JSON_TYPE, body: JSON.stringify(command) })
      assert.equal(answer.status, 204)
    },
    leave: () => leave.abort()
  }
}

const JSON_TYPE = { 'Content-Type': 'application/json' }

/** Server-sent events, read one after the other. */
function eventsOf(response: Response) {
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  return {
    async next(fits: (data: Record<string, unknown>) => boolean): Promise<Record<string, unknown>> {
      for (;;) {
        const match = /event: .*\ndata: (.*)\n\n/.exec(text)
        if (match) {
          text = text.slice(match.index + match[0].length)
          const data = JSON.parse(match[1]!)
          if (fits(data)) return data
          continue
        }
        const { value, done } = await reader.read()
        if (done) throw new Error('The stream ended.')
        text += value
      }
    }
  }
}
