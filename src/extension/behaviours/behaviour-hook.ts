import { AUDIENCES, type Behaviour, camel, eventTypeOf, FREQUENCIES, INTERRUPTIONS, isOfPage, TRIGGERS } from './choices.ts'

/** What the bot says; scenarios ask for the same words. None of them is a question where an answer would go to somebody else. */
export const WORDS = {
  offer: 'By the way: I am here if you need me.',
  question: 'Shall I keep you posted about this?',
  thanks: 'Thank you, noted.',
  stopped: 'Let us leave that for now.'
}

/** A notice that had to wait longer is out of date. */
export const EXPIRES_MINUTES = 10

/** The hook that answers the event. Node 12's syntax (R3.24); returns its promise (R3.6). */
export function behaviourHook(behaviour: Behaviour): string {
  const name = camel(behaviour.name)
  const { interruption } = behaviour
  return lines(
    ...comment(behaviour),
    'const { SKIP_DIALOG_ENGINE, FORCE_PERSIST_STATE } = bp.IO.WellKnownFlags',
    behaviour.frequency === 'day' && 'const DAY = 24 * 60 * 60 * 1000',
    '',
    "const say = text => bp.events.replyToEvent(event, [{ type: 'text', text }], event.id)",
    '',
    `const ${name} = async () => {`,
    indented(
      partsOf(behaviour).length > 0 && `const { ${partsOf(behaviour).join(', ')} } = event.state`,
      behaviour.audience === 'signed-in' && signIn(),
      interruption === 'interrupt' && answer(name),
      isUnlimited(behaviour) && '// Meant to be said each time.\n// proactive-hooks-disable-next-line BPH032',
      `if (event.type !== '${eventTypeOf(behaviour)}') {`,
      '  return',
      '}',
      '',
      '// What only tells the bot something is nothing that the visitor said.',
      'event.setFlag(SKIP_DIALOG_ENGINE, true)',
      behaviour.trigger === 'form-submit' && form(name),
      behaviour.trigger === 'schedule' && night(),
      audience(behaviour),
      limit(behaviour, name),
      interruption === 'wait' && wait(name),
      remember(behaviour, name),
      interruption === 'cancel' && cancel(),
      interruption === 'interrupt' ? ask(name) : `await say(${quote(WORDS.offer)})`
    ),
    '}',
    '',
    `return ${name}()`
  )
}

/** The hook that says what had to wait, at the end of the conversation; undefined where nothing waits. */
export function waitingHook(behaviour: Behaviour): string | undefined {
  if (behaviour.interruption !== 'wait') return undefined
  const name = camel(behaviour.name)
  return lines(
    '// Runs at the end of every conversation: what had to wait for it is said now, unless it is out of date. The state is saved afterwards.',
    `const EXPIRES = ${EXPIRES_MINUTES} * 60 * 1000`,
    '',
    `const ${name} = async () => {`,
    indented(
      `const { ${behaviour.frequency === 'ever' || behaviour.frequency === 'day' ? 'session, user' : 'session'} } = event.state`,
      `const since = session.${name}Waits`,
      'if (!since) {',
      '  return',
      '}',
      '',
      `delete session.${name}Waits`,
      'if (Date.now() - since > EXPIRES) {',
      '  return',
      '}',
      '',
      mark(behaviour, name),
      `await bp.events.replyToEvent(event, [{ type: 'text', text: ${quote(WORDS.offer)} }], event.id)`
    ),
    '}',
    '',
    `return ${name}()`
  )
}

/** Nothing that is stored keeps it from being said again. */
function isUnlimited({ audience, frequency, interruption, trigger }: Behaviour): boolean {
  return (
    audience === 'everyone' && frequency === 'always' && interruption === 'notice' && trigger !== 'form-submit' && trigger !== 'schedule'
  )
}

function comment({ trigger, audience, frequency, interruption, ...behaviour }: Behaviour): string[] {
  const when = `// ${TRIGGERS[trigger].label}: ${lower(TRIGGERS[trigger].detail)}.`
  const how = `// For: ${lower(AUDIENCES[audience].label)}. How often: ${lower(FREQUENCIES[frequency].label)}. In the middle of a conversation: ${lower(INTERRUPTIONS[interruption].label)}.`
  if (isOfPage({ trigger })) return [when, how]
  return [
    when,
    how,
    '// Whoever knows of it sends the event, for example a route made by an after_server_start hook:',
    `//   bp.events.sendEvent(bp.IO.Event({ type: '${eventTypeOf({ trigger, ...behaviour })}', channel: 'web', direction: 'incoming', botId, target, threadId, payload: {} }))`
  ]
}

function partsOf({ audience, frequency, interruption, trigger }: Behaviour): string[] {
  const user = audience !== 'everyone' || frequency === 'ever' || frequency === 'day'
  const session =
    audience === 'new' ||
    audience === 'returning' ||
    frequency === 'session' ||
    interruption === 'wait' ||
    interruption === 'interrupt' ||
    trigger === 'form-submit'
  const context = interruption !== 'notice'
  return [...(user ? ['user'] : []), ...(session ? ['session'] : []), ...(context ? ['context'] : [])]
}

function signIn(): string {
  return lines(
    '// The page tells who signed in. It is no proof: where that matters, use an external token and event.credentials.',
    "if (event.type === 'sign-in') {",
    '  const sent = event.payload.payload || {}',
    '  event.setFlag(SKIP_DIALOG_ENGINE, true)',
    '  event.setFlag(FORCE_PERSIST_STATE, true)',
    '  user.account = sent.payload && sent.payload.account',
    '  return',
    '}',
    ''
  )
}

function answer(name: string): string {
  return lines(
    `const asked = session.${name}Asked`,
    "if (asked && (event.type === 'text' || event.type === 'quick_reply')) {",
    '  // The answer to what was asked in between. Then the engine starts the open question anew, which repeats it.',
    `  session.${name}Answer = event.preview`,
    `  delete session.${name}Asked`,
    `  await say(${quote(WORDS.thanks)})`,
    '  if (asked.node) {',
    '    return bp.dialog.jumpTo(bp.dialog.createId(event), event, asked.flow, asked.node)',
    '  }',
    '',
    '  event.setFlag(SKIP_DIALOG_ENGINE, true)',
    '  event.setFlag(FORCE_PERSIST_STATE, true)',
    '  return',
    '}',
    ''
  )
}

function form(name: string): string {
  return lines(
    '',
    'const sent = event.payload.payload || {}',
    `session.${name}Form = sent.payload`,
    'event.setFlag(FORCE_PERSIST_STATE, true)'
  )
}

function night(): string {
  return lines(
    '',
    '// Nobody is woken: the hours are those of the visitor, whose browser tells its offset.',
    'const offset = Number(event.state.user.timezone) || 0',
    'const hour = new Date(Date.now() + offset * 60 * 60 * 1000).getUTCHours()',
    'if (hour < 8 || hour >= 22) {',
    '  return',
    '}'
  )
}

function audience({ audience }: Behaviour): string | false {
  if (audience === 'everyone') return false
  if (audience === 'signed-in') return lines('', 'if (!user.account) {', '  return', '}')
  return lines(
    '',
    '// Known from this session on: in the next one they return.',
    'if (!user.knownSince) {',
    '  user.knownSince = Date.now()',
    '  session.isFirst = true',
    '  event.setFlag(FORCE_PERSIST_STATE, true)',
    '}',
    audience === 'new' ? 'if (!session.isFirst) {' : 'if (session.isFirst) {',
    '  return',
    '}'
  )
}

function limit({ frequency }: Behaviour, name: string): string | false {
  if (frequency === 'always') return false
  const test = {
    ever: `user.${name}At`,
    session: `session.${name}At`,
    day: `user.${name}At && Date.now() - user.${name}At < DAY`
  }[frequency]
  return lines('', `if (${test}) {`, '  return', '}')
}

function remember(behaviour: Behaviour, name: string): string | false {
  const marked = mark(behaviour, name)
  if (!marked) return ''
  return lines('', '// Skipped events are not saved unless the hook asks for it.', marked, 'event.setFlag(FORCE_PERSIST_STATE, true)')
}

function mark({ frequency }: Behaviour, name: string): string | false {
  if (frequency === 'always') return false
  return `${frequency === 'session' ? 'session' : 'user'}.${name}At = Date.now()`
}

function wait(name: string): string {
  return lines(
    '',
    '// The bot waits for an answer: this is said when the conversation has ended, by the hook in before_conversation_end.',
    'if (context.currentNode) {',
    `  session.${name}Waits = Date.now()`,
    '  event.setFlag(FORCE_PERSIST_STATE, true)',
    '  return',
    '}'
  )
}

function cancel(): string {
  return lines(
    '',
    'if (context.currentNode) {',
    '  // The conversation ends here; the next words of the visitor begin a new one.',
    '  event.state.context = {}',
    '  event.state.temp = {}',
    '  event.setFlag(FORCE_PERSIST_STATE, true)',
    `  await say(${quote(WORDS.stopped)})`,
    '}'
  )
}

function ask(name: string): string {
  return lines(
    '',
    `session.${name}Asked = { flow: context.currentFlow, node: context.currentNode }`,
    'event.setFlag(FORCE_PERSIST_STATE, true)',
    `await say(${quote(WORDS.question)})`
  )
}

function lines(...parts: (string | false)[]): string {
  return parts.filter(part => part !== false).join('\n')
}

function indented(...parts: (string | false)[]): string {
  return lines(...parts)
    .split('\n')
    .map(line => (line === '' ? '' : `  ${line}`))
    .join('\n')
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "\\'")}'`
}

function lower(text: string): string {
  return `${text[0]!.toLowerCase()}${text.slice(1)}`
}
