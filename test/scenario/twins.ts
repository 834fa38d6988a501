/** A deliberate mistake for each scenario of the playbook, and what a newcomer then reads. */
export interface Twin {
  tag: string
  /** Below the playbook. `text` stands for a whole new file. */
  edits: { file: string; from?: string | RegExp; to?: string; text?: string }[]
  /** The first failure: message and explanation. */
  says: RegExp
}

const hook = (bot: string, name: string) => `data/bots/${bot}/hooks/before_incoming_middleware/${name}`
const page = (name: string) => `pages/${name}.html`
const edit = (file: string, from: string | RegExp, to: string) => ({ file, from, to })
const GREET = hook('greeter', '10_greet.js')
const FORCE = /\n *event\.setFlag\(FORCE_PERSIST_STATE, true\)/
const SKIP = /\n *event\.setFlag\((bp\.IO\.WellKnownFlags\.)?SKIP_DIALOG_ENGINE, true\)/

export const TWINS: Twin[] = [
  // A: the page waits for the wrong moment, or the hook answers when it should not.
  {
    tag: 'S01',
    edits: [edit(page('greeting'), "'webchatReady'", "'webchatLoaded'")],
    says: /“?[Ss]ent proactive-trigger was expected after page webchatReady, but it happened before that/
  },
  {
    tag: 'S02',
    edits: [
      edit(
        page('bubble'),
        "if (name === 'webchatReady')",
        "if (name === 'webchatLoaded') window.botpressWebChat.sendEvent({ type: 'show' })\n        if (name === 'webchatReady')"
      )
    ],
    says: /not expected to receive webchatReady, but it did/
  },
  {
    tag: 'S03',
    edits: [edit(page('too-early'), "'webchatLoaded'", "'webchatReady'")],
    says: /expected to send proactive-trigger once \(fate "dropped".*, but it sent nothing/
  },
  {
    tag: 'S04',
    edits: [edit(page('on-opened'), "'webchatOpened'", "'webchatReady'")],
    says: /expected to send proactive-trigger .* but it sent proactive-trigger \(posted, ready, on-opened\.html:19\)/
  },
  {
    tag: 'S05',
    edits: [edit(page('timer'), '1500', '15000')],
    says: /expected to send proactive-trigger .*but it sent show .* and proactive-trigger \(posted, ready/
  },
  { tag: 'S06', edits: [edit(page('fallback'), '35000', '3500')], says: /On the page, #phone was expected to be hidden, but it is seen/ },
  {
    tag: 'S07',
    edits: [
      edit(GREET, /\n *if \(session\.greeted\) \{\n *return\n *\}/, ''),
      edit(page('greeting'), "'webchatReady'", "'webchatOpened' || name === 'webchatReady'")
    ],
    says: /expected to stay silent, but it said “Welcome back!”/
  },
  {
    tag: 'S08',
    edits: [edit(page('once'), 'sent = true', '')],
    says: /No event “proactive-trigger” was expected to reach the bot, but one did/
  },
  {
    tag: 'S09',
    edits: [
      edit(
        GREET,
        "if (event.type !== 'proactive-trigger') {",
        "if (event.type === 'visit' && event.payload.payload) {\n    event.state.session.greeted = true\n    event.setFlag(FORCE_PERSIST_STATE, true)\n  }\n  if (event.type !== 'proactive-trigger') {"
      )
    ],
    says: /In the order|depends on the order/
  },
  {
    tag: 'S10',
    edits: [edit('data/bots/lazy-greeter/config/channel-web.json', 'true', 'false')],
    says: /expected to say “Ten percent off today” with no page to show it, but “Ten percent off today” was said/
  },

  // B: what is forgotten, or remembered of somebody else.
  {
    tag: 'S11',
    edits: [edit(GREET, FORCE, '')],
    says: /expected to say “Welcome to our shop!” and nothing else, but .* It repeats itself: “Welcome back!”.*FORCE_PERSIST_STATE/
  },
  {
    tag: 'S12',
    edits: [edit(GREET, 'user.known = true', 'session.known = true')],
    says: /expected to say “Welcome back!” and nothing else, but it said “Welcome to our shop!”/
  },
  {
    tag: 'S13',
    edits: [edit('data/bots/daily-greeter/config/channel-web.json', '6 hours', '3 days')],
    says: /The conversation was expected to be a new one, but it is the same|The chat was expected to show nothing/
  },
  {
    tag: 'S14',
    edits: [edit(GREET, FORCE, '')],
    says: /“Welcome to our shop!” and nothing else, but it said “Welcome to our shop!” and “Welcome back!”.*FORCE_PERSIST_STATE/
  },
  {
    tag: 'S15',
    edits: [edit(page('two-scopes'), ", userIdScope: 'left'", ''), edit(page('two-scopes'), ", userIdScope: 'right'", '')],
    says: /The chat was expected to show nothing, but it shows “Hello on the left”/
  },
  {
    tag: 'S16',
    edits: [edit(GREET, 'user.known ?', 'true ?')],
    says: /expected to say “Welcome to our shop!” and nothing else, but it said “Welcome back!”/
  },
  {
    tag: 'S17',
    edits: [edit(GREET, "sent.name ? `, ${sent.name}` : ''", '`, ${sent.firstName}`')],
    says: /“Welcome to our shop, undefined!”/
  },
  { tag: 'S18', edits: [edit(GREET, ' || WORDS.en', '')], says: /but it said nothing/ },

  // C: pages that count wrongly, hooks that do not notice what was said.
  { tag: 'S19', edits: [edit(page('pricing'), '30000', '20000')], says: /expected to stay silent, but it said “Not sure which plan fits/ },
  { tag: 'S20', edits: [edit(page('pricing'), "'keydown', ", '')], says: /expected to stay silent, but it said “Not sure which plan fits/ },
  {
    tag: 'S21',
    edits: [edit(hook('seller', '20_exit.js'), ' || session.promoOffered', '')],
    says: /expected to stay silent, but it said “Before you go/
  },
  {
    tag: 'S22',
    edits: [edit(hook('support', '10_contact.js'), "if (event.type === 'contact-form') {", 'if (false) {')],
    says: /session\.contact was expected to be kept, but it was thrown away.*FORCE_PERSIST_STATE/
  },
  {
    tag: 'S23',
    edits: [edit(hook('seller', '30_field_help.js'), ' || helped.includes(field)', '')],
    says: /expected to stay silent, but it said “The IBAN/
  },
  {
    tag: 'S24',
    edits: [edit(page('routes'), 'chat.proactive.clear()', '')],
    says: /No bubble was expected beside the launcher, but there is “New: our autumn collection”/
  },
  {
    tag: 'S25',
    edits: [
      edit(hook('seller', '10_idle.js'), "event.type !== 'pricing-idle'", "event.type !== 'pricing-idle' && event.type !== 'pricng-idle'")
    ],
    says: /The dialog engine was expected to run, but it was skipped/
  },
  {
    tag: 'S26',
    edits: [edit(page('toggle'), "'toggle'", "'toggle-chat'")],
    says: /Whether the chat is open was expected to be true, but it is false|expected to receive webchatOpened/
  },
  {
    tag: 'S27',
    edits: [edit(hook('seller', '40_price.js'), '(event.payload.payload || {}).payload || {}', 'event.payload.payload || {}')],
    says: /expected to say exactly “The tent costs 129\.” and nothing else, but it said “The undefined costs undefined\.”/
  },

  // D: policies that are not kept.
  {
    tag: 'S28',
    edits: [edit(hook('travel', '10_wait.js'), 'if (event.state.context.currentNode) {', 'if (false) {')],
    says: /expected to stay silent, but it said “The Bellevue costs 20 % less\.”/
  },
  {
    tag: 'S29',
    edits: [edit(hook('travel', '20_cancel.js'), /await bp\.events\.replyToEvent\([^\n]*\n/, '\n')],
    says: /expected to say “I put your booking aside” and “Do you want it\?” and nothing else/
  },
  {
    tag: 'S30',
    edits: [edit(hook('travel', '30_interrupt.js'), "event.state.context.currentFlow === 'booking.flow.json'", 'false')],
    says: /“When do you want to leave\?” and nothing else, but it said “The Bellevue is yours\.”/
  },
  {
    tag: 'S31',
    edits: [edit(hook('travel', '40_insert.js'), SKIP, '')],
    says: /expected to say “Do you want it\?” and nothing else, but it said .*“That is no date\.”/
  },
  {
    tag: 'S32',
    edits: [edit(hook('concierge', '10_ask.js'), /if \(questions\.length > 0\) \{\n *return\n *\}/, '')],
    says: /“Shall we call you\?” and nothing else, but it said “Shall we call you\?” and “Shall we call you\?”/
  },
  {
    tag: 'S33',
    edits: [edit(hook('concierge', '20_notice.js'), "event.type === 'notice'", 'event.type')],
    says: /expected to say “You said: hello” once, but it said/
  },
  {
    tag: 'S34',
    edits: [edit(hook('survey', '10_guarded.js'), 'event.state.context.currentNode', 'event.state.session.lastMessages.length > 5')],
    says: /expected to stay silent, but it said “Thank you, ”?/
  },
  {
    tag: 'S35',
    edits: [edit(hook('survey', '20_jump.js'), "if (event.type === 'jump-and-skip') {", 'if (false) {')],
    says: /expected to stay silent, but it said “Thank you/
  },
  {
    tag: 'S36',
    edits: [edit('data/bots/survey/qna/opening-hours.json', '"enabled": true', '"enabled": false')],
    says: /A suggestion with “opening-hours” was expected to be elected, but none was/
  },

  // E: hooks that do not fail as they should, or fail otherwise.
  {
    tag: 'S37',
    edits: [edit(hook('faulty', '10_throws_early.js'), 'event.payload.customer.name', '"Ada"')],
    says: /The error “TypeError” in 10_throws_early\.js at line 3 was expected once, but there was none/
  },
  {
    tag: 'S38',
    edits: [edit(hook('faulty', '20_throws_late.js'), SKIP, '')],
    says: /expected to say “Your order is on its way\.” and nothing else, but it said .*“What can I do for you\?”|“What can I do for you\?” and “Your order/
  },
  {
    tag: 'S39',
    edits: [edit(hook('faulty', '30_never_ends.js'), 'new Promise(() => {})', 'Promise.resolve()')],
    says: /expected to say “What can I do for you\?” to ben/
  },
  {
    tag: 'S40',
    edits: [edit(hook('faulty', '40_loops.js'), 'tries >= 0', 'tries > 0')],
    says: /The engine was expected to be stopped, but it went on/
  },
  {
    tag: 'S41',
    edits: [edit(hook('faulty', '50_slow.js'), '3000', '9000')],
    says: /expected to say “Done after three seconds\.” to anna at 5s .* but it said nothing/
  },
  {
    tag: 'S42',
    edits: [edit(hook('order', 'modern.js'), 'event.payload?.customer?.name', 'event.payload.name')],
    says: /The error “SyntaxError” in modern\.js at line 3 was expected, but there was none/
  },
  {
    tag: 'S43',
    edits: [edit(hook('order', '10_greet.js'), SKIP, '')],
    says: /expected to have an entry flag-set with .*SKIP_DIALOG_ENGINE/
  },
  {
    tag: 'S44',
    edits: [{ file: hook('order', 'misplaced.js'), text: "if (event.type === 'several') bp.logger.info('here after all')\n" }],
    says: /The hook misplaced\.js was not expected to run, but it did/
  },
  { tag: 'S45', edits: [edit(page('unknown-bot'), "'nobody'", "'order'")], says: /not expected to receive webchatLoaded, but it did/ },
  {
    tag: 'S46',
    edits: [edit('data/global/hooks/before_incoming_middleware/20_test_bots.js', " && event.botId === 'faulty'", '')],
    says: /expected to say “What can I do for you\?” and nothing else, but it said “Only here\.”/
  },
  {
    tag: 'S47',
    edits: [edit(hook('faulty', '60_lookup.js'), /text = 'I cannot see[^\n]*/, 'throw err')],
    says: /expected to say “I cannot see our stock at the moment\.” and nothing else, but it said nothing\. .*60_lookup\.js/
  },
  {
    tag: 'S48',
    edits: [edit(hook('faulty', '80_edited.js'), "'Version 1'", "['Version', 'One'].join(' ')")],
    says: /expected to say “Version 1” and nothing else, but it said “Version One”/
  },

  // F: time zones, timers, places where it is kept.
  {
    tag: 'S49',
    edits: [
      edit(hook('clinic', '10_appointment.js'), 'at: dayBefore(local, zone)', "at: Date.parse(local + ':00Z') - 24 * 60 * 60 * 1000")
    ],
    says: /at 2025-03-29T09:00 and nothing else/
  },
  {
    tag: 'S50',
    edits: [edit(hook('clinic', '20_export.js'), 'if (told.includes(job)) {', 'if (false) {')],
    says: /It repeats itself: “Your export “letters of May” is ready\.”/
  },
  {
    tag: 'S51',
    edits: [edit('data/global/hooks/after_server_start/reminders.js', '60 * 1000', '24 * 60 * 60 * 1000')],
    says: /expected to say “Your appointment is tomorrow” and nothing else, but it said nothing/
  },
  {
    tag: 'S52',
    edits: [edit('data/bots/patient/hooks/before_session_timeout/say_goodbye.js', 'event.state.user.leftOff', 'event.state.temp.leftOff')],
    says: /user\.leftOff was expected to be "ask", but it is not there/
  },
  {
    tag: 'S53',
    edits: [edit(hook('clinic', '40_quiet_hours.js'), 'hour < 22', 'hour < 24')],
    says: /expected to stay silent, but it said “Your results are there\.”/
  },

  // G, I, J.
  {
    tag: 'S54',
    edits: [edit(hook('polite', '10_nudge.js'), 'const DAY = 24', 'const DAY = 23')],
    says: /expected to stay silent, but it said “Can I help you\?”/
  },
  {
    tag: 'S55',
    edits: [edit(hook('polite', '20_dismissed.js'), FORCE, ''), edit(hook('polite', '10_nudge.js'), 'const DAY = 24', 'const DAY = 12')],
    says: /expected to stay silent, but it said “Can I help you\?”/
  },
  {
    tag: 'S56',
    edits: [edit(page('priorities'), 'a.priority - b.priority', 'b.priority - a.priority')],
    says: /expected to say “Campaign idle” and nothing else, but it said “Campaign exit”/
  },
  { tag: 'S57', edits: [edit(GREET, FORCE, '')], says: /and 13 more\. It repeats itself: “Welcome back!”/ },
  {
    tag: 'S64',
    edits: [edit(page('voiceflow'), /(window\.voiceflow\.chat\.proactive\.push[^\n]*)\n([^\n]*load[^\n]*)/, '$2.then(function () { $1 })')],
    says: /No bubble was expected beside the launcher, but there is “Too early”/
  },
  {
    tag: 'S65',
    edits: [
      edit(
        page('nudge'),
        'var ready = false',
        "var ready = false\n      window.addEventListener('message', function (event) {\n        if (event.data.payload && event.data.payload.text) document.getElementById('email').blur()\n      })"
      )
    ],
    says: /#email was expected to have the focus, but/
  },
  {
    tag: 'S66',
    edits: [
      edit(
        page('nudge'),
        'var ready = false',
        "var ready = false\n      window.addEventListener('message', function (event) {\n        if (event.data.payload && event.data.payload.text) document.body.insertAdjacentHTML('beforeend', event.data.payload.text)\n      })"
      )
    ],
    says: /On the page, img, b was expected not to be there, but it is/
  }
]
