/** The words in which situations are written: what a person does with the simulator, and what they see. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FrameLocator, Locator } from 'playwright-core'
import { durationOf } from '../../src/trace/length.ts'
import { until } from '../panel/until.ts'
import type { Hands } from './hands.ts'

const CLI = join(import.meta.dirname, '../../dist/cli.js')

export interface Step {
  /** For whoever reads that it failed. */
  does: string
  /** The control that is used, by the words on it. */
  control?: string
  take(hands: Hands): Promise<void>
}

export interface Start {
  bot?: string
  page?: string
  clock?: 'virtual'
}

/** A stretch that begins with a new visitor. */
export interface Part {
  name?: string
  start: Start
  steps: Step[]
}

export interface Situation {
  number: string
  parts: Part[]
}

/** A situation of one stretch. */
export const situation = (number: string, start: Start, ...steps: Step[]): Situation => ({ number, parts: [{ start, steps }] })

const PASS = { '+1 s': 1000, '+30 s': 30_000, '+10 min': 600_000, '+1 h': 3_600_000, '+1 day': 86_400_000 } as const

// What is done

export const press = (control: string): Step => ({ does: `press ${control}`, control, take: hands => hands.press(control) })

/** Opens the chat and waits until one can write in it. */
export const open: Step = {
  does: 'open the chat',
  control: 'Open',
  async take(hands) {
    await hands.press('Open')
    await hands.chat().getByRole('textbox', { name: 'Your message', disabled: false }).waitFor()
  }
}

/** Chooses in the toolbar or a drawer. */
export const choose = (control: string, option: string): Step => ({
  does: `choose ${option} as ${control}`,
  control,
  take: hands => hands.choose(control, option)
})

/** A button of the toolbar: Same visitor, New visitor. */
export const start = (control: string): Step => ({
  does: `press ${control}`,
  control,
  take: hands => hands.loads(() => hands.panel.getByRole('button', { name: control, exact: true }).click())
})

export const send = (type: string, payload?: unknown, times = 1): Step => ({
  does: `send the event ${type}${times > 1 ? ` ${times} times at once` : ''}`,
  control: 'Send event',
  take: hands => hands.send(type, payload, times)
})

export const say = (text: string): Step => ({
  does: `say “${text}”`,
  control: 'Say',
  async take(hands) {
    const gestures = await hands.within('Say')
    await gestures.getByRole('textbox', { name: 'What the visitor writes' }).fill(text)
    await gestures.getByRole('button', { name: 'Say', exact: true }).click()
  }
})

/** The clock is moved by one of its buttons, and stands still again. */
export const pass = (control: keyof typeof PASS, times = 1): Step => ({
  does: `press ${control}${times > 1 ? ` ${times} times` : ''}`,
  control,
  async take(hands) {
    for (let n = 0; n < times; n++)
      await hands.move(
        now => now + PASS[control],
        () => hands.press(control)
      )
  }
})

/** Any other length of time passes. */
export const letPass = (length: string): Step => ({
  does: `let ${length} pass`,
  control: 'Let pass',
  async take(hands) {
    const drawer = await hands.within('Let pass')
    await drawer.getByRole('textbox', { name: 'Length of time' }).fill(length)
    await hands.move(
      now => now + durationOf(length),
      () => drawer.getByRole('button', { name: 'Let pass', exact: true }).click()
    )
  }
})

/** Something that the visitor does to an element of the page, by the controls. */
export const element = (action: 'Click' | 'Focus' | 'Leave it' | 'Type' | 'Submit', selector: string, text?: string): Step => ({
  does: `${action} ${selector}`,
  control: action,
  take: hands => hands.element(action, selector, text)
})

/** The visitor does it in the page, with mouse and keyboard. */
export const inPage = (does: string, take: (page: FrameLocator) => Promise<unknown>): Step => ({
  does,
  take: async hands => void (await take(hands.page))
})

/** The visitor does it in the chat, with mouse and keyboard. */
export const inChat = (does: string, take: (chat: FrameLocator) => Promise<unknown>): Step => ({
  does,
  take: async hands => void (await take(hands.chat()))
})

/** Looks at another of the browsers and tabs that are open, counted from one. */
export const look = (at: number): Step => ({
  does: `look at tab ${at}`,
  control: 'Visitors and their tabs',
  async take(hands) {
    const tab = hands.panel
      .getByRole('tablist', { name: 'Visitors and their tabs' })
      .getByRole('tab')
      .nth(at - 1)
    await tab.click()
    await until(async () => (await tab.getAttribute('aria-selected')) === 'true')
  }
})

/** The visitor’s browser is set to a language that the list does not offer. */
export const language = (tag: string): Step => ({
  does: `set the language ${tag}`,
  control: 'Set',
  async take(hands) {
    const drawer = await hands.within('Set')
    await drawer.getByRole('textbox', { name: 'Other, for example ja-JP' }).fill(tag)
    await hands.loads(() => drawer.getByRole('button', { name: 'Set', exact: true }).click())
  }
})

/** Where the conversation stands: at a node that has spoken and waits. */
export const position = (flow: string, node: string): Step => ({
  does: `put the conversation at ${node} of ${flow}`,
  control: 'Put there',
  async take(hands) {
    const place = (await hands.within('Put there')).getByRole('group', { name: 'Where the conversation stands' })
    await place.getByRole('combobox', { name: 'Flow' }).fill(flow)
    await place.getByRole('combobox', { name: 'Node' }).fill(node)
    await place.getByRole('button', { name: 'Put there' }).click()
    await place.getByText(`At ${node} of ${flow}`).waitFor()
  }
})

/** A hook of that name throws, hangs or is slow from now on. */
export const fault = (hook: string, what: 'throws an error' | 'never ends' | 'is slow'): Step => ({
  does: `stage that ${hook} ${what}`,
  control: what,
  async take(hands) {
    const group = (await hands.within(what)).getByRole('group', { name: 'Hooks' })
    await group.getByRole('combobox', { name: 'Hook' }).fill(hook)
    await group.getByRole('combobox', { name: 'What it does' }).selectOption({ label: what })
    await group.getByRole('button', { name: 'Stage' }).click()
    await group.getByText(`${hook} ${what}`).waitFor()
  }
})

export const endFaults: Step = {
  does: 'end what was staged of the hook',
  async take(hands) {
    const group = (await hands.drawer('Trouble')).getByRole('group', { name: 'Hooks' })
    await group.getByRole('button', { name: /^End: / }).click()
    await group.getByRole('listitem').waitFor({ state: 'detached' })
  }
}

/** A bot is there, or not. */
export const mounted = (bot: string, on: boolean): Step => ({
  does: `${on ? 'mount' : 'unmount'} ${bot}`,
  control: 'Bots',
  async take(hands) {
    const group = (await hands.within('Bots')).getByRole('group', { name: 'Bots' })
    await group.getByRole('switch', { name: `${bot} is mounted` }).click()
  }
})

/** One of several choices of a drawer. */
export const radio = (control: string): Step => ({
  does: `choose ${control}`,
  control,
  take: async hands => (await hands.within(control)).getByRole('radio', { name: control }).check()
})

/** The clock goes to a day and time of the panel's browser. */
export const goTo = (local: string): Step => ({
  does: `go to ${local}`,
  control: 'Go to',
  async take(hands) {
    const group = (await hands.within('Go to')).getByRole('group', { name: 'Go to' })
    await group.getByLabel('Go to').fill(local)
    await hands.move(
      async () => Date.parse(await hands.panel.evaluate<string>(`new Date(${JSON.stringify(local)}).toISOString()`)),
      () => group.getByRole('button', { name: 'Go', exact: true }).click()
    )
  }
})

/** The virtual clock starts at a day and time of the panel's browser. */
export const beginAt = (local: string): Step => ({
  does: `begin at ${local}`,
  control: 'Begin at',
  async take(hands) {
    const drawer = await hands.within('Begin at')
    const group = drawer.getByRole('group', { name: 'Begin at' })
    await group.getByLabel('Begin at').fill(local)
    await hands.loads(() => group.getByRole('button', { name: 'Begin', exact: true }).click())
    await drawer.locator('.clock-face').waitFor()
  }
})

/** The author saves a file of the workspace in an editor. */
export const save = (file: string, from: string, to: string): Step => ({
  does: `save ${file}`,
  async take(hands) {
    const path = join(hands.folder, file)
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll(from, to))
  }
})

/** The author writes a file of the workspace; null: deletes it. */
export const write = (file: string, content: unknown): Step => ({
  does: content === null ? `delete ${file}` : `write ${file}`,
  async take(hands) {
    const path = join(hands.folder, file)
    if (content === null) rmSync(path)
    else writeFileSync(path, JSON.stringify(content))
  }
})

/** Another address in the page, without a load. */
export const route = (to: string): Step => ({
  does: `go to ${to}`,
  control: 'Go there',
  async take(hands) {
    const gestures = await hands.within('Go there')
    await gestures.getByRole('textbox', { name: 'Address in the page' }).fill(to)
    await gestures.getByRole('button', { name: 'Go there', exact: true }).click()
  }
})

/** The run is kept as a scenario file, which `proactive-hooks test` then plays: all that it expects comes out again. */
export const keptAsScenario: Step = {
  does: 'keep the run as a scenario, and play it',
  control: 'Save as scenario',
  async take(hands) {
    const folder = join(hands.folder, 'scenarios')
    const recorded = () => readdirSync(folder).filter(name => name.startsWith('recorded-'))
    const before = recorded()
    await hands.press('Save as scenario')
    await until(async () => recorded().length > before.length)
    const file = join(folder, recorded().find(name => !before.includes(name))!)
    const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, 'test', file], { cwd: hands.folder, encoding: 'utf8' })
    assert.equal(status, 0, `${stdout}${stderr}\n${readFileSync(file, 'utf8')}`)
    // It says where it was saved.
    await hands.panel.getByRole('button', { name: 'Dismiss', exact: true }).click()
  }
}

// What is seen

const text = (words: string | RegExp) => (typeof words === 'string' ? words : String(words))
const fits = (text: string, words: string | RegExp) => (typeof words === 'string' ? text.includes(words) : words.test(text))

/** Waits until something is as expected; fails with what is there instead. */
async function eventually(look: () => Promise<unknown>, expected: unknown): Promise<void> {
  let seen: unknown
  const isSo = async () => {
    // A frame that is being replaced cannot be looked at.
    seen = await look().catch((error: Error) => error.message)
    return JSON.stringify(seen) === JSON.stringify(expected)
  }
  await until(isSo).catch(() => assert.deepEqual(seen, expected))
}

/** All that the bot has said in the chat that is shown. */
export const says = (...texts: string[]): Step => ({
  does: texts.length > 0 ? `the bot has said ${texts.join(', ')}` : 'the bot has said nothing',
  take: hands => eventually(() => hands.said(), texts)
})

/** All that visitor and bot have said in the chat that is shown, in its order. */
export const spoken = (...texts: string[]): Step => ({
  does: `the chat shows ${texts.join(', ')}`,
  take: hands => eventually(() => hands.spoken(), texts)
})

/** What the visitor was writing is still there. */
export const composed = (text: string): Step => ({
  does: `“${text}” is still being written`,
  take: hands => eventually(() => hands.chat().getByRole('textbox', { name: 'Your message' }).inputValue(), text)
})

/** The newest card of a title says so. */
export const verdict = (title: string, words: string | RegExp): Step => ({
  does: `the verdict on ${title} says ${text(words)}`,
  async take(hands) {
    let found: string | undefined
    const isSo = async () => {
      found = (await hands.cards()).findLast(card => card.title === title)?.text
      return found !== undefined && fits(found, words)
    }
    await until(isSo).catch(async () =>
      assert.fail(`${title} says: ${found ?? `nothing; there are ${JSON.stringify(await hands.cards(), null, 1)}`}`)
    )
  }
})

/** One of the cards says all of it. */
export const anyVerdict = (...words: (string | RegExp)[]): Step => ({
  does: `a verdict says ${words.map(text).join(', ')}`,
  async take(hands) {
    const isSo = async () => (await hands.cards()).some(card => words.every(word => fits(card.text, word)))
    await until(isSo).catch(async () => assert.fail(JSON.stringify(await hands.cards(), null, 1)))
  }
})

/** Among the steps of the newest card of a title is none of these words. */
export const ranNot = (title: string, ...words: string[]): Step => ({
  does: `the steps of ${title} do not tell ${words.join(', ')}`,
  async take(hands) {
    const seen = await (await hands.open(title)).locator('.steps').innerText()
    assert.deepEqual(
      words.filter(word => seen.includes(word)),
      []
    )
  }
})

interface Focusable {
  ownerDocument: { activeElement: unknown }
}

/** Whoever types in the page goes on typing there. */
export const focused = (selector: string): Step => ({
  does: `${selector} has the focus`,
  take: hands =>
    eventually(() => hands.page.locator(selector).evaluate((element: Focusable) => element.ownerDocument.activeElement === element), true)
})

/** So many cards have this title. */
export const cards = (title: string, count: number): Step => ({
  does: `there are ${count} cards of ${title}`,
  take: hands => eventually(async () => (await hands.cards()).filter(card => card.title === title).length, count)
})

/** The newest card of a title, opened, has all these words: paragraphs, advice, rules, steps, state changes. */
export const why = (title: string, ...words: (string | RegExp)[]): Step => ({
  does: `${title}, opened, tells ${words.map(text).join(', ')}`,
  async take(hands) {
    let seen = ''
    const isSo = async () => {
      seen = (await (await hands.open(title)).innerText()).replace(/\s+/g, ' ')
      return words.every(word => fits(seen, word))
    }
    await until(isSo).catch(() => assert.fail(`it tells: ${seen}`))
  }
})

/** What came out otherwise when something was played again. */
export const changes = (...words: (string | RegExp)[]): Step => ({
  does: `the changes are ${words.map(text).join(', ')}`,
  async take(hands) {
    let seen = ''
    const isSo = async () => {
      if ((await hands.panel.getByRole('tab', { name: /^Changes/ }).count()) === 0) return false
      await hands.view('Changes')
      seen = (await hands.panel.locator('#trace-view').innerText()).replace(/\s+/g, ' ')
      return words.every(word => fits(seen, word))
    }
    await until(isSo).catch(() => assert.fail(`the changes are: ${seen}`))
  }
})

/** Among the findings is one with these words. */
export const finding = (...words: (string | RegExp)[]): Step => ({
  does: `a finding says ${words.map(text).join(', ')}`,
  async take(hands) {
    await hands.view('Findings')
    let seen: string[] = []
    const isSo = async () => {
      seen = await hands.panel.locator('.finding').allInnerTexts()
      return seen.some(one => words.every(word => fits(one.replace(/\s+/g, ' '), word)))
    }
    await until(isSo).catch(() => assert.fail(`the findings are ${JSON.stringify(seen, null, 1)}`))
  }
})

/** Something that can be seen in the page. */
export const shown = (what: string, find: (page: FrameLocator) => Locator, count = 1): Step => ({
  does: `the page shows ${what}${count === 1 ? '' : ` ${count} times`}`,
  take: hands =>
    eventually(async () => {
      const found = await find(hands.page).all()
      return (await Promise.all(found.map(one => one.isVisible()))).filter(Boolean).length
    }, count)
})

/** The controls that a situation uses beyond its bot and page, in the order of their first use. */
export const controlsOf = ({ parts }: Situation): string[] => [
  ...new Set(
    parts.flatMap(({ start, steps }) => [
      ...(start.clock ? ['Virtual clock'] : []),
      ...steps.flatMap(({ control }) => (control === undefined ? [] : [control]))
    ])
  )
]
