/** By how much the clock is moved at one press. */
export const PLUS = [
  ['1 s', 1000],
  ['30 s', 30_000],
  ['10 min', 600_000],
  ['1 h', 3_600_000],
  ['1 day', 86_400_000]
] as const

/** Day and time of day by the reader's own clock: pages and hooks that ask for the time get the same. */
export function clockParts(at: number): { day: string; time: string } {
  const date = new Date(at)
  return {
    day: date.toLocaleDateString(undefined, { weekday: 'short', day: 'numeric', month: 'short' }),
    time: date.toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' })
  }
}

/** `Tue, 3 Mar 09:00:30` */
export function clockText(at: number): string {
  const { day, time } = clockParts(at)
  return `${day} ${time}`
}

/** As `<input type="datetime-local" step="1">` writes it. */
export function localInput(at: number): string {
  const date = new Date(at - new Date(at).getTimezoneOffset() * 60_000)
  return date.toISOString().slice(0, 19)
}
