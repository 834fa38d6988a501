import { until } from '../../../scripts/vscode/editor.ts'
import { Simulator } from '../../../scripts/vscode/simulator.ts'
import { closeBrowser } from '../../support/browser.ts'
import { useWindow } from '../../support/vscode-window.ts'

const DATE = 'When do you want to leave?'
const OFFER = 'Do you want it?'

/** A notice that comes while a visitor books a trip and the bot waits for a date, with the policies that hooks of the playbook follow. */
describe('A booking that is interrupted, in the window, on the playbook', function () {
  this.timeout(60_000)
  const window = useWindow({ workspace: 'playbook', viewport: { width: 1500, height: 1000 } })
  let simulator: Simulator
  before(async function () {
    this.timeout(240_000)
    simulator = await Simulator.open(window())
    await simulator.choose({ bot: 'travel' })
    await simulator.choose({ page: 'builtin' })
  })
  after(closeBrowser)

  /** Waits until the bot's words in the chat end with these, each as a part of a message. */
  const told = async (...parts: string[]) => {
    const words = (await simulator.chat()).locator('.message.theirs .bubble:not(.typing)')
    const isTold = async () => {
      const last = (await words.allInnerTexts()).slice(-parts.length)
      return last.length === parts.length && parts.every((part, n) => last[n]!.includes(part))
    }
    await until(`the bot's last words: ${parts.join(' / ')}`, isTold, () => window().page.waitForTimeout(50))
  }

  /** Somebody new is asked for the date of a trip to London. */
  const books = async () => {
    await simulator.clearTrace()
    await simulator.show('Page')
    await simulator.openChat()
    await simulator.say('I want to book a trip')
    await told('Where do you want to go?')
    await simulator.say('London')
    await told(DATE)
  }
  const notice = async (type: string) => {
    await simulator.send(type)
    await simulator.show('Page')
  }

  it('takes the answer to a notice for a date, where the notice is just inserted, and says so of the event and of the run (S31)', async () => {
    await books()
    await notice('price-drop')
    await told(DATE, OFFER)
    await simulator.say('yes please')
    await told(OFFER, 'That is no date', DATE)
    await simulator.show('Trace')
    await simulator.story('text', /answer captured/).waitFor()
    await simulator.panel.getByRole('tab', { name: 'Findings' }).click()
    await simulator.panel.locator('.findings').getByText('Answer captured by another dialog').waitFor()
    await simulator.panel.getByRole('tab', { name: 'Events' }).click()
  })

  it('asks about the hotel first and repeats the open question, where the notice interrupts; the date is then taken (S30)', async () => {
    await simulator.restart('New visitor')
    await books()
    await notice('price-drop-interrupt')
    await told(DATE, OFFER)
    await simulator.say('yes please')
    await told(OFFER, 'The Bellevue is yours', DATE)
    await simulator.say('on 3 May')
    await told(DATE, 'Booked for on 3 May')
    await simulator.show('Trace')
    await simulator.panel.getByRole('tab', { name: 'Findings' }).click()
    await simulator.panel.getByText('Nothing to complain about.').waitFor()
    await simulator.panel.getByRole('tab', { name: 'Events' }).click()
  })
})
