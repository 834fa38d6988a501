import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ScenarioPool } from '../../src/host/scenario-pool.ts'
import type { ScenarioResult } from '../../src/protocol/scenario.ts'
import { python } from '../bots/python.ts'

const ENTRY = join(dirname(fileURLToPath(import.meta.url)), '../../dist/scenario.js')

/** A real bot for each way of failing; until somebody writes it takes everything. */
const BOT = `
const how = process.env.HOW
require('node:http').createServer((req, res) => {
  let text = ''
  req.on('data', data => (text += data)).on('end', () => {
    if (JSON.parse(text).type !== 'message') return res.end()
    if (how === 'dies') throw new Error('boom')
    if (how === 'loops') for (;;);
    if (how === 'ticks') return setInterval(() => {}, 60_000)
    if (how === 'reads') return require('node:fs').createReadStream('/dev/zero').resume()
    if (how === 'hangs') return
    res.statusCode = Number(how)
    res.end('bad day')
  })
}).listen(process.env.PORT)
`
const HANGING = `
import http.server, os, threading
class Bot(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        if b'"conversationUpdate"' not in self.rfile.read(int(self.headers["Content-Length"])): threading.Event().wait()
        self.send_response(200)
        self.end_headers()
http.server.ThreadingHTTPServer(("127.0.0.1", int(os.environ["PORT"])), Bot).serve_forever()
`
const HANGS = /its turn does not end\. Look for an await that never resolves/

/** What the result of a scenario says of a bot that fails: the advice for its way of failing, in the processes that play scenarios everywhere. */
describe('scenarios with bots that fail (C14)', function () {
  this.timeout(90_000)
  let folder: string
  let pool: ScenarioPool

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'proactive-hooks-failing-'))
    writeFileSync(join(folder, 'bot.cjs'), BOT)
    writeFileSync(join(folder, 'hanging.py'), HANGING)
    // Less than some of these bots are waited for: what they play in must not be taken for dead.
    pool = new ScenarioPool({ entry: ENTRY, size: 1, silenceMs: 5000 })
    writeFileSync(join(folder, 'first.scenario.json'), '{}')
    await pool.find([{ file: join(folder, 'first.scenario.json') }])
  })
  after(async () => {
    await pool.dispose()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  })

  async function played(botFramework: object, ...steps: object[]): Promise<ScenarioResult> {
    const file = join(folder, 'failing.scenario.json')
    const said = [{ say: 'hello' }, ...steps, { expect: { says: 'Hi' } }]
    writeFileSync(file, JSON.stringify({ name: 'failing', given: { botFramework }, steps: said }))
    const results: ScenarioResult[] = []
    await pool.run([{ file }], {}, { ended: result => void results.push(result) })
    assert.equal(results.length, 1)
    return results[0]!
  }
  const because = ({ outcome, failures }: ScenarioResult) =>
    [outcome, failures.map(({ because, message }) => because ?? message).join()] as const

  for (const [how, advice] of [
    ['401', /The bot answered 401: it has an app id.*Start the bot with these variables empty: .*MicrosoftAppId.*clientId/],
    ['404', /The bot answered 404: nothing takes posts at \/api\/messages.*Correct the path of the endpoint/],
    ['405', /The bot answered 405: nothing takes posts/],
    ['400', /The bot answered 400: it could not read the activity \(bad day\)/],
    ['500', /The bot answered 500: an exception ended its turn \(bad day\).*Look at the bot’s output/],
    ['dies', /Its process exited with code 1\. Its last words: “Error: boom”/]
  ] as const) {
    it(how, async () => {
      const [outcome, why] = because(await played({ script: 'bot.cjs', env: { HOW: how } }))
      assert.equal(outcome, 'failed')
      assert.match(why, advice)
    })
  }

  it('dies: the result names the line', async () => {
    const { failures } = await played({ script: 'bot.cjs', env: { HOW: 'dies' } })
    assert.deepEqual(
      failures[0]!.places.map(({ file, line }) => [file, line]),
      [[join(folder, 'bot.cjs'), BOT.split('\n').findIndex(text => text.includes('boom')) + 1]]
    )
  })

  it('hangs: known at once where nothing is under way that could end the turn', async () => {
    const [outcome, why] = because(await played({ script: 'bot.cjs', env: { HOW: 'hangs' }, answersWithin: '1h' }))
    assert.equal(outcome, 'failed')
    assert.match(why, HANGS)
  })

  it('hangs, with a timer: known when the time has passed on its clock', async () => {
    const bot = { script: 'bot.cjs', env: { HOW: 'ticks' }, answersWithin: '10min' }
    assert.match(because(await played(bot, { advance: '9min' }))[1], /The bot works on “hello”/)
    assert.match(because(await played(bot, { advance: '10min' }))[1], HANGS)
  })

  for (const how of ['loops', 'reads']) {
    it(`${how} for ever: known after the time that a turn may take`, async () => {
      const [outcome, why] = because(await played({ script: 'bot.cjs', env: { HOW: how }, answersWithin: '7s' }))
      assert.equal(outcome, 'failed')
      assert.match(why, HANGS)
    })
  }

  it('hangs in another language', async () => {
    const [outcome, why] = because(await played({ start: `${python()} hanging.py`, answersWithin: '300ms' }))
    assert.equal(outcome, 'failed')
    assert.match(why, HANGS)
  })

  it('is not there', async () => {
    const [outcome, why] = because(await played({ endpoint: 'http://127.0.0.1:1/api/messages' }))
    assert.equal(outcome, 'failed')
    assert.match(why, /Nobody listens at http:\/\/127\.0\.0\.1:1\/api\/messages: the bot is not running\. Start the bot/)
  })

  it('does not start', async () => {
    const [outcome, why] = because(await played({ start: 'node nothing.cjs' }))
    assert.equal(outcome, 'failed')
    assert.match(why, /exited with code 1/)
  })
})
