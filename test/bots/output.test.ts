import assert from 'node:assert/strict'
import { pathToFileURL } from 'node:url'
import { BotOutput } from '../../src/host/bots/bot-output.ts'

/** What a process wrote, line by line. */
function placeAfter(written: string) {
  const output = new BotOutput()
  for (const line of written.split('\n')) output.take(line)
  return output.place
}

describe('what a bot wrote before it ended', () => {
  it('names the innermost place in a file of the author’s, of CommonJS', () => {
    const stack = `TypeError: no
    at emit (node:events:508:28)
    at hear (/srv/bot/node_modules/botbuilder/lib/bot.js:3:4)
    at answer (/srv/bot/bot.js:10:5)
    at Object.<anonymous> (/srv/bot/index.js:1:1)`
    assert.deepEqual(placeAfter(stack), { file: '/srv/bot/bot.js', line: 10, column: 5 })
  })

  it('of ES modules, which are named by their address', () => {
    const file = '/srv/my bot/bot.mjs'
    const url = pathToFileURL(file).href
    assert.deepEqual(placeAfter(`${url}:12\nthrow new Error('no')`), { file, line: 12 })
    assert.deepEqual(placeAfter(`    at async answer (${url}:12:7)`), { file, line: 12, column: 7 })
    assert.deepEqual(placeAfter(`    at ${url}:1:2`), { file, line: 1, column: 2 })
  })

  it('on Windows', () => {
    assert.deepEqual(placeAfter('    at answer (C:\\bots\\bot.js:10:5)'), { file: 'C:\\bots\\bot.js', line: 10, column: 5 })
  })

  it('of Python, which names it last', () => {
    const stack = `Traceback (most recent call last):
  File "<frozen runpy>", line 198, in _run_module_as_main
  File "/srv/bot/app.py", line 3, in <module>
    run()
  File "/srv/bot/dialogs.py", line 40, in run
    client.post(1)
  File "/srv/bot/.venv/lib/python3.12/site-packages/aiohttp/client.py", line 9, in post
ValueError: no`
    assert.deepEqual(placeAfter(stack), { file: '/srv/bot/dialogs.py', line: 40 })
  })

  it('is kept to its last lines, without what Node says about its inspector', () => {
    const output = new BotOutput()
    assert.equal(output.take('Debugger listening on ws://127.0.0.1:9/x'), undefined)
    for (let line = 1; line <= 40; line++) output.take(`line ${line}`)
    assert.deepEqual(output.text.split('\n').slice(0, 1), ['line 11'])
    assert.equal(output.text.split('\n').length, 30)
  })
})
