import { flagNameOf } from '../../botpress/flags.ts'
import type { Origin } from '../../trace/entry.ts'
import type { BotEvent, EventArgs } from '../api.ts'
import { originNow, running } from '../current.ts'

/** Told of every flag that is set. */
export type FlagReader = (event: BotEvent, flag: { name: string; value: boolean; known: boolean; from: Origin; late?: string }) => void

/**
 * Ids are comparable within one machine boot: nanoseconds of a monotonic clock and three random digits (R4.2).
 *
 * @param nanoseconds of a clock that never goes back
 */
export function idsOf(nanoseconds: () => bigint, random: () => number): () => string {
  let last = 0n
  return () => {
    const now = nanoseconds() * 1000n + BigInt(Math.floor(random() * 1000))
    last = now > last ? now : last + 1n
    return String(last)
  }
}

/** Defaults of `nlu`, on events of every direction (R4.5). */
function nluDefaults() {
  return {
    entities: [],
    language: 'n/a',
    detectedLanguage: undefined,
    spellChecked: undefined,
    ambiguous: false,
    slots: {},
    intent: { name: 'none', confidence: 1, context: 'global' },
    intents: [],
    errored: false,
    includedContexts: ['global'],
    ms: 0,
    modelId: undefined
  }
}

/**
 * What `bp.IO.Event` makes (R4). The order of the fields is that of the real class (R4.6), and so is the name, which `console.log(event)`, `printObject` and
 * debuggers show. It comes from a key, because names of classes are shortened in the bundle, and debuggers look at the text only.
 */
export const { IOEvent: EngineEvent } = {
  IOEvent: class implements BotEvent {
    type: string
    channel: string
    direction: BotEvent['direction']
    // biome-ignore lint/suspicious/noExplicitAny: authors put anything into a payload
    payload: any
    target: string
    botId: string
    createdOn: Date
    threadId: string | undefined
    id: string
    preview: unknown
    flags: Record<PropertyKey, unknown>
    // biome-ignore lint/suspicious/noExplicitAny: the state's shape is the authors'
    state: any
    debugger: boolean | undefined
    messageId: string | undefined;
    [key: string]: unknown

    constructor(args: EventArgs & { suggestions?: unknown[] }, createdOn: Date, id: string) {
      this.type = args.type
      this.channel = args.channel
      this.direction = args.direction
      this.payload = args.payload
      this.target = args.target
      this.botId = args.botId
      this.createdOn = createdOn
      this.threadId = args.threadId ? String(args.threadId) : undefined
      this.id = id
      this.preview = args.preview || previewOf(args)
      this.flags = {}
      this.state = { __stacktrace: [] }
      this.debugger = args.debugger
      this.messageId = args.messageId
      if (args.direction === 'incoming') {
        this.suggestions = args.suggestions ?? []
        this.credentials = args.credentials
      } else if (args.direction === 'outgoing') {
        this.incomingEventId = args.incomingEventId
      }
      this.nlu = { ...nluDefaults(), ...(args.nlu as object | undefined) }
    }

    hasFlag(flag: PropertyKey): boolean {
      return Boolean(this.flags[flag])
    }

    /** Stores under any key; only four have a reader (R5.2). */
    setFlag(flag: PropertyKey, value: unknown): void {
      this.flags[flag] = value
      const known = flagNameOf(flag)
      const late = running()?.ended ? running()?.name : undefined
      const name = known ?? (typeof flag === 'symbol' ? (flag.description ?? String(flag)) : String(flag))
      readers.get(this)?.(this, {
        name,
        value: Boolean(value),
        known: known !== undefined,
        from: originNow(),
        ...(late !== undefined && { late })
      })
    }
  }
}
export type EngineEvent = InstanceType<typeof EngineEvent>

/** Which engine hears of an event's flags; kept outside the event, whose own keys authors see. */
const readers = new WeakMap<object, FlagReader>()

export function listenToFlags(event: EngineEvent, reader: FlagReader): void {
  readers.set(event, reader)
}

function previewOf(args: EventArgs): unknown {
  const payload = args.payload as Record<string, unknown> | null | undefined
  if (!payload) return `"${args.type}" event on channel ${args.channel}`
  return payload.__preview || payload.preview || payload.text
}
