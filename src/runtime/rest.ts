import { type Clock, RealClock, sleep, turn, VirtualClock } from './clock.ts'
import type { Server } from './server.ts'

/** Waits for silence: until nothing is queued or processed, for at most `ms`. On the virtual clock time passes as needed. */
export async function settle(server: Server, clock: Clock, ms: number): Promise<void> {
  const end = clock.now() + ms
  let quiet = 0
  while (clock.now() < end || quiet > 0) {
    if (server.events.idle) {
      if (++quiet > 3) return
    } else quiet = 0
    if (clock instanceof VirtualClock) {
      await turn()
      if (server.events.idle || (await comesToRest(server))) continue
      const due = clock.nextDue()
      await clock.advance(Math.max(0, Math.min(due ?? end, end) - clock.now()))
      if (due === undefined || due > end) return
    } else if (quiet > 0) await turn()
    else await sleep(clock, 2)
  }
}

/** When something falls due on a virtual clock, once what is at work had the chance to set a timer. */
export async function nextDue(server: Server, clock: Clock): Promise<number | undefined> {
  if (!(clock instanceof VirtualClock)) return undefined
  if (!server.events.idle) await comesToRest(server)
  return clock.nextDue()
}

/** Gives real input and output (files, network) time to finish before a virtual clock is moved. @returns whether everything came to rest */
export async function comesToRest(server: Server): Promise<boolean> {
  // Between two steps of a call (a connection made, its answer being read) nothing may be under way for a moment.
  for (let round = 0, quiet = 0; round < 200 && quiet < 3; round++) {
    for (let turns = 0; turns < 5; turns++) await turn()
    if (server.events.idle) return true
    quiet = server.network.pending > 0 || isReading() ? 0 : quiet + 1
    await sleep(new RealClock(), 2)
  }
  return false
}

/** Files or the network are being read or written. */
function isReading(): boolean {
  return process.getActiveResourcesInfo().some(kind => /^(FS|GetAddrInfo|TCP|TLS|HTTP|Zlib|PBKDF2|RandomBytes)/i.test(kind))
}
