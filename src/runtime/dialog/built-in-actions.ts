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
  }
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
