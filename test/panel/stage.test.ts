import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import type { FromPanel, PanelState } from '../../src/protocol/panel.ts'
import { closeBrowser, newContext } from '../support/browser.ts'
import { PanelHost, READY } from './panel-host.ts'
import { recorded } from './recorded.ts'
import { until } from './until.ts'

const VIRTUAL: PanelState['clock'] = {
  kind: 'virtual',
  now: Date.UTC(2026, 2, 3, 9),
  playing: false,
  speed: 1,
  moving: false,
  nextDue: Date.UTC(2026, 2, 3, 9, 0, 29)
}

describe('the stage’s controls', function () {
  this.timeout(60_000)
  let host: PanelHost
  let page: Page

  beforeEach(async () => {
    host = await PanelHost.open()
    host.entries = recorded()
  })
  afterEach(async () => {
    await page.context().close()
    await host.close()
  })
  after(closeBrowser)

  async function open(state: Partial<PanelState> = {}, width = 1200): Promise<void> {
    host.state = { ...READY, ...state }
    const context = await newContext({ viewport: { width, height: 900 }, reducedMotion: 'reduce' })
    page = await context.newPage()
    await page.goto(host.url)
    await bar().waitFor()
  }
  const bar = () => page.getByRole('toolbar', { name: 'Stage' })
  const drawer = async (name: string) => {
    await bar()
      .getByRole('button', { name: new RegExp(`^${name}`) })
      .click()
    const region = page.getByRole('region', { name, exact: true })
    await region.locator('button, input').first().waitFor()
    return region
  }
  const commands = () => host.heard.filter(message => message.kind !== 'ready')
  const asked = async (...messages: FromPanel[]) => {
    await until(() => commands().length >= messages.length)
    assert.deepEqual(commands(), messages)
  }

  it('opens one drawer at a time, closes it by Escape and gives the focus back', async () => {
    await open()
    await drawer('Visitor')
    await drawer('Run')
    assert.equal(await page.locator('.drawer').count(), 1)
    await page.getByRole('button', { name: 'Save as scenario' }).focus()
    await page.keyboard.press('Escape')
    await page.locator('.drawer').waitFor({ state: 'detached' })
    assert.equal(await page.evaluate('document.activeElement.id'), 'drawer-run-button')
  })

  const shows = (plays: 'voiceflow' | 'bot') =>
    open({ pages: [{ id: 'it', title: 'It', botIds: [], plays }, ...READY.pages], page: 'it', clock: VIRTUAL })
  const sentences = [
    ['bot', 'Trouble', 'staged in its chat, under Channel'],
    ['bot', 'Gestures', 'no page round this chat'],
    ['bot', 'State', 'in the chat under Dialogs'],
    ['bot', 'Clock', 'does not follow the virtual clock'],
    ['bot', 'Run', 'played again by a scenario'],
    ['voiceflow', 'Trouble', 'no server or hook is asked'],
    ['voiceflow', 'State', 'plays no agent']
  ] as const
  for (const plays of ['bot', 'voiceflow'] as const) {
    it(`offers nothing that has no effect while the chat of a ${plays === 'bot' ? 'bot of the Bot Framework' : 'Voiceflow page'} is shown, and says why`, async () => {
      await shows(plays)
      assert.equal(await page.getByRole('combobox', { name: 'Bot' }).count(), 0)
      assert.equal(await page.getByRole('button', { name: 'Send event' }).isDisabled(), true)
      for (const [of, name, sentence] of sentences) {
        if (of !== plays) continue
        await bar()
          .getByRole('button', { name: new RegExp(`^${name}`) })
          .click()
        await page.getByRole('region', { name, exact: true }).getByText(sentence).waitFor()
      }
      const visitor = await drawer('Visitor')
      await visitor.getByRole('button', { name: 'Another visitor' }).waitFor()
      for (const name of ['Session expired', 'New conversation', 'Sign in'])
        assert.equal(await visitor.getByRole('button', { name }).count(), 0)
      assert.equal(await visitor.getByLabel('Of the browser').count(), plays === 'bot' ? 0 : 1)
    })
  }

  it('lets visitors come back, change and be several', async () => {
    await open()
    const visitor = await drawer('Visitor')
    await visitor.getByRole('button', { name: 'Session expired' }).click()
    await visitor.getByRole('button', { name: 'New conversation' }).click()
    await visitor.getByRole('button', { name: 'Another visitor' }).click()
    await visitor.getByRole('button', { name: 'Another tab' }).click()
    await visitor.getByRole('combobox', { name: 'Of the browser' }).selectOption('fr')
    await visitor.getByLabel('Attributes (JSON)').fill('{ "first_name": "Ann"')
    await visitor.getByRole('button', { name: 'Sign in' }).click()
    await visitor.getByText('This is no JSON').waitFor()
    await visitor.getByLabel('Attributes (JSON)').fill('{ "first_name": "Ann" }')
    await visitor.getByRole('button', { name: 'Sign in' }).click()
    await asked(
      { kind: 'visitor', command: { do: 'expire' } },
      { kind: 'visitor', command: { do: 'newConversation' } },
      { kind: 'visitor', command: { do: 'add' } },
      { kind: 'visitor', command: { do: 'openTab' } },
      { kind: 'visitor', command: { do: 'language', language: 'fr' } },
      { kind: 'visitor', command: { do: 'signIn', attributes: { first_name: 'Ann' } } }
    )
  })

  it('keeps the pages of all visitors and tabs alive, shows one, and lets one choose by keyboard', async () => {
    const tab = (n: number, url: string) => ({ tab: n, page: 'pages/shop.html', url: `page.html?${url}` })
    const visitors = [
      { id: 'ann', name: 'Visitor 1', tabs: [tab(1, 'ann1'), tab(2, 'ann2')], tab: 1 },
      { id: 'ben', name: 'Visitor 2', tabs: [tab(1, 'ben1')], tab: 1 }
    ]
    await open({ visitors })
    await page.locator('iframe').nth(2).waitFor({ state: 'attached' })
    assert.deepEqual(
      await page
        .locator('iframe')
        .evaluateAll(frames => (frames as unknown as { dataset: Record<string, string> }[]).map(frame => frame.dataset.shown)),
      ['true', 'false', 'false']
    )
    await page.getByRole('tab', { name: 'Visitor 1, tab 1' }).focus()
    await page.keyboard.press('ArrowLeft')
    await asked({ kind: 'visitor', command: { do: 'show', visitorId: 'ben' } })
    host.setState({ visitorId: 'ben' })
    await page.locator('iframe[src="page.html?ben1"][data-shown="true"]').waitFor()
    await page
      .getByRole('button', { name: 'Visitor 2 of 2' })
      .or(bar().getByRole('button', { name: /Visitor 2\/2/ }))
      .waitFor()
  })

  it('moves the virtual clock, and shows it where it is closed', async () => {
    await open()
    const clock = await drawer('Clock')
    await clock.getByText('Everything runs by the clock of this computer').waitFor()
    await clock.getByRole('switch', { name: 'Virtual clock' }).click()
    await asked({ kind: 'clock', command: { do: 'virtual' } })
    host.setState({ clock: VIRTUAL })
    await clock.getByText('next timer in 29 s').waitFor()
    await clock.getByRole('button', { name: '+30 s' }).click()
    await clock.getByRole('button', { name: '+1 day' }).click()
    await clock.getByRole('button', { name: 'Step' }).click()
    await clock.getByRole('button', { name: 'Play' }).click()
    await until(() => commands().length === 5)
    assert.deepEqual(
      commands().map(message => message.kind === 'clock' && message.command),
      [{ do: 'virtual' }, { do: 'advance', ms: 30_000 }, { do: 'advance', ms: 86_400_000 }, { do: 'step' }, { do: 'play', speed: 1 }]
    )
    const length = clock.getByRole('textbox', { name: 'Length of time' })
    await length.fill('soon')
    await length.press('Enter')
    await clock.getByText('“soon” is no length of time').waitFor()
    await length.fill('23 h 59 min 59.5 s')
    await length.press('Enter')
    await clock.getByText('“soon” is no length of time').waitFor({ state: 'detached' })
    await clock.getByLabel('Go to', { exact: true }).and(page.locator('input')).fill('2026-03-04T08:00:01')
    await clock.getByRole('button', { name: 'Go', exact: true }).click()
    await clock.getByLabel('Begin at').and(page.locator('input')).fill('2027-01-04T23:30')
    await clock.getByRole('button', { name: 'Begin', exact: true }).click()
    await until(() => commands().length === 8)
    const local = (text: string) => page.evaluate<number>(`new Date(${JSON.stringify(text)}).getTime()`)
    assert.deepEqual(
      commands()
        .slice(5)
        .map(message => message.kind === 'clock' && message.command),
      [
        { do: 'advance', ms: 86_399_500 },
        { do: 'goTo', at: await local('2026-03-04T08:00:01') },
        { do: 'virtual', startAt: await local('2027-01-04T23:30') }
      ]
    )
    host.send({ kind: 'clock', clock: { ...VIRTUAL, now: VIRTUAL.now + 61_000, playing: true } })
    await clock.getByRole('button', { name: 'Pause' }).waitFor()
    await bar()
      .getByRole('button', { name: /^Clock: .*\d\d:01:01/ })
      .waitFor()
  })

  it('stages trouble at once, counts it, and ends it', async () => {
    await open()
    const trouble = await drawer('Trouble')
    await trouble.getByRole('combobox', { name: 'Handshake' }).selectOption('never')
    await trouble.getByRole('combobox', { name: 'Server' }).selectOption('500')
    await trouble.getByRole('button', { name: 'Stage' }).click()
    await trouble.getByText('Name a hook.').waitFor()
    await trouble.getByRole('combobox', { name: 'Hook', exact: true }).fill('greet.js')
    await trouble.getByRole('combobox', { name: 'What it does' }).selectOption('slow')
    await trouble.getByLabel('Seconds').fill('5')
    await trouble.getByRole('button', { name: 'Stage' }).click()
    await trouble.getByRole('switch', { name: 'booking is mounted' }).click()
    const none = { line: {}, hooks: [], unmounted: [] }
    await asked(
      { kind: 'conditions', conditions: { ...none, line: { handshake: 'never' } } },
      { kind: 'conditions', conditions: { ...none, line: { status: 500 } } },
      { kind: 'conditions', conditions: { ...none, hooks: [{ hook: 'greet.js', what: 'slow', ms: 5000 }] } },
      { kind: 'conditions', conditions: { ...none, unmounted: ['booking'] } }
    )
    host.setState({ conditions: { line: { delayMs: 700 }, hooks: [{ hook: 'greet.js', what: 'hang' }], unmounted: [] } })
    await bar().getByRole('button', { name: 'Trouble: 2 troubles' }).waitFor()
    // A value that was staged elsewhere is shown as it is.
    assert.equal(await trouble.getByRole('combobox', { name: 'Delay' }).inputValue(), '700')
    await trouble.getByRole('button', { name: 'End: greet.js never ends' }).click()
    await trouble.getByRole('button', { name: 'All as it should be' }).click()
    await until(() => commands().length === 6)
    assert.deepEqual(commands().slice(4), [
      { kind: 'conditions', conditions: { line: { delayMs: 700 }, hooks: [], unmounted: [] } },
      { kind: 'conditions', conditions: none }
    ])
  })

  it('does what a visitor does', async () => {
    await open()
    const gestures = await drawer('Gestures')
    await gestures.getByRole('button', { name: 'Exit intent' }).click()
    await gestures.getByLabel('seconds idle').fill('29.9')
    await gestures.getByRole('button', { name: 'Idle' }).click()
    await gestures.getByLabel('Element (CSS)').fill('#mail')
    await gestures.getByRole('combobox', { name: 'What it does' }).selectOption('type')
    await gestures.getByLabel('Text', { exact: true }).fill('ann@shop.test')
    await gestures.getByRole('button', { name: 'Type' }).click()
    await gestures.getByLabel('What the visitor writes').fill('Hello')
    await page.keyboard.press('Enter')
    await asked(
      { kind: 'gesture', gesture: { do: 'pointerLeaves', edge: 'top' } },
      { kind: 'gesture', gesture: { do: 'idle', ms: 29_900 } },
      { kind: 'gesture', gesture: { do: 'type', into: '#mail', text: 'ann@shop.test' } },
      { kind: 'gesture', gesture: { do: 'say', text: 'Hello' } }
    )
  })

  it('reads and writes the stored state and the position in the flow', async () => {
    await open()
    const state = await drawer('State')
    const session = state.getByLabel('Session: ends with the session')
    await session.waitFor()
    assert.deepEqual(JSON.parse(await session.inputValue()), { greeted: true, lastMessages: [] })
    await session.fill('[1]')
    await state
      .getByRole('group', { name: /^Session/ })
      .getByRole('button', { name: 'Save' })
      .click()
    await state.getByText('This has to be an object').waitFor()
    await session.fill('{ "greeted": false }')
    await state
      .getByRole('group', { name: /^Session/ })
      .getByRole('button', { name: 'Save' })
      .click()
    await state.getByText('At ask-size of main.flow.json').waitFor()
    await state.getByRole('combobox', { name: 'Flow' }).fill('booking.flow.json')
    await state.getByRole('combobox', { name: 'Node' }).fill('when')
    await state.getByRole('button', { name: 'Put there' }).click()
    await asked(
      { kind: 'readState' },
      { kind: 'writeState', session: { greeted: false } },
      { kind: 'writeState', context: { currentFlow: 'booking.flow.json', currentNode: 'when' }, waiting: true }
    )
  })

  it('plays again, by hand and on save, and keeps the run', async () => {
    await open()
    const run = await drawer('Run')
    await run.getByRole('button', { name: 'Last event' }).click()
    await run.getByRole('button', { name: 'Whole run' }).click()
    await run.getByRole('button', { name: 'In the other order' }).click()
    await run.getByRole('radio', { name: 'play the last event again' }).click()
    await run.getByRole('button', { name: 'Save as scenario' }).click()
    await asked(
      { kind: 'replay', what: 'event' },
      { kind: 'replay', what: 'run' },
      { kind: 'replay', what: 'run', reversed: true },
      { kind: 'live', mode: 'event' },
      { kind: 'saveScenario' }
    )
    host.setState({ replaying: true, live: 'event' })
    await run.getByText('Playing again').waitFor()
    assert.equal(await run.getByRole('button', { name: 'Whole run' }).isDisabled(), true)
    await bar().getByRole('button', { name: 'Run: event on save' }).waitFor()
  })

  it('exports what was said and plays such a file', async () => {
    await open()
    const run = await drawer('Run')
    const [download] = await Promise.all([page.waitForEvent('download'), run.getByRole('button', { name: 'JSON' }).click()])
    assert.equal(download.suggestedFilename(), 'transcript.json')
    const path = await download.path()
    await run.locator('input[type=file]').setInputFiles(path)
    await until(() => commands().length === 1)
    const [message] = commands()
    assert.ok(message?.kind === 'playTranscript' && message.transcript.turns.some(turn => turn.text?.startsWith('Hello!')))
    await run.locator('input[type=file]').setInputFiles({ name: 'x.json', mimeType: 'application/json', buffer: Buffer.from('{"a":1}') })
    await run.getByText('This is no transcript of the simulator').waitFor()
  })

  it('leaves nothing to use while nothing runs', async () => {
    await open({ status: 'untrusted' })
    for (const button of await bar().getByRole('button').all()) assert.equal(await button.isDisabled(), true)
  })
})
