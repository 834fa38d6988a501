/** Hooks that real authors write. None of them may get a false error. */
export interface HookText {
  readonly type: string
  readonly text: string
}

/** The hooks of the Botpress documentation on acting proactively, word for word. */
export const SEED_HOOKS: Record<string, HookText> = {
  'catches the event': {
    type: 'before_incoming_middleware',
    text: `// Catch the event sent from the webpage
if (event.type === 'proactive-trigger') {
  // You custom code
}
`
  },
  'answers with custom content': {
    type: 'before_incoming_middleware',
    text: `// Catch the event
if (event.type === 'proactive-trigger') {
  const eventDestination = {
    channel: event.channel,
    target: event.target,
    botId: event.botId,
    threadId: event.threadId
  }

  // Skip event processing
  event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)

  // Make the bot respond with custom content instead
  bp.cms.renderElement('builtin_text', { text: "I'm so proactive!", typing: true }, eventDestination).then(payloads => {
    bp.events.replyToEvent(event, payloads)
  })
}
`
  },
  'speaks only to new users': {
    type: 'before_incoming_middleware',
    text: `if (event.type === 'proactive-trigger') {
  // We only want to trigger a proactive message when the session is new,
  // otherwise the conversation will progress every time the page is refreshed.
  if (event.state.session.lastMessages.length) {
    // This will tell the dialog engine to skip the processing of this event.
    event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
  }
}
`
  }
}

/** Idioms of published hooks, each written anew for this test. */
export const HOOK_IDIOMS: Record<string, HookText> = {
  'A1. Answer the trigger with custom content': {
    type: 'before_incoming_middleware',
    text: `if (event.type === 'proactive-trigger') {
  event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
  return bp.cms
    .renderElement('builtin_text', { text: 'Hi, can I help?', typing: true }, event)
    .then(payloads => bp.events.replyToEvent(event, payloads, event.id))
}
`
  },
  'A2. Let the main flow speak first, once per session': {
    type: 'before_incoming_middleware',
    text: `if (event.type === 'proactive-trigger' && event.state.session.lastMessages.length > 0) {
  event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
}
`
  },
  'A3. Session marker': {
    type: 'before_incoming_middleware',
    text: `async function hook() {
  if (event.type !== 'proactive-trigger') return
  if (event.state.session.greeted) {
    event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
  } else {
    event.state.session.greeted = true
  }
}
return hook()
`
  },
  'A4. Greet from the hook, once, reliably': {
    type: 'before_incoming_middleware',
    text: `const { SKIP_DIALOG_ENGINE, FORCE_PERSIST_STATE } = bp.IO.WellKnownFlags

async function greetOnce() {
  if (event.type !== 'proactive-trigger') return
  event.setFlag(SKIP_DIALOG_ENGINE, true)
  if (event.state.session.greetedAt) return

  event.state.session.greetedAt = Date.now()
  event.setFlag(FORCE_PERSIST_STATE, true)
  const payloads = await bp.cms.renderElement('builtin_text', { text: 'Welcome!' }, event)
  await bp.events.replyToEvent(event, payloads, event.id)
}

return greetOnce()
`
  },
  'A5. Once per user (KVS)': {
    type: 'before_incoming_middleware',
    text: `const run = async () => {
  if (event.type !== 'proactive-trigger') return
  event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
  const kvs = bp.kvs.forBot(event.botId)
  const key = \`greeted/\${event.channel}/\${event.target}\`
  if (await kvs.get(key)) return
  await kvs.set(key, true)
  await bp.events.replyToEvent(event, [{ type: 'text', text: 'Nice to meet you' }], event.id)
}
return run()
`
  },
  'A6. Read what the page sent': {
    type: 'before_incoming_middleware',
    text: `const { FORCE_PERSIST_STATE } = bp.IO.WellKnownFlags
if (event.type === 'lead-form') {
  const sent = event.payload.payload || {}
  Object.assign(event.state.session, { form: sent.payload })
  event.setFlag(FORCE_PERSIST_STATE, true)
}
`
  },
  'A7. Properties next to type': {
    type: 'before_incoming_middleware',
    text: `if (event.type === 'auth-user') {
  event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
  event.setFlag(bp.IO.WellKnownFlags.FORCE_PERSIST_STATE, true)
  event.state.user.auth = event.payload.payload.user
}
`
  },
  'A8. Start at another node': {
    type: 'before_incoming_middleware',
    text: `if (event.type === 'proactive-trigger') {
  return bp.dialog.jumpTo(bp.dialog.createId(event), event, 'main', 'bye')
}
`
  },
  'A9. Run the dialog engine from the hook': {
    type: 'before_incoming_middleware',
    text: `const start = async () => {
  if (event.type !== 'proactive-trigger') return
  const id = bp.dialog.createId(event)
  await bp.dialog.jumpTo(id, event, 'Main', 'entry')
  await bp.dialog.processEvent(id, event)
  event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
  event.setFlag(bp.IO.WellKnownFlags.FORCE_PERSIST_STATE, true)
}
return start()
`
  },
  'A10. Trigger that works on every channel': {
    type: 'before_incoming_middleware',
    text: `const hook = async () => {
  if (event.type !== 'proactive-trigger') return
  const sent = event.payload.payload
  const data = (sent && sent.payload) || {}
  event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
  await bp.events.replyToEvent(event, [{ type: 'text', text: data.text || 'Hello' }], event.id)
}
return hook()
`
  },
  'A11. Greet without any page code': {
    type: 'before_incoming_middleware',
    text: `const hook = async () => {
  if (event.type !== 'visit' || event.state.session.lastMessages.length || event.state.session.seen) return
  event.state.session.seen = true
  event.setFlag(bp.IO.WellKnownFlags.FORCE_PERSIST_STATE, true)
  await bp.events.replyToEvent(event, [{ type: 'text', text: 'Hello visitor' }], event.id)
}
return hook()
`
  },
  'A12. Start over after a reset': {
    type: 'before_incoming_middleware',
    text: `if (event.type === 'session_reset') {
  return bp.events.sendEvent(
    bp.IO.Event({
      type: 'proactive-trigger', channel: event.channel, direction: 'incoming',
      target: event.target, threadId: event.threadId, botId: event.botId, payload: {}
    })
  )
}
`
  },
  'B1. Ignore technical events': {
    type: 'before_incoming_middleware',
    text: `// everything the page reports as "page-…" is only of interest to other hooks
const isTechnical = /^page-/.test(event.type)
isTechnical && event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
`
  },
  'B2. Keep Q&A away from quick replies': {
    type: 'before_incoming_middleware',
    text: `const fromButton = ['quick_reply', 'postback'].some(type => type === event.type)
event.setFlag(bp.IO.WellKnownFlags.SKIP_QNA_PROCESSING, fromButton)
`
  },
  'B3. Own NLU': {
    type: 'before_incoming_middleware',
    text: `if (event.type === 'text') {
  event.setFlag(bp.IO.WellKnownFlags.SKIP_NATIVE_NLU, true)
  const word = (event.preview || '').toLowerCase()
  event.nlu.intent = { name: word === 'hi' ? 'greet' : 'none', confidence: 1, context: 'global' }
}
`
  },
  'B4. Own suggestion': {
    type: 'before_suggestions_election',
    text: `if (!suggestions.some(s => s.decision.status === 'elected') && event.preview === 'hi') {
  suggestions.push({
    confidence: 1,
    source: 'hook',
    sourceDetails: 'smalltalk',
    payloads: [{ type: 'text', text: 'Hi yourself' }],
    decision: { status: 'elected', reason: 'keyword' }
  })
}
`
  },
  'B5. Redirect through a suggestion': {
    type: 'after_incoming_middleware',
    text: `event.suggestions.push({
  confidence: 1, source: 'hook', decision: { status: 'elected', reason: 'test' },
  payloads: [{ type: 'text', text: 'Moving on' }, { type: 'redirect', flow: 'main.flow.json', node: 'bye' }]
})
`
  },
  'C1. Profile from a verified token': {
    type: 'before_incoming_middleware',
    text: `if (event.type === 'update_profile') {
  event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
  if (event.credentials) {
    Object.assign(event.state.user, { firstname: event.credentials.firstname })
    event.setFlag(bp.IO.WellKnownFlags.FORCE_PERSIST_STATE, true)
  }
}
`
  },
  'C2. Language chosen by the page': {
    type: 'before_incoming_middleware',
    text: `if (event.type === 'set-language') {
  const sent = event.payload.payload || {}
  event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
  if (typeof sent.lang === 'string') {
    event.state.user.language = sent.lang.split('-')[0]
    event.setFlag(bp.IO.WellKnownFlags.FORCE_PERSIST_STATE, true)
  }
}
`
  },
  'C3. Signed reference': {
    type: 'after_incoming_middleware',
    text: `if (event.type === 'session_reference') {
  const { text, signature } = event.payload
  return bp.security.getMessageSignature(text).then(own => {
    if (own !== signature) return
    event.state.session.orderId = text
    event.setFlag(bp.IO.WellKnownFlags.FORCE_PERSIST_STATE, true)
  })
}
`
  },
  'C4. Variables for the flow from the page': {
    type: 'before_incoming_middleware',
    text: `if (event.channel === 'web' && event.type === 'inject-variables') {
  const sent = event.payload.payload
  event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
  event.setFlag(bp.IO.WellKnownFlags.FORCE_PERSIST_STATE, true)
  Object.assign(event.state.temp, sent && sent.payload)
}
`
  },
  'C5. Slots and NLU contexts': {
    type: 'before_incoming_middleware',
    text: `const onCheckout = event.state.session.page === 'checkout'
Object.assign(event.nlu, { includedContexts: onCheckout ? ['payment', 'delivery'] : ['global'] })
`
  },
  'D1. Typing on every text': {
    type: 'before_outgoing_middleware',
    text: `if (event.channel === 'web' && event.payload.type === 'text' && event.payload.typing === undefined) {
  event.payload.typing = true
}
`
  },
  'D2. Transcript to an outside system': {
    type: 'before_outgoing_middleware',
    text: `const axios = require('axios')
const url = process.env.EXPOSED_TRANSCRIPT_URL
if (url) {
  axios.post(url, { bot: event.botId, user: event.target, payload: event.payload }).catch(err => {
    bp.logger.forBot(event.botId).attachError(err).warn('Transcript not sent')
  })
}
`
  },
  'D3. Rewrite text': {
    type: 'before_outgoing_middleware',
    text: `if (typeof event.payload.text === 'string') {
  event.payload.text = event.payload.text.replace(/\\[bot\\]/g, event.botId)
}
`
  },
  'D4. Custom component': {
    type: 'after_incoming_middleware',
    text: `if (event.preview === 'options') {
  return bp.events.replyToEvent(event, [
    { type: 'custom', module: 'my-module', component: 'Picker', options: ['a', 'b'] }
  ])
}
`
  },
  'D5. Tell the host page something': {
    type: 'before_incoming_middleware',
    text: `if (event.type === 'proactive-trigger') {
  event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
  return bp.events.replyToEvent(event, [{ type: 'data', action: 'highlight', target: '#buy' }])
}
`
  },
  'D6. Several messages, a longer pause': {
    type: 'before_incoming_middleware',
    text: `const say = payloads => bp.events.replyToEvent(event, payloads, event.id)
if (event.type === 'proactive-trigger') {
  event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
  return say([
    { type: 'text', text: 'One moment' },
    { type: 'typing', value: 2000 },
    { type: 'text', text: 'Here it is' }
  ])
}
`
  },
  'E1. Last words': {
    type: 'before_conversation_end',
    text: `const { name } = event.state.user
event.state.temp.farewell = name ? \`Bye, \${name}\` : 'Bye'
`
  },
  'E2. Reminder on timeout': {
    type: 'before_session_timeout',
    text: `const remind = async () => {
  const s = event.state.session
  if (s.reminded) return
  s.reminded = true
  await bp.events.replyToEvent(event, [{ type: 'text', text: 'Still there?' }])
}
return remind()
`
  },
  'F1. Middleware from a hook': {
    type: 'after_server_start',
    text: `bp.events.removeMiddleware('demo.count')
bp.events.registerMiddleware({
  name: 'demo.count',
  description: 'Counts incoming events',
  direction: 'incoming',
  order: 50,
  handler: (event, next) => {
    event.state.temp.count = (event.state.temp.count || 0) + 1
    next()
  }
})
`
  },
  'F2. Private HTTP route': {
    type: 'after_server_start',
    text: `const setup = async () => {
  const secret = process.env.EXPOSED_API_SECRET
  if (!secret) return bp.logger.warn('API off')
  const router = bp.http.createRouterForBot('demo', { checkAuthentication: false })
  router.get('/ping', (req, res) => res.send({ bot: req.params.botId }))
}
return setup()
`
  },
  'F3. On mount': {
    type: 'after_bot_mount',
    text: `const query = { m: 'channel-web', v: 'Fullscreen', ref: 'campaign' }
bp.http.createShortLink('promo-' + botId, '/lite/' + botId + '/', query)
`
  },
  'F4. Guard imports': {
    type: 'before_bot_import',
    text: `const fs = require('fs')
const files = fs.readdirSync(tmpFolder)
if (files.includes('forbidden.txt')) {
  hookResult.allowImport = false
}
`
  },
  'F5. Approvals': {
    type: 'on_stage_request',
    text: `const { requested_by: who } = bot.pipeline_status.stage_request
const admins = users.filter(({ role }) => role === 'admin').map(({ email }) => email)
hookResult.actions = admins.includes(who) ? hookResult.actions : []
`
  }
}
