import assert from 'node:assert/strict'
import { CURSOR, LanguageClient, serious } from './client.ts'

const HOOK = `const _ = require('lodash')
const { SKIP_DIALOG_ENGINE } = bp.IO.WellKnownFlags

/** Says hello. */
const greet = async () => {
  if (event.type !== 'proactive-trigger') return
  event.setFlag(SKIP_DIALOG_ENGINE, true)
  if (event.state.session.greetedAt) return
  event.state.session.greetedAt = Date.now()
  event.setFlag(bp.IO.WellKnownFlags.FORCE_PERSIST_STATE, true)
  const name = _.get(event, 'state.user.name', 'there')
  for (const one of ['a', 'b']) {
    // each of them
    bp.logger.info(one)
  }
  const payloads = await bp.cms.renderElement('builtin_text', { text: \`Hello \${name}\` }, event)
  switch (event.channel) {
    case 'web':
      await bp.events.replyToEvent(event, payloads, event.id)
      break
    default:
      return
  }
}

return greet()
`
const LINES = HOOK.split('\n')

/** What is on a line of its own while someone is typing. */
const SLIPS = {
  'a closing brace too many': '}',
  'a closing brace and parenthesis too many': '})',
  'an opening brace too many': '{',
  'a block that is never closed': 'if (event.preview) {',
  'a half-typed member of the event': 'event.',
  'a half-typed member of bp': 'bp.events.',
  'a half-typed member in a call': 'event.setFlag(bp.',
  'a half-typed member to wait for': 'await bp.',
  'a half-typed value': 'const text = event.payload[',
  'a string without an end': "const text = 'abc",
  'a string without an end in a call': "bp.logger.info('abc",
  'a string without an end in a condition': "if (event.type === '",
  'a template without an end': 'const text = `abc',
  'a template without an end in a call': 'bp.logger.info(`abc',
  'a template without an end in a condition': 'if (event.type === `',
  'a template without an end in an object': 'bp.logger.info({ text: `abc',
  'a template without an end, and nothing in it, in an object': 'bp.events.replyToEvent(event, [{ text: `',
  'a template without an end that computes, in an object': `bp.logger.info({ text: \`Hello \${event.channel}`,
  'a template without an end that brackets enclose closely': 'bp.logger.info([{[`'
}

/** Where a statement may stand, with the indentation that the editor gives it. */
const PLACES = LINES.flatMap((next, line) => {
  const before = LINES.slice(0, line).findLast(text => text.trim() !== '') ?? ''
  const indent = /^ */.exec(before)![0] + (/[{:]$/.test(before) ? '  ' : '')
  return /^\s*(case|default)\b/.test(next) && !before.includes('break') ? [] : [{ line, indent }]
})

const MEMBERS = {
  'event.': ['type', 'payload', 'preview', 'state', 'nlu', 'setFlag', 'hasFlag', 'target', 'threadId', 'botId', 'channel'],
  'bp.': ['events', 'cms', 'kvs', 'dialog', 'logger', 'IO', 'users', 'http', 'database'],
  'event.state.': ['user', 'session', 'temp', 'context']
}

describe('language: slips while typing', () => {
  let client: LanguageClient
  before(async () => {
    client = await LanguageClient.start()
  })
  after(() => client.stop())

  for (const [what, slip] of Object.entries(SLIPS)) {
    it(`${what} is reported on its own line, and nothing elsewhere, at each of ${PLACES.length} places`, async function () {
      this.timeout(120_000)
      for (const eol of ['\n', '\r\n']) {
        for (const { line, indent } of eol === '\n' ? PLACES : PLACES.slice(5, 8)) {
          const text = [...LINES.slice(0, line), indent + slip, ...LINES.slice(line)].join(eol)
          const open = await client.open(text)
          const found = serious(await client.diagnostics(open))
          await client.close(open)
          const lines = found.map(({ range }) => range.start.line)
          assert.deepEqual(
            [...new Set(lines)],
            [line],
            `line ${line}: ${JSON.stringify(found.map(({ code, message, range }) => [range.start.line, code, message]))}`
          )
        }
      }
    })

    it(`${what} leaves completions above and below it whole`, async function () {
      this.timeout(120_000)
      for (const slipped of [3, 6, 13, 18]) {
        for (const probed of [1, 20, LINES.length - 1]) {
          if (probed === slipped) continue
          const indent = PLACES.find(({ line }) => line === slipped)?.indent ?? ''
          for (const [before, members] of Object.entries(MEMBERS)) {
            const lines = LINES.map((text, line) =>
              line === slipped ? `${indent}${slip}\n${text}` : line === probed ? `${before}${CURSOR};\n${text}` : text
            )
            const open = await client.open(lines.join('\n'))
            const labels = new Set((await client.completions(open)).map(({ label }) => label))
            await client.close(open)
            assert.deepEqual(
              members.filter(name => !labels.has(name)),
              [],
              `${before} on line ${probed}, the slip on ${slipped}`
            )
          }
        }
      }
    })
  }

  it('a half-typed member completes where it stands, whatever comes below', async () => {
    for (const { line, indent } of PLACES) {
      for (const [before, members] of Object.entries(MEMBERS)) {
        const open = await client.open([...LINES.slice(0, line), `${indent}${before}${CURSOR}`, ...LINES.slice(line)].join('\n'))
        const labels = new Set((await client.completions(open)).map(({ label }) => label))
        await client.close(open)
        assert.deepEqual(
          members.filter(name => !labels.has(name)),
          [],
          `${before} on line ${line}`
        )
      }
    }
  })

  it('a comment or template without an end is reported where it begins', async () => {
    for (const [text, covers, line = 1] of [
      ['bp.logger.info(1)\n/* open\nreturn 1\n', '/*'],
      ['bp.logger.info(1)\nconst a = `open\nreturn 1\n', '`'],
      ['bp.logger.info(1)\nbp.events.replyToEvent(event, [{ text: `open\nconst b = `two`\nreturn `three`\n', '`'],
      ['const a = `one\ntwo`\nconst b = `open\nreturn `three`\n', '`', 2]
    ] as const) {
      const open = await client.open(text)
      const [found] = serious(await client.diagnostics(open))
      assert.deepEqual([found!.range.start.line, open.document.getText(found!.range)], [line, covers])
    }
  })

  it('code without a slip is left alone, however it is indented', async () => {
    for (const text of [HOOK, HOOK.replaceAll(/^ +/gm, ''), HOOK.replaceAll(/^(?=.)/gm, '   '), HOOK.replaceAll('\n    ', '\n        ')]) {
      const open = await client.open(text)
      assert.deepEqual(
        (await client.diagnostics(open)).filter(({ code }) => typeof code === 'number' && code < 2000),
        []
      )
    }
  })
})
