import assert from 'node:assert/strict'
import { isDeepStrictEqual } from 'node:util'
import { renderTrace } from '../../src/trace/render.ts'
import type { Gesture } from '../../src/trace/stage-entries.ts'
import { until } from '../panel/until.ts'
import { closeBrowser } from '../support/browser.ts'
import { clearStage, type Stage, stage } from './stage.ts'

/** The snippet that Voiceflow gives its users, with what a page does once the chat is there. */
const page = (then: string, more = '', bundle = 'widget-next') => `<!doctype html><title>Shop</title><body><script>
window.heard = []
addEventListener('message', event => heard.push(event.data))
</script><script type="text/javascript">
(function(d, t) {
  var v = d.createElement(t), s = d.getElementsByTagName(t)[0];
  v.onload = function() {
    ${more}
    window.loaded = window.voiceflow.chat.load({ verify: { projectID: 'p1' }, url: 'https://general-runtime.voiceflow.com', versionID: 'production' }).then(() => { ${then} });
  }
  v.src = "https://cdn.voiceflow.com/${bundle}/bundle.mjs"; v.type = "text/javascript"; s.parentNode.insertBefore(v, s);
})(document, 'script');
</script></body>`

const text = (message: string) => JSON.stringify({ type: 'text', payload: { message } })

describe('Voiceflow’s chat on a page', function () {
  this.timeout(60_000)
  let on: Stage
  afterEach(() => on.close())
  after(async () => {
    await closeBrowser()
    await clearStage()
  })

  const begin = async (html: string) => {
    on = await stage({ files: { 'pages/vf.html': html }, page: 'pages/vf.html' })
    await on.page.goto(on.simulator.url('page'))
    await on.page.waitForFunction('window.loaded')
    await on.page.evaluate('window.loaded')
  }
  const cards = () => on.page.locator('#voiceflow-chat .card').allTextContents()
  const run = (code: string) => on.page.evaluate(`voiceflow.chat.${code}`)
  const gesture = (gesture: Gesture) => on.simulator.handle({ kind: 'gesture', gesture })
  /** The trace comes to tell that the bubbles are in these states. */
  const told = (...states: [text: string, state: string][]) =>
    until(() => {
      const last = on.of('bubbles-changed').at(-1)
      return isDeepStrictEqual(
        last?.bubbles.map(({ text, state }) => [text, state]),
        states
      )
    })

  it('comes with the vendor’s snippet, unchanged, and shows what is pushed as it is, in order, twice if said twice (W5, W6)', async () => {
    await begin(
      page(
        `voiceflow.chat.proactive.clear(); voiceflow.chat.proactive.push(${text('<b>Hi</b> **there**')}, ${text('Second')}, ${text('Second')})`
      )
    )
    assert.deepEqual(await cards(), ['<b>Hi</b> **there**', 'Second', 'Second'])
    assert.equal(await on.page.locator('#voiceflow-chat .vfrc-proactive__card').count(), 3)
    const call = await on.entry('voiceflow-called', ({ name }) => name === 'proactive.push')
    assert.equal(call.place?.file.endsWith('pages/vf.html'), true)
    assert.match(renderTrace(on.simulator.trace.entries), /The visitor sees .*Second.* beside the chat’s button/s)
    assert.deepEqual(
      on.console.filter(line => /refused|Security|Failed to load/i.test(line)),
      []
    )
  })

  it('loses what is pushed before it was loaded (W1, S64)', async () => {
    await begin(page('', `window.voiceflow.chat.proactive.push(${text('early')})`))
    assert.deepEqual(await cards(), [])
    assert.equal((await on.entry('voiceflow-called', ({ fate }) => fate === 'lost')).name, 'proactive.push')
    assert.match(renderTrace(on.simulator.trace.entries), /before the chat was loaded/)
    assert.equal(
      on.console.some(line => line.includes('not loaded yet')),
      true
    )
  })

  it('keeps bubbles while it is open or hidden, and draws text only (W4, W8, W9)', async () => {
    await begin(page(''))
    await gesture({ do: 'open' })
    await run(`proactive.push(${text('later')}, { type: 'choice' })`)
    assert.deepEqual(await cards(), [])
    await told(['later', 'chat-open'], ['undefined', 'ignored'])
    await gesture({ do: 'close' })
    assert.deepEqual(await cards(), ['later'])
    await run('hide()')
    assert.equal(await on.page.locator('#voiceflow-chat button').count(), 0)
    await told(['later', 'widget-hidden'], ['undefined', 'ignored'])
    await run('show()')
    assert.deepEqual(await cards(), ['later'])
  })

  it('brings dismissed bubbles back with the next one, and never what was cleared (W10, W15)', async () => {
    await begin(page(`voiceflow.chat.proactive.push(${text('one')})`))
    await on.page.locator('#voiceflow-chat').getByRole('button', { name: 'Dismiss' }).click()
    assert.deepEqual(await cards(), [])
    await told(['one', 'dismissed'])
    assert.deepEqual((await on.entry('page-gesture')).gesture, { do: 'choose', title: 'Dismiss' })
    await run(`proactive.push(${text('two')})`)
    assert.deepEqual(await cards(), ['one', 'two'])
    await run('proactive.clear()')
    await run(`proactive.push(${text('three')})`)
    assert.deepEqual(await cards(), ['three'])
  })

  it('tells the page by JSON strings, in the order of the real one, and keeps its session (W17)', async () => {
    await begin(page(''))
    await on.page.locator('#voiceflow-chat').getByRole('button', { name: 'Open the chat' }).click()
    await gesture({ do: 'close' })
    const heard = (await on.page.evaluate('window.heard')) as unknown[]
    assert.deepEqual(
      heard.map(one => (JSON.parse(one as string) as { type: string }).type),
      ['voiceflow:open', 'voiceflow:interact', 'voiceflow:save_session', 'voiceflow:close', 'voiceflow:save_session']
    )
    assert.notEqual(await on.page.evaluate("localStorage.getItem('voiceflow-session-p1')"), null)
    assert.equal(on.of('page-posted').at(-1)!.name, 'voiceflow:save_session')
    assert.equal(on.of('event-received').length, 0, 'nothing is part of a conversation (W13)')
  })

  it('has the class names of each generation, and loses its queue with the page (W12)', async () => {
    await begin(page(`if (!sessionStorage.again) voiceflow.chat.proactive.push(${text('once')}); sessionStorage.again = 1`, '', 'widget'))
    assert.equal(await on.page.locator('#voiceflow-chat .vfrc-proactive-message').count(), 1)
    await on.page.reload()
    await on.page.waitForFunction('window.loaded')
    await on.page.evaluate('window.loaded')
    assert.deepEqual(await cards(), [])
  })

  it('is served for a static script as well, and staggers bubbles by the page’s timers on the virtual clock (W7)', async () => {
    const html = `<!doctype html><body><script src="https://cdn.voiceflow.com/widget/bundle.mjs"></script><script>
window.loaded = voiceflow.chat.load({ verify: { projectID: 'p' } }).then(() => setTimeout(() => voiceflow.chat.proactive.push(${text('after a minute')}), 60000))
</script></body>`
    on = await stage({
      files: { 'pages/vf.html': html },
      page: 'pages/vf.html',
      clock: 'virtual',
      startAt: Date.parse('2026-03-02T09:00:00Z')
    })
    await on.page.goto(on.simulator.url('page'))
    await on.page.evaluate('window.loaded')
    await on.simulator.handle({ kind: 'clock', command: { do: 'advance', ms: 59_900 } })
    assert.deepEqual(await cards(), [])
    await on.simulator.handle({ kind: 'clock', command: { do: 'step' } })
    assert.deepEqual(await cards(), ['after a minute'])
  })
})
