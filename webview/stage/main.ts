/** Runs in each page of the stage before any script of the page: gives it its visitor's browser and clock, and tells the simulator what happens in it. */
import type { Gesture } from '../../src/trace/stage-entries.ts'
import type { PageRef } from '../../src/webchat/page-report.ts'
import { handOnKeys } from '../shared/editor-keys.ts'
import { pageOf, Reporter, randomId } from '../shared/reporter.ts'
import { STAGE, type Stage } from '../shared/stage.ts'
import { openTimedLine } from '../shared/timed-line.ts'
import { markElement } from './mark.ts'
import { installOwnBrowser } from './own-browser.ts'
import { reportConsole } from './page-console.ts'
import { isPageGesture, perform } from './perform.ts'
import { Picker } from './pick.ts'
import { installStandIns } from './scripts.ts'
import { installVirtualTime } from './virtual-time.ts'
import { watchGestures } from './watch.ts'

interface Settings {
  /** Path of the visitor's part of the address, `/<secret>/v/<visitor>/`. */
  root: string
  visitorId: string
  tab: number
  visitors: string[]
  language?: string
  now?: number
}

/** Put before this code by the gateway. */
declare const __PROACTIVE_HOOKS__: Settings

const settings = __PROACTIVE_HOOKS__
const script = document.currentScript instanceof HTMLScriptElement ? document.currentScript.src : location.href
// A page of another server of this machine: the name of the window says which tab it is.
const entered = /^proactive-hooks (\S+)$/.exec(window.name)?.[1]
const root = new URL(entered ? settings.root.replace(/\/v\/[^/]+\//, `/v/${entered}/`) : settings.root, script).href
const page = location.pathname.startsWith(settings.root) ? pageOf(location.pathname) : `${location.pathname}${location.search}`
const ref: PageRef = { visitorId: settings.visitorId, page, pageId: randomId(12) }

installOwnBrowser({ ...settings, language: settings.language })
installStandIns(root)

const machine = { setTimeout: window.setTimeout.bind(window), clearTimeout: window.clearTimeout.bind(window) }
/** Some of what is done on request looks to the browser as if a hand did it. */
let asked = false
const chatGestures = new Set<(gesture: Gesture) => boolean>()
const chatMarks = new Set<(messages: readonly string[]) => void>()
const requests = countRequests()
const query = new URLSearchParams({ as: 'page', page: ref.page, pageId: ref.pageId })
const { line, clock, reachedOut } = openTimedLine({
  url: `${root}line?${query}`,
  now: settings.now,
  busy: requests,
  onMark: (messages, selector) => {
    markElement(selector)
    for (const mark of chatMarks) mark(messages)
  },
  onPick: (on, selectors) => picker.offer(on ? selectors : undefined),
  onGesture: gesture => {
    reporter.report({ kind: 'page-gesture', gesture, by: 'author' })
    reporter.flush()
    if (isPageGesture(gesture)) {
      asked = true
      try {
        perform(gesture)
      } finally {
        asked = false
      }
    } else if (![...chatGestures].some(does => does(gesture))) throw new Error('There is no chat on this page to do this in.')
  }
})
const reporter = new Reporter(line, `${root}report`, ref, () => Date.now())
// Timers of the page itself; what came before is of the machine.
if (clock) installVirtualTime(clock)

const inspect = (name: string) => line.say({ kind: 'inspect', name })
const stage: Stage = {
  root,
  ref,
  reporter,
  clock,
  language: settings.language,
  tab: settings.tab,
  chatGestures,
  chatMarks,
  inspect,
  machine,
  reachedOut
}
Object.defineProperty(window, STAGE, { value: stage })

// Before all others: what chooses is no gesture.
const picker = new Picker((selector, isCancelled) =>
  line.say({ kind: 'picked', ...(selector !== undefined && { selector }), ...(isCancelled && { cancelled: true }) })
)
reporter.report({ kind: 'page-loaded', tab: settings.tab })
reportConsole(reporter)
watchGestures(gesture => {
  if (!asked) reporter.report({ kind: 'page-gesture', gesture, by: 'visitor' })
})
handOnKeys(0)
addEventListener('pagehide', () => reporter.last({ kind: 'page-left' }))

/** Counts what the page fetches by itself. @returns resolves when nothing of it is under way */
function countRequests(): () => Promise<unknown> {
  const open = new Set<Promise<unknown>>()
  const original = window.fetch
  window.fetch = (...args) => {
    const asked = original.apply(window, args)
    const ended: Promise<unknown> = asked.then(
      () => open.delete(ended),
      () => open.delete(ended)
    )
    open.add(ended)
    return asked
  }
  return () => Promise.all(open)
}
