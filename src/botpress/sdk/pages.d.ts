/** Events of the workspace's own pages. The language server fills the table from what the pages send; without pages it is empty. */
declare namespace pages {
  /** Event types that pages of the workspace send, with what a hook finds in `event.payload` (R22.3, R22.5). */
  // biome-ignore lint/suspicious/noEmptyInterface: each workspace adds its own members
  interface Payloads {}

  /** An incoming event of certain types. */
  interface EventOf<Type extends string, Payload> extends sdk.IO.IncomingEvent {
    /** What kind of event it is: the `type` that the page gave to `sendEvent`, or the type of the message. */
    type: Type
    /**
     * The data of the event, as the pages of this workspace send it. What a page gives to `sendEvent` is nested once more: it is
     * `event.payload.payload`, and its own `payload` is `event.payload.payload.payload` (R22.3).
     */
    payload: Payload
  }

  /** The literals of a union that any other string belongs to as well. */
  type Literals<Type> = Type extends string ? (string extends Type ? never : Type) : never

  /** Any type that is not named: a pattern that no event type fits, so that a test for a named type excludes it. */
  type OtherType = `any other, ${string}`

  /** An incoming event for a hook that names some types: a test of `event.type` tells what its payload is. */
  type IncomingEvent<Named extends string> =
    | { [Type in keyof Payloads & string]: EventOf<Type, Payloads[Type]> }[keyof Payloads & string]
    | EventOf<Exclude<Named | Literals<sdk.IO.IncomingEventType>, keyof Payloads> | OtherType, any>
}
