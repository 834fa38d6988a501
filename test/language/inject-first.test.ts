import assert from 'node:assert/strict'
import { inspectWith } from '../../src/language/check.ts'
import { findDeclarations } from '../../src/language/declarations.ts'
import { applyFixes } from '../../src/language/fix-folder.ts'
import { rule } from '../../src/language/rules/api-before-init.ts'
import { createTypeService } from '../../src/language/service.ts'
import { temporaryFolder } from './workspace.ts'

const TITLE = 'Load inject.js first'

/** Pages that speak to the chat before its script, and what the fix makes of them. */
const PAGES: Record<string, { before: string; after: string }> = {
  'scripts of a head, each on its line': {
    before: `<head>
  <script>
    window.botpressWebChat.init({ host: '', botId: 'shop' })
  </script>
  <script src="assets/modules/channel-web/inject.js"></script>
</head>
`,
    after: `<head>
  <script src="assets/modules/channel-web/inject.js"></script>
  <script>
    window.botpressWebChat.init({ host: '', botId: 'shop' })
  </script>
</head>
`
  },
  'lines that end as on Windows': {
    before: `<script>\r\nbotpressWebChat.init({})\r\n</script>\r\n<script src='/inject.js' ></script >\r\n<p>Shop</p>\r\n`,
    after: `<script src='/inject.js' ></script >\r\n<script>\r\nbotpressWebChat.init({})\r\n</script>\r\n<p>Shop</p>\r\n`
  },
  'a script between, which stays where it is': {
    before: `<script src="shop.js"></script>
<script type="text/javascript">botpressWebChat.init({})</script>
<p>Shop</p>
<script async src="http://localhost:3000/assets/modules/channel-web/inject.js"></script>
<script>botpressWebChat.sendEvent({ type: 'show' })</script>
`,
    after: `<script src="shop.js"></script>
<script async src="http://localhost:3000/assets/modules/channel-web/inject.js"></script>
<script type="text/javascript">botpressWebChat.init({})</script>
<p>Shop</p>
<script>botpressWebChat.sendEvent({ type: 'show' })</script>
`
  },
  'a script behind other elements of its line': {
    before: `<html><body><script>botpressWebChat.init({})</script>\n<script src="inject.js"></script></body></html>`,
    after: `<html><body><script src="inject.js"></script>\n<script>botpressWebChat.init({})</script>\n</body></html>`
  }
}

describe('language: the script of the chat is loaded first', () => {
  const types = createTypeService(findDeclarations())
  after(() => types.dispose())

  /** What the rule says of a page, and the page with the first fix of that title done. */
  const inspect = (text: string) => {
    using folder = temporaryFolder({ 'page.html': text })
    const found = inspectWith(types, folder.path)
      .flatMap(({ problems }) => problems)
      .filter(({ code }) => code === rule.id)
    const fix = found.flatMap(({ fixes }) => fixes ?? []).find(({ title }) => title === TITLE)
    return { messages: found.map(({ message }) => message), mended: fix && applyFixes(text, [fix]) }
  }

  for (const [what, { before, after }] of Object.entries(PAGES)) {
    it(`${what}: the page is in order after the fix`, () => {
      const { messages, mended } = inspect(before)
      assert.match(messages[0] ?? '', /^The script that defines botpressWebChat comes further down: this throws/)
      assert.equal(mended, after)
      assert.deepEqual(inspect(after).messages, [])
    })
  }

  it('is not offered where the script is loaded first, or nowhere', () => {
    for (const text of [
      `<script src="inject.js"></script>\n<script>botpressWebChat.sendEvent({ type: 'a' })\nbotpressWebChat.init({})</script>\n`,
      `<script>botpressWebChat.sendEvent({ type: 'a' })\nbotpressWebChat.init({})</script>\n`
    ]) {
      const { messages, mended } = inspect(text)
      assert.deepEqual(
        messages.map(message => message.slice(0, 30)),
        ['Before `init` this has no effe']
      )
      assert.equal(mended, undefined)
    }
  })

  it('is not said of what a visitor does later', () => {
    const text = `<button onclick="botpressWebChat.sendEvent({ type: 'a' })">Help</button>\n<script src="inject.js"></script>\n`
    assert.deepEqual(inspect(text).messages, [])
  })
})
