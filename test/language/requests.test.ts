import assert from 'node:assert/strict'
import { pathToFileURL } from 'node:url'
import type { HookInfo, PageEvent } from '../../src/protocol/language.ts'
import { LanguageClient } from './client.ts'
import { temporaryFolder } from './workspace.ts'

const PAGE = `<html><!-- <script>window.botpressWebChat.sendEvent({ type: 'commented' })</script> -->
<button onclick="window.botpressWebChat.sendEvent({ type: 'ask', payload: { sku: 7 } })">Ask</button>
<script>
  const chat = window.botpressWebChat
  chat.init({ host: 'http://localhost:3000', botId: 'shop' })
  window.addEventListener('message', function (event) {
    if (event.data.name === 'webchatReady') chat.sendEvent({ type: 'proactive-trigger', channel: 'web', payload: { text: name, n: -1 } })
  })
  window.voiceflow.chat.proactive.push({ type: 'text', payload: { message: 'Hi' } })
</script></html>
`

describe('language: requests of the extension', () => {
  it('lists what the pages of the workspace send, with place and literals', async () => {
    using folder = temporaryFolder({
      'web/index.html': PAGE,
      'web/track.js': "window.botpressWebChat.sendPayload({ type: 'track', page: location.href })\n",
      'web/other.js': 'console.log(1)\n',
      'node_modules/x/index.js': "window.botpressWebChat.sendEvent({ type: 'library' })\n"
    })
    const client = await LanguageClient.start([pathToFileURL(folder.path).toString()])
    const events = await client.request<PageEvent[]>('proactiveHooks/pageEvents', {})
    await client.stop()
    assert.deepEqual(
      events.map(({ via, type, argument, place }) => ({
        via,
        type,
        argument,
        line: place.range.start.line,
        file: place.uri.split('/').at(-1)
      })),
      [
        { via: 'sendEvent', type: 'ask', argument: { type: 'ask', payload: { sku: 7 } }, line: 1, file: 'index.html' },
        {
          via: 'sendEvent',
          type: 'proactive-trigger',
          argument: { type: 'proactive-trigger', channel: 'web', payload: { n: -1 } },
          line: 6,
          file: 'index.html'
        },
        { via: 'push', type: 'text', argument: { type: 'text', payload: { message: 'Hi' } }, line: 8, file: 'index.html' },
        { via: 'sendPayload', type: 'track', argument: { type: 'track' }, line: 0, file: 'track.js' }
      ]
    )
  })

  it('tells type, scope, bot and handled event types of a hook, open or on disk', async () => {
    const text =
      "const { type } = event\nif (type === 'a' || ['b', 'c'].includes(event.type)) return\nswitch (event.type) { case 'd': break }\n"
    using folder = temporaryFolder({ 'data/bots/shop/hooks/after_incoming_middleware/x/10_a.js': text })
    const client = await LanguageClient.start([pathToFileURL(folder.path).toString()])
    const uri = pathToFileURL(`${folder.path}/data/bots/shop/hooks/after_incoming_middleware/x/10_a.js`).toString()
    const expected: HookInfo = {
      hookType: 'after_incoming_middleware',
      scope: 'bot',
      botId: 'shop',
      handles: ['a', 'b', 'c', 'd'],
      broken: false
    }
    assert.deepEqual(await client.request('proactiveHooks/hookInfo', { uri }), expected)
    await client.open('}', { uri })
    assert.deepEqual(await client.request('proactiveHooks/hookInfo', { uri }), { ...expected, handles: [], broken: true })
    assert.equal(await client.request('proactiveHooks/hookInfo', { uri: 'file:///somewhere/a.js' }), null)
    await client.stop()
  })
})
