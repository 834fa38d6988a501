import { durationOf, isDuration, LONG_UNITS } from '../../trace/length.ts'

/** Moments, as people write them; lengths of time are among them. */

export { durationOf, isDuration }

const TIME_OF_DAY = /^\s*([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(\.\d+)?)?\s*$/
const DATE = /^\s*(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(\.\d+)?)?)?\s*(Z|[+-]\d\d:?\d\d)?\s*$/

export function isMoment(text: string): boolean {
  if (isDuration(text) || TIME_OF_DAY.test(text)) return true
  const date = DATE.exec(text)
  return date !== null && !Number.isNaN(utcOf(date))
}

/**
 * Milliseconds since 1970 of a moment.
 *
 * @param start of the scenario: lengths of time count from there
 * @param now a time of day is the next one from here
 * @param zone IANA name in which dates and times of day are read
 */
export function momentOf(given: number | string, start: number, now: number, zone = 'UTC'): number {
  if (typeof given === 'number') return start + given
  if (isDuration(given)) return start + durationOf(given)
  const time = TIME_OF_DAY.exec(given)
  if (time) return nextTimeOfDay(time, now, zone)
  const date = DATE.exec(given)
  if (!date) throw new RangeError(`“${given}” is no moment`)
  return date[8] ? utcOf(date) : inZone(utcOf(date), zone)
}

function utcOf([, year, month, day, hour = '0', minute = '0', second = '0', fraction = '0', offset]: RegExpExecArray): number {
  const at = Date.UTC(+year!, +month! - 1, +day!, +hour, +minute, +second, Math.round(Number(fraction) * 1000))
  // The 31st of a month that has thirty days is no date.
  if (new Date(at).getUTCDate() !== +day! || +hour > 23 || +minute > 59 || +second > 59) return Number.NaN
  if (!offset || offset === 'Z') return at
  const [, sign, hours, minutes] = /([+-])(\d\d):?(\d\d)/.exec(offset)!
  return at - (sign === '-' ? -1 : 1) * (+hours! * 60 + +minutes!) * 60_000
}

function nextTimeOfDay([, hour, minute, second = '0', fraction = '0']: RegExpExecArray, now: number, zone: string): number {
  const local = new Date(now + offsetAt(now, zone))
  const at = Date.UTC(
    local.getUTCFullYear(),
    local.getUTCMonth(),
    local.getUTCDate(),
    +hour!,
    +minute!,
    +second,
    Math.round(+fraction * 1000)
  )
  const today = inZone(at, zone)
  return today >= now ? today : inZone(at + durationOf('1d'), zone)
}

/** The moment at which clocks of the zone show what `local` shows as UTC. */
function inZone(local: number, zone: string): number {
  const guess = local - offsetAt(local, zone)
  return local - offsetAt(guess, zone)
}

/** How far clocks of the zone are ahead of UTC, ms. */
function offsetAt(at: number, zone: string): number {
  if (zone === 'UTC') return 0
  const parts = formatOf(zone).formatToParts(at)
  const get = (type: string) => Number(parts.find(part => part.type === type)!.value)
  return Date.UTC(get('year'), get('month') - 1, get('day'), get('hour') % 24, get('minute'), get('second')) - Math.floor(at / 1000) * 1000
}

const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone)
  if (!format) {
    const number = 'numeric' as const
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hour12: false,
      year: number,
      month: number,
      day: number,
      hour: number,
      minute: number,
      second: number
    })
    formats.set(zone, format)
  }
  return format
}

/** `29.9 s`, `2 min 5 s`: since the start, for messages. */
export function sinceStart(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`
  const parts: string[] = []
  let rest = Math.round(ms)
  for (const [unit, size] of LONG_UNITS) {
    const count = Math.floor(rest / size)
    if (count > 0) parts.push(`${count} ${unit}`)
    rest -= count * size
  }
  if (rest > 0) parts.push(`${Number((rest / 1000).toFixed(3))} s`)
  return parts.join(' ')
}
