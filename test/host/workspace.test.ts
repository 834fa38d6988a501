import assert from 'node:assert/strict'
import { readScript } from '../../src/host/page-script.ts'
import { findPages } from '../../src/host/pages.ts'
import { botIds, findBotpress } from '../../src/host/workspace.ts'
import { BOT, type Folder, folderWith } from './fixture.ts'

describe('the workspace', function () {
  this.timeout(30_000)
  let folder: Folder
  afterEach(() => folder.remove())

  it('finds the Botpress folder at, above and below the opened one', () => {
    folder = folderWith({ 'servers/chat/data/bots/shop/bot.config.json': '{}', 'servers/chat/data/global/hooks/x/y.js': '' })
    const root = folder.at('servers/chat')
    assert.deepEqual(findBotpress(root), { root, base: root })
    assert.deepEqual(findBotpress(folder.at('servers/chat/data/bots/shop')), { root, base: root })
    assert.deepEqual(findBotpress(folder.path), { root, base: folder.path })
  })

  it('takes a folder that has only global hooks, and prefers the nearest below', () => {
    folder = folderWith({ 'a/deep/er/data/bots/x/bot.config.json': '{}', 'b/data/global/hooks/x/y.js': '' })
    assert.equal(findBotpress(folder.path)?.root, folder.at('b'))
  })

  it('finds nothing in packages, dot folders and elsewhere', () => {
    folder = folderWith({ 'node_modules/botpress/data/global/x': '', '.cache/data/bots/x/bot.config.json': '{}', 'src/x.js': '' })
    assert.equal(findBotpress(folder.path), undefined)
  })

  it('lists bots that have a configuration', () => {
    folder = folderWith({ ...BOT, 'data/bots/other/flows/main.flow.json': '{}', 'data/bots/a/bot.config.json': '{}' })
    assert.deepEqual(botIds(folder.path), ['a', 'shop'])
  })

  it('finds pages with the bots and events in them and in their scripts, with file and line', () => {
    folder = folderWith({
      'public/index.html': PAGE,
      'public/js/chat.js': "\nwindow.botpressWebChat.sendPayload({ type: 'offer', text: 'hi' })",
      'public/plain.html': '<p>no chat</p>',
      'node_modules/x/index.html': '<script>botpressWebChat.init({})</script>'
    })
    const [page, ...others] = findPages(folder.path)
    assert.equal(others.length, 0)
    assert.deepEqual([page!.id, page!.title, page!.botIds], ['public/index.html', 'My shop', ['shop']])
    assert.deepEqual(page!.events, [
      { type: 'offer', payload: { type: 'offer', text: 'hi' }, via: 'sendPayload', line: 2, file: folder.at('public/js/chat.js') },
      {
        type: 'proactive-trigger',
        payload: {
          type: 'proactive-trigger',
          payload: { type: 'proactive-trigger', channel: 'web', payload: { text: 'x', cart: '‹cart.total›' } }
        },
        via: 'sendEvent',
        line: 6,
        file: folder.at('public/index.html')
      }
    ])
  })

  it('tells pages whose only chat is Voiceflow’s from those of Botpress', () => {
    const voiceflow = '<script>v.src = "https://cdn.voiceflow.com/widget-next/bundle.mjs"</script>'
    folder = folderWith({
      'both.html': `${voiceflow}<script>botpressWebChat.init({})</script>`,
      'flow.html': voiceflow,
      'plain.html': '<script>botpressWebChat.init({})</script>'
    })
    assert.deepEqual(
      findPages(folder.path).map(({ id, plays }) => [id, plays]),
      [
        ['both.html', undefined],
        ['flow.html', 'voiceflow'],
        ['plain.html', undefined]
      ]
    )
  })

  it('says where a page takes inject.js from another server', () => {
    folder = folderWith({ 'a.html': '<html>\n<script src="http://localhost:3000/assets/modules/channel-web/inject.js"></script>' })
    const [problem] = findPages(folder.path)[0]!.problems
    assert.deepEqual(problem?.place, { file: folder.at('a.html'), line: 2 })
    assert.match(problem!.problem, /http:\/\/localhost:3000/)
  })

  it('offers no reserved types, and survives scripts that are none (R20.8)', () => {
    folder = folderWith({})
    assert.deepEqual(
      readScript("botpressWebChat.sendEvent({ type: 'show' }); botpressWebChat.sendEvent(event); botpressWebChat.sendEvent()").events,
      []
    )
    assert.deepEqual(readScript('if ('), { events: [], botIds: [] })
    assert.equal(readScript("import x from 'y'\nwindow.botpressWebChat?.sendEvent({ type: `a` })").events[0]?.type, 'a')
  })
})

const PAGE = `<html><head><title>My shop</title>
<script src="/assets/modules/channel-web/inject.js"></script>
<script src="/js/chat.js"></script>
</head><script>
  window.botpressWebChat.init({ host: 'http://localhost:3000', botId: 'shop' })
  window.botpressWebChat.sendEvent({ type: 'proactive-trigger', channel: 'web', payload: { text: 'x', cart: cart.total } })
</script></html>`
