/** Where the declarations say something else than the surface, and why. The surface says what Botpress declares, the runtime reference what is. */
export interface Deviation {
  readonly why: string
  /** What the declarations say, by key of the fact; a function makes it of what the surface says. */
  readonly facts: Readonly<Record<string, string | ((surface: string) => string)>>
}

const writable = (surface: string) => surface.replaceAll('readonly ', '')
const present = (surface: string) => writable(surface).replace('optional ', '')

export const DEVIATIONS: readonly Deviation[] = [
  {
    why: 'Every field of an event can be written at run time, and hooks do it (R3.25): an error would be false.',
    facts: {
      'bp.IO.EventDestination#channel': writable,
      'bp.IO.EventDestination#target': writable,
      'bp.IO.EventDestination#botId': writable,
      'bp.IO.EventDestination#threadId': writable,
      'bp.IO.EventUnderstanding#errored': writable,
      'bp.IO.EventUnderstanding#modelId': writable,
      'bp.IO.EventUnderstanding#predictions': writable,
      'bp.IO.EventUnderstanding#spellChecked': writable,
      'bp.IO.EventUnderstanding#detectedLanguage': writable,
      'bp.IO.EventUnderstanding#language': writable,
      'bp.IO.EventUnderstanding#includedContexts': writable,
      'bp.IO.EventUnderstanding#ms': writable,
      'bp.IO.IncomingEvent#decision': writable,
      'bp.IO.IncomingEvent#isPause': writable,
      'bp.IO.IncomingEvent#ndu': writable,
      'bp.IO.OutgoingEvent#incomingEventId': writable
    }
  },
  {
    why: 'The same, and the types that Botpress and its webchat send are offered while typing.',
    facts: { 'bp.IO.Event:type': surface => writable(surface).replace('; type: string', '; type: EventType') }
  },
  {
    why: 'The event always has them, with defaults (R4.4, R4.5), and its state was restored before the first hook (R6.2).',
    facts: {
      'bp.IO.EventUnderstanding#entities': present,
      'bp.IO.EventUnderstanding#intent': present,
      'bp.IO.EventUnderstanding#intents': present,
      'bp.IO.EventUnderstanding#ambiguous': present,
      'bp.IO.EventUnderstanding#slots': present,
      'bp.IO.IncomingEvent#suggestions': present,
      'bp.IO.IncomingEvent#nlu': present,
      'bp.IO.EventState#context': present
    }
  },
  {
    why: 'The attributes and variables that Botpress itself knows are offered while typing; any other is accepted.',
    facts: { 'bp.IO.EventState#user': 'UserAttributes', 'bp.IO.EventState#temp': 'TemporaryVariables' }
  },
  {
    why: 'Each flag is told from any other symbol, so that a hover names it.',
    facts: {
      'bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE:const': 'unique symbol',
      'bp.IO.WellKnownFlags.SKIP_QNA_PROCESSING:const': 'unique symbol',
      'bp.IO.WellKnownFlags.SKIP_NATIVE_NLU:const': 'unique symbol',
      'bp.IO.WellKnownFlags.FORCE_PERSIST_STATE:const': 'unique symbol'
    }
  },
  {
    why: 'The known values are offered, and a value that JavaScript widened to a string is no mistake.',
    facts: {
      'bp.IO.EventCtorArgs#type': 'EventType',
      'bp.IO.EventCtorArgs#direction': 'EventDirection | string & {}',
      'bp.IO.Suggestion#decision': "{ status: 'dropped' | 'elected' | string & {}; reason: string; }"
    }
  },
  {
    why: 'It is a payload object for suggestions (R6.9).',
    facts: { 'bp.IO.DialogTurnHistory#replyPreview': 'any' }
  },
  {
    why: 'The handler of an incoming middleware gets an event with a state, that of an outgoing one does not (R7.8); null is a usual first argument (R8.4).',
    facts: {
      'bp.IO.MiddlewareNextCallback:type': '(error?: Error | null, swallow?: boolean, skipped?: boolean) => void',
      'bp.IO.MiddlewareHandler:type':
        '<D extends MiddlewareDirection = string> (event: MiddlewareEvent<D>, next: MiddlewareNextCallback) => void',
      'bp.IO.MiddlewareDefinition:interface': '<D extends MiddlewareDirection = string>',
      'bp.IO.MiddlewareDefinition#handler': 'MiddlewareHandler<D>',
      'bp.IO.MiddlewareDefinition#direction': 'D',
      'bp.events.registerMiddleware()': '<D extends IO.MiddlewareDirection>(middleware: MiddlewareDefinition<D>): void'
    }
  },
  {
    why: 'It may be left out (R8.1).',
    facts: { 'bp.IO.MiddlewareDefinition#order': 'optional number' }
  },
  {
    why: 'Jumping works from `before_session_timeout` and `before_conversation_end` too, whose event may be an internal one (R12.2).',
    facts: {
      'bp.events.isIncomingQueueEmpty()': '(event: IncomingEvent | InternalEvent): boolean',
      'bp.dialog.processEvent()': '(sessionId: string, event: IncomingEvent | InternalEvent): Promise<IncomingEvent>',
      'bp.dialog.jumpTo()': '(sessionId: string, event: IncomingEvent | InternalEvent, flowName: string, nodeName?: string): Promise<void>'
    }
  },
  {
    why: 'The calls return promises; the surface leaves them untyped.',
    facts: {
      'bp.KvsService#setStorageWithExpiry()': 'deprecated (key: string, value: any, expiry?: string): Promise<void>',
      'bp.KvsService#getStorageWithExpiry()': 'deprecated (key: string): Promise<any>',
      'bp.kvs.setStorageWithExpiry()': 'deprecated (botId: string, key: string, value: any, expiry?: string): Promise<void>',
      'bp.kvs.getStorageWithExpiry()': 'deprecated (botId: string, key: string): Promise<any>'
    }
  },
  {
    why: 'Nothing but a string works; the surface leaves the parameter untyped.',
    facts: {
      'bp.KvsService#removeStorageKeysStartingWith()': '(key: string): Promise<void>',
      'bp.kvs.removeStorageKeysStartingWith()': 'deprecated (key: string): Promise<void>',
      'bp.http.deleteShortLink()': '(name: string): void',
      'bp.events.removeMiddleware()': '(middlewareName: string): void',
      'bp.cms.readFile()': '(botId: string, fileName: string): Promise<Buffer>'
    }
  },
  {
    why: 'A content type may return a single payload too.',
    facts: { 'bp.ContentType#renderElement': '(data: object, channel: string) => object | object[]' }
  },
  {
    why: 'The fields of a content type are offered and checked while typing, payloads can be read and changed, and bot and channel are all it needs (R13.1).',
    facts: {
      'bp.cms.renderElement()':
        '<Id extends ContentId>(contentId: Id, args: ElementArguments<Id>, eventDestination: RenderDestination): Promise<RenderedPayload[]>'
    }
  }
]

/** What the declarations have besides the surface, by the beginning of the facts' keys. */
export const ADDITIONS: Readonly<Record<string, string>> = {
  'bp.IO.EventType:': 'types of events, to be offered while typing',
  'bp.IO.IncomingEventType:': 'types that the bot gets',
  'bp.IO.OutgoingEventType:': 'types that the webchat shows',
  'bp.IO.IncomingEvent#type': 'only the types that the bot gets are offered',
  'bp.IO.OutgoingEvent#type': 'only the types that the webchat shows are offered',
  'bp.IO.UserAttributes': 'attributes that Botpress knows',
  'bp.IO.TemporaryVariables': 'variables that Botpress knows',
  'bp.IO.RenderDestination': 'bot and channel are all that rendering needs (R13.1)',
  'bp.IO.MiddlewareDirection:':
    'there is no chain for internal events (R8.1), and a value that JavaScript widened to a string is no mistake',
  'bp.IO.MiddlewareEvent:': 'the event by direction',
  'bp.cms.ContentTypes': 'the fields of each content type',
  'bp.cms.ContentId:': 'content types are offered while typing',
  'bp.cms.ElementArguments:': 'the fields by content type',
  'bp.cms.RenderContext': 'what templates read from',
  'bp.cms.RenderedPayload': 'a payload can be read and changed',
  'bp.cms.TypingField': 'fields of content types',
  'bp.cms.MarkdownField': 'fields of content types',
  'bp.cms.TextFields': 'fields of content types',
  'bp.cms.ImageFields': 'fields of content types',
  'bp.cms.VideoFields': 'fields of content types',
  'bp.cms.AudioFields': 'fields of content types',
  'bp.cms.FileFields': 'fields of content types',
  'bp.cms.LocationFields': 'fields of content types',
  'bp.cms.CardFields': 'fields of content types',
  'bp.cms.CardButton': 'fields of content types',
  'bp.cms.CarouselFields': 'fields of content types',
  'bp.cms.SingleChoiceFields': 'fields of content types',
  'bp.cms.Choice': 'fields of content types',
  'bp.cms.DropdownFields': 'fields of content types',
  'bp.cms.DropdownChoice': 'fields of content types'
}
