import assert from 'node:assert/strict'
import { HOOK_TYPES, hookTypeOf } from '../../src/botpress/hook-types.ts'
import { attachConfiguration } from '../../src/extension/attach-configuration.ts'
import { Disposables } from '../../src/extension/feature.ts'
import { above, inRunOrder, rootsOf } from '../../src/extension/found-roots.ts'
import { isReachedByEvents, sampleArguments } from '../../src/extension/hook-arguments.ts'
import { panelHtml } from '../../src/extension/panel-html.ts'
import { samePath } from '../../src/extension/places.ts'

describe('Botpress folders', () => {
  it('are read off hooks and bot configurations, each with its bots', () => {
    const roots = rootsOf(
      ['/w/a/data/bots/shop/hooks/before_incoming_middleware/x.js', '/w/b/data/global/hooks/after_server_start/sub/y.js', '/w/a/src/x.js'],
      ['/w/a/data/bots/help/bot.config.json', '/w/c/data/bots/solo/bot.config.json', '/w/c/bot.config.json']
    )
    assert.deepEqual(Object.fromEntries(roots), { '/w/a': ['help', 'shop'], '/w/b': [], '/w/c': ['solo'] })
  })

  it('list hooks in the order in which Botpress runs them: by file name, global ones first where names are equal (R1.5, R1.6)', () => {
    const type = 'hooks/before_incoming_middleware'
    const paths = [
      `/w/data/bots/shop/${type}/2_b.js`,
      `/w/data/bots/shop/${type}/10_a.js`,
      `/w/data/global/${type}/sub/10_a.js`,
      `/w/data/global/${type}/Z.js`
    ]
    assert.deepEqual(
      inRunOrder(paths).map(({ location }) => `${location.botId ?? 'global'} ${location.relativePath}`),
      ['global sub/10_a.js', 'shop 10_a.js', 'shop 2_b.js', 'global Z.js']
    )
  })

  it('are looked for above an opened folder, nearest first', () => {
    assert.deepEqual(above('/a/b/c', 2), ['/a/b', '/a'])
    assert.deepEqual(above('/a', 8), [''])
  })
})

describe('Two paths', () => {
  it('are the same file whatever the case of the drive letter and the slashes', () => {
    assert.ok(samePath('C:\\shop\\a.js', 'c:/shop/a.js'))
    assert.ok(samePath('/c:/shop/a.js', 'C:\\shop\\a.js'))
    assert.ok(!samePath('/shop/a.js', '/shop/A.js'))
  })
})

describe('The page of the simulator in a webview', () => {
  const html = panelHtml({
    cspSource: 'https://webview.test',
    nonce: 'abc123',
    script: 'https://webview.test/panel.js?a=1&b="2"',
    style: 'https://webview.test/panel.css',
    frames: ['http://127.0.0.1:4000'],
    title: 'Simulator',
    language: 'en'
  })
  const policy = /content="([^"]+)"/.exec(html)![1]!.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))

  it('allows our script by its nonce, the simulator’s server in frames, and nothing else', () => {
    const rules = Object.fromEntries(policy.split('; ').map(rule => [rule.slice(0, rule.indexOf(' ')), rule.slice(rule.indexOf(' ') + 1)]))
    assert.deepEqual(rules, {
      'default-src': "'none'",
      'script-src': "'nonce-abc123'",
      'style-src': 'https://webview.test',
      'font-src': 'https://webview.test',
      'img-src': 'https://webview.test data:',
      'frame-src': 'http://127.0.0.1:4000',
      'form-action': "'none'",
      'base-uri': "'none'"
    })
    assert.doesNotMatch(policy, /unsafe|\*/)
  })

  it('escapes addresses, and frames nothing while there is no simulator', () => {
    assert.match(html, /src="https:\/\/webview\.test\/panel\.js\?a=1&#38;b=&#34;2&#34;"/)
    const empty = panelHtml({ cspSource: 'x:', nonce: 'n', script: 's', style: undefined, frames: [], title: 't', language: 'en' })
    assert.match(empty, /frame-src 'none'/)
  })
})

describe('Attaching the debugger', () => {
  it('goes to the inspector’s own address and steps over our files', () => {
    const configuration = attachConfiguration('Hooks', 'ws://127.0.0.1:9229/3f0a', 'C:\\ext')
    assert.deepEqual(
      [configuration.type, configuration.request, configuration.address, configuration.port, configuration.websocketAddress],
      ['node', 'attach', '127.0.0.1', 9229, 'ws://127.0.0.1:9229/3f0a']
    )
    assert.deepEqual(configuration.skipFiles, ['<node_internals>/**', 'C:/ext/dist/**'])
  })
})

describe('Arguments of a hook that no event leads to', () => {
  it('have a sample each, and the bot at hand', () => {
    for (const type of HOOK_TYPES) {
      const samples = sampleArguments(type, 'shop')
      assert.deepEqual(
        Object.keys(samples),
        type.args.map(arg => arg.name)
      )
      if (!isReachedByEvents(type)) for (const [name, value] of Object.entries(samples)) assert.notEqual(value, null, `${type.id} ${name}`)
    }
    assert.equal(sampleArguments(hookTypeOf('after_bot_mount')!, 'shop').botId, 'shop')
    assert.deepEqual(sampleArguments(hookTypeOf('before_bot_import')!, 'shop').hookResult, { allowImport: true })
  })
})

describe('Things to dispose of', () => {
  it('are ended in reverse, and at once when they come too late', () => {
    const ended: string[] = []
    const list = new Disposables()
    list.onDispose(() => ended.push('first'))
    list.onDispose(() => ended.push('second'))
    list.dispose()
    list.onDispose(() => ended.push('late'))
    list.dispose()
    assert.deepEqual(ended, ['second', 'first', 'late'])
  })
})
