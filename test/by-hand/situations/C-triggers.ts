import type { FrameLocator } from 'playwright-core'
import {
  cards,
  element,
  finding,
  inPage,
  open,
  pass,
  press,
  route,
  type Situation,
  say,
  says,
  send,
  shown,
  situation,
  verdict,
  why
} from '../steps.ts'

const bubbles = (page: FrameLocator) => page.locator('.vfrc-proactive__card')
const PRICING = 'Not sure which plan fits? Our pricing in one minute: shall I compare?'
const OFFER = 'Before you go: free delivery with the code STAY.'
const IBAN = 'The IBAN is printed on your bank card. It begins with two letters.'
const VAT = 'The VAT number is on your last tax return. Private customers leave it empty.'

/** What a page knows: idleness, exit intent, forms, routes. */
export const TRIGGERS: Situation[] = [
  {
    number: 'S19',
    parts: [
      {
        name: 'brings one message of the bot',
        start: { bot: 'seller', page: 'Pricing', clock: 'virtual' },
        steps: [
          pass('+1 s', 29),
          says(),
          cards('pricing-idle', 0),
          pass('+1 s', 2),
          says(PRICING),
          pass('+10 min'),
          says(PRICING),
          cards('pricing-idle', 1)
        ]
      },
      {
        name: 'brings one bubble of Voiceflow',
        start: { page: 'Pricing, with Voiceflow', clock: 'virtual' },
        steps: [
          pass('+1 s', 29),
          shown('a bubble', bubbles, 0),
          pass('+1 s', 2),
          shown('a bubble', bubbles),
          pass('+10 min'),
          shown('a bubble', bubbles)
        ]
      }
    ]
  },
  {
    number: 'S20',
    parts: [
      {
        name: 'starts the time anew',
        start: { bot: 'seller', page: 'Pricing', clock: 'virtual' },
        steps: [
          pass('+1 s', 20),
          press('Scroll to half'),
          pass('+1 s', 25),
          inPage('the visitor points at the heading', page => page.getByRole('heading').hover()),
          pass('+1 s', 29),
          says(),
          pass('+1 s', 2),
          says(PRICING)
        ]
      },
      {
        name: 'leaving cancels it',
        start: { bot: 'seller', page: 'Pricing', clock: 'virtual' },
        steps: [pass('+1 s', 20), press('Leave'), pass('+10 min'), cards('pricing-idle', 0)]
      }
    ]
  },
  {
    number: 'S21',
    parts: [
      {
        name: 'brings one offer',
        start: { bot: 'seller', page: 'Checkout', clock: 'virtual' },
        steps: [
          press('Exit intent'),
          pass('+1 s', 2),
          says(OFFER),
          press('Exit intent'),
          pass('+30 s'),
          says(OFFER),
          verdict('exit-intent', 'nothing')
        ]
      },
      {
        name: 'none when the order was placed',
        start: { bot: 'seller', page: 'Checkout', clock: 'virtual' },
        steps: [
          inPage('order', page => page.getByRole('button', { name: 'Order' }).click()),
          press('Exit intent'),
          pass('+30 s'),
          says(),
          verdict('exit-intent', 'nothing')
        ]
      }
    ]
  },
  {
    number: 'S22',
    parts: [
      {
        name: 'is kept for the next question',
        start: { bot: 'support', page: 'Contact' },
        steps: [
          element('Type', '[name=name]', 'Ada'),
          element('Type', '[name=email]', 'ada@example.com'),
          element('Type', '[name=topic]', 'delivery'),
          element('Submit', '#contact'),
          why('contact-form', 'kept state.session.contact'),
          says(),
          say('When does it come?'),
          says('Thank you, Ada. About delivery: we write to ada@example.com.')
        ]
      },
      {
        name: 'is thrown away without the flag',
        start: { bot: 'support', page: 'Contact' },
        steps: [
          send('contact-form-unsaved', { payload: { payload: { name: 'Ada', email: 'ada@example.com', topic: 'delivery' } } }),
          why('contact-form-unsaved', 'thrown away state.session.contact'),
          says()
        ]
      }
    ]
  },
  situation(
    'S23',
    { bot: 'seller', page: 'Tax form' },
    element('Focus', '#iban'),
    says(IBAN),
    element('Leave it', '#iban'),
    element('Focus', '#iban'),
    cards('field-focused', 2),
    verdict('field-focused', 'nothing'),
    element('Leave it', '#iban'),
    element('Focus', '#iban'),
    cards('field-focused', 3),
    verdict('field-focused', 'nothing'),
    element('Focus', '#vat'),
    says(IBAN, VAT)
  ),
  situation(
    'S24',
    { page: 'Routes, with Voiceflow' },
    route('#a'),
    shown('a bubble', bubbles),
    route('#b'),
    shown('a bubble', bubbles, 0),
    route('#a'),
    shown('a bubble', bubbles, 0)
  ),
  situation(
    'S25',
    { bot: 'seller', page: 'Built-in page' },
    open,
    send('pricing-idle'),
    says(PRICING),
    send('pricng-idle', {}),
    says(PRICING, 'Hello! What are you looking for?'),
    why('pricng-idle', 'BPX001', 'pricing-idle')
  ),
  situation(
    'S26',
    { bot: 'seller', page: 'A button for the chat' },
    element('Click', '#chat'),
    shown('the chat', page => page.frameLocator('#bp-widget').getByRole('textbox', { name: 'Your message' })),
    element('Click', '#chat'),
    shown('the chat', page => page.frameLocator('#bp-widget').getByRole('textbox', { name: 'Your message' }), 0),
    why('toggle', 'BPP008'),
    cards('toggle', 2)
  ),
  situation(
    'S27',
    { bot: 'seller', page: 'Built-in page' },
    open,
    inPage('the page calls sendEvent', async page => {
      await page.getByLabel('Event type').fill('price-question')
      await page.getByLabel('Payload (JSON)').fill('{ "product": "tent", "price": 129 }')
      await page.getByRole('button', { name: 'Send the event' }).click()
    }),
    says('The tent costs 129.'),
    send('price-question', { product: 'tent', price: 129 }),
    says('The tent costs 129.', 'The undefined costs undefined.'),
    why('price-question', 'from you', 'type'),
    finding('Raw words reached the visitor', 'The undefined costs undefined.')
  )
]
