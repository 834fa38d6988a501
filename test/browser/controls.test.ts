import assert from 'node:assert/strict'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { isDeepStrictEqual } from 'node:util'
import type { Page, WebSocket } from 'playwright-core'
import type { ClockCommand, VisitorCommand } from '../../src/protocol/panel.ts'
import type { Gesture } from '../../src/trace/stage-entries.ts'
import { until } from '../panel/until.ts'
import { closeBrowser } from '../support/browser.ts'
import { clearStage, type Stage, stage } from './stage.ts'

const START = Date.parse('2026-03-02T09:00:00Z')
const PRICING = 'pages/pricing.html'
const FORM = `<!doctype html><title>Form</title><body><!-- without botpressWebChat --><script>
window.seen = []
const note = name => event => window.seen.push(name + ' ' + (event.target.id || event.target.nodeName || 'window') + (event.clientY === undefined ? '' : ' ' + Math.round(event.clientY)))
for (const name of ['popstate', 'hashchange']) addEventListener(name, () => window.seen.push(name + ' ' + location.pathname.split('/').pop() + location.hash))
for (const name of ['click', 'focusin', 'focusout', 'input', 'change', 'submit', 'mouseleave', 'scroll']) document.addEventListener(name, note(name), true)
</script>
<form id="contact" onsubmit="event.preventDefault()"><input id="name" name="name" required><input id="mail" type="email" name="mail"><button id="go">Send</button></form>
<button id="plain" type="button">Plain</button><p style="height: 3000px">long</p></body>`

type Seen = { seen: string[] }

/** The controls of the stage on pages in a real browser. */
describe('the stage in a browser', function () {
  this.timeout(25_000)
  let on: Stage
  afterEach(() => on.close())
  after(async () => {
    await closeBrowser()
    await clearStage()
  })

  const clock = (command: ClockCommand) => on.simulator.handle({ kind: 'clock', command })
  const visitor = (command: VisitorCommand) => on.simulator.handle({ kind: 'visitor', command })
  const gesture = (gesture: Gesture) => on.simulator.handle({ kind: 'gesture', gesture })
  const seen = (page: Page = on.page) => page.evaluate(() => (globalThis as unknown as Seen).seen.splice(0))
  /** Another tab of the same browser with the page that the simulator shows. */
  const shown = async () => {
    const page = await on.page.context().newPage()
    await page.goto(on.simulator.url('page'))
    return page
  }

  describe('gestures', () => {
    it('are done in the page with the events of a visitor, and told', async () => {
      on = await stage({ files: { 'pages/form.html': FORM }, page: 'pages/form.html' })
      await on.page.goto(on.simulator.url('page'))
      await gesture({ do: 'focus', selector: '#name' })
      assert.deepEqual(await seen(), ['focusin name'])
      await gesture({ do: 'submit', selector: '#contact', values: { name: 'Ann', mail: 'ann@example.test' } })
      assert.deepEqual(await seen(), ['input name', 'change name', 'input mail', 'change mail', 'click go 0', 'submit contact'])
      await gesture({ do: 'pointerLeaves', edge: 'top' })
      assert.deepEqual(await seen(), ['mouseleave BODY -1', 'mouseleave HTML -1', 'mouseleave #document -1'])
      await gesture({ do: 'scroll', to: 50 })
      assert.ok((await seen()).some(one => one.startsWith('scroll')))
      assert.ok(await on.page.evaluate('Math.abs(scrollY - (document.documentElement.scrollHeight - innerHeight) / 2) < 2'))
      await gesture({ do: 'click', selector: '#plain' })
      assert.ok((await seen()).includes('click plain 0'))
      await assert.rejects(gesture({ do: 'click', selector: '#none' }), /nothing at “#none”/)
      await assert.rejects(gesture({ do: 'say', text: 'x' }), /no chat on this page/)
      const { pageId } = on.of('page-loaded')[0]!
      assert.deepEqual(
        on.of('page-gesture').map(entry => [entry.gesture.do, entry.by, entry.pageId === pageId]),
        ['focus', 'submit', 'pointerLeaves', 'scroll', 'click', 'click', 'say'].map(name => [name, 'author', true])
      )
    })

    it('go to another address of the page: its router hears of a path, and of a fragment as a link would tell it', async () => {
      on = await stage({ files: { 'pages/form.html': FORM }, page: 'pages/form.html' })
      await on.page.goto(on.simulator.url('page'))
      await gesture({ do: 'navigate', to: 'plans' })
      assert.deepEqual(await seen(), ['popstate plans'])
      await gesture({ do: 'navigate', to: '#b' })
      assert.deepEqual(await seen(), ['popstate plans#b', 'hashchange plans#b'])
    })

    it('that the visitor does by hand are told in the same words', async () => {
      on = await stage({ files: { 'pages/form.html': FORM }, page: 'pages/form.html' })
      await on.page.goto(on.simulator.url('page'))
      await on.page.locator('#name').click()
      await on.page.keyboard.type('Ann')
      await on.page.locator('#plain').click()
      await on.page.locator('#go').click()
      await on.page.mouse.wheel(0, 100_000)
      await on.entry('page-gesture', ({ gesture }) => gesture.do === 'scroll')
      assert.deepEqual(
        on.of('page-gesture').map(({ gesture, by }) => [by, gesture]),
        [
          ['visitor', { do: 'focus', selector: '#name' }],
          ['visitor', { do: 'type', into: '#name', text: 'Ann' }],
          ['visitor', { do: 'click', selector: '#plain' }],
          ['visitor', { do: 'submit', selector: '#contact' }],
          ['visitor', { do: 'scroll', to: 100 }]
        ]
      )
    })

    it('open the chat, write in it, and close it, as by its own buttons', async () => {
      on = await stage({ page: 'pages/welcome-on-ready.html' })
      await on.visit()
      await gesture({ do: 'open' })
      await on.shows(['Hello! I am the welcome bot.', 'What is your name?'])
      await gesture({ do: 'say', text: 'Ann' })
      await on.chat.locator('.mine .bubble', { hasText: 'Ann' }).waitFor()
      await gesture({ do: 'close' })
      await on.chat.locator('.launcher').waitFor()
      await on.chat.locator('.launcher').click()
      await on.entry('page-gesture', ({ by }) => by === 'visitor')
      assert.deepEqual(
        on.of('page-gesture').map(entry => [entry.gesture.do, entry.by]),
        [
          ['open', 'author'],
          ['say', 'author'],
          ['close', 'author'],
          ['open', 'visitor']
        ]
      )
    })

    it('leave the page: it is gone, and so is its chat', async () => {
      on = await stage({ page: 'pages/welcome-on-ready.html' })
      await on.visit()
      await gesture({ do: 'leave' })
      await on.entry('page-left')
      assert.equal(on.simulator.state.frameUrl, undefined)
      await assert.rejects(gesture({ do: 'open' }), /No page is open/)
    })
  })

  describe('the virtual clock', () => {
    it('lets thirty idle seconds pass: nothing after 29.9, one nudge after 30 (S19)', async () => {
      on = await stage({ page: PRICING, clock: 'virtual', startAt: START })
      await on.visit()
      assert.equal(await on.page.evaluate('Date.now()'), START)
      await clock({ do: 'advance', ms: 29_900 })
      assert.equal(on.of('page-sent').length, 0)
      assert.equal(await on.page.evaluate('new Date().getTime()'), START + 29_900)
      await clock({ do: 'advance', ms: 100 })
      // The chat opens by its own timers, which have to run as well.
      assert.deepEqual(
        on.of('page-sent').map(({ type, at }) => [type, at - START]),
        [['show', 30_000]]
      )
      await clock({ do: 'advance', ms: 5000 })
      const event = await on.entry('event-received', ({ type }) => type === 'idle-visitor')
      assert.ok(event.at - START >= 30_550 && event.at - START < 31_000, `${event.at - START}`)
      await on.chat.locator('.theirs .bubble:not(.typing)').first().waitFor()
      const said = on.of('chat-received').filter(({ by, what }) => by === 'bot' && what === 'message').length
      await clock({ do: 'advance', ms: 600_000 })
      assert.equal(on.of('chat-received').filter(({ by, what }) => by === 'bot' && what === 'message').length, said)
    })

    it('starts the thirty seconds anew when the visitor moves (S20), and ends them when the page is left', async () => {
      on = await stage({ page: PRICING, clock: 'virtual', startAt: START })
      await on.visit()
      await clock({ do: 'advance', ms: 20_000 })
      await gesture({ do: 'scroll', to: 50 })
      await clock({ do: 'advance', ms: 25_000 })
      await gesture({ do: 'key', key: 'ArrowDown' })
      await clock({ do: 'advance', ms: 29_900 })
      assert.equal(on.of('page-sent').length, 0)
      await gesture({ do: 'leave' })
      await clock({ do: 'advance', ms: 60_000 })
      assert.equal(on.of('page-sent').length, 0)
    })

    it('steps from timer to timer, whoever set it, and runs a day of a busy page in a moment', async () => {
      const page = `<!doctype html><body><!-- without botpressWebChat --><script>window.ticks = 0; setInterval(() => window.ticks++, 1000)</script></body>`
      on = await stage({ files: { 'pages/tick.html': page }, page: 'pages/tick.html', clock: 'virtual', startAt: START })
      await on.page.goto(on.simulator.url('page'))
      await on.entry('page-loaded')
      await clock({ do: 'step' })
      assert.deepEqual([on.simulator.state.clock.now - START, on.simulator.state.clock.nextDue! - START], [1000, 2000])
      await clock({ do: 'advance', ms: 86_400_000 })
      assert.equal(await on.page.evaluate('window.ticks'), 86_401)
    })

    it('goes on when a timer of the page fails, whether it is a function or a text', async () => {
      const page = `<!doctype html><body><!-- without botpressWebChat --><script>
setTimeout('nothing of this kind', 100); setTimeout(() => { throw new Error('on purpose') }, 200); setTimeout('window.after = Date.now()', 300)</script></body>`
      on = await stage({ files: { 'pages/fails.html': page }, page: 'pages/fails.html', clock: 'virtual', startAt: START })
      await on.page.goto(on.simulator.url('page'))
      await on.entry('page-loaded')
      await clock({ do: 'advance', ms: 1000 })
      assert.equal(await on.page.evaluate('window.after'), START + 300)
      const errors = on.of('page-console').map(({ text }) => text)
      assert.deepEqual([errors.length, /SyntaxError/.test(errors[0]!), /on purpose/.test(errors[1]!)], [2, true, true], errors.join())
    })

    it('plays, so that a chat types as it does in reality', async () => {
      on = await stage({ page: 'pages/welcome-on-ready.html', clock: 'virtual', startAt: START })
      await on.visit()
      await clock({ do: 'play', speed: 5 })
      await on.open()
      await on.shows(['Hello! I am the welcome bot.', 'What is your name?'])
      await clock({ do: 'pause' })
    })
  })

  describe('the line', () => {
    const line = (line: object) => on.simulator.handle({ kind: 'conditions', conditions: { line, hooks: [], unmounted: [] } })

    it('with a slow handshake makes ready late (S05); one that never ends makes it fail after 30 s (S06, R21.10)', async () => {
      on = await stage({ page: 'pages/welcome-on-ready.html', clock: 'virtual', startAt: START })
      await line({ handshake: 8000 })
      await on.page.goto(on.simulator.url('page'))
      await on.entry('page-posted')
      await clock({ do: 'advance', ms: 7900 })
      assert.equal(on.of('page-posted').filter(({ name }) => name === 'webchatLoaded').length, 0)
      await clock({ do: 'advance', ms: 200 })
      assert.equal((await on.entry('page-posted', ({ name }) => name === 'webchatLoaded')).at - START, 8000)
      await line({ handshake: 'never' })
      await visitor({ do: 'return' })
      await on.page.goto(on.simulator.url('page'))
      await on.entry('page-loaded', entry => entry !== on.of('page-loaded')[0])
      await clock({ do: 'advance', ms: 31_000 })
      const refused = await on.entry('page-refused')
      assert.match(refused.reason, /30 seconds/)
    })

    it('that loses what the server sends keeps the bot’s words away, and says so', async () => {
      on = await stage({ page: 'pages/welcome-on-ready.html' })
      await on.visit()
      await line({ lose: 'pushes' })
      await on.open()
      await on.entry('line-lost', ({ name }) => name === 'webchat.message')
      assert.deepEqual(await on.bubbles(), [])
    })

    it('of a server in trouble is answered with its status', async () => {
      on = await stage({ page: 'pages/welcome-on-ready.html' })
      await on.visit()
      await on.open()
      await line({ status: 500 })
      await on.page.evaluate("window.botpressWebChat.sendEvent({ type: 'proactive-trigger' })")
      assert.deepEqual((await on.entry('page-refused')).status, 500)
    })
  })

  describe('visitors', () => {
    it('share nothing: storage, cookies, databases, channels, language (S18)', async () => {
      on = await stage({ files: { 'pages/form.html': FORM }, page: 'pages/form.html' })
      const ann = await shown()
      await ann.evaluate(`localStorage.setItem('who', 'ann'); localStorage.seen = '1'; sessionStorage.setItem('s', 'ann'); document.cookie = 'who=ann; path=/'
        window.heard = []; new BroadcastChannel('c').onmessage = event => heard.push(event.data); addEventListener('storage', event => heard.push(event.key))
        new Promise(done => { indexedDB.open('shop').onsuccess = done })`)
      await visitor({ do: 'add', language: 'fr' })
      const ben = await shown()
      const look = `(async () => [localStorage.getItem('who'), Object.keys(localStorage), sessionStorage.length, document.cookie, (await indexedDB.databases()).length, navigator.language, 'who' in localStorage])()`
      assert.deepEqual(await ben.evaluate(look), [null, ['bp/socket/user'], 0, '', 0, 'fr', false])
      await ben.evaluate(`localStorage.setItem('who', 'ben'); new BroadcastChannel('c').postMessage('from ben')`)
      const [who, keys, length, cookie, databases] = (await ann.evaluate(look)) as unknown[]
      assert.deepEqual(
        [who, (keys as string[]).sort(), length, cookie, databases],
        ['ann', ['bp/socket/user', 'seen', 'who'], 1, 'who=ann', 1]
      )
      // What Ann's own tab says on the channel comes after what Ben's said.
      await ann.evaluate(
        "new Promise(done => { addEventListener('message', done, { once: true }); new BroadcastChannel('c').postMessage('own'); postMessage('') })"
      )
      await until(async () => (await ann.evaluate<string[]>('heard')).includes('own'))
      assert.deepEqual(await ann.evaluate('heard'), ['own'])
      assert.equal(await ben.evaluate("localStorage.getItem('bp/socket/user')"), on.simulator.state.visitorId)
    })

    it('in two tabs have one storage and one conversation; each event says from which tab it came (S14)', async () => {
      on = await stage({ page: 'pages/welcome-on-ready.html' })
      const first = await shown()
      await first.evaluate("localStorage.setItem('a', '1'); sessionStorage.setItem('b', '1')")
      await first.frameLocator('#bp-widget').locator('.launcher').click()
      await first.frameLocator('#bp-widget').locator('.theirs .bubble', { hasText: 'What is your name?' }).waitFor()
      await visitor({ do: 'openTab' })
      const second = await shown()
      assert.deepEqual(await second.evaluate("[localStorage.getItem('a'), sessionStorage.getItem('b')]"), ['1', null])
      await second.frameLocator('#bp-widget').locator('.launcher').click()
      await on.entry(
        'event-ended',
        ({ eventId }) => eventId === on.of('event-received').filter(({ type }) => type === 'proactive-trigger')[1]?.eventId
      )
      const said = (page: Page) => page.frameLocator('#bp-widget').locator('.theirs .bubble:not(.typing)')
      await said(second).nth(2).waitFor()
      await until(async () => isDeepStrictEqual(await said(first).allTextContents(), await said(second).allTextContents()))
      const tabs = new Map(on.of('page-loaded').map(({ pageId, tab }) => [pageId, tab]))
      const triggers = on.of('event-received').filter(({ type }) => type === 'proactive-trigger')
      assert.deepEqual(
        triggers.map(({ from }) => tabs.get(from.pageId!)),
        [1, 2]
      )
      assert.equal(triggers[0]!.threadId, triggers[1]!.threadId)
    })

    it('with a storage of the tab only are new in each tab (S16), and with a scope have another identity (S15)', async () => {
      const page = (config: string) =>
        `<script src="/assets/modules/channel-web/inject.js"></script><body><script>window.botpressWebChat.init({ botId: 'welcome-bot', ${config} })</script></body>`
      on = await stage({
        files: { 'pages/tab.html': page('useSessionStorage: true'), 'pages/scope.html': page("userIdScope: 'left'") },
        page: 'pages/tab.html'
      })
      const userOf = async (load: () => Promise<unknown>) => {
        const count = on.of('page-posted').filter(({ data }) => 'userId' in (data as object)).length
        await load()
        await on.entry(
          'page-posted',
          entry =>
            'userId' in (entry.data as object) &&
            on
              .of('page-posted')
              .filter(({ data }) => 'userId' in (data as object))
              .indexOf(entry) >= count
        )
        return (on.of('page-posted').findLast(({ data }) => 'userId' in (data as object))!.data as { userId: string }).userId
      }
      let tab!: Page
      const first = await userOf(async () => {
        tab = await shown()
      })
      assert.notEqual(first, on.simulator.state.visitorId)
      assert.equal(await userOf(() => tab.reload()), first)
      await visitor({ do: 'openTab' })
      assert.notEqual(await userOf(shown), first)
      await on.simulator.handle({ kind: 'choose', page: 'pages/scope.html' })
      const scoped = await userOf(shown)
      assert.notEqual(scoped, on.simulator.state.visitorId)
      await visitor({ do: 'return' })
      assert.equal(await userOf(shown), scoped)
    })
  })

  it('has more open chats than a browser has connections', async () => {
    on = await stage({ page: 'pages/welcome-on-ready.html' })
    const pages: Page[] = []
    for (let count = 0; count < 8; count++) {
      await visitor({ do: 'openTab' })
      pages.push(await shown())
    }
    for (const page of pages) await page.frameLocator('#bp-widget').locator('.launcher').waitFor()
    await pages[7]!.frameLocator('#bp-widget').locator('.launcher').click()
    await pages[7]!.frameLocator('#bp-widget').locator('.theirs .bubble', { hasText: 'What is your name?' }).waitFor()
  })

  /** Cuts all lines. Resolves when the chat has a socket again. */
  const dropped = async (between: Awaited<ReturnType<typeof proxy>>) => {
    const connected = new Promise<void>(resolve => {
      const watch = (line: WebSocket) => {
        if (!line.url().includes('as=chat')) return
        line.on('framereceived', ({ payload }) => {
          if (!String(payload).includes('"connected"')) return
          on.page.off('websocket', watch)
          resolve()
        })
      }
      on.page.on('websocket', watch)
    })
    between.drop()
    await connected
  }

  it('comes back when a line was lost, also behind another address (as in remote windows): the chat goes on', async () => {
    const between = await proxy()
    on = await stage({ page: 'pages/welcome-on-ready.html', publicOrigin: between.to })
    await on.visit()
    assert.equal(new URL(on.page.url()).origin, between.origin())
    await on.open()
    await on.shows(['Hello! I am the welcome bot.', 'What is your name?'])
    await dropped(between)
    await gesture({ do: 'say', text: 'Ann' })
    await on.chat.locator('.mine .bubble', { hasText: 'Ann' }).waitFor()
    await on.chat.getByRole('textbox', { name: 'Your message' }).fill('again')
    await dropped(between)
    await on.chat.getByRole('button', { name: 'Send' }).click()
    await on.chat.locator('.mine .bubble', { hasText: 'again' }).waitFor()
    between.close()
  })
})

/** A way to the simulator by another port, which can be cut. */
async function proxy() {
  const open = new Set<Socket>()
  let target = 0
  const server = createServer(from => {
    const to = connect(target, '127.0.0.1')
    for (const socket of [from, to]) {
      open.add(socket)
      socket.on('close', () => open.delete(socket)).on('error', () => {})
    }
    from.pipe(to).pipe(from)
  })
  await new Promise<void>(resolve => void server.listen(0, '127.0.0.1', resolve))
  const origin = () => `http://localhost:${(server.address() as AddressInfo).port}`
  return {
    origin,
    to: async (local: string) => {
      target = Number(new URL(local).port)
      return origin()
    },
    drop: () => {
      for (const socket of open) socket.destroy()
    },
    close: () => server.close()
  }
}
