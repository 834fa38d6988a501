import type { CallParams } from '../../protocol/engine.ts'
import type { Place } from '../../trace/entry.ts'
import { merged } from '../../webchat/config.ts'
import type { BOT_ACTIONS } from '../bots/schema.ts'
import { durationOf, momentOf } from '../file/time.ts'
import type { Chat } from '../page/chat.ts'
import type { Given, StepValue, StepWord } from '../schema/index.ts'
import { type Save, save } from './save.ts'
import type { Stage } from './stage.ts'
import type { Tab, Visitor } from './visitor.ts'

/** What each word of a step does. Everything it throws is told at the step, in its words. */

export interface Actor {
  stage: Stage
  given: Given
  visitor: Visitor
  tab: Tab
  tabName: string
  /** The bot that is meant when a step names none. */
  botId: string
  /** Folder that holds `data/`, which may be a copy made for this scenario. */
  root: string
  /** Page that *load* means, and what a page without scripts gives to `init`. */
  page: string
  config: Record<string, unknown>
  signal: AbortSignal | undefined
  /** Of the step. */
  place: Place
  network: CallParams<'network'>
  setNetwork(settings: CallParams<'network'>): Promise<void>
  restart(): Promise<void>
  /** Writes a file below `root` (null: deletes it); it is put back after the scenario. */
  write(file: string, text: string | null): void
}

type Action<W extends StepWord> = (value: StepValue<W>, actor: Actor) => unknown
/** Words that are played elsewhere: gestures in a page (gestures.ts), looks (src/scenario/check), order (orders.ts). */
type Elsewhere =
  // Of bots: src/scenario/bots.
  | keyof typeof BOT_ACTIONS
  | 'expect'
  | 'expectSilence'
  | 'together'
  | 'click'
  | 'type'
  | 'focus'
  | 'blur'
  | 'submit'
  | 'key'
  | 'scroll'
  | 'move'
  | 'pointerLeaves'
  | 'navigate'
  | 'hide'
  | 'show'

export const ACTIONS: { [W in Exclude<StepWord, Elsewhere>]: Action<W> } = {
  load: (value, { tab, page, config }) => tab.load(typeof value === 'string' ? value : page, config),
  reload: (_, { tab }) => tab.reload(),
  leave(_, { tab, visitor, tabName }) {
    tab.leave()
    visitor.tabs.delete(tabName)
  },
  script(code, { tab, place }) {
    if (!tab.page?.dom) throw new Error('A page without scripts runs none: name one of your own pages (given, page).')
    tab.page.dom.run(code!, place)
  },

  event(value, actor) {
    const given = typeof value === 'string' ? { type: value } : value!
    const { type, payload, with: more, via = 'sendEvent', chatId, times = 1 } = given as PageEvent
    const sent = { ...more, ...(type !== undefined && { type }), ...(payload !== undefined && { payload }) }
    for (let time = 0; time < times; time++) pageOf(actor).api.call(via === 'sendEvent' ? 'event' : 'sendPayload', sent, chatId)
  },
  merge: (value, actor) => pageOf(actor).api.mergeConfig(value),
  configure: (value, actor) => pageOf(actor).api.configure(value),
  post(value, actor) {
    const { action, payload } = value as { action?: string; payload?: unknown }
    pageOf(actor).api.call(String(action), payload)
  },
  bubble(value, actor) {
    const traces = [value].flat().map(one => (typeof one === 'string' ? { type: 'text', payload: { message: one } } : one))
    voiceflowOf(actor).proactive.push(...(traces as never[]))
  },
  clearBubbles: (_, actor) => voiceflowOf(actor).proactive.clear(),

  open(_, actor) {
    const { voiceflow } = pageOf(actor)
    if (voiceflow?.isLoaded) voiceflow.open()
    else chatOf(actor).life.show()
  },
  close(_, actor) {
    const { voiceflow } = pageOf(actor)
    if (voiceflow?.isLoaded) voiceflow.close()
    else chatOf(actor).life.hide()
  },
  escape: (_, actor) => chatOf(actor).life.escape(),
  say(text, actor) {
    const chat = chatOf(actor)
    if (!chat.life.isInitialised) throw new Error(`The visitor cannot write yet: ${whyNotReady(chat)}`)
    if (chat.draft === text) chat.draft = ''
    chat.life.say({ type: 'text', text: text! })
  },
  compose(text, actor) {
    chatOf(actor).draft = text!
  },
  choose: (title, actor) => chatOf(actor).choose(title!),
  reset: (_, actor) => void chatOf(actor).life.reset(),
  newVisitor(_, { visitor, tab, tabName }) {
    const { loaded } = tab
    visitor.replace()
    if (loaded) visitor.tab(tabName).load(loaded.path, loaded.config)
  },

  async newConversation(_, { stage, visitor, botId }) {
    const { status, body } = await stage.request(visitor.browser.visitorId, botId, 'conversations/new', {})
    if (status !== 200) throw new Error(`The server refused a new conversation: ${JSON.stringify(body)}`)
    visitor.reload()
  },
  language(language, { visitor }) {
    visitor.browser.language = language!
    visitor.reload()
  },

  advance: (ms, { stage, signal }) => stage.clock.advance(durationOf(ms as number), signal),
  at(moment, { stage, given, signal }) {
    const at = momentOf(moment as string, stage.startAt, stage.now(), given.timezone)
    if (at < stage.now()) throw new Error(`This moment has passed: it is ${new Date(stage.now()).toISOString()} already.`)
    return stage.clock.advanceTo(at, signal)
  },
  until(moment, { stage, given, signal }) {
    const at = momentOf(moment as string, stage.startAt, stage.now(), given.timezone)
    return stage.clock.advanceTo(Math.max(at, stage.now()), signal)
  },

  async outside(value, { stage, visitor, botId }) {
    const {
      type,
      payload = {},
      channel = 'web',
      target,
      bot,
      preview
    } = typeof value === 'string' ? { type: value } : (value as never as OutsideEvent)
    const whose = target === undefined && channel === 'web' ? { visitorId: visitor.browser.visitorId } : { target: target ?? visitor.name }
    await stage.engine.call('send', { type, payload, channel, botId: bot ?? botId, ...whose, ...(preview !== undefined && { preview }) })
  },
  restart: (_, { restart }) => restart(),
  timeOut: (_, { stage, visitor, botId }) => stage.engine.call('timeOut', { botId, visitorId: visitor.browser.visitorId }),
  mount: (botId, { stage }) => stage.engine.call('mount', { botId: botId! }),
  unmount: (botId, { stage }) => stage.engine.call('unmount', { botId: botId! }),
  hook(value, { stage, botId }) {
    const { type, bot, args = {} } = value as { type: string; bot?: string; args?: Record<string, unknown> }
    return stage.engine.call('hooks', { hookType: type, botId: bot ?? botId, args })
  },
  line: (value, { stage }) => stageLine(stage, value),
  faults: (value, { stage }) => stage.engine.call('faults', { faults: value as never }),
  network: (value, { network, setNetwork }) => setNetwork(merged(network, value) as never),
  state: (value, actor) => writeState(actor, value as never),
  save: (value, actor) => save(value as Save, actor),
  visitor(value, { stage }) {
    const { name, ...options } = value as { name: string }
    stage.addVisitor(name, options)
  }
}

/** What the line does from now on is part of what is told, as on the stage of the simulator. */
export function stageLine(stage: Stage, line: unknown): void {
  stage.line.conditions = (line ?? {}) as never
  stage.report({ kind: 'condition-set', line: line ?? {} } as never)
}

interface PageEvent {
  type?: string
  payload?: unknown
  with?: Record<string, unknown>
  via?: 'sendEvent' | 'sendPayload'
  chatId?: string
  times?: number
}

interface OutsideEvent {
  type: string
  payload?: unknown
  channel?: string
  target?: string
  bot?: string
  preview?: string
}

/** Puts what a bot remembers of a visitor into its store; a flow position is one that waits for an answer. */
export async function writeState(
  { stage, visitor, botId }: Pick<Actor, 'stage' | 'visitor' | 'botId'>,
  { flow, ...parts }: { user?: object; session?: object; temp?: object; flow?: string }
): Promise<void> {
  const [currentFlow, currentNode] = flow?.split('#') ?? []
  if (flow !== undefined && !currentNode) throw new Error(`“${flow}” names no node: write main.flow.json#node.`)
  await stage.engine.call('writeState', {
    botId,
    visitorId: visitor.browser.visitorId,
    ...(parts as object),
    ...(flow !== undefined && { context: { currentFlow, currentNode }, waiting: true }),
    merge: true
  })
}

export function pageOf({ tab }: Pick<Actor, 'tab'>): NonNullable<Tab['page']> {
  if (!tab.page) throw new Error('No page is loaded in this tab.')
  return tab.page
}

export function chatOf(actor: Pick<Actor, 'tab'>): Chat {
  const { chat } = pageOf(actor).api
  if (!chat) throw new Error('The page has no chat: it has not called botpressWebChat.init.')
  return chat
}

function voiceflowOf(actor: Pick<Actor, 'tab'>) {
  const { voiceflow } = pageOf(actor)
  if (!voiceflow) throw new Error('The page has no Voiceflow chat: it does not load its script.')
  return voiceflow
}

function whyNotReady({ life }: Chat): string {
  if (!life.isOpen) return 'the chat is closed. Use “open” first.'
  return life.phase === 'opening' ? 'the chat is still opening. Let time pass.' : 'the chat is not ready.'
}
