import assert from 'node:assert/strict'
import { join } from 'node:path'
import { readScenarioFile } from '../../src/scenario/file/read.ts'
import { play } from '../../src/scenario/play/player.ts'
import { Theatre } from '../../src/scenario/play/theatre.ts'
import { type Made, made } from './workspace.ts'

const PAGE = `<!doctype html>
<html>
  <body onload="console.log('loaded ' + document.title)" onhashchange="console.log(location.hash)">
    <form id="ask" name="asking" onsubmit="console.log('asked ' + topic.value); return false" onreset="gone()">
      <input name="topic" value="price" onfocus="console.log('in ' + this.name)" onchange="console.log('now ' + value)">
      <button id="send" onclick="console.log(event.type, this.id, form.name)">Ask</button>
    </form>
    <p id="broken"
       onclick="missing.call()">Broken</p>
    <p id="unreadable" onclick="if (">Unreadable</p>
    <a id="stay" href="other.html" onclick="return false">Stay</a>
    <div id="later"></div>
    <a id="set" href="other.html">Set by a script</a>
    <form id="sent" action="other.html"><input name="city"><button id="go">Go</button></form>
    <script>
      document.title = 'Shop'
      document.getElementById('later').innerHTML = '<b id="inner" onclick="console.log(\\'inner\\')">Later</b>'
      document.getElementById('later').onclick = function () { console.log('outer') }
      const stays = function () { console.log('set', this.id); return false }
      document.getElementById('set').onclick = stays
      console.log(document.getElementById('set').onclick === stays)
      document.getElementById('sent').onsubmit = function () { console.log('sent', this.city.name); return false }
      document.onclick = function (event) { event.target.id === 'set' && console.log(this === document, event.defaultPrevented) }
    </script>
  </body>
</html>
`
const STEPS = `given: {bot: shop, page: pages/inline.html}
steps:
  - focus: "[name=topic]"
  - type: {into: "[name=topic]", text: "!"}
  - click: "#send"
  - submit: "#ask"
  - click: "#inner"
  - click: "#stay"
  - click: "#set"
  - click: "#go"
  - navigate: "#b"
  - click: "#broken"
  - click: "#unreadable"
`

describe('Handlers in the markup of a page that is played', function () {
  this.timeout(60_000)
  let workspace: Made
  let theatre: Theatre
  before(() => {
    workspace = made({ 'pages/inline.html': PAGE, 'pages/other.html': '<title>Other</title>', 'inline.scenario.yaml': STEPS })
    theatre = new Theatre({ engine: join(import.meta.dirname, '../../dist/engine.js') })
  })
  after(async () => {
    await theatre.close()
    workspace.remove()
  })

  it('run as in a browser: of elements, forms and the body, of what comes later, with `return false`; errors name their line; those that scripts set too', async () => {
    const [plan] = readScenarioFile(workspace.file('inline.scenario.yaml')).plans
    const { result, trace } = await play(plan!, { seed: 1, update: false, theatre })
    assert.deepEqual([result.outcome, result.failures], ['passed', []])
    const said = trace.filter(entry => entry.kind === 'page-console')
    assert.deepEqual(
      said.filter(({ level }) => level === 'log').map(({ text, place }) => [text, place?.line]),
      [
        ['true', 21],
        ['loaded Shop', 3],
        ['in topic', 5],
        ['now price!', 5],
        ['click send asking', 6],
        ['asked price!', 4],
        ['asked price!', 4],
        ['inner', 1],
        ['outer', 18],
        ['set set', 19],
        ['true true', 23],
        ['sent city', 22],
        ['#b', 3]
      ]
    )
    assert.deepEqual(
      said
        .filter(({ level }) => level === 'error')
        .map(({ text, place }) => [/missing is not defined|SyntaxError/.exec(text)?.[0], place?.line, place?.column]),
      [
        ['missing is not defined', 9, 17],
        ['SyntaxError', 10, undefined]
      ]
    )
    assert.deepEqual(
      trace.flatMap(entry => (entry.kind === 'page-loaded' ? [entry.page] : [])),
      ['pages/inline.html']
    )
  })
})
