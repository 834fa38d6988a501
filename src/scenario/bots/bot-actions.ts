import type { Activity, Attachment, CardAction } from '../../botframework/activity.ts'
import type { Reachability } from '../../botframework/presets.ts'
import { durationOf, momentOf } from '../file/time.ts'
import type { Given, StepValue, StepWord } from '../schema/index.ts'
import type { BotStage, Person } from './bot-stage.ts'

export interface BotActor {
  stage: BotStage
  person: Person
  given: Given
  signal: AbortSignal | undefined
}

type Action<W extends StepWord> = (value: StepValue<W>, actor: BotActor) => unknown

/** What each word of a step does where a bot of the Bot Framework family plays; words that are not here are about pages or Botpress. */
export const BOT_ACTIONS = {
  say(text, actor) {
    if (actor.person.draft === text) actor.person.draft = ''
    return actor.stage.play.settled(actor.stage.play.channel.say(talkOf(actor), text!, { from: accountOf(actor.person) }))
  },
  compose(text, { person }) {
    person.draft = text!
  },
  choose(title, actor) {
    const value = buttonOf(actor, title!)
    return actor.stage.play.settled(actor.stage.play.channel.send(talkOf(actor), { ...value, from: accountOf(actor.person) }))
  },
  open: (_, { stage, person }) => stage.comes(person),
  async newVisitor(_, { stage, person }) {
    const { name } = person
    stage.visitors.set(name, await stage.add(name))
  },
  visitor: (value, { stage }) => stage.add((value as { name: string }).name),
  advance: (ms, { stage, signal }) => stage.clock.advance(durationOf(ms as number), signal),
  at(moment, { stage, given, signal }) {
    const at = momentOf(moment as string, stage.startAt, stage.now(), given.timezone)
    if (at < stage.now()) throw new Error(`This moment has passed: it is ${new Date(stage.now()).toISOString()} already.`)
    return stage.clock.advanceTo(at, signal)
  },
  restart: (_, { stage }) => stage.play.host.restart(),
  stop: (_, { stage }) => stage.play.host.stop(),
  trigger(value, { stage }) {
    const { url, method, body } = typeof value === 'string' ? { url: value } : (value as { url: string; method?: string; body?: unknown })
    return stage.play.settled(stage.play.channel.trigger(url, method ?? (body === undefined ? 'GET' : 'POST'), body))
  },
  activity: (value, actor) =>
    actor.stage.play.settled(
      actor.stage.play.channel.send(talkOf(actor), { from: accountOf(actor.person), ...(value as Partial<Activity>) }, 'author')
    ),
  install: (value, actor) => actor.stage.play.settled(actor.stage.play.channel.install(talkOf(actor), value!)),
  reach: (value, { stage, person }) => stage.play.connector.setReach(person.browser.visitorId, value as Reachability),
  async members(value, actor) {
    const { add = [], remove = [] } = value as { add?: string | string[]; remove?: string | string[] }
    const { channel } = actor.stage.play
    const added = [add].flat().map(id => ({ id, name: id, role: 'user' }))
    if (added.length > 0) await actor.stage.play.settled(channel.addMembers(talkOf(actor), added))
    if ([remove].flat().length > 0) await actor.stage.play.settled(channel.removeMembers(talkOf(actor), [remove].flat()))
  },
  channel: (value, { stage }) => stage.setChannel(value as never)
} satisfies { [W in StepWord]?: Action<W> }

function talkOf({ person }: BotActor): string {
  if (person.conversationId === undefined) throw new Error(`${person.name} is not in a conversation with the bot yet: use “open” first.`)
  return person.conversationId
}

const accountOf = (person: Person) => ({ id: person.browser.visitorId, name: person.name, role: 'user' })

/** What pressing a button of the bot's last message sends: words, or a value. */
function buttonOf(actor: BotActor, title: string): Partial<Activity> {
  const last = actor.stage.entries.findLast(
    entry => entry.kind === 'activity-from-bot' && entry.type === 'message' && entry.conversationId === actor.person.conversationId
  )
  const activity = last?.kind === 'activity-from-bot' ? (last.activity as Activity) : undefined
  const cards = (activity?.attachments ?? []).flatMap(({ content }: Attachment) => {
    const card = content as { buttons?: CardAction[]; actions?: { type?: string; title?: string; data?: unknown }[] } | undefined
    const submits = (card?.actions ?? []).map(({ title, data }): CardAction => ({ type: 'postBack', ...(title && { title }), value: data }))
    return [...(card?.buttons ?? []), ...submits]
  })
  const buttons = [...(activity?.suggestedActions?.actions ?? []), ...cards]
  const button = buttons.find(one => one.title === title)
  if (!button)
    throw new Error(`The bot’s last message has no button “${title}”. There are: ${buttons.map(one => one.title).join(', ') || 'none'}.`)
  const { type, value = title } = button
  return typeof value === 'string' && type !== 'messageBack' ? { type: 'message', text: value } : { type: 'message', text: '', value }
}
