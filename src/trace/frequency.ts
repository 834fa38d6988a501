import * as z from 'zod/mini'

const TIME = /^([01]?\d|2[0-3]):([0-5]\d)$/

/** How often a bot may speak of its own accord, as a workspace sets it in `.proactive-hooks.json` under `frequency`. */
export const Frequency = z.object({
  /** At most `messages` in any stretch of `hours`. `messages: 0` means never; without a row there is no limit. */
  caps: z._default(z.array(z.object({ messages: z.number().check(z.minimum(0)), hours: z.number().check(z.positive()) })), []),
  /** No such message between these times of day (`22:00`, `08:00`), by the clock of `timeZone`, else by that of the visitor's browser. */
  quietHours: z.optional(
    z.object({
      from: z.string().check(z.regex(TIME)),
      to: z.string().check(z.regex(TIME)),
      /** An IANA name: `Europe/Zurich`. */
      timeZone: z.optional(z.string())
    })
  )
})
export type Frequency = z.infer<typeof Frequency>
export type FrequencyInput = z.input<typeof Frequency>

/**
 * Whether clocks show a quiet hour.
 *
 * @param offset hours by which the visitor's clock is ahead of UTC, where the setting names no zone
 */
export function isQuiet(at: number, quiet: NonNullable<Frequency['quietHours']>, offset = 0): boolean {
  const now = minuteOfDay(at, quiet.timeZone, offset)
  const [from, to] = [minutes(quiet.from), minutes(quiet.to)]
  return from <= to ? now >= from && now < to : now >= from || now < to
}

function minutes(time: string): number {
  const [, hours, rest] = TIME.exec(time)!
  return Number(hours) * 60 + Number(rest)
}

function minuteOfDay(at: number, timeZone: string | undefined, offset: number): number {
  const local = timeZone === undefined ? undefined : clockIn(at, timeZone)
  if (local !== undefined) return local
  const date = new Date(at + offset * 3_600_000)
  return date.getUTCHours() * 60 + date.getUTCMinutes()
}

/** Undefined where the zone is unknown. */
function clockIn(at: number, timeZone: string): number | undefined {
  try {
    const parts = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).formatToParts(at)
    const part = (type: string) => Number(parts.find(part => part.type === type)?.value)
    return part('hour') * 60 + part('minute')
  } catch {
    return undefined
  }
}
