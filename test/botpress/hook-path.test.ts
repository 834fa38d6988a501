import assert from 'node:assert/strict'
import { locateHook } from '../../src/botpress/hook-path.ts'

/** Path → what it must be read as; undefined where no hook lies. */
const places: [string, string | undefined][] = [
  ['/srv/bp/data/global/hooks/before_incoming_middleware/10_greet.js', 'before_incoming_middleware 10_greet.js in /srv/bp'],
  ['/srv/bp/data/global/hooks/before_incoming_middleware/shop/deep/x.JS', 'before_incoming_middleware shop/deep/x.JS in /srv/bp'],
  ['/srv/bp/data/bots/welcome-bot/hooks/after_bot_mount/a.js', 'after_bot_mount a.js of welcome-bot in /srv/bp'],
  ['c:\\bp\\data\\bots\\b\\hooks\\on_bot_error\\a.js', 'on_bot_error a.js of b in c:/bp'],
  ['data/global/hooks/after_server_start/a.test.js', 'after_server_start a.test.js in '],
  ['global/hooks/after_server_start/a.js', 'after_server_start a.js in '],
  ['bots/b/hooks/before_outgoing_middleware/a.js', 'before_outgoing_middleware a.js of b in '],
  ['/bp/data/global/hooks/before_incoming_middleware/.off.js', 'before_incoming_middleware .off.js in /bp (dot-file)'],
  ['/bp/data/global/hooks/before_incoming_middleware/.old/a.js', 'before_incoming_middleware .old/a.js in /bp (dot-folder)'],
  ['/bp/data/bots/b/hooks/after_server_start/a.js', 'after_server_start a.js of b in /bp (global-only-type)'],
  ['/bp/data/global/hooks/before_incoming_middleware/a.ts', undefined],
  ['/bp/data/global/hooks/before_incoming_middleware/a.json', undefined],
  ['/bp/data/global/hooks/no_such_type/a.js', undefined],
  ['/bp/data/global/actions/a.js', undefined],
  ['/bp/src/hooks/before_incoming_middleware/a.js', undefined],
  ['/bp/global/hooksbefore_incoming_middleware/a.js', undefined]
]

describe('The place of a hook file', () => {
  for (const [path, expected] of places) {
    it(`reads ${path} as ${expected ?? 'no hook'} (R1.1 to R1.4)`, () => {
      const at = locateHook(path)
      const text =
        at &&
        `${at.type.id} ${at.relativePath}${at.botId === undefined ? '' : ` of ${at.botId}`} in ${at.root}${at.ignored ? ` (${at.ignored})` : ''}`
      assert.equal(text, expected)
    })
  }
})
