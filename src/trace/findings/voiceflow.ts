import type { EntryOf, TraceEntry } from '../entry.ts'
import { count, list, quote, shorten } from '../words.ts'
import type { FindingRow, Found } from './finding.ts'

type Call = EntryOf<'voiceflow-called'>
type Bubbles = EntryOf<'bubbles-changed'>['bubbles']

/** A push on its page, with what was known there. */
interface Push {
  call: Call
  /** The queue before it, each bubble with its state. */
  before: Bubbles
  traces: { type?: unknown; payload?: { message?: unknown } }[]
}

/** More bubbles than this cover the page, and a bubble of more characters is a letter (a column of 256 px). */
const MOST_BUBBLES = 3
const LONGEST = 140
/** Markup that bubbles show as it is written (W5). */
const MARKUP = /<\/?[a-z][^>]*>|\*\*[^*]+\*\*|\[[^\]]+\]\([^)]+\)|^#{1,6} |`[^`]+`/im

/** What is wrong with a push by itself: the sentence, or undefined. */
interface Check {
  k: string
  title: string
  tone: FindingRow['tone']
  rules: string[]
  says(push: Push): string | undefined
  todo: string
}

const CHECKS: readonly Check[] = [
  {
    k: 'K1',
    title: 'Bubble that is never drawn',
    tone: 'warning',
    rules: ['W4', 'VFP002'],
    says: ({ call, traces }) => {
      const other = [...new Set(traces.map(trace => String(trace.type)).filter(type => type !== 'text'))]
      return call.fate === 'done' && other.length > 0
        ? `${list(other.map(type => quote(type)))} was pushed; only traces of type “text” are drawn.`
        : undefined
    },
    todo: 'Push `{ type: "text", payload: { message } }`.'
  },
  {
    k: 'K2',
    title: 'Bubble without its words',
    tone: 'error',
    rules: ['W5', 'VFP002'],
    says: ({ traces }) =>
      traces.some(trace => trace.type === 'text' && typeof trace.payload?.message !== 'string')
        ? 'A text trace has no `payload.message` that is a string: the visitor reads “undefined”.'
        : undefined,
    todo: 'Give `payload.message` a string.'
  },
  {
    k: 'K3',
    title: 'Markup in a bubble',
    tone: 'warning',
    rules: ['W5'],
    says: ({ traces }) => {
      const marked = wordsOf(traces).find(text => MARKUP.test(text))
      return marked && `${quote(marked)} is shown as it is written: bubbles know neither HTML nor Markdown.`
    },
    todo: 'Write plain words.'
  },
  {
    k: 'K4',
    title: 'Pushed before load',
    tone: 'error',
    rules: ['W1', 'S64', 'VFP001'],
    says: ({ call }) => (call.fate === 'lost' ? 'Pushed before `load` had resolved: the bubble is lost, not late.' : undefined),
    todo: 'Push when the promise of `load` has resolved.'
  },
  {
    k: 'K6',
    title: 'The same bubble twice',
    tone: 'warning',
    rules: ['W6'],
    says: ({ traces, before, call }) => {
      if (call.fate !== 'done') return undefined
      const known = new Set(before.map(bubble => bubble.text))
      const twice = wordsOf(traces).find((text, n, all) => known.has(text) || all.indexOf(text) < n)
      return twice && `${quote(twice)} was in the queue already: the visitor sees it twice.`
    },
    todo: 'Call `proactive.clear()` before a push that may come again.'
  },
  {
    k: 'K7',
    title: 'Too much in bubbles',
    tone: 'warning',
    rules: ['W7'],
    says: ({ traces, before, call }) => {
      if (call.fate !== 'done') return undefined
      const long = wordsOf(traces).find(text => text.length > LONGEST)
      if (long) return `${quote(shorten(long, 50))} has ${long.length} characters; a bubble is a column of 256 px.`
      const all = before.filter(bubble => bubble.type === 'text').length + wordsOf(traces).length
      return all > MOST_BUBBLES ? `${count(all, 'bubble')} are stacked over the page.` : undefined
    },
    todo: 'Say one thing, in few words.'
  },
  {
    k: 'K8',
    title: 'Dismissed bubbles came back',
    tone: 'warning',
    rules: ['W10', 'S55'],
    says: ({ before, call }) => {
      const dismissed = before.filter(bubble => bubble.state === 'dismissed')
      return call.fate === 'done' && dismissed.length > 0
        ? `The visitor had dismissed ${list(dismissed.map(bubble => quote(shorten(bubble.text, 40))))}; this push brought it back.`
        : undefined
    },
    todo: 'Call `proactive.clear()` first.'
  },
  {
    k: 'K11',
    title: 'Bubbles in an embedded chat',
    tone: 'error',
    rules: ['W2'],
    says: ({ call }) => (call.fate === 'no-effect' ? 'An embedded chat has no bubbles: the push did nothing.' : undefined),
    todo: 'Use the overlay mode, or say it within the chat by `interact`.'
  },
  {
    k: 'K5',
    title: 'Pushed while the chat is open',
    tone: 'warning',
    rules: ['W8', 'S64'],
    says: ({ before, call }) =>
      call.fate === 'done' && before.some(bubble => bubble.state === 'chat-open')
        ? 'The chat was open, so the bubble is kept out of sight and comes up when the chat is closed.'
        : undefined,
    todo: 'Push when the page hears `voiceflow:close`, or not at all.'
  }
]

/** Checks of each push, each line of a page told once. */
const PUSHES = CHECKS.map<FindingRow>(({ k, title, tone, rules, says, todo }) => ({
  id: `voiceflow-${k}`,
  tone,
  title,
  rules: [k, ...rules],
  find: ({ entries }) => {
    const told = new Set<string>()
    return pushesOf(entries).flatMap<Found>(push => {
      const sentence = says(push)
      const key = `${push.call.place?.file}:${push.call.place?.line} ${sentence}`
      if (!sentence || told.has(key)) return []
      told.add(key)
      return [{ says: [sentence], todo: [todo], seqs: [push.call.seq], places: [push.call.place] }]
    })
  }
}))

/** Bubbles of one address that are still there at another, in a page that changes its address by itself. */
const STALE: FindingRow = {
  id: 'voiceflow-K9',
  tone: 'warning',
  title: 'Bubble stayed on another route',
  rules: ['K9', 'S24', 'VFP003'],
  find: ({ entries }) => {
    const queues = new Map<string, Bubbles>()
    const moved = new Map<string, { seq: number; to: string; texts: string[] }>()
    for (const entry of entries) {
      if (entry.kind === 'bubbles-changed') queues.set(entry.pageId, entry.bubbles)
      if (entry.kind === 'page-gesture' && entry.gesture.do === 'navigate') {
        const seen = (queues.get(entry.pageId) ?? []).filter(bubble => bubble.state === 'drawn')
        if (seen.length > 0) moved.set(entry.pageId, { seq: entry.seq, to: entry.gesture.to, texts: seen.map(bubble => bubble.text) })
      }
      // A page that clears, even a moment later, has seen to it.
      if (entry.kind === 'voiceflow-called' && entry.name === 'proactive.clear') moved.delete(entry.pageId)
    }
    return [...moved.values()].map<Found>(({ seq, to, texts }) => ({
      says: [`${list(texts.map(text => quote(shorten(text, 40))))} was still there after the visitor went to ${to}.`],
      todo: ['Call `proactive.clear()` when the address changes.'],
      seqs: [seq]
    }))
  }
}

/** A visitor who opens the chat after a bubble meets an agent that knows nothing of it. */
const UNTOLD: FindingRow = {
  id: 'voiceflow-K10',
  tone: 'warning',
  title: 'The agent was not told',
  rules: ['K10', 'W13'],
  find: ({ entries }) => {
    const pushed = new Map<string, Call>()
    const found: Found[] = []
    for (const entry of entries) {
      if (entry.kind !== 'voiceflow-called' || entry.fate !== 'done') continue
      const last = pushed.get(entry.pageId)
      if (entry.name === 'proactive.push') pushed.set(entry.pageId, entry)
      if (entry.name === 'interact' || entry.name === 'proactive.clear') pushed.delete(entry.pageId)
      if (entry.name !== 'open' || !last) continue
      pushed.delete(entry.pageId)
      found.push({
        says: ['The chat was opened after a bubble, and nothing told the agent what the visitor had read.'],
        todo: ['Give `load` a `launch.event` with what the bubble said, or call `interact` when the chat is opened.'],
        seqs: [last.seq, entry.seq],
        places: [last.place]
      })
    }
    return found
  }
}

/** What is wrong with proactive bubbles of a page with Voiceflow's chat. (K12, a listener that does not parse, is seen in the editor only.) */
export const VOICEFLOW_FINDINGS: readonly FindingRow[] = [...PUSHES, STALE, UNTOLD]

function pushesOf(entries: readonly TraceEntry[]): Push[] {
  const queues = new Map<string, Bubbles>()
  const pushes: Push[] = []
  for (const entry of entries) {
    if (entry.kind === 'bubbles-changed') queues.set(entry.pageId, entry.bubbles)
    if (entry.kind !== 'voiceflow-called' || entry.name !== 'proactive.push') continue
    pushes.push({ call: entry, before: queues.get(entry.pageId) ?? [], traces: (entry.traces ?? []) as Push['traces'] })
  }
  return pushes
}

const wordsOf = (traces: Push['traces']) =>
  traces.flatMap(({ type, payload }) => (type === 'text' && typeof payload?.message === 'string' ? [payload.message] : []))
