import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { until } from '../panel/until.ts'
import { closeBrowser } from '../support/browser.ts'
import { clearStage, type Stage, stage } from './stage.ts'

const PAGE = (config: object) => `<!doctype html><title>Styled</title>
<script src="/assets/modules/channel-web/inject.js"></script>
<body><script>window.botpressWebChat.init(${JSON.stringify({ botId: 'shop-bot', ...config })})</script></body>`
const HOOK = 'data/bots/welcome-bot/hooks/before_incoming_middleware/catch_trigger.js'
const GREETS = `if (event.type !== 'proactive-trigger') return
event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
return bp.events.replyToEvent(event, [{ type: 'text', text: 'Hello' }], event.id)`
const red = (selector: string) => `${selector} { background: rgb(255, 0, 0); }`

describe('options of the chat that change how it looks and sounds', function () {
  this.timeout(60_000)
  let on: Stage
  let server: Server
  let local: string
  let asked: string[]

  before(async () => {
    asked = []
    server = createServer((request, response) => {
      asked.push(request.url!)
      response.setHeader('Content-Type', 'text/css').end(red('.bpw-header-container'))
    })
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    local = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterEach(() => on.close())
  after(async () => {
    server.close()
    await closeBrowser()
    await clearStage()
  })

  async function begin(config: object, files: Record<string, string> = {}): Promise<void> {
    on = await stage({ page: 'pages/styled.html', files: { 'pages/styled.html': PAGE(config) } })
    for (const [file, text] of Object.entries(files)) {
      const path = join(dirname(on.write('pages/styled.html', PAGE(config))), '..', file)
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, text)
    }
    await on.visit()
    await on.open()
  }
  const frame = () => on.page.frames().find(one => one.url().includes('/lite/'))!
  const colour = (selector: string) => frame().evaluate<string>(`getComputedStyle(document.querySelector('${selector}')).backgroundColor`)
  const isRed = (selector: string) => until(async () => (await colour(selector)) === 'rgb(255, 0, 0)')
  const warnings = () => on.of('page-console').flatMap(({ level, text }) => (level === 'warn' ? [text] : []))

  it('takes style sheets of the workspace and of the folder in which Botpress keeps them, in their order (R20.4)', async () => {
    await begin(
      { stylesheet: '/theme.css', extraStylesheet: '/assets/modules/channel-web/own.css' },
      {
        'theme.css': `${red('.bpw-header-container')} ${red('.bpw-composer')}`,
        'data/assets/modules/channel-web/own.css': '.bpw-composer { background: rgb(0, 128, 0); }'
      }
    )
    await isRed('header')
    await until(async () => (await colour('.composer')) === 'rgb(0, 128, 0)')
    assert.deepEqual(warnings(), [])
  })

  it('finds them where the page’s own folder is its root, and takes others when the page says so', async () => {
    await begin({ extraStylesheet: '/own.css' }, { 'pages/own.css': red('.bpw-header-container') })
    await isRed('header')
    await on.page.evaluate("botpressWebChat.mergeConfig({ extraStylesheet: '/gone.css' })")
    await until(async () => (await colour('header')) !== 'rgb(255, 0, 0)')
    await on.entry('page-console', ({ text }) => text === 'The chat’s extraStylesheet /gone.css was not found.')
  })

  it('asks a server of this machine, and none elsewhere, and says so', async () => {
    await begin({ extraStylesheet: `${local}/own.css` })
    await isRed('header')
    assert.deepEqual(asked, ['/own.css'])
    await on.page.evaluate("botpressWebChat.mergeConfig({ extraStylesheet: 'https://styles.example/own.css' })")
    await on.entry('page-console', ({ text }) => /extraStylesheet https:\/\/styles\.example\/own\.css lies on another server/.test(text))
    assert.notEqual(await colour('header'), 'rgb(255, 0, 0)')
    assert.deepEqual(
      on.console.filter(text => /Content Security Policy/.test(text)),
      []
    )
  })

  it('is heard when nobody looks, once somebody has used it, and not where sounds are off (R19.11)', async () => {
    await begin({ botId: 'welcome-bot', disableNotificationSound: true }, { [HOOK]: GREETS })
    await frame().evaluate(`window.notes = 0
      OscillatorNode.prototype.start = new Proxy(OscillatorNode.prototype.start, {
        apply: (start, node, given) => { notes++; return Reflect.apply(start, node, given) }
      })`)
    const notes = () => frame().evaluate<number>('notes')
    const greeted = async (times: number) => {
      await on.simulator.handle({ kind: 'send', type: 'proactive-trigger', payload: {} })
      await on.chat.getByRole('button', { name: `Open the chat, ${times} unread` }).waitFor()
    }
    await on.chat.getByRole('button', { name: 'Close the chat' }).click()
    await greeted(1)
    assert.equal(await notes(), 0)
    await on.page.evaluate('botpressWebChat.mergeConfig({ disableNotificationSound: false })')
    await greeted(2)
    await until(async () => (await notes()) === 2)
  })
})
