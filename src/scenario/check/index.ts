import type { BOT_CHECKS } from '../bots/schema.ts'
import type { CheckWord, Expect } from '../schema/index.ts'
import { dialog, event, nodes, noEvent, suggestion } from './events.ts'
import { errors, flags, log, noHooks, notRan, problems, ran } from './hooks.ts'
import { bubbleQueue, bubbles, chat, consoleLines, dom, focused, notReceived, received, sent } from './page.ts'
import { atMost, pendingPrompts, response, says, saysNot, saysOnly, silence } from './said.ts'
import { discarded, kept, state, waitsAt } from './state.ts'
import type { Miss, View } from './view.ts'
import { contains, engine, findings, order, outcome, requests, verdict } from './whole.ts'

type Check<W extends CheckWord> = (expected: NonNullable<Expect[W]> | null, view: View) => Miss[] | Promise<Miss[]>

/** What looks at each word of an expectation. `trace` is compared by the player, which knows its file. */
export const CHECKS: { [W in Exclude<CheckWord, 'trace' | keyof typeof BOT_CHECKS>]: Check<W> } = {
  says: (expected, view) => says(expected!, view),
  saysOnly: (expected, view) => saysOnly(expected!, view),
  saysNot: (expected, view) => saysNot(expected!, view),
  silence: (expected, view) => silence(expected!, view),
  response: (expected, view) => response(expected!, view),
  atMost: (expected, view) => atMost(expected!, view),
  pendingPrompts: (expected, view) => pendingPrompts(expected!, view),
  ran: (expected, view) => ran(expected!, view),
  notRan: (expected, view) => notRan(expected!, view),
  hooks: (_, view) => noHooks(view),
  flags: (expected, view) => flags(expected!, view),
  errors: (expected, view) => errors(expected!, view),
  log: (expected, view) => log(expected!, view),
  event: (expected, view) => event(expected!, view),
  noEvent: (expected, view) => noEvent(expected!, view),
  dialog: (expected, view) => dialog(expected!, view),
  node: (expected, view) => nodes([expected!], view),
  nodes: (expected, view) => nodes(expected!, view),
  waitsAt: (expected, view) => waitsAt(expected, view),
  suggestion: (expected, view) => suggestion(expected!, view),
  state: (expected, view) => state(expected!, view),
  kept: (expected, view) => kept(expected!, view),
  discarded: (expected, view) => discarded(expected!, view),
  received: (expected, view) => received(expected!, view),
  notReceived: (expected, view) => notReceived(expected!, view),
  sent: (expected, view) => sent(expected!, view),
  dom: (expected, view) => dom(expected!, view),
  focused: (expected, view) => focused(expected!, view),
  chat: (expected, view) => chat(expected!, view),
  bubbles: (expected, view) => bubbles(expected!, view),
  bubbleQueue: (expected, view) => bubbleQueue(expected!, view),
  console: (expected, view) => consoleLines(expected!, view),
  requests: (expected, view) => requests(expected!, view),
  order: (expected, view) => order(expected!, view),
  verdict: (expected, view) => verdict(expected!, view),
  findings: (expected, view) => findings(expected!, view),
  engine: (expected, view) => engine(expected!, view),
  outcome: (expected, view) => outcome(expected!, view),
  problems: (expected, view) => problems(expected!, view),
  contains: (expected, view) => contains(expected!, view)
}

/** All that is not as expected, each with its place below the expectation. */
export async function look(expect: Expect, view: View): Promise<(Miss & { path: PropertyKey[] })[]> {
  const misses: (Miss & { path: PropertyKey[] })[] = []
  for (const [word, expected] of Object.entries(expect)) {
    if (word === 'trace') continue
    const check = CHECKS[word as keyof typeof CHECKS] as Check<CheckWord>
    for (const miss of await check(expected as never, view)) misses.push({ ...miss, path: [word, ...(miss.path ?? [])] })
  }
  return misses
}
