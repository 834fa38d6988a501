/** The part of moment 2 that hooks use. */
declare namespace ShippedMoment {
  /** Something that is a date. */
  type Input = Moment | Date | string | number | readonly number[] | { [unit: string]: number } | null | undefined

  /** `days`, `hours`, `minutes` and so on, also in short or singular. */
  type Unit = string

  /** A date. `add`, `subtract`, `startOf`, `endOf` and the setters **change it**; copy it with `clone` first. */
  interface Moment {
    /** As text, such as `format('YYYY-MM-DD HH:mm')`. */
    format(pattern?: string): string
    /** Adds a span. */
    add(amount: any, unit?: Unit): Moment
    /** Takes a span away. */
    subtract(amount: any, unit?: Unit): Moment
    /** The first moment of its day, week … */
    startOf(unit: Unit): Moment
    /** The last moment of its day, week … */
    endOf(unit: Unit): Moment
    /** How long after `other` it is, in milliseconds or in a unit. */
    diff(other: Input, unit?: Unit, precise?: boolean): number
    /** Whether it lies before. */
    isBefore(other?: Input, unit?: Unit): boolean
    /** Whether it lies after. */
    isAfter(other?: Input, unit?: Unit): boolean
    /** Whether both are the same. */
    isSame(other?: Input, unit?: Unit): boolean
    /** Whether it does not lie after. */
    isSameOrBefore(other?: Input, unit?: Unit): boolean
    /** Whether it does not lie before. */
    isSameOrAfter(other?: Input, unit?: Unit): boolean
    /** Whether it lies between. */
    isBetween(from: Input, to: Input, unit?: Unit, inclusivity?: string): boolean
    /** Whether it is a date at all. */
    isValid(): boolean
    /** "in two hours". */
    fromNow(withoutSuffix?: boolean): string
    /** "two hours after". */
    from(other: Input, withoutSuffix?: boolean): string
    /** "yesterday at 2:30". */
    calendar(reference?: Input, formats?: any): string
    /** A copy. */
    clone(): Moment
    /** Milliseconds since 1970. */
    valueOf(): number
    /** Seconds since 1970. */
    unix(): number
    /** As JavaScript's date. */
    toDate(): Date
    /** As ISO text, in UTC. */
    toISOString(keepOffset?: boolean): string
    /** As ISO text. */
    toJSON(): string
    /** Reads it in UTC. */
    utc(keepLocalTime?: boolean): Moment
    /** Reads it in the server's time zone. */
    local(keepLocalTime?: boolean): Moment
    /** Minutes between its clock and UTC. */
    utcOffset(): number
    /** Reads it with another offset. */
    utcOffset(offset: number | string, keepLocalTime?: boolean): Moment
    /** Its language. */
    locale(): string
    /** Another language. */
    locale(language: string): Moment
    /** Its year. */
    year(): number
    /** Sets its year. */
    year(year: number): Moment
    /** Its month, 0 to 11. */
    month(): number
    /** Sets its month. */
    month(month: number): Moment
    /** Its day of the month. */
    date(): number
    /** Sets its day of the month. */
    date(day: number): Moment
    /** Its day of the week, 0 is Sunday. */
    day(): number
    /** Sets its day of the week. */
    day(day: number): Moment
    /** Its day of the week, 1 is Monday. */
    isoWeekday(): number
    /** Sets its day of the week. */
    isoWeekday(day: number): Moment
    /** Its hour. */
    hour(): number
    /** Sets its hour. */
    hour(hour: number): Moment
    /** Its hour. */
    hours(): number
    /** Sets its hour. */
    hours(hour: number): Moment
    /** Its minute. */
    minute(): number
    /** Sets its minute. */
    minute(minute: number): Moment
    /** Its minute. */
    minutes(): number
    /** Sets its minute. */
    minutes(minute: number): Moment
    /** Its second. */
    second(): number
    /** Sets its second. */
    second(second: number): Moment
    /** Its second. */
    seconds(): number
    /** Sets its second. */
    seconds(second: number): Moment
    /** A part of it. */
    get(unit: Unit): number
    /** Sets a part of it. */
    set(unit: any, value?: number): Moment
    /** Whatever else moment knows. */
    [name: string]: any
  }

  /** The module. */
  interface Static {
    /** A date; now by default. Give the pattern when it is a text that is not ISO. */
    (input?: Input, pattern?: string | readonly string[], languageOrStrict?: string | boolean, strict?: boolean): Moment
    /** A date in UTC. */
    utc(input?: Input, pattern?: string | readonly string[], languageOrStrict?: string | boolean, strict?: boolean): Moment
    /** A date from seconds since 1970. */
    unix(seconds: number): Moment
    /** A span: `duration(2, 'hours').asMinutes()`. */
    duration(amount?: any, unit?: Unit): any
    /** Whether it is one of moment's dates. */
    isMoment(value: any): value is Moment
    /** The language of all dates. */
    locale(language?: string | readonly string[]): string
    /** The earliest. */
    min(...dates: any[]): Moment
    /** The latest. */
    max(...dates: any[]): Moment
    /** Whatever else moment knows. */
    [name: string]: any
  }
}
