/**
 * Runs inside a bot's process, before its own code (`node --require`), when the simulator started the bot: tells what the bot saves, and keeps the bot's
 * timers and dice where the time is virtual. Ends the bot when the simulator is gone. Changes nothing else, and gives up in silence where it does not fit: a
 * bot must never fail for it.
 */
import { seedChance } from './chance.ts'
import { VirtualClock } from './clock.ts'
import { endWithTheSimulator } from './end.ts'
import { Line } from './line.ts'
import { observeStates } from './states.ts'
import { Traffic } from './traffic.ts'
import { waitForDebugger } from './wait-for-debugger.ts'

/** Programs that start the bot in a process of its own. */
const STARTERS = /(^|[\\/])(npm|npx|yarn|pnpm|corepack|nodemon|tsc|tsx)(-cli)?(\.[cm]?js)?$/

const address = process.env.PROACTIVE_HOOKS_PROBE
if (address && !STARTERS.test(process.argv[1] ?? '')) {
  const line = new Line(address)
  if (process.env.PROACTIVE_HOOKS_SEED) seedChance(process.env.PROACTIVE_HOOKS_SEED)
  const traffic = new Traffic()
  const startAt = process.env.PROACTIVE_HOOKS_CLOCK
  const clock = startAt ? new VirtualClock(Number(startAt), () => traffic.silence()) : undefined
  observeStates(state => line.tell('state', state))
  traffic.watch(address)
  const answered = line.answer(async ({ kind, at }) => {
    if (kind === 'due') return { at: clock?.nextDue(), serving: traffic.serving, waiting: clock?.waiting, works: traffic.works }
    if (kind === 'run' && clock && at !== undefined) await clock.runTo(at)
    else await traffic.silence()
    return {}
  })
  void answered.then(isGone => isGone && endWithTheSimulator())
  if (process.env.PROACTIVE_HOOKS_INSPECT) waitForDebugger()
}
