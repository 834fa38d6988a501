import { type Behaviour, eventTypeOf, isOfPage, TRIGGERS } from './choices.ts'

/** A page that shows the behaviour: what it holds between the two marks belongs into the pages of the site. Undefined where no page sends the event. */
export function behaviourPage(behaviour: Behaviour): string | undefined {
  if (!isOfPage(behaviour)) return undefined
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${behaviour.name}</title>
    <script src="/assets/modules/channel-web/inject.js"></script>
  </head>

  <body>
    <main>
      <h1>${behaviour.name}</h1>
${BODY[behaviour.trigger] ?? '      <p>This page tells the bot what its visitor does.</p>'}
    </main>
    <script>
${indented(behaviourScript(behaviour), '      ')}
    </script>
  </body>
</html>
`
}

const BODY: Partial<Record<Behaviour['trigger'], string>> = {
  scroll: '      <p style="min-height: 400vh">Read on to the end.</p>',
  'form-focus': '      <form id="form">\n        <label>Reference <input id="reference" name="reference" /></label>\n      </form>',
  'form-submit':
    '      <form id="form">\n        <label>Topic <input id="topic" name="topic" value="Delivery" /></label>\n        <button>Send</button>\n      </form>'
}

/** The script for pages of the site. */
function behaviourScript(behaviour: Behaviour): string {
  const type = eventTypeOf(behaviour)
  const opens = behaviour.trigger === 'ready'
  return `// ${TRIGGERS[behaviour.trigger].label}: ${TRIGGERS[behaviour.trigger].detail}.
window.botpressWebChat.init({ host: 'http://localhost:3000', botId: '${behaviour.botId}' })

var ready = false
var waiting = []

window.addEventListener('message', function (event) {
  var name = event.data && event.data.name
${opens ? "  if (name === 'webchatLoaded') {\n    window.botpressWebChat.sendEvent({ type: 'show' })\n  }\n" : ''}  if (name === 'webchatReady' && !ready) {
    ready = true
${opens ? `    window.botpressWebChat.sendEvent({ type: '${type}', payload: { page: location.pathname } })\n` : ''}    waiting.splice(0).forEach(function (sent) {
      window.botpressWebChat.sendEvent(sent)
    })
  }
})
${SOURCES[behaviour.trigger]?.(type) ?? ''}${behaviour.audience === 'signed-in' ? SIGN_IN : ''}`
}

/** Before the chat is ready the event would be lost: it is kept, and the chat is opened. */
const TELL = `
function tell(sent) {
  if (ready) {
    window.botpressWebChat.sendEvent(sent)
  } else {
    waiting.push(sent)
    window.botpressWebChat.sendEvent({ type: 'show' })
  }
}
`

const SIGN_IN = `
// Called by the page once it knows who signed in.
window.signedIn = function (account) {
  var sent = { type: 'sign-in', payload: { account: account } }
  if (ready) {
    window.botpressWebChat.sendEvent(sent)
  } else {
    waiting.push(sent)
  }
}
`

const SOURCES: Partial<Record<Behaviour['trigger'], (type: string) => string>> = {
  idle: type => `${TELL}
var idleSeconds = 30
var timer

function restart() {
  clearTimeout(timer)
  timer = setTimeout(function () {
    tell({ type: '${type}', payload: { page: location.pathname, seconds: idleSeconds } })
  }, idleSeconds * 1000)
}

;['pointermove', 'keydown', 'scroll', 'pointerdown'].forEach(function (name) {
  window.addEventListener(name, restart)
})
window.addEventListener('pagehide', function () {
  clearTimeout(timer)
})
restart()
`,
  scroll: type => `${TELL}
var told = false

window.addEventListener('scroll', function () {
  var whole = document.documentElement.scrollHeight - window.innerHeight
  if (!told && whole > 0 && window.scrollY / whole >= 0.75) {
    told = true
    tell({ type: '${type}', payload: { page: location.pathname } })
  }
})
`,
  'exit-intent': type => `${TELL}
var told = false

document.addEventListener('mouseout', function (event) {
  if (!told && !event.relatedTarget && event.clientY <= 0) {
    told = true
    tell({ type: '${type}', payload: { page: location.pathname } })
  }
})
`,
  'form-focus': type => `${TELL}
var told = {}

document.getElementById('form').addEventListener('focusin', function (event) {
  var field = event.target.name
  if (field && !told[field]) {
    told[field] = true
    tell({ type: '${type}', payload: { page: location.pathname, field: field } })
  }
})
`,
  'form-submit': type => `${TELL}
document.getElementById('form').addEventListener('submit', function (event) {
  event.preventDefault()
  tell({ type: '${type}', payload: { page: location.pathname, topic: event.currentTarget.elements.topic.value } })
})
`
}

function indented(text: string, by: string): string {
  return text
    .trimEnd()
    .split('\n')
    .map(line => (line === '' ? '' : `${by}${line}`))
    .join('\n')
}
