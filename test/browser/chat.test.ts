import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { until } from '../panel/until.ts'
import { closeBrowser } from '../support/browser.ts'
import { clearStage, type Stage, stage } from './stage.ts'

const { source: axe } = createRequire(import.meta.url)('axe-core') as { source: string }
const HOOK = 'data/bots/welcome-bot/hooks/before_incoming_middleware/catch_trigger.js'

/** A hook that answers triggers with these payloads. */
const answer = (...payloads: unknown[]) => `if (event.type !== 'proactive-trigger') return
event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
return bp.events.replyToEvent(event, ${JSON.stringify(payloads)}, event.id)`

const text = (words: string) => ({ type: 'text', text: words })

type Chat = Record<'init' | 'sendEvent' | 'sendPayload' | 'mergeConfig', (payload: unknown, chatId?: string) => void>
type WithChat = { botpressWebChat: Chat; heard: unknown[] }

describe('the chat on a page', function () {
  this.timeout(120_000)
  let on: Stage

  afterEach(() => on.close())
  after(async () => {
    await closeBrowser()
    await clearStage()
  })

  const begin = async (code: string, page = 'pages/welcome-on-ready.html') => {
    on = await stage({ page, files: { [HOOK]: code } })
    await on.visit()
  }

  it('shows words as words, whatever they look like', async () => {
    const words = '<img src=x onerror=alert(1)> **bold** {{name}}\nsecond line'
    await begin(answer(text(words)))
    await on.open()
    await on.shows([words])
    assert.equal(await on.chat.locator('.messages img').count(), 0)
    assert.deepEqual(
      on.console.filter(line => /Content Security|error/i.test(line)),
      []
    )
  })

  it('types before it speaks when the payload says so, and not a moment for others (R23.1)', async () => {
    const code = answer(text('at once'), { type: 'typing', value: 1500 }, text('later'))
    on = await stage({ page: 'pages/welcome-on-ready.html', files: { [HOOK]: code }, clock: 'virtual' })
    await on.visit()
    await on.chat.getByRole('button', { name: 'Open the chat' }).click()
    await on.simulator.handle({ kind: 'clock', command: { do: 'advance', ms: 1500 } })
    await on.chat.locator('.typing').waitFor()
    await on.shows(['at once'])
    await on.simulator.handle({ kind: 'clock', command: { do: 'advance', ms: 1500 } })
    await on.shows(['at once', 'later'])
    await on.chat.locator('.typing').waitFor({ state: 'detached' })
  })

  it('offers choices with the last message, and says the pressed one in capitals (R22.7)', async () => {
    await begin(
      answer({
        type: 'single-choice',
        text: 'Help?',
        choices: [
          { title: 'Yes, please', value: 'yes' },
          { title: 'No', value: 'no' }
        ]
      })
    )
    await on.open()
    await on.chat.getByRole('button', { name: 'Yes, please' }).click()
    const event = await on.entry('event-received', ({ type }) => type === 'quick_reply')
    assert.deepEqual(event.payload, { type: 'quick_reply', text: 'Yes, please', payload: 'YES' })
    assert.equal(event.preview, 'Yes, please')
    await on.chat.getByRole('button', { name: 'Yes, please' }).waitFor({ state: 'detached' })
  })

  it('shows cards with buttons that speak, post back and open addresses (R22.7)', async () => {
    const actions = [
      { title: 'Tell me', action: 'Say something', text: 'Tell me more' },
      { title: 'Order', action: 'Postback', payload: 'ORDER' },
      { title: 'Read', action: 'Open URL', url: 'https://example.test/' },
      { title: 'Bad', action: 'Open URL', url: 'javascript:alert(1)' }
    ]
    await begin(answer({ type: 'card', title: 'Backpack', subtitle: '40 l', actions }))
    await on.open()
    await on.chat.getByRole('button', { name: 'Order' }).click()
    assert.deepEqual((await on.entry('event-received', ({ type }) => type === 'postback')).payload, { type: 'postback', payload: 'ORDER' })
    await on.chat.getByRole('button', { name: 'Tell me' }).click()
    assert.deepEqual((await on.entry('event-received', ({ type }) => type === 'say_something')).payload, {
      type: 'say_something',
      text: 'Tell me more'
    })
    assert.equal(await on.chat.getByText('Read', { exact: true }).getAttribute('href'), 'https://example.test/')
    assert.equal(await on.chat.getByText('Bad', { exact: true }).getAttribute('href'), null)
  })

  it('says which type it cannot show, as the real chat has a placeholder too', async () => {
    await begin(answer({ type: 'location', latitude: 1, longitude: 2 }))
    await on.open()
    await on.chat.getByText('location').waitFor()
  })

  it('draws every built-in content type: eleven, of which one is shown by nothing and one is not shown (R13)', async () => {
    const url = 'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg"/>'
    await begin(
      answer(
        text('plain'),
        { type: 'image', image: url, title: 'A picture' },
        { type: 'video', video: 'https://example.test/v.mp4', title: 'A film' },
        { type: 'audio', audio: 'https://example.test/a.mp3', title: 'A clip' },
        { type: 'file', file: 'https://example.test/doc.pdf', title: 'A document' },
        { type: 'location', latitude: 1, longitude: 2 },
        { type: 'card', title: 'One card' },
        { type: 'carousel', items: [{ title: 'First' }, { title: 'Second' }] },
        { type: 'dropdown', message: 'Pick', options: [{ label: 'Red', value: 'r' }], placeholderText: 'Colour' },
        { type: 'single-choice', text: 'Sure?', choices: [{ title: 'Yes', value: 'y' }] }
      )
    )
    await on.open()
    const list = on.chat.locator('.messages')
    await on.chat.locator('.keyboard').getByRole('button', { name: 'Yes' }).waitFor()
    assert.deepEqual(
      [
        await list.locator('figure', { hasText: 'A picture' }).count(),
        await list.locator('video[aria-label="A film"]').count(),
        await list.locator('audio[aria-label="A clip"]').count(),
        await list.locator('a.file', { hasText: 'A document' }).getAttribute('href'),
        await list.locator('.unsupported', { hasText: 'location' }).count(),
        await list.locator('.cards:not(.carousel) .card').count(),
        await list.locator('.carousel .card').count()
      ],
      [1, 1, 1, 'https://example.test/doc.pdf', 1, 1, 2]
    )
    assert.deepEqual((await on.bubbles()).slice(-2), ['Pick', 'Sure?'])
  })

  it('draws Markdown where the payload wants it, and never as HTML (S66)', async () => {
    const words = '# Plan\n**Bold** and *slanted* `code` <b>tag</b>\n- one\n- [link](https://example.test/)\n- [bad](javascript:alert(1))'
    await begin(answer({ ...text(words), markdown: true }, { ...text('0123456789'), trimLength: 4 }))
    await on.open()
    const bubble = on.chat.locator('.bubble.markdown')
    await bubble.waitFor()
    assert.deepEqual(
      [await bubble.locator('strong').textContent(), await bubble.locator('em').textContent(), await bubble.locator('code').textContent()],
      ['Bold', 'slanted', 'code']
    )
    assert.equal(await bubble.locator('b').count(), 0)
    assert.deepEqual(await bubble.locator('a').evaluateAll(links => links.map(link => link.getAttribute('href'))), [
      'https://example.test/'
    ])
    assert.deepEqual(await bubble.locator('li').allTextContents(), ['one', 'link', 'bad'])
    const cut = on.chat.locator('.bubble', { hasText: '0123…' })
    await cut.getByRole('button', { name: 'Show more' }).click()
    await on.chat.locator('.bubble', { hasText: '0123456789' }).waitFor()
  })

  it('takes no free text where the choice wants so, several choices at once, and feedback', async () => {
    await begin(
      answer(
        { ...text('Good?'), collectFeedback: true },
        {
          type: 'dropdown',
          message: 'Pick',
          options: [
            { label: 'Red', value: 'r' },
            { label: 'Blue', value: 'b' }
          ],
          allowMultiple: true,
          buttonText: 'Take'
        }
      )
    )
    await on.open()
    await on.chat.getByRole('button', { name: 'This was helpful' }).click()
    await on.chat.getByText('Thank you for your feedback.').waitFor()
    for (const name of ['Red', 'Blue']) await on.chat.getByRole('checkbox', { name }).check()
    await on.chat.getByRole('button', { name: 'Take' }).click()
    const event = await on.entry('event-received', ({ type }) => type === 'quick_reply')
    assert.deepEqual(event.payload, { type: 'quick_reply', text: 'Red, Blue', payload: 'r,b' })
    await on.close()
    await begin(answer({ type: 'single-choice', text: 'Sure?', choices: [{ title: 'Yes', value: 'y' }], disableFreeText: true }))
    await on.chat.getByRole('button', { name: 'Open the chat' }).click()
    await on.chat.getByRole('button', { name: 'Yes' }).waitFor()
    assert.equal(await on.chat.getByRole('textbox', { name: 'Your message' }).isDisabled(), true)
  })

  it('lists conversations, begins another one, and lets the visitor download what was said', async () => {
    await begin(answer(text('Hello')))
    await on.open()
    await on.shows(['Hello'])
    const downloads = on.page.waitForEvent('download')
    await on.chat.getByRole('button', { name: 'Download the conversation' }).click()
    assert.match(readFileSync(await (await downloads).path(), 'utf8'), /: Hello$/)
    await on.chat.getByRole('button', { name: 'Conversations' }).click()
    await on.chat.getByRole('button', { name: /^Hello/ }).waitFor()
    await on.chat.getByRole('button', { name: 'New conversation' }).click()
    await on.shows([])
    await on.chat.getByRole('button', { name: 'Conversations' }).click()
    await on.chat.getByRole('button', { name: /^Hello/ }).click()
    await on.shows(['Hello'])
  })

  it('hands links to whoever shows the page', async () => {
    const opened: string[] = []
    on = await stage({
      page: 'pages/welcome-on-ready.html',
      files: { [HOOK]: answer({ ...text('see https://example.test/a'), markdown: true }) },
      openLink: url => void opened.push(url)
    })
    await on.visit()
    await on.open()
    await on.chat.getByRole('link').click()
    await until(() => opened.length > 0)
    assert.deepEqual(opened, ['https://example.test/a'])
  })

  it('is used by keyboard: Enter sends, Escape closes, the focus goes back to the bubble', async () => {
    await begin(answer())
    await on.chat.getByRole('button', { name: 'Open the chat' }).press('Enter')
    const field = on.chat.getByRole('textbox', { name: 'Your message' })
    await on.entry('page-posted', ({ name }) => name === 'webchatReady')
    await field.and(on.chat.locator(':focus')).waitFor()
    await field.press('H')
    await field.press('i')
    await field.press('Enter')
    await on.chat.locator('.mine .bubble', { hasText: 'Hi' }).waitFor()
    assert.equal(await field.inputValue(), '')
    await field.press('Escape')
    await on.entry('page-posted', ({ name }) => name === 'webchatClosed')
    await on.chat.getByRole('button', { name: 'Open the chat' }).and(on.chat.locator(':focus')).waitFor()
  })

  it('has no barriers that axe knows, open and closed, light and dark', async () => {
    await begin(answer(text('Hello'), { type: 'single-choice', text: 'Help?', choices: [{ title: 'Yes', value: 'y' }] }))
    const check = async () => {
      const frame = on.page.frame({ url: /\/lite\// })!
      await frame.evaluate(axe)
      // Main landmark and first heading are the page's, of which the chat is a frame.
      const result = await frame.evaluate(
        "axe.run(document, { rules: { 'landmark-one-main': { enabled: false }, 'page-has-heading-one': { enabled: false }, region: { enabled: false } } })"
      )
      return (result as { violations: { id: string; nodes: { html: string }[] }[] }).violations.map(
        ({ id, nodes }) => `${id}: ${nodes[0]!.html}`
      )
    }
    assert.deepEqual(await check(), [])
    await on.open()
    await on.shows(['Hello', 'Help?'])
    // While something appears its colours are others.
    await on.page.frame({ url: /\/lite\// })!.evaluate('Promise.all(document.getAnimations().map(animation => animation.finished))')
    assert.deepEqual(await check(), [])
    await on.page.frame({ url: /\/lite\// })!.evaluate("document.documentElement.dataset.theme = 'dark'")
    assert.deepEqual(await check(), [])
  })

  it('shows what was said before after a refresh, and nothing to somebody new, whose storage is empty', async () => {
    await begin(answer(text('Hello')))
    await on.open()
    await on.shows(['Hello'])
    await on.page.evaluate("localStorage.setItem('greeted', 'yes'); document.cookie = 'seen=1; path=/'")
    const greeted = () => on.page.evaluate("[localStorage.getItem('greeted'), document.cookie]")
    await on.simulator.handle({ kind: 'restart', as: 'same' })
    await on.visit()
    assert.deepEqual(await greeted(), ['yes', 'seen=1'])
    await on.open()
    await on.shows(['Hello', 'Hello'])
    await on.simulator.handle({ kind: 'restart', as: 'new' })
    await on.visit()
    assert.deepEqual(await greeted(), [null, ''])
    assert.equal(await on.page.evaluate("localStorage.getItem('bp/socket/user')"), on.simulator.state.visitorId)
    await on.open()
    await on.shows(['Hello'])
  })

  it('uses a saved hook for the next event (R1.8)', async () => {
    await begin(answer(text('before')), 'builtin')
    await on.simulator.handle({ kind: 'choose', botId: 'welcome-bot', page: 'builtin' })
    await on.visit()
    await on.open()
    const send = on.page.getByRole('button', { name: 'Send a proactive trigger' })
    await on.page.evaluate(() => (globalThis as unknown as WithChat).botpressWebChat.sendEvent({ type: 'proactive-trigger' }))
    await on.shows(['before'])
    const file = on.write(HOOK, answer(text('after')))
    on.simulator.filesChanged([file])
    await on.page.evaluate(() => (globalThis as unknown as WithChat).botpressWebChat.sendEvent({ type: 'proactive-trigger' }))
    await on.shows(['before', 'after'])
    assert.equal(await send.count(), 1)
  })

  it('goes on when a hook had to be stopped (R3.11)', async () => {
    on = await stage({
      page: 'pages/welcome-on-ready.html',
      hookLimitMs: 2000,
      files: { [HOOK]: `if (event.preview === 'loop') while (true) {}\n${answer(text('Hello'))}` }
    })
    await on.visit()
    await on.open()
    await on.shows(['Hello'])
    await on.page.evaluate(() => (globalThis as unknown as WithChat).botpressWebChat.sendEvent({ type: 'message', text: 'loop' }))
    const stopped = await on.entry('engine-stopped')
    assert.equal(stopped.hook, 'before_incoming_middleware/catch_trigger.js')
    await on.page.evaluate(() => (globalThis as unknown as WithChat).botpressWebChat.sendEvent({ type: 'proactive-trigger' }))
    await on.shows(['Hello', 'loop', 'Hello'])
  })

  it('gives the page the API of v12 and no more, and warns before init (R20.1, R20.2)', async () => {
    on = await stage({
      files: { 'pages/bare.html': '<script src="/assets/modules/channel-web/inject.js"></script><body></body>' },
      page: 'pages/bare.html'
    })
    await on.page.goto(on.simulator.url('page'))
    const names = await on.page.evaluate(() => Object.keys((globalThis as unknown as WithChat).botpressWebChat).sort())
    assert.deepEqual(names, ['configure', 'init', 'mergeConfig', 'sendEvent', 'sendPayload'])
    await on.page.evaluate(() => (globalThis as unknown as WithChat).botpressWebChat.sendEvent({ type: 'proactive-trigger' }))
    const sent = await on.entry('page-sent')
    assert.deepEqual([sent.phase, sent.fate], ['before-init', 'dropped'])
    assert.equal(
      on.console.some(line => line.includes('init')),
      true
    )
  })

  it('loses what is posted before the frame listens, and says so (R20.2)', async () => {
    const page = `<script src="/assets/modules/channel-web/inject.js"></script><body><script>
window.botpressWebChat.init({ botId: 'welcome-bot' })
window.botpressWebChat.sendEvent({ type: 'proactive-trigger' })
</script></body>`
    on = await stage({ files: { 'pages/bare.html': page }, page: 'pages/bare.html' })
    await on.visit()
    const sent = await on.entry('page-sent')
    assert.deepEqual([sent.phase, sent.fate, sent.place?.line], ['loading', 'dropped', 3])
  })

  it('keeps several chats of a page apart by their ids (R20.2, R21.1)', async () => {
    const page = `<script src="/assets/modules/channel-web/inject.js"></script><body><script>
window.heard = []
addEventListener('message', ({ data }) => data.name && heard.push([data.chatId, data.name]))
window.botpressWebChat.init({ botId: 'welcome-bot', chatId: 'left' })
window.botpressWebChat.init({ botId: 'shop-bot', chatId: 'right' })
</script></body>`
    on = await stage({ files: { 'pages/two.html': page }, page: 'pages/two.html' })
    await on.page.goto(on.simulator.url('page'))
    for (const id of ['left', 'right']) await on.page.frameLocator(`iframe#${id}`).locator('.launcher').waitFor()
    assert.equal(await on.page.locator('div#left-container > iframe#left').count(), 1)
    await on.page.evaluate(() => (globalThis as unknown as WithChat).botpressWebChat.sendEvent({ type: 'show' }, 'right'))
    await on.entry('page-posted', ({ name, data }) => name === 'webchatReady' && (data as { chatId: string }).chatId === 'right')
    const heard = await on.page.evaluate(() => (globalThis as unknown as WithChat).heard as [string, string][])
    assert.equal(
      heard.some(([id, name]) => id === 'left' && name === 'webchatOpened'),
      false
    )
    assert.equal(
      heard.some(([id, name]) => id === 'right' && name === 'webchatOpened'),
      true
    )
  })

  it('reports the page’s errors and warnings with file and line, and the host that it replaced', async () => {
    const page = `<script src="/assets/modules/channel-web/inject.js"></script><script src="/missing.js"></script><body><script>
console.warn('careful', { a: 1 })
window.botpressWebChat.init({ host: 'http://localhost:3000', botId: 'welcome-bot' })
window.botpressWebChat.onEvent(() => {}, [])
</script></body>`
    on = await stage({ files: { 'pages/bad.html': page }, page: 'pages/bad.html' })
    await on.visit()
    const error = await on.entry('page-console', ({ level, text: words }) => level === 'error' && words.includes('onEvent'))
    assert.deepEqual([error.place?.file.endsWith('pages/bad.html'), error.place?.line], [true, 4])
    const warning = await on.entry('page-console', ({ level }) => level === 'warn')
    assert.deepEqual([warning.text, warning.place?.line], ['careful {"a":1}', 2])
    assert.match((await on.entry('page-console', ({ level }) => level === 'info')).text, /http:\/\/localhost:3000/)
    await on.entry('page-console', ({ text: words }) => words.includes('missing.js'))
  })
})
