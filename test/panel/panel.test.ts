import assert from 'node:assert/strict'
import { isDeepStrictEqual } from 'node:util'
import type { BrowserContextOptions, Locator, Page } from 'playwright-core'
import { past } from '../../src/host/past.ts'
import type { FromPanel } from '../../src/protocol/panel.ts'
import type { TraceEntry } from '../../src/trace/entry.ts'
import { closeBrowser, newContext } from '../support/browser.ts'
import { hook, Trace } from '../trace/make.ts'
import { PanelHost } from './panel-host.ts'
import { recorded } from './recorded.ts'
import { until } from './until.ts'

/** Jumps through the list, a frame at a time: the most cards that were drawn at once. */
const SCROLL = `(async () => {
  const list = document.querySelector('.cards')
  let most = 0
  for (let n = 0; n < 60; n++) {
    list.scrollTop = (list.scrollHeight * n) / 60
    await new Promise(requestAnimationFrame)
    most = Math.max(most, document.querySelectorAll('.card').length)
  }
  return most
})()`

describe('simulator panel in a browser', function () {
  this.timeout(60_000)
  let host: PanelHost
  let page: Page
  let troubles: string[]

  beforeEach(async () => {
    host = await PanelHost.open()
    host.entries = recorded()
  })
  afterEach(async () => {
    await page?.context().close()
    await host.close()
    // Anything the strict policy refuses, and every uncaught error, ends up here.
    assert.deepEqual(troubles, [])
  })
  after(closeBrowser)

  async function open(width = 1200, options: BrowserContextOptions = {}): Promise<void> {
    const context = await newContext({ viewport: { width, height: 700 }, reducedMotion: 'reduce', ...options })
    page = await context.newPage()
    troubles = []
    page.on('pageerror', error => troubles.push(String(error)))
    page.on('console', message => {
      if (message.type() === 'error' && !/ERR_|Failed to load resource/.test(message.text())) troubles.push(message.text())
    })
    await page.goto(host.url)
    await page.getByRole('button', { name: 'Send event' }).waitFor()
  }
  const card = (text: string) => page.locator('.card', { hasText: text }).last()
  const titled = (title: string) => page.locator('.card', { has: page.locator('.card-title').getByText(title, { exact: true }) }).last()
  const toggleOf = (text: string) => card(text).locator('.card-toggle')
  const heard = <K extends FromPanel['kind']>(kind: K) => host.heard.filter(message => message.kind === kind) as (FromPanel & { kind: K })[]

  it('says ready first, then shows a card with chip and reason for each story', async () => {
    await open()
    assert.equal(host.heard[0]?.kind, 'ready')
    await card('lost in the page').getByText('never left the browser').waitFor()
    await card('queue locked').getByText('this visitor’s queue is locked').waitFor()
    await card('said again').getByText('was said twice to the same visitor').waitFor()
  })

  it('opens a card: advice, rules, steps, state; a place asks the host to open it', async () => {
    await open()
    await toggleOf('said again').click()
    const opened = card('said again')
    const minor = opened.getByRole('button', { name: 'Show one minor step' })
    await minor.waitFor()
    assert.equal(await opened.getByText('State loaded: a new session').count(), 0)
    await minor.click()
    await opened.getByText('State loaded: a new session').waitFor()
    await opened.getByText('Keep a marker of your own').waitFor()
    await opened.getByText('BPH006').waitFor()
    await opened.locator('.change', { hasText: 'state.session.greeted' }).getByText('thrown away').waitFor()
    await opened.getByRole('button', { name: 'Open greet.js:4' }).first().click()
    await until(() => heard('open').length === 1)
    assert.equal(heard('open')[0]!.place.line, 4)
    assert.match(heard('open')[0]!.place.file, /greet\.js$/)
  })

  it('shows the event as the hook saw it and copies a path as a hook writes it (G5)', async () => {
    await open(1200, { permissions: ['clipboard-read', 'clipboard-write'] })
    await toggleOf('no hook handled it').click()
    const opened = card('no hook handled it')
    for (const name of [/^event \{/, /^payload \{/, /^payload \{/, /^payload \{/]) await opened.getByRole('button', { name }).last().click()
    await opened.getByRole('button', { name: 'Copy path event.payload.payload.payload.seconds' }).click()
    await page.getByRole('status').getByText('Copied event.payload.payload.payload.seconds').waitFor({ state: 'attached' })
    assert.equal(await page.evaluate('navigator.clipboard.readText()'), 'event.payload.payload.payload.seconds')
  })

  it('is walked through by keyboard alone', async () => {
    await open()
    await toggleOf('queue locked').focus()
    await page.keyboard.press('ArrowUp')
    await page.locator('.card-toggle:focus', { hasText: 'cart-left' }).waitFor()
    await page.keyboard.press('ArrowRight')
    await card('cart-left').locator('.steps').waitFor()
    await page.keyboard.press('ArrowLeft')
    await card('cart-left').locator('.steps').waitFor({ state: 'detached' })
    await page.keyboard.press('Home')
    await page.locator('.card-toggle:focus', { hasText: 'started' }).waitFor()
    assert.equal(await page.locator('.card-toggle[tabindex="0"]').count(), 1)
    const bar = page.getByRole('separator', { name: 'Width of the page' })
    await bar.focus()
    await page.keyboard.press('ArrowRight')
    await until(async () => Number(await bar.getAttribute('aria-valuenow')) > 50)
  })

  it('asks for restarts, another bot, another page and clearing', async () => {
    await open()
    await page.getByRole('button', { name: 'Same visitor' }).click()
    await page.getByRole('button', { name: 'New visitor' }).click()
    await page.getByRole('combobox', { name: 'Bot' }).selectOption('booking')
    await page.getByRole('combobox', { name: 'Page' }).selectOption('builtin')
    await page.getByRole('button', { name: 'Clear' }).click()
    await until(() => host.heard.length === 6)
    assert.deepEqual(host.heard.slice(1), [
      { kind: 'restart', as: 'same' },
      { kind: 'restart', as: 'new' },
      { kind: 'choose', botId: 'booking' },
      { kind: 'choose', page: 'builtin' },
      { kind: 'clear' }
    ])
  })

  it('sends an event: the known payload is offered, what is no JSON is refused with its line', async () => {
    await open()
    await page.getByRole('button', { name: 'Send event' }).click()
    const form = page.getByRole('form', { name: 'Send event' })
    await form.getByRole('button', { name: 'Send' }).click()
    await form.getByText('Give the event a type.').waitFor()
    await form.getByLabel('Type').fill('pricing-idle')
    await until(async () => /"seconds": 30/.test(await form.getByLabel('Payload (JSON)').inputValue()))
    await form.getByLabel('seconds').fill('45')
    await form.getByLabel('page', { exact: true }).fill('/plans')
    // Drawn with the next frame.
    const drawn = async () =>
      isDeepStrictEqual(JSON.parse(await form.getByLabel('Payload (JSON)').inputValue()), { page: '/plans', seconds: 45 })
    await until(drawn)
    const payload = async () => JSON.parse(await form.getByLabel('Payload (JSON)').inputValue())
    await form.getByLabel('seconds').fill('')
    await form.getByLabel('seconds').pressSequentially('-')
    // What is no number yet stays as it is, whatever is drawn meanwhile.
    host.append(oneEvent('meanwhile'))
    await titled('meanwhile').waitFor()
    await form.getByLabel('seconds').pressSequentially('1.5')
    await until(async () => (await payload()).seconds === -1.5)
    await form.getByLabel('Payload (JSON)').fill('{\n  seconds: 31\n}')
    await page.keyboard.press('Control+Enter')
    await form.getByText('This is no JSON, line 2').waitFor()
    assert.equal(heard('send').length, 0)
    await form.getByLabel('Payload (JSON)').fill('{ "seconds": 31 }')
    await page.keyboard.press('Control+Enter')
    await until(() => heard('send').length === 1)
    assert.deepEqual(heard('send')[0], { kind: 'send', type: 'pricing-idle', payload: { seconds: 31 } })
    const times = form.getByRole('spinbutton', { name: 'Times at once' })
    for (const wrong of ['0', '101', '1.5']) {
      await times.fill(wrong)
      await page.keyboard.press('Control+Enter')
      await form.getByText('Give a whole number from 1 to 100.').waitFor()
      assert.equal(await page.evaluate('document.activeElement.id'), 'send-times')
    }
    await times.fill('20')
    await page.keyboard.press('Control+Enter')
    await until(() => heard('send').length === 2)
    assert.deepEqual(heard('send')[1], { kind: 'send', type: 'pricing-idle', payload: { seconds: 31 }, times: 20 })
  })

  it('draws what one does without waiting for a frame: a text written right after it would meet the one before', async () => {
    await open()
    await page.getByRole('button', { name: 'Send event' }).click()
    await page.getByLabel('Payload (JSON)').waitFor()
    const offered = await page.evaluate(`new Promise(resolve => {
      const frame = window.requestAnimationFrame
      window.requestAnimationFrame = () => 0
      const type = document.getElementById('send-type')
      type.value = 'pricing-idle'
      type.dispatchEvent(new Event('input', { bubbles: true }))
      setTimeout(() => {
        window.requestAnimationFrame = frame
        resolve(document.getElementById('send-payload').value)
      })
    })`)
    assert.match(String(offered), /"seconds": 30/)
  })

  it('opens no card of a new run because one of the same number was open before the trace was cleared', async () => {
    await open()
    await toggleOf('queue locked').click()
    await card('queue locked').locator('.steps').waitFor()
    const { entries } = host
    host.entries = []
    host.send({ kind: 'entries', from: 1, entries: [] })
    await card('queue locked').waitFor({ state: 'detached' })
    host.append(entries)
    await card('queue locked').waitFor()
    assert.equal(await page.locator('.card .steps').count(), 0)
  })

  it('keeps a draft, the open cards and the filter when it is loaded anew', async () => {
    await open()
    await page.getByRole('button', { name: 'Send event' }).click()
    await page.getByLabel('Payload (JSON)').fill('{ "half": ')
    await toggleOf('queue locked').click()
    await page.getByRole('searchbox').fill('locked')
    await card('queue locked').locator('.steps').waitFor()
    await page.reload()
    await card('queue locked').locator('.steps').waitFor()
    assert.equal(await page.getByLabel('Payload (JSON)').inputValue(), '{ "half": ')
    assert.equal(await page.getByRole('searchbox').inputValue(), 'locked')
    assert.equal(await page.locator('.card').count(), 1)
  })

  it('filters by words and by trouble, and says when nothing is left', async () => {
    await open()
    await page.getByRole('button', { name: 'Problems only' }).click()
    await titled('engine').waitFor({ state: 'detached' })
    assert.equal(await page.locator('.card').count(), 6)
    await page.getByRole('searchbox').fill('no such word')
    await page.getByRole('button', { name: 'Show all' }).click()
    await titled('engine').waitFor()
  })

  const standings = [
    ['untrusted', 'Hooks are code of this folder', 'Run its hooks', 'startEngine'],
    ['no-bots', 'No Botpress folder was found', undefined, undefined],
    ['starting', 'The engine is starting', undefined, undefined],
    ['failed', 'The engine could not be started', 'Try again', 'startEngine'],
    ['stopped', 'The engine was stopped', 'Start the engine', 'startEngine']
  ] as const
  for (const [status, sentence, button, message] of standings) {
    it(`says in one sentence that it is ${status}${button ? `, and offers “${button}”` : ''}`, async () => {
      host.state = { ...host.state, status }
      await open()
      await page.getByText(sentence).waitFor()
      assert.equal(await page.getByRole('button', { name: 'New visitor' }).isDisabled(), true)
      if (!button) return
      await page.getByRole('button', { name: button }).click()
      await until(() => host.heard.some(heard => heard.kind === message))
    })
  }

  it('shows the host’s own sentence where it has one', async () => {
    host.state = { ...host.state, status: 'failed', message: 'The port is taken.' }
    await open()
    await page.getByText('The port is taken.').waitFor()
  })

  it('in a narrow panel has tabs, keeps the page as it is behind them, and shows the newest verdict under it', async () => {
    let loads = 0
    await open(300)
    page.on('request', request => {
      if (request.url().endsWith('page.html')) loads++
    })
    await page.frameLocator('iframe').getByText('Shoes & more').waitFor()
    await page.getByRole('tab', { name: 'Page' }).focus()
    await page.keyboard.press('ArrowRight')
    await card('queue locked').waitFor()
    assert.equal(await page.locator('iframe').isVisible(), false)
    await page.getByRole('tab', { name: 'Page' }).click()
    await page.locator('.latest', { hasText: 'stock-check' }).click()
    await card('queue locked').locator('.steps').waitFor()
    assert.equal(loads, 0)
    const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
    assert.equal(overflow, 0)
  })

  it('loads the frame anew when the host gives it another address', async () => {
    await open()
    await page.frameLocator('iframe').getByText('Shoes & more').waitFor()
    const [visitor] = host.state.visitors
    host.setState({
      frameUrl: 'page.html?visit=2',
      visitors: [{ ...visitor!, tabs: [{ tab: 1, page: 'pages/shop.html', url: 'page.html?visit=2' }] }]
    })
    await page.locator('iframe[src="page.html?visit=2"]').waitFor()
  })

  it('comes back after the line was lost, and doubles nothing', async () => {
    await open()
    await card('queue locked').waitFor()
    const before = await page.locator('.card').count()
    host.drop()
    await until(() => heard('ready').length === 2)
    await page.getByText('The connection to the simulator is lost').waitFor({ state: 'detached' })
    host.append(oneEvent('afterwards'))
    await card('afterwards').waitFor()
    assert.equal(await page.locator('.card').count(), before + 1)
  })

  it('follows what is appended, unless one has scrolled up', async () => {
    await open(1200, { viewport: { width: 1200, height: 320 } })
    await card('queue locked').waitFor()
    host.append(oneEvent('first-new'))
    await until(() => inSight('first-new'))
    await page.evaluate("document.querySelector('.cards').scrollTop = 0")
    await until(() => inSight('engine'))
    host.append(oneEvent('second-new'))
    await page.getByRole('button', { name: '1 newer' }).click()
    await until(() => inSight('second-new'))
  })

  it('says verdicts politely, and not those of the past', async () => {
    await open()
    await card('queue locked').waitFor()
    const live = page.locator('[aria-live="polite"]')
    assert.equal(await live.textContent(), '')
    host.append(oneEvent('fresh'))
    await live.getByText('fresh: The visitor read “Hello!”').waitFor({ state: 'attached' })
  })

  it('shows an entry that the host points at', async () => {
    await open(300)
    const seq = host.entries.find(entry => entry.kind === 'event-received' && entry.type === 'pricng-idle')!.seq
    host.send({ kind: 'reveal', seq })
    await card('no hook handled it').locator('.steps').waitFor()
    await until(() => inSight('pricng-idle'))
  })

  it('marks on the page what is looked at, and leads the keyboard to what was asked for there', async () => {
    await open()
    await toggleOf('said again').click()
    await until(() => heard('mark').length === 1)
    const said = host.entries.filter(entry => entry.kind === 'chat-received')
    assert.deepEqual(heard('mark')[0]!.messages, [said[1]!.eventId])
    await card('said again').locator('.step-toggle', { hasText: 'State' }).first().click()
    await page.locator('.step[aria-current=true]', { hasText: 'State' }).waitFor()
    assert.equal(heard('mark').length, 1, 'the same messages once more are no news')
    host.send({ kind: 'reveal', seq: said[2]!.seq, focus: true })
    // The step itself, in sight although its card is higher than the panel.
    const step = card('no hook handled it').locator('.step[aria-current=true]')
    await step.locator('.step-toggle:focus').waitFor()
    await until(() => isSeen(step))
    await until(() => heard('mark').length === 2)
    assert.deepEqual(heard('mark')[1]!.messages, [said[2]!.eventId])
  })

  it('brings a step into sight that lies far down in a long story, also one that is left out at first', async () => {
    await open(300)
    const trace = new Trace()
    const id = 'a long event'
    trace.event('long', { eventId: id })
    trace.entries.length = 1
    for (let n = 0; n < 200; n++) trace.add('log', { level: 'info', logger: 'x', message: `line ${n}`, eventId: id })
    trace.add('state-loaded', { eventId: id, sessionId: 's', state: {}, newSession: false })
    for (let n = 200; n < 400; n++) trace.add('log', { level: 'info', logger: 'x', message: `line ${n}`, eventId: id })
    host.append(trace.entries)
    const seqOf = (fits: (entry: TraceEntry) => boolean) => host.entries.find(fits)!.seq
    for (const [seq, text] of [
      [seqOf(entry => entry.kind === 'log' && entry.message === 'line 180'), 'line 180'],
      [seqOf(entry => entry.kind === 'state-loaded' && entry.eventId === id && entry.sessionId === 's'), 'State loaded'],
      [seqOf(entry => entry.kind === 'log' && entry.message === 'line 390'), 'line 390'],
      [seqOf(entry => entry.kind === 'log' && entry.message === 'line 3'), 'line 3']
    ] as const) {
      host.send({ kind: 'reveal', seq })
      const step = titled('long').locator('.step[aria-current=true]')
      await step.getByText(text).waitFor()
      await until(() => isSeen(step))
    }
  })

  it('starts anew when the host does', async () => {
    await open()
    host.entries = []
    host.send({ kind: 'entries', from: 1, entries: [] })
    await page.getByText('Nothing has happened yet.').waitFor()
    host.append(oneEvent('after'))
    await card('after').waitFor()
    assert.equal(await page.locator('.card').count(), 1)
  })

  it('asks for everything again when it missed entries, and says so when it cannot read the host', async () => {
    await open()
    host.send({ kind: 'entries', from: 5000, entries: oneEvent('gap').map((entry, n) => ({ ...entry, seq: 5000 + n })) })
    await until(() => heard('ready').length === 2)
    host.send({ kind: 'nonsense' } as never)
    await page.getByRole('alert').getByText('could not be read').waitFor()
    host.send({ kind: 'notice', level: 'info', text: 'Saved greet.js is used from now on.' })
    await page.getByText('Saved greet.js').waitFor()
    await page.getByRole('button', { name: 'Dismiss' }).last().click()
    await page.getByText('Saved greet.js').waitFor({ state: 'detached' })
  })

  it('shows markup of bots and pages as the text that it is', async () => {
    await open()
    const evil = '<img src=x onerror="document.title=`broken`">'
    host.append(oneEvent(evil, evil))
    await page.locator('.card', { hasText: evil }).last().locator('.card-toggle').click()
    await page.getByText(`Chat shows “${evil}”`).waitFor()
    assert.equal(await page.locator('.card img').count(), 0)
    assert.equal(await page.title(), 'Simulator')
  })

  it('shows the newest of a long past before the rest is there, then all of it, and stays where one reads', async () => {
    const trace = new Trace()
    for (let n = 0; n < 400; n++) trace.sent(`event-${n}`).greeted(`event-${n}`, `Hello ${n}`)
    const [recent, ...pieces] = [...past(trace.entries, 1)]
    host.entries = []
    await open()
    host.send(recent!)
    await titled('event-399').waitFor()
    await page.getByRole('progressbar', { name: 'What happened before is being read' }).waitFor()
    await page.evaluate("document.querySelector('.cards').scrollTop = 1000")
    await until(async () => /^event-3[678]/.test(await firstInSight()))
    const reading = await firstInSight()
    const wanted = trace.entries.find(entry => entry.kind === 'page-sent' && entry.type === 'event-7')!.seq
    for (const piece of pieces) host.send(piece)
    await until(async () => Number(await page.locator('.cards-list li').first().getAttribute('aria-setsize')) === 400)
    assert.equal(await page.getByRole('progressbar').count(), 0)
    await until(async () => (await firstInSight()) === reading)
    for (const message of [recent!, ...pieces.slice(0, -1)]) host.send(message)
    host.send({ kind: 'reveal', seq: wanted })
    await until(() => inSight('event-7'))
  })

  it('scrolls 90,000 entries with as few of them in the document as are in sight', async () => {
    const long = (events: number) => {
      const trace = new Trace()
      for (let n = 0; n < events; n++) trace.sent(`event-${n}`).greeted(`event-${n}`, `Hello ${n}`)
      return trace.entries
    }
    host.entries = long(20)
    await open()
    await titled('event-19').waitFor()
    const short = await page.evaluate<number>(SCROLL)
    host.entries = long(9_000)
    assert.ok(host.entries.length >= 90_000)
    host.drop()
    await titled('event-8999').waitFor()
    const most = await page.evaluate<number>(SCROLL)
    assert.ok(most < 60 && short <= 20, `${most} cards in the document, ${short} of 20`)
    await page.evaluate("document.querySelector('.cards').scrollTop = 0")
    await titled('event-0').waitFor()
  })

  /** Title of the first card that can be seen whole; empty while there is none. */
  const firstInSight = () =>
    page.evaluate<string>(`(() => {
      const { top, bottom } = document.querySelector('.cards').getBoundingClientRect()
      const places = [...document.querySelectorAll('.card-toggle')].map(card => [card.getBoundingClientRect().top, card])
      const [first] = places.filter(([y]) => y >= top && y < bottom).sort(([a], [b]) => a - b)
      return first?.[1].querySelector('.card-title').textContent ?? ''
    })()`)

  /** Within what the list shows, all of it. */
  async function isSeen(what: Locator): Promise<boolean> {
    const [box, frame] = await Promise.all([what.boundingBox(), page.locator('.cards').boundingBox()])
    return box !== null && frame !== null && box.y >= frame.y - 1 && box.y + box.height <= frame.y + frame.height + 1
  }

  async function inSight(title: string): Promise<boolean> {
    return isSeen(titled(title).locator('.card-toggle'))
  }

  function oneEvent(type: string, text = 'Hello!') {
    const trace = new Trace()
    const id = trace.event(type, { eventId: `event of ${type}` })
    const own = `event of ${type}`
    assert.equal(id, 'e1')
    trace.entries.length = 1
    trace
      .hookStarts(own)
      .flag(own)
      .reply(own, text, hook(), { eventId: `reply of ${type}`, target: 'ann', arrives: false })
    trace.add('chat-received', {
      visitorId: `reader of ${type}`,
      botId: 'shop',
      eventId: `reply of ${type}`,
      what: 'message',
      by: 'bot',
      payload: { text },
      shown: true
    })
    return trace.hookEnds(own).decide(own, 'skipped').end(own).entries
  }
})
