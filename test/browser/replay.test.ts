import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import type { FromPanel } from '../../src/protocol/panel.ts'
import { TraceIndex } from '../../src/trace/trace-index.ts'
import { transcriptOf } from '../../src/trace/transcript/transcript.ts'
import { closeBrowser } from '../support/browser.ts'
import { clearStage, type Stage, stage } from './stage.ts'

const HOOK = 'data/global/hooks/before_incoming_middleware/90_quiz.js'
const quiz = (thanks: string) => `
if (!['quiz', 'quick_reply'].includes(event.type)) return
event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
const choices = [{ title: 'Red', value: 'red' }, { title: 'Blue', value: 'blue' }]
const payloads = event.type === 'quiz' ? [{ type: 'single-choice', text: 'Which colour?', choices }] : [{ type: 'text', text: '${thanks} ' + event.payload.text }]
return bp.events.replyToEvent(event, payloads, event.id)`

/** Runs and transcripts played again, with the pages that visitors have open in a real browser. */
describe('playing again in a browser', function () {
  this.timeout(60_000)
  let on: Stage
  const open = new Map<string, Page>()

  /** As the panel does: every tab of every visitor has its page, and loads it anew when its address changes. */
  const follow = async () => {
    const show = async () => {
      for (const { id, tabs } of on.simulator.state.visitors) {
        for (const { tab, url } of tabs) {
          const key = `${id} ${tab}`
          const page = open.get(key) ?? (await on.page.context().newPage())
          open.set(key, page)
          if (url !== undefined && page.url() !== url) await page.goto(url)
        }
      }
    }
    let last = show()
    on.simulator.onState(() => {
      last = last.then(show, show)
    })
    await last
  }
  const ask = (message: FromPanel) => on.simulator.handle(message)
  const gesture = (gesture: (FromPanel & { kind: 'gesture' })['gesture']) => ask({ kind: 'gesture', gesture })
  /** The next load of a page, after something that brings it about. */
  const loads = async (act: () => Promise<void>) => {
    const before = on.of('page-loaded').length
    await act()
    await on.entry('page-posted', ({ name }) => name === 'webchatLoaded' && on.of('page-loaded').length > before)
    await on.entry('page-posted', ({ pageId, name }) => name === 'webchatLoaded' && pageId === on.of('page-loaded').at(-1)!.pageId)
  }

  afterEach(async () => {
    open.clear()
    await on.close()
  })
  after(async () => {
    await closeBrowser()
    await clearStage()
  })

  it('does each thing in the tab in which it was done (S14)', async () => {
    on = await stage({ page: 'pages/checkout.html' })
    await loads(follow)
    await gesture({ do: 'scroll', to: 10 })
    await loads(() => ask({ kind: 'visitor', command: { do: 'openTab' } }))
    await gesture({ do: 'scroll', to: 20 })
    await ask({ kind: 'visitor', command: { do: 'showTab', tab: 1 } })
    await gesture({ do: 'scroll', to: 30 })
    const done = () => {
      const started = on.of('replay-started').at(-1)?.seq ?? 0
      const tabs = new Map(on.of('page-loaded').map(({ pageId, tab }) => [pageId, tab]))
      return on
        .of('page-gesture')
        .filter(({ seq, by }) => seq > started && by === 'author')
        .map(({ pageId, gesture }) => [tabs.get(pageId), gesture.do === 'scroll' ? gesture.to : gesture.do])
    }
    const expected = [
      [1, 10],
      [2, 20],
      [1, 30]
    ]
    assert.deepEqual(done(), expected)
    await ask({ kind: 'replay', what: 'run' })
    assert.deepEqual(done(), expected)
  })

  it('presses the buttons of a transcript as the visitor did, when the bot has offered them', async () => {
    on = await stage({ page: 'builtin', files: { [HOOK]: quiz('You like') } })
    await loads(follow)
    await gesture({ do: 'open' })
    await on.entry('page-posted', ({ name }) => name === 'webchatReady')
    await ask({ kind: 'send', type: 'quiz', payload: {} })
    await on.entry('chat-received', ({ payload }) => JSON.stringify(payload).includes('Which colour?'))
    await gesture({ do: 'choose', title: 'Blue' })
    await on.entry('chat-received', ({ payload }) => JSON.stringify(payload).includes('You like Blue'))
    const index = new TraceIndex()
    index.append(on.simulator.trace.entries)
    const transcript = transcriptOf(on.simulator.trace.entries, index)
    const chosen = () => on.of('event-received').filter(({ type }) => type === 'quick_reply')
    assert.equal(chosen().length, 1)
    await ask({ kind: 'clear' })

    await ask({ kind: 'playTranscript', transcript })
    assert.deepEqual(
      chosen().map(({ from }) => from.by),
      ['visitor']
    )
    assert.deepEqual(
      on.of('replay-ended').map(({ outcome, reason }) => [outcome, reason]),
      [['completed', undefined]]
    )
  })
})
