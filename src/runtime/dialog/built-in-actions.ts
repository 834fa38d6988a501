import type { BotEvent } from '../api.ts'

// biome-ignore lint/suspicious/noExplicitAny: `bp` as actions see it
type Any = any

interface ActionContext {
  bp: Any
  event: BotEvent
  args: Record<string, Any>
  user: Any
  session: Any
  temp: Any
  bot: Any
  wait(ms: number): Promise<void>
}

type Action = (context: ActionContext) => unknown

/** Objects that variables of flows live in, by the name of their kind. */
const SCOPES = ['user', 'session', 'temp'] as const

/** An empty text (or the word null) removes a variable. */
const isNothing = (value: unknown) => value === undefined || value === null || value === '' || value === 'null'

/** The stock actions by the name that flows call them (R11.4). */
export const BUILT_IN_ACTIONS: Record<string, Action> = {
  'builtin/setVariable': setVariable,
  'builtin/getGlobalVariable': async ({ bp, event, args, temp }) => {
    const kvs = bp.kvs.forBot(event.botId)
    temp[args.output] = await kvs.getStorageWithExpiry(await kvs.getGlobalStorageKey(args.name))
  },
  'builtin/setGlobalVariable': async ({ bp, event, args }) => {
    const kvs = bp.kvs.forBot(event.botId)
    await kvs.setStorageWithExpiry(await kvs.getGlobalStorageKey(args.name), args.value, args.expiry)
  },
  'builtin/resetGlobalVariable': async ({ bp, event, args }) => {
    const kvs = bp.kvs.forBot(event.botId)
    await kvs.setStorageWithExpiry(await kvs.getGlobalStorageKey(args.name), '')
  },
  'builtin/wait': ({ wait, args }) => wait(Number(args.delay ?? 1000)),
  'builtin/resetSession': ({ event }) => {
    event.state.context = {}
    event.state.session = { lastMessages: [], workflows: {} }
    event.state.temp = {}
    event.setFlag(Symbol.for('forcePersistState'), true)
  },
  'builtin/appendContext': ({ args, session }) => {
    const contexts = String(args.contexts ?? '')
      .split(',')
      .map(one => one.trim())
      .filter(Boolean)
    const ttl = Number(args.ttl) || 1
    const kept = ((session.nluContexts ?? []) as { context: string; ttl: number }[]).filter(one => !contexts.includes(one.context))
    session.nluContexts = [...kept, ...contexts.map(context => ({ context, ttl }))]
  },
  'builtin/removeContext': ({ args, session }) => {
    const gone = String(args.contexts ?? '')
      .split(',')
      .map(one => one.trim())
    session.nluContexts = ((session.nluContexts ?? []) as { context: string }[]).filter(one => !gone.includes(one.context))
  },
  'builtin/resetContext': ({ session }) => {
    session.nluContexts = []
  },
  'basic-skills/choice_parse_answer': parseChoice,
  'basic-skills/choice_invalid_answer': ({ args, temp }) => {
    const count = ofChoice('invalid-count', args)
    temp[count] = (temp[count] ?? 0) + 1
  }
}

/** A variable of the skill “choice”, as the flows that are generated for it name it; each skill of a flow has its own. */
const ofChoice = (what: string, { randomId }: Record<string, Any>) => `skill-choice-${what}${randomId === undefined ? '' : `-${randomId}`}`

/** Takes an answer for the first choice of which it holds a keyword: in what was said, or by what was pressed. */
function parseChoice({ event, args, temp }: ActionContext): void {
  const said = [event.preview, event.payload?.text, event.payload?.payload]
    .filter(one => typeof one === 'string')
    .map(one => one.toLowerCase())
  const choices = Object.entries((args.keywords ?? {}) as Record<string, string[]>)
  const intent = (event.nlu as { intent?: { name?: string } })?.intent?.name
  const found =
    choices.find(([, keywords]) => keywords?.some(one => one === `intent-${intent}`)) ??
    choices.find(([, keywords]) => keywords?.some(one => said.some(text => text.includes(one.toLowerCase()))))
  temp[ofChoice('valid', args)] = found !== undefined
  if (!found) return
  temp[ofChoice('ret', args)] = found[0]
  temp[ofChoice('invalid-count', args)] = 0
}

async function setVariable({ bp, event, args }: ActionContext): Promise<void> {
  const { type, name, value } = args
  if (type === 'bot') {
    const kvs = bp.kvs.forBot(event.botId)
    const all = (await kvs.get('global')) ?? {}
    await kvs.set('global', change(all, name, value))
    return
  }
  if (!SCOPES.includes(type)) throw new Error(`Variables are of type user, session, temp or bot, not "${type}"`)
  event.state[type] = change(event.state[type] ?? {}, name, value)
}

function change(target: Record<string, unknown>, name: string, value: unknown): Record<string, unknown> {
  if (isNothing(value)) delete target[name]
  else target[name] = value
  return target
}
