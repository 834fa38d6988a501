import type { Page } from 'playwright-core'
import { closeBrowser, newContext } from '../support/browser.ts'
import { Hands } from './hands.ts'
import { type Simulated, simulate } from './simulated.ts'
import { AGAIN, SITUATIONS } from './situations/index.ts'
import type { Part } from './steps.ts'

/** Wide enough for page and trace side by side, and so high that the cards of a situation are in sight. */
const VIEWPORT = { width: 1500, height: 2400 }

describe('staged by hand, in the panel that “simulate” serves', function () {
  this.timeout(40_000)
  let simulator: Simulated
  let panel: Page
  let hands: Hands
  before(async () => {
    simulator = await simulate('playbook')
    const context = await newContext({ viewport: VIEWPORT, reducedMotion: 'reduce', timezoneId: 'Europe/Berlin' })
    panel = await context.newPage()
    panel.setDefaultTimeout(15_000)
    hands = new Hands(panel, simulator.folder)
    await hands.feel()
    await panel.goto(simulator.url)
  })
  after(async () => {
    await panel?.context().close()
    await simulator?.close()
    await closeBrowser()
  })

  const stages = (title: string, { start, steps }: Part) =>
    it(title, async () => {
      await hands.startAnew(start)
      for (const step of steps) {
        try {
          await step.take(hands)
        } catch (error) {
          throw new Error(`${step.does}: ${(error as Error).message}\n${await hands.account()}`, { cause: error })
        }
      }
      await hands.noAlarm()
    })

  for (const { number, parts } of SITUATIONS) for (const part of parts) stages(`${number}${part.name ? ` ${part.name}` : ''}`, part)
  for (const part of AGAIN) stages(`again: ${part.name}`, part)
})
