import { stringify } from 'yaml'
import { EXPIRES_MINUTES, WORDS } from './behaviour-hook.ts'
import { AUDIENCES, type Behaviour, eventTypeOf, FREQUENCIES, INTERRUPTIONS, isOfPage } from './choices.ts'

type Step = string | Record<string, unknown>

interface Scenario {
  name: string
  given?: Record<string, unknown>
  steps: Step[]
}

/** A Monday at ten, when nobody sleeps. */
const START = '2025-03-03T10:00Z'

/** Scenarios that hold for the hook and page of a behaviour: that it speaks, to whom, how often, and in the middle of a conversation. */
export function behaviourScenarios(behaviour: Behaviour): string {
  const page = isOfPage(behaviour) ? `pages/${behaviour.name}.html` : 'stub'
  const { flow, files } = conversation(behaviour)
  const within = interrupted(behaviour, flow)
  // It stands with the one that needs it, and not before everything else.
  const isOnes = within.length === 1
  const file = {
    given: { bot: behaviour.botId, page, clock: START, ...(!isOnes && { files }) },
    scenarios: [
      ...spoken(behaviour),
      ...others(behaviour),
      ...within.map(({ name, given, steps }) => ({ name, given: { ...given, ...(isOnes && { files }) }, steps }))
    ]
  }
  return stringify(file, { lineWidth: 120, aliasDuplicateObjects: false })
}

const saying = ({ interruption }: Behaviour) => (interruption === 'interrupt' ? WORDS.question : WORDS.offer)

/** Visitors for whom it is meant. */
function visitor({ audience }: Behaviour): Record<string, unknown> | undefined {
  if (audience === 'returning') return { user: { knownSince: 1_700_000_000_000 } }
  if (audience === 'signed-in') return { user: { account: 'A-1' } }
  return undefined
}

function withVisitor(behaviour: Behaviour, flow?: string): { given?: Record<string, unknown> } {
  const state = visitor(behaviour)
  return state || flow !== undefined ? { given: { visitor: { ...(state && { state }), ...(flow !== undefined && { flow }) } } } : {}
}

/** What makes it speak, on a page that was just loaded. */
function trigger(behaviour: Behaviour): Step[] {
  const steps: Record<Behaviour['trigger'], Step[]> = {
    ready: [],
    idle: [{ advance: '31s' }],
    scroll: [{ scroll: '80%' }],
    'exit-intent': [{ pointerLeaves: 'top' }],
    'form-focus': [{ focus: '#reference' }],
    'form-submit': [{ submit: '#form' }],
    outside: [{ outside: eventTypeOf(behaviour) }],
    schedule: [{ outside: eventTypeOf(behaviour) }]
  }
  return steps[behaviour.trigger]
}

/** The same once more: pages tell it once for each time they are loaded. */
function again(behaviour: Behaviour): Step[] {
  return [...(isOfPage(behaviour) ? ['reload'] : []), ...trigger(behaviour)]
}

function spoken(behaviour: Behaviour): Scenario[] {
  const { frequency, audience } = behaviour
  const says: Step = { expect: { says: { text: saying(behaviour), count: 1 } } }
  const silent: Step = { expect: { saysNot: saying(behaviour) } }
  // After half an hour the session is another one, and whoever was new is not new any more.
  const later = (speaks: boolean) => (speaks && audience !== 'new' ? says : silent)
  const ends: Record<Behaviour['frequency'], Step[]> = {
    ever: [...again(behaviour), silent, { advance: '25h' }, ...again(behaviour), silent],
    session: [...again(behaviour), silent, { advance: '31min' }, ...again(behaviour), later(true)],
    day: [...again(behaviour), silent, { advance: '24h' }, ...again(behaviour), later(true)],
    always: [...again(behaviour), says]
  }
  const name = `Speaks to ${AUDIENCES[audience].label.toLowerCase()}, ${FREQUENCIES[frequency].label.toLowerCase()}`
  return [{ name, ...withVisitor(behaviour), steps: [...trigger(behaviour), says, ...ends[frequency]] }]
}

/** To whom it does not speak, and when. */
function others(behaviour: Behaviour): Scenario[] {
  const { audience } = behaviour
  const silent: Step = { expect: { saysNot: saying(behaviour) } }
  const says: Step = { expect: { says: saying(behaviour) } }
  const steps = [...trigger(behaviour), silent]
  const found: Scenario[] = []
  if (audience === 'new')
    found.push({ name: 'Leaves those alone who were here before', given: { visitor: { state: { user: { knownSince: 1 } } } }, steps })
  if (audience === 'returning') found.push({ name: 'Leaves new visitors alone', steps })
  if (audience === 'signed-in') {
    found.push({ name: 'Leaves those alone who did not sign in', steps })
    const signIn: Step = { event: { type: 'sign-in', payload: { account: 'A-1' } } }
    found.push({
      name: 'Speaks to those who have just signed in',
      steps: ['open', signIn, ...again(behaviour), says]
    })
  }
  if (behaviour.trigger === 'schedule') {
    found.push({ name: 'Wakes nobody', ...withVisitor(behaviour), steps: [{ at: '2025-03-03T23:30Z' }, ...trigger(behaviour), silent] })
  }
  return found
}

/** A conversation that asks and waits, there only for the scenarios. */
function conversation({ botId, name }: Behaviour): { flow: string; files: Record<string, unknown> } {
  const say = (text: string) => `say #builtin_text ${JSON.stringify({ text, typing: false })}`
  const flow = `${name}-test.flow.json`
  const node = (id: string, onEnter: string[], onReceive: unknown, to: string) => ({
    id: `node-${id}`,
    name: id,
    onEnter,
    onReceive,
    next: [{ condition: 'true', node: to }]
  })
  const nodes = [node('ask', [say('For which day?')], [], 'book'), node('book', [say('Booked for {{event.preview}}.')], null, 'END')]
  const folder = `data/bots/${botId}/flows`
  return {
    flow: `${flow}#ask`,
    files: {
      [`${folder}/${flow}`]: { version: '0.0.1', startNode: 'ask', catchAll: { next: [] }, nodes },
      [`${folder}/${name}-test.ui.json`]: { nodes: [], links: [] }
    }
  }
}

function interrupted(behaviour: Behaviour, flow: string): Scenario[] {
  const given = withVisitor(behaviour, flow)
  const label = INTERRUPTIONS[behaviour.interruption].label.toLowerCase()
  const booked = 'Booked for Monday.'
  // Pages open the chat before they tell anything; where none does, the visitor has it open.
  const open = isOfPage(behaviour) ? [] : ['open']
  const scenario = (name: string, ...steps: Step[]): Scenario => ({ name, ...given, steps: [...open, ...trigger(behaviour), ...steps] })
  switch (behaviour.interruption) {
    case 'notice':
      return [
        scenario(
          `In the middle of a conversation: ${label}, and the answer still counts`,
          { expect: { says: WORDS.offer, waitsAt: flow } },
          { say: 'Monday' },
          { expect: { says: booked } }
        )
      ]
    case 'wait':
      return [
        scenario(
          `In the middle of a conversation: ${label} for its end`,
          { expect: { silence: true, waitsAt: flow } },
          { say: 'Monday' },
          { expect: { says: [booked, WORDS.offer] } }
        ),
        scenario(
          'Says nothing that is out of date',
          { expect: { silence: true } },
          { advance: `${EXPIRES_MINUTES + 1}min` },
          { say: 'Monday' },
          { expect: { says: booked, saysNot: WORDS.offer } }
        )
      ]
    case 'cancel':
      return [
        scenario(`In the middle of a conversation: ${label}, and say so`, {
          expect: { says: [WORDS.stopped, WORDS.offer], waitsAt: null }
        })
      ]
    case 'interrupt':
      return [
        scenario(
          `In the middle of a conversation: ${label}`,
          { expect: { says: WORDS.question } },
          { say: 'Yes' },
          { expect: { says: [WORDS.thanks, 'For which day?'], waitsAt: flow } },
          { say: 'Monday' },
          { expect: { says: booked } }
        )
      ]
  }
}
