// Those of now: the bot may replace them, and its time may be virtual.
const later = setTimeout
const { pid } = process
const kill = process.kill.bind(process)
const exit = process.exit.bind(process)

const GRACE_MS = 2000

/**
 * Ends the bot that the simulator started and could not end any more, because the editor crashed for instance: it would hold its port and go on writing to
 * people for ever. The bot may tidy up first.
 */
export function endWithTheSimulator(): void {
  later(() => exit(1), GRACE_MS)
  kill(pid, 'SIGTERM')
}
