import type { HookType, HookTypeId } from '../botpress/hook-types.ts'

/** A body for a new hook. `text` keeps to Node 12 (R3.24) and returns its promise (R3.6). */
export interface HookTemplate {
  readonly id: string
  readonly types: readonly HookTypeId[]
  /** What the visitor of the chat experiences. */
  readonly label: string
  readonly detail: string
  readonly text: string
}

const incoming = ['before_incoming_middleware'] as const

/** Proactive behaviours that are right as they stand; the idioms are those of the runtime reference, part A. */
export const HOOK_TEMPLATES: readonly HookTemplate[] = [
  {
    id: 'greet-once',
    types: incoming,
    label: 'Greet once per session',
    detail: 'The page sends proactive-trigger; the hook greets, and remembers it in the session',
    text: `// The page sends "proactive-trigger" once the chat is ready (webchatReady).
// The hook answers it itself, once per session, and keeps it away from the dialog engine.
const { SKIP_DIALOG_ENGINE, FORCE_PERSIST_STATE } = bp.IO.WellKnownFlags

const greetOnce = async () => {
  if (event.type !== 'proactive-trigger') {
    return
  }

  event.setFlag(SKIP_DIALOG_ENGINE, true)
  if (event.state.session.greetedAt) {
    return
  }

  // Skipped events are not saved unless the hook asks for it.
  event.state.session.greetedAt = Date.now()
  event.setFlag(FORCE_PERSIST_STATE, true)

  const payloads = await bp.cms.renderElement('builtin_text', { text: 'Hi! I am here if you need me.', typing: true }, event)
  await bp.events.replyToEvent(event, payloads, event.id)
}

return greetOnce()
`
  },
  {
    id: 'greet-user-once',
    types: incoming,
    label: 'Greet once per user',
    detail: 'One greeting ever for a visitor, whatever happens to their session',
    text: `// One greeting ever for each visitor: the key-value store outlives sessions and conversations.
const greetUserOnce = async () => {
  if (event.type !== 'proactive-trigger') {
    return
  }

  event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
  const kvs = bp.kvs.forBot(event.botId)
  const key = \`greeted/\${event.channel}/\${event.target}\`
  if (await kvs.get(key)) {
    return
  }

  await kvs.set(key, true)
  const payloads = await bp.cms.renderElement('builtin_text', { text: 'Nice to meet you!' }, event)
  await bp.events.replyToEvent(event, payloads, event.id)
}

return greetUserOnce()
`
  },
  {
    id: 'greet-on-visit',
    types: incoming,
    label: 'Greet without any code in the page',
    detail: 'Answers the visit event that the webchat sends by itself each time it gets ready',
    text: `// The webchat sends "visit" by itself each time it gets ready: no code in the page is needed.
const greetVisitor = async () => {
  const { session } = event.state
  if (event.type !== 'visit' || session.greetedAt) {
    return
  }

  session.greetedAt = Date.now()
  event.setFlag(bp.IO.WellKnownFlags.FORCE_PERSIST_STATE, true)

  const payloads = await bp.cms.renderElement('builtin_text', { text: 'Hello, visitor!' }, event)
  await bp.events.replyToEvent(event, payloads, event.id)
}

return greetVisitor()
`
  },
  {
    id: 'flow-speaks-first',
    types: incoming,
    label: 'Let the main flow speak first, once',
    detail: 'The first trigger starts the flow; later ones are kept away from it',
    text: `// The first trigger of a session starts the main flow, as a word of the visitor would. Later ones (a refresh, for
// example) are kept away from it, or they would count as the visitor's answer.
if (event.type === 'proactive-trigger') {
  const { session } = event.state
  if (session.started) {
    event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
  } else {
    // Saved with the session, because the dialog engine runs this time.
    session.started = true
  }
}
`
  },
  {
    id: 'start-at-node',
    types: incoming,
    label: 'Start at a node of a flow',
    detail: 'The trigger makes the dialog engine run the node of your choice',
    text: `// The dialog engine runs this node for the event; state is saved as usual. Only where no dialog is under way, so that
// nobody is interrupted.
const FLOW = 'main'
const NODE = 'entry'

if (event.type === 'proactive-trigger') {
  if (event.state.context.currentNode) {
    event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
    return
  }

  return bp.dialog.jumpTo(bp.dialog.createId(event), event, FLOW, NODE)
}
`
  },
  {
    id: 'remember-page-data',
    types: incoming,
    label: 'Remember what the page sent',
    detail: 'Stores the payload of a page event in the session, where the flow can use it',
    text: `// Page: botpressWebChat.sendEvent({ type: 'page-data', payload: { product: 'kettle' } })
// What the page passed as payload lies at event.payload.payload.payload.
if (event.type === 'page-data') {
  const sent = event.payload.payload || {}
  event.state.session.pageData = sent.payload

  // Not for the dialog engine, but to be saved all the same.
  event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
  event.setFlag(bp.IO.WellKnownFlags.FORCE_PERSIST_STATE, true)
}
`
  },
  {
    id: 'tell-page',
    types: incoming,
    label: 'Answer the page instead of the visitor',
    detail: 'Sends data to the host page, which receives it as a window message; nothing is shown in the chat',
    text: `// The page receives { type: 'data', action, target } as a window message; nothing is shown in the chat.
if (event.type === 'proactive-trigger') {
  event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
  return bp.events.replyToEvent(event, [{ type: 'data', action: 'highlight', target: '#buy' }], event.id)
}
`
  },
  {
    id: 'remind-once',
    types: ['before_session_timeout'],
    label: 'Remind once before the conversation times out',
    detail: 'One reminder per session; the server saves the session by itself here',
    text: `// Called for each conversation that has been silent too long. The session is saved afterwards without a flag.
const remindOnce = async () => {
  const { session } = event.state
  if (session.reminded) {
    return
  }

  session.reminded = true
  await bp.events.replyToEvent(event, [{ type: 'text', text: 'Are you still there?' }])
}

return remindOnce()
`
  },
  {
    id: 'typing',
    types: ['before_outgoing_middleware'],
    label: 'Show "typing" before every text',
    detail: 'Changes what leaves for the web chat; the state is empty here',
    text: `if (event.channel === 'web' && event.payload.type === 'text' && event.payload.typing === undefined) {
  event.payload.typing = true
}
`
  },
  {
    id: 'suggest',
    types: ['before_suggestions_election'],
    label: 'Answer with a suggestion of your own',
    detail: 'An elected suggestion is sent instead of running the flow',
    text: `// A suggestion that is elected already is sent instead of running the flow.
if (event.preview === 'hi' && !suggestions.some(suggestion => suggestion.decision.status === 'elected')) {
  suggestions.push({
    confidence: 1,
    source: 'hook',
    sourceDetails: 'smalltalk',
    payloads: [{ type: 'text', text: 'Hi yourself!' }],
    decision: { status: 'elected', reason: 'keyword' }
  })
}
`
  }
]

/** An empty hook that says when it is called and with what. Offered for every type. */
export function emptyHook(type: HookType): string {
  const names = ['bp', ...type.args.map(arg => arg.name)].join(', ')
  return `// ${type.called}\n// Given: ${names}. Return the promise of what must be waited for.\n\n`
}

/** The templates for a type, the most proactive first; the empty hook is not among them. */
export function templatesFor(type: HookType): HookTemplate[] {
  return HOOK_TEMPLATES.filter(template => (template.types as readonly string[]).includes(type.id))
}

/**
 * Why `name` cannot be the name of a new hook, or undefined. A name may hold sub-folders (`shop/10_greet`), with or without `.js`.
 * Dot-files are disabled (R1.4), so they are refused.
 */
export function problemOfName(name: string): 'empty' | 'dot' | 'characters' | undefined {
  const parts = name.trim().split('/')
  if (parts.some(part => part.trim() === '' || part === '.js')) return 'empty'
  if (parts.some(part => part.startsWith('.'))) return 'dot'
  if (/[<>:"\\|?*]/.test(name) || [...name].some(character => character.codePointAt(0)! < 32)) return 'characters'
  return undefined
}

/** Path of a new hook below the Botpress root, with forward slashes. */
export function hookFile(botId: string | undefined, type: string, name: string): string {
  const scope = botId === undefined ? 'data/global' : `data/bots/${botId}`
  const file = name.trim()
  return `${scope}/hooks/${type}/${file.endsWith('.js') ? file : `${file}.js`}`
}
