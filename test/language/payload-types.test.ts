import assert from 'node:assert/strict'
import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Diagnostic, Hover, Location, LocationLink } from 'vscode-languageserver/node'
import { handledTypes } from '../../src/language/analysis/event-types.ts'
import { parseBare } from '../../src/language/bare-syntax.ts'
import { inspectWith } from '../../src/language/check.ts'
import { findDeclarations } from '../../src/language/declarations.ts'
import { createTypeService } from '../../src/language/service.ts'
import { drawn, LanguageClient, serious } from './client.ts'
import { HOOK_IDIOMS, SEED_HOOKS } from './hooks.ts'
import { type TemporaryFolder, temporaryFolder } from './workspace.ts'

const IDIOMS = fileURLToPath(new URL('../fixtures/idioms', import.meta.url))
const PAGE = `<script>
function send(payload) {
  botpressWebChat.sendEvent({ type: 'lead', source: 'footer', payload })
}
addEventListener('click', () => {
  send({ plan: 'pro', seats: 3, trial: false, tags: ['a'], owner: { name: 'Ann' }, email: read(), note: null })
  botpressWebChat.sendPayload({ type: 'order', total: 12 })
})
</script>
`
const OTHER =
  "<script>\nbotpressWebChat.sendEvent({ type: 'order-more', payload: { count: 1 } })\nbotpressWebChat.sendEvent({ type: 'mixed', payload: { it: 1 } })\n</script>\n"
const THIRD = "<script>\nbotpressWebChat.sendEvent({ type: 'mixed', payload: { it: 'one', more: true } })\n</script>\n"

/** In a branch for `lead`: an expression, and what it is. */
const TYPES: Record<string, string> = {
  'event.payload.payload.payload.plan': 'string',
  'event.payload.payload.payload.seats': 'number',
  'event.payload.payload.payload.trial': 'boolean',
  'event.payload.payload.payload.tags': 'string[]',
  'event.payload.payload.payload.owner.name': 'string',
  'event.payload.payload.source': 'string',
  'event.payload.payload.type': 'string'
}
/** What nobody knows: computed by the page, or not sent at all. */
const ANYTHING = [
  'event.payload.payload.payload.email',
  'event.payload.payload.payload.note',
  'event.payload.payload.payload.other',
  'event.payload.text'
]

/** Ways to get into the branch. */
const BRANCHES: Record<string, (code: string) => string> = {
  'an if': code => `if (event.type === 'lead') {\n  ${code}\n}\n`,
  'an early return': code => `if (event.type !== 'lead') return\n${code}\n`,
  'a switch': code => `switch (event.type) {\n  case 'lead':\n    ${code}\n}\n`,
  'a constant': code => `const LEAD = 'lead'\nif (event.type === LEAD) {\n  ${code}\n}\n`,
  'a closure': code => `if (event.type !== 'lead') return\nconst greet = async () => {\n  ${code}\n}\nreturn greet()\n`,
  'a second condition': code => `if (event.channel === 'web' && event.type === 'lead') {\n  ${code}\n}\n`
}

/** Legal JavaScript about what a page sends. */
const FINE = [
  "if (event.type === 'lead') event.payload = 'x'",
  "if (event.type === 'lead') event.payload.payload.payload.plan = 5",
  "if (event.type === 'lead') {\n  let sent = event.payload.payload.payload\n  if (!sent) sent = {}\n  sent.more = 1\n}",
  "if (event.type === 'lead') {\n  const sent = event.payload.payload || {}\n  event.state.session.plan = sent.payload.plan\n}",
  "if (event.type === 'lead') {\n  const data = event.payload.payload && event.payload.payload.payload\n  bp.logger.info(parseInt(data.seats, 10), [data.plan * 2, data.seats < data.plan])\n}",
  "if (event.type === 'lead') {\n  const greet = (to = { name: '', plan: '' }) => bp.logger.info(to.name)\n  greet(event.payload.payload.payload)\n}",
  "if (event.type !== 'lead' && event.type !== 'else') event.payload.text.trim()",
  "if (event.type === 'lead') event.type = 'page-' + event.payload.payload.payload.plan",
  "const types = ['lead', 'order']\nif (types.includes(event.type)) bp.logger.info(event.payload.payload)",
  "const name = ['a'][0]\nif (event.type === name || event.type === 'page-' + name) bp.logger.info(event.payload.x)",
  "switch (event.type) {\n  case 'lead':\n    break\n  case 'nobody-sends-this':\n    bp.logger.info(event.payload.x.y)\n    break\n  default:\n    event.payload.z()\n}",
  "if (event.type === 'text' && event.payload.text.startsWith('lead')) bp.dialog.jumpTo('a', event, 'b')",
  "if (event.type === 'lead') return bp.events.replyToEvent(event, [{ type: 'text', text: event.payload.payload.payload.plan }])",
  "/** @param {sdk.IO.IncomingEvent} incoming */\nconst greet = incoming => incoming.payload\nif (event.type === 'lead') greet(event)",
  "if (event.type === 'mixed') bp.logger.info(event.payload.payload.payload.it.trim(), event.payload.payload.payload.it.toFixed())"
]

const messageOf = (found: Diagnostic | undefined) => String(found?.message)

describe('language: payloads as TypeScript knows them', () => {
  let folder: TemporaryFolder
  let client: LanguageClient
  let count = 0
  const open = async (text: string, type = 'before_incoming_middleware') => {
    const uri = pathToFileURL(join(folder.path, `data/bots/shop/hooks/${type}/new_${++count}.js`)).toString()
    const hook = await client.open(text, { uri })
    return { hook, found: serious(await client.diagnostics(hook)).filter(({ code }) => typeof code === 'number') }
  }
  const hover = async (text: string, type?: string) => {
    const { hook } = await open(text, type)
    const found = await client.at<Hover | null>('textDocument/hover', hook)
    return (found?.contents as { value: string } | undefined)?.value ?? ''
  }

  before(async () => {
    folder = temporaryFolder({
      'web/index.html': PAGE,
      'web/other.html': OTHER,
      'web/third.html': THIRD,
      'data/bots/shop/bot.config.json': '{}'
    })
    client = await LanguageClient.start([pathToFileURL(folder.path).toString()])
  })
  after(async () => {
    await client.stop()
    folder[Symbol.dispose]()
  })

  for (const [how, branch] of Object.entries(BRANCHES)) {
    it(`know what the page sends, at its depth, in ${how} (R22.3)`, async () => {
      for (const [expression, type] of Object.entries(TYPES)) {
        const { found } = await open(branch(`${expression}.nothing()`))
        assert.equal(found.length, 1, expression)
        assert.match(messageOf(found[0]), new RegExp(`'nothing' does not exist on type '${type.replace('[]', '\\[\\]')}'`), expression)
      }
      for (const expression of ANYTHING) assert.deepEqual((await open(branch(`${expression}.nothing()`))).found, [], expression)
    })
  }

  it('know what sendPayload sends, one level up (R22.5)', async () => {
    const { found } = await open("if (event.type === 'order') event.payload.total.trim()\n")
    assert.match(messageOf(found[0]), /'trim' does not exist on type 'number'/)
  })

  it('follow the folder: hooks with more arguments know them too', async () => {
    const { found } = await open(
      "if (event.type === 'order' && suggestions.length && sessionId.trim()) event.payload.total.trim()\n",
      'before_suggestions_election'
    )
    assert.equal(found.length, 1)
  })

  for (const text of FINE) {
    it(`give no false error: ${text.replaceAll('\n', '⏎')}`, async () => {
      const { hook, found } = await open(`${text}\n`)
      assert.deepEqual(drawn(hook, found), [])
    })
  }

  it('say in a hover what is sent and by which page', async () => {
    assert.match(
      await hover("if (event.type === 'lead') bp.logger.info(event.payload.payload.payload.pl‸an)\n"),
      /plan\?: string[\s\S]*`"pro"`, sent by index\.html/
    )
  })

  it('lead from a key to the page that sends it', async () => {
    const { hook } = await open("if (event.type === 'lead') bp.logger.info(event.payload.payload.payload.pl‸an)\n")
    const links = await client.at<LocationLink[]>('textDocument/definition', hook)
    assert.deepEqual(
      links.map(({ targetUri, targetRange }) => [
        targetUri.split('/').at(-1),
        PAGE.split('\n')[targetRange.start.line]!.slice(targetRange.start.character, targetRange.end.character)
      ]),
      [['index.html', 'plan']]
    )
    assert.equal(await client.at('textDocument/prepareRename', hook), null)
  })

  it('lead to each page that sends a key, and find its uses in open hooks', async () => {
    const { hook } = await open("if (event.type === 'mixed') bp.logger.info(event.payload.payload.payload.i‸t)\n")
    const links = await client.at<LocationLink[]>('textDocument/definition', hook)
    assert.deepEqual(links.map(({ targetUri }) => targetUri.split('/').at(-1)).sort(), ['other.html', 'third.html'])
    const uses = await client.at<Location[]>('textDocument/references', hook, { context: { includeDeclaration: false } })
    assert.ok(uses.some(({ uri }) => uri === hook.uri))
  })

  it('lead from event.payload and event.type to the SDK', async () => {
    for (const text of [
      "if (event.type === 'lead') bp.logger.info(event.pay‸load)\n",
      "if (event.ty‸pe === 'lead') bp.logger.info(event.payload)\n"
    ]) {
      const { hook } = await open(text)
      const [link] = await client.at<LocationLink[]>('textDocument/definition', hook)
      assert.match(link!.targetUri, /pages\.d\.ts$/)
    }
  })

  it('say no more about published hooks when a page sends what they handle', () => {
    const types = createTypeService(findDeclarations())
    const hooks = Object.fromEntries(globSync('*/*.js', { cwd: IDIOMS }).map(name => [name, readFileSync(join(IDIOMS, name), 'utf8')]))
    for (const [title, { type, text }] of Object.entries({ ...SEED_HOOKS, ...HOOK_IDIOMS })) hooks[`${type}/${title}.js`] = text
    const handled = [...new Set(Object.values(hooks).flatMap(text => handledTypes(parseBare(text))))]
    const sends = (type: string) =>
      `botpressWebChat.sendEvent({ type: '${type}', user: { id: 7 }, payload: { text: 'x', name: 'Ann', lang: 'de' } })`
    const found = (others: Record<string, string>) => {
      const files = Object.entries(hooks).map(([name, text]) => [`data/global/hooks/${name}`, text])
      using checked = temporaryFolder({ ...Object.fromEntries(files), ...others })
      return inspectWith(types, checked.path).flatMap(({ file, problems }) =>
        problems.filter(({ code }) => typeof code === 'number').map(({ code, span }) => `${basename(file)} ${code} ${span.start}`)
      )
    }
    assert.ok(handled.length > 10, handled.join())
    assert.deepEqual(found({ 'web/index.html': `<script>\n${handled.map(sends).join('\n')}\n</script>\n` }), found({}))
    types.dispose()
  })

  it('follow the page while it is edited', async () => {
    const uri = pathToFileURL(join(folder.path, 'web/edited.html')).toString()
    const html = "<script>\nbotpressWebChat.sendEvent({ type: 'edited', payload: { price: 1 } })\n</script>\n"
    writeFileSync(join(folder.path, 'web/edited.html'), html)
    await client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri, type: 1 }] })
    const page = await client.open(html.replace('1', '‸1'), { uri, languageId: 'html' })
    assert.match(await hover("if (event.type === 'edited') bp.logger.info(event.payload.payload.payload.pri‸ce)\n"), /price\?: number/)
    await client.edit(page, page.cursor, { ...page.cursor, character: page.cursor.character + 1 }, "'low'")
    assert.match(await hover("if (event.type === 'edited') bp.logger.info(event.payload.payload.payload.pri‸ce)\n"), /price\?: string/)
  })
})
