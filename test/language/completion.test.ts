import assert from 'node:assert/strict'
import type { CompletionItem, MarkupContent } from 'vscode-languageserver/node'
import { LanguageClient } from './client.ts'

const MEMBERS: Record<string, { text: string; has: string[] }> = {
  'the event': { text: 'event.‸', has: ['type', 'payload', 'state', 'setFlag', 'hasFlag', 'threadId', 'preview', 'nlu'] },
  'the SDK': { text: 'bp.‸', has: ['IO', 'events', 'cms', 'kvs', 'users', 'dialog', 'logger', 'database', 'http', 'config', 'bots'] },
  'the flags': {
    text: 'bp.IO.WellKnownFlags.‸',
    has: ['SKIP_DIALOG_ENGINE', 'FORCE_PERSIST_STATE', 'SKIP_NATIVE_NLU', 'SKIP_QNA_PROCESSING']
  },
  'the session': { text: 'event.state.session.‸', has: ['lastMessages', 'workflows'] },
  'the key-value store': { text: 'bp.kvs.forBot(event.botId).‸', has: ['get', 'set'] },
  'a half-typed member before more code': { text: "if (event.type === 'x') {\n  event.‸\n  const a = 1\n}\n", has: ['setFlag', 'type'] },
  'a member below a stray brace': { text: 'if (event.type) {\n}\n}\nevent.‸\n', has: ['setFlag', 'type'] },
  'a member below brackets that close the wrapper': { text: '})\nbp.‸', has: ['events', 'cms'] },
  'a member above an unterminated template': { text: 'event.‸\nconst a = `', has: ['setFlag'] },
  'a member below an unterminated string': { text: "const a = 'x\nevent.‸", has: ['setFlag'] },
  'a member in a function that is still open': { text: 'const f = async () => {\n  if (true) {\n    event.‸', has: ['setFlag'] },
  'an argument': { text: 'event.setFlag(bp.IO.WellKnownFlags.‸', has: ['SKIP_DIALOG_ENGINE'] }
}

/** Members of the browser's `Event` and `window`, which the built-in service offers in hooks. */
const DOM = ['preventDefault', 'stopPropagation', 'bubbles', 'composedPath', 'currentTarget', 'document', 'window', 'addEventListener']

describe('language: completion', () => {
  let client: LanguageClient
  before(async () => {
    client = await LanguageClient.start()
  })
  after(() => client.stop())

  for (const [what, { text, has }] of Object.entries(MEMBERS)) {
    for (const [ending, eol] of [
      ['LF', '\n'],
      ['CRLF', '\r\n']
    ] as const) {
      it(`offers the members of ${what}, and nothing of the DOM (${ending})`, async () => {
        const open = await client.open(text.replaceAll('\n', eol))
        const labels = (await client.completions(open)).map(item => item.label)
        for (const name of has) assert.ok(labels.includes(name), `${name} is missing among ${labels.join(' ')}`)
        for (const name of DOM) assert.ok(!labels.includes(name), `${name} is offered`)
        assert.equal(new Set(labels).size, labels.length, 'no label twice')
      })
    }
  }

  it('offers the names a hook has at an empty position, without those that exist for the types only', async () => {
    for (const text of ['‸', 'const a = 1\n‸', "if (event.type === 'x') {\n  ‸\n}"]) {
      const labels = (await client.completions(await client.open(text))).map(item => item.label)
      for (const name of ['bp', 'event', 'process', 'printObject', 'require', 'console', 'Buffer', 'setTimeout', 'Promise'])
        assert.ok(labels.includes(name), `${name} is missing at ${JSON.stringify(text)}`)
      for (const name of [...DOM, 'sdk', 'hooks', 'fetch', 'URL', 'sessionStorage']) assert.ok(!labels.includes(name), `${name} is offered`)
    }
  })

  it('resolves an item with its signature and its documentation', async () => {
    const open = await client.open('event.‸')
    const item = (await client.completions(open)).find(candidate => candidate.label === 'setFlag')
    const resolved = await client.request<CompletionItem>('completionItem/resolve', item)
    assert.match(resolved.detail ?? '', /setFlag\(/)
    assert.ok((resolved.documentation as MarkupContent).value.length > 20)
  })

  it('offers a document without a hook folder the arguments of before_incoming_middleware', async () => {
    const open = await client.open('event.‸', { uri: 'untitled:Untitled-1' })
    assert.ok((await client.completions(open)).some(item => item.label === 'setFlag'))
  })

  it('follows the folder: each hook type has the arguments of R2.1 and no others', async () => {
    const all = [
      'event',
      'botId',
      'sessionId',
      'suggestions',
      'tmpFolder',
      'hookResult',
      'events',
      'bot',
      'users',
      'pipeline',
      'previousBotConfig',
      'incident'
    ]
    const expected: Record<string, string[]> = {
      after_server_start: [],
      after_bot_mount: ['botId'],
      after_bot_unmount: ['botId'],
      before_incoming_middleware: ['event'],
      after_incoming_middleware: ['event'],
      before_suggestions_election: ['sessionId', 'event', 'suggestions'],
      after_event_processed: ['event'],
      before_outgoing_middleware: ['event'],
      before_session_timeout: ['event'],
      before_conversation_end: ['event'],
      before_bot_import: ['botId', 'tmpFolder', 'hookResult'],
      on_bot_error: ['botId', 'events'],
      on_stage_request: ['bot', 'users', 'pipeline', 'hookResult'],
      after_stage_changed: ['previousBotConfig', 'bot', 'users', 'pipeline'],
      on_incident_status_changed: ['incident']
    }
    for (const [hookType, names] of Object.entries(expected)) {
      const labels = (await client.completions(await client.open('‸', { hookType }))).map(item => item.label)
      assert.deepEqual(all.filter(name => labels.includes(name)).sort(), [...names].sort(), hookType)
    }
  })

  it('keeps up with typing: a completion after each character', async () => {
    const open = await client.open("const a = 1\n‸\nif (event.type === 'x') {\n}\n")
    let column = 0
    for (const character of 'event.state.session.') {
      await client.edit(open, { line: 1, character: column }, { line: 1, character: column }, character)
      column++
      const items = await client.completions({ ...open, cursor: { line: 1, character: column } })
      assert.ok(items.length > 0, `nothing offered after ${column} characters`)
      if (column === 'event.state.session.'.length) assert.ok(items.some(item => item.label === 'lastMessages'))
    }
  })
})
