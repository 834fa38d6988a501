/** The page for workspaces without one: buttons for what a page can do to the chat, and what the chat says back. */
export function builtinPage(botId: string | undefined): string {
  const bot = JSON.stringify(botId ?? '').replaceAll('<', '\\u003c')
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Built-in page</title>
<script src="site/assets/modules/channel-web/inject.js"></script>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>A page with a chat</h1>
<p>No page of this workspace is shown. This one stands in for it: each button is a line of code that a real page could run.</p>
${botId === undefined ? `<p class="problem" role="alert">${NO_BOT}</p>` : ''}
<section aria-label="Chat">
<button data-event='{"type":"show"}'>Open the chat</button>
<button data-event='{"type":"hide"}'>Close the chat</button>
<button data-event='{"type":"toggle"}'>Toggle</button>
</section>
<section aria-label="Events">
<button class="main" data-event='{"type":"proactive-trigger","channel":"web","payload":{"text":"fake message"}}'>Send a proactive trigger</button>
<button data-event='{"type":"message","text":"Hello"}'>Say “Hello” as the visitor</button>
</section>
<form>
<label>Event type<input name="type" value="my-event" required autocomplete="off" spellcheck="false"></label>
<label>Payload (JSON)<textarea name="payload" rows="3" spellcheck="false">{ "plan": "pro" }</textarea></label>
<label class="check"><input type="checkbox" name="onReady"> Send it by itself, each time the page loads and the chat is ready</label>
<p class="problem" role="alert" hidden></p>
<button>Send the event</button>
</form>
<h2>What ran last</h2>
<pre id="ran" aria-live="polite">window.botpressWebChat.init({ botId: ${escaped(bot)} })</pre>
<h2>What the chat told this page</h2>
<ol id="told"></ol>
</main>
<script>
const botId = ${bot}
${SCRIPT}
</script>
</body>
</html>
`
}

const NO_BOT = 'There is no bot in data/bots, so nobody can answer: no chat is shown, and what the buttons send is lost.'

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}

const STYLE = `
:root { color-scheme: light dark; --ink: light-dark(#1d2433, #e6e9ef); --soft: light-dark(#5b6474, #9aa4b5); --line: light-dark(#dfe3ea, #343b48);
  --paper: light-dark(#fbfcfe, #14171d); --card: light-dark(#fff, #1b1f27); --main: light-dark(#2457d6, #7ea2ff); --on-main: light-dark(#fff, #0d1220); }
* { box-sizing: border-box }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, sans-serif }
main { max-width: 34rem; margin: 0 auto; padding: 1.75rem 1.25rem 6rem }
h1 { font-size: 1.3rem; margin: 0 0 .25rem; letter-spacing: -.01em } h2 { font-size: .85rem; font-weight: 600; margin: 1.75rem 0 .4rem; color: var(--soft) }
p { margin: 0 0 1.25rem; color: var(--soft) }
section { display: flex; flex-wrap: wrap; gap: .5rem; margin-bottom: .75rem }
button { font: inherit; font-weight: 500; padding: .4rem .8rem; border: 1px solid var(--line); border-radius: .5rem; background: var(--card); color: inherit; cursor: pointer }
button:hover { border-color: var(--soft) } button.main, form > button { background: var(--main); border-color: var(--main); color: var(--on-main) }
:focus-visible { outline: 2px solid var(--main); outline-offset: 2px }
form { display: grid; gap: .75rem; margin-top: 1.25rem; padding: 1rem; border: 1px solid var(--line); border-radius: .75rem; background: var(--card) }
form > button { justify-self: start } form .problem { margin: 0 }
label { display: grid; gap: .25rem; font-size: .85rem; color: var(--soft) } .check { display: flex; gap: .5rem; align-items: center }
input:not([type=checkbox]), textarea { font: 13px/1.5 ui-monospace, monospace; padding: .45rem .6rem; border: 1px solid var(--line); border-radius: .5rem; background: var(--paper); color: var(--ink); width: 100%; resize: vertical }
.problem { margin: 0 0 1.25rem; color: light-dark(#b3261e, #ff8a80) }
pre, ol { margin: 0; font: 12.5px/1.6 ui-monospace, monospace; color: var(--soft); white-space: pre-wrap; overflow-wrap: anywhere }
ol { padding-left: 1.6rem }
`

const SCRIPT = `
const chat = window.botpressWebChat
const ran = document.getElementById('ran'), told = document.getElementById('told'), form = document.querySelector('form'), problem = document.querySelector('.problem')
const send = event => {
  chat.sendEvent(event)
  ran.textContent = 'window.botpressWebChat.sendEvent(' + JSON.stringify(event, null, 2) + ')'
}
const ownEvent = () => {
  problem.hidden = true
  try {
    return { type: form.type.value, payload: JSON.parse(form.payload.value || 'null') }
  } catch (error) {
    problem.textContent = 'The payload is no JSON: ' + error.message
    problem.hidden = false
  }
}
for (const button of document.querySelectorAll('button[data-event]')) button.onclick = () => send(JSON.parse(button.dataset.event))
form.onsubmit = submitted => {
  submitted.preventDefault()
  const event = ownEvent()
  if (event) send(event)
}
const kept = JSON.parse(sessionStorage.getItem('form') || '{}')
for (const name of ['type', 'payload']) if (kept[name] !== undefined) form[name].value = kept[name]
form.onReady.checked = kept.onReady === true
form.oninput = () => sessionStorage.setItem('form', JSON.stringify({ type: form.type.value, payload: form.payload.value, onReady: form.onReady.checked }))
window.addEventListener('message', ({ data }) => {
  if (!data || typeof data !== 'object') return
  const item = document.createElement('li')
  item.textContent = data.name ?? (data.type ? data.type + ' ' + data.value : JSON.stringify(data).slice(0, 200))
  told.append(item)
  if (data.name === 'webchatReady' && form.onReady.checked) {
    const event = ownEvent()
    if (event) send(event)
  }
})
if (botId) chat.init({ botId })
`
