/** What *New Proactive Behaviour* asks. The sentences are what its lists show. */

export interface Choice {
  readonly label: string
  readonly detail: string
}

export const TRIGGERS = {
  ready: { label: 'The chat is ready', detail: 'The chat opens with the page, and the bot speaks first' },
  idle: { label: 'Idle', detail: 'Nothing was done on the page for half a minute' },
  scroll: { label: 'Scroll', detail: 'The page was read to three quarters' },
  'exit-intent': { label: 'Exit intent', detail: 'The pointer leaves through the top edge of the window' },
  'form-focus': { label: 'A form field gets the focus', detail: 'The visitor is about to fill in something that may need help' },
  'form-submit': { label: 'A form is submitted', detail: 'What was filled in is remembered, and the bot comes back to it' },
  outside: { label: 'Something outside happened', detail: 'A job, a shop or another system tells the bot' },
  schedule: { label: 'A time has come', detail: 'A scheduler sends a reminder; at night it is left out' }
} as const satisfies Record<string, Choice>

export const AUDIENCES = {
  everyone: { label: 'Everyone', detail: 'No matter who it is' },
  new: { label: 'New visitors', detail: 'Who was never here before this session' },
  returning: { label: 'Returning visitors', detail: 'Who was here in an earlier session' },
  'signed-in': { label: 'Signed-in visitors', detail: 'Who signed in on the page, which tells the bot' }
} as const satisfies Record<string, Choice>

export const FREQUENCIES = {
  ever: { label: 'Once ever', detail: 'Remembered with the visitor' },
  session: { label: 'Once per session', detail: 'Again after half an hour of silence' },
  day: { label: 'Once per day', detail: 'Again after 24 hours' },
  always: { label: 'No limit', detail: 'Each time it is triggered' }
} as const satisfies Record<string, Choice>

/** What becomes of a question that the bot has asked and that is not answered yet. */
export const INTERRUPTIONS = {
  notice: { label: 'Notice', detail: 'Says it at once; the next answer still belongs to the open question' },
  wait: { label: 'Wait', detail: 'Says it when the conversation has ended, unless that takes too long' },
  cancel: { label: 'Cancel', detail: 'Ends the conversation with a sentence, then says it' },
  interrupt: { label: 'Interrupt and resume', detail: 'Asks, takes the answer, then repeats the question that was open' }
} as const satisfies Record<string, Choice>

export interface Behaviour {
  /** For files and names in state: lower case, words joined by `-`. */
  readonly name: string
  readonly botId: string
  readonly trigger: keyof typeof TRIGGERS
  readonly audience: keyof typeof AUDIENCES
  readonly frequency: keyof typeof FREQUENCIES
  readonly interruption: keyof typeof INTERRUPTIONS
}

/** Whether pages send the event; else something else does. */
export function isOfPage({ trigger }: Pick<Behaviour, 'trigger'>): boolean {
  return trigger !== 'outside' && trigger !== 'schedule'
}

/** The event's type: said by the page, asked for by the hook. */
export function eventTypeOf({ name, trigger }: Pick<Behaviour, 'name' | 'trigger'>): string {
  const words: Record<Behaviour['trigger'], string> = {
    ready: 'arrived',
    idle: 'idle',
    scroll: 'scrolled',
    'exit-intent': 'leaving',
    'form-focus': 'field-focused',
    'form-submit': 'form-sent',
    outside: 'happened',
    schedule: 'due'
  }
  return `${name}-${words[trigger]}`
}

/** `price-drop` → `priceDrop`. */
export function camel(name: string): string {
  return name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
}
