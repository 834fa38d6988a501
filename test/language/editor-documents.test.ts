import assert from 'node:assert/strict'
import { renameSync, writeFileSync } from 'node:fs'
import { basename, join, matchesGlob } from 'node:path'
import { pathToFileURL } from 'node:url'
import { locateHook } from '../../src/botpress/hook-path.ts'
import { inspectFolder } from '../../src/language/check.ts'
import { RULES } from '../../src/language/rules/index.ts'
import { OTHER_DOCUMENTS, WATCHED_FILES } from '../../src/protocol/language.ts'
import { drawn, LanguageClient } from './client.ts'
import { type TemporaryFolder, temporaryFolder } from './workspace.ts'

/** The language that editors give to a file. */
const languageOf = (file: string) => (/\.html?$/.test(file) ? 'html' : /\.[cm]?js$/.test(file) ? 'javascript' : 'other')

/** What programs write. */
const DEEP = {
  sum: `var a = ${Array.from({ length: 8000 }, (_, at) => `'${at}'`).join(' + ')}`,
  list: `var a = ${'['.repeat(8000)}${']'.repeat(8000)}`
}

describe('language: what an editor shows of what `check` reports', () => {
  let folder: TemporaryFolder
  let client: LanguageClient
  const uriOf = (path: string) => pathToFileURL(join(folder.path, path)).toString()
  const open = (path: string, text: string, languageId: string) => client.open(text, { uri: uriOf(path), languageId })

  beforeEach(async () => {
    folder = temporaryFolder({})
    client = await LanguageClient.start([pathToFileURL(folder.path).toString()])
  })
  afterEach(async () => {
    await client.stop()
    folder[Symbol.dispose]()
  })

  it('is handed and told of every kind of file that a rule looks at', () => {
    for (const rule of RULES) {
      for (const { file, others } of [rule.bad, rule.good]) {
        const handed = OTHER_DOCUMENTS.some(document =>
          'language' in document ? document.language === languageOf(file) : matchesGlob(file, document.pattern)
        )
        assert.ok(locateHook(file) || handed, `${rule.id}: ${file} is not handed over`)
        for (const path of [file, ...Object.keys(others ?? {})])
          assert.ok(
            // Unlike Node, VS Code lets a star stand for a leading dot.
            WATCHED_FILES.some(glob => matchesGlob(path.replace('/.', '/'), glob)),
            `${rule.id}: ${path} is not watched`
          )
      }
    }
    assert.ok(WATCHED_FILES.some(glob => matchesGlob('data/.proactive-hooks.json', glob)))
  })

  it('names a hook that lies where Botpress does not look (BPH026)', async () => {
    const hook = await open('data/global/hooks/before_incomming_middleware/a.js', 'return\n', 'javascript')
    assert.deepEqual(drawn(hook, await client.diagnostics(hook)), ['warning BPH026 ‹›'])
    const typed = await open('data/global/hooks/before_incoming_middleware/a.ts', 'return\n', 'typescript')
    assert.deepEqual(drawn(typed, await client.diagnostics(typed)), ['warning BPH026 ‹›'])
  })

  it('reads configuration while it is edited (BPC002)', async () => {
    const config = await open('data/bots/shop/bot.config.json', '{ "dialog": { "sessionTimeoutInterval": "5m" } }', 'json')
    assert.deepEqual(drawn(config, await client.diagnostics(config)), ['warning BPC002 ‹"sessionTimeoutInterval": "5m"›'])
    const at = config.document.positionAt(config.document.getText().indexOf('5m'))
    await client.edit(config, at, { ...at, character: at.character + 1 }, '50')
    assert.deepEqual(await client.diagnostics(config), [])
  })

  it('reads scripts of pages (BPP013, VFP…), and leaves other scripts alone', async () => {
    const page = await open('web/chat.js', "botpressWebChat.configure({ locale: 'fr' })\n", 'javascript')
    assert.deepEqual(drawn(page, await client.diagnostics(page)), ['info BPP013 ‹configure›'])
    const other = await open('web/menu.js', 'const a = b?.c\n', 'javascript')
    assert.deepEqual(await client.diagnostics(other), [])
    const action = await open('data/global/actions/a.js', "botpressWebChat.configure({ locale: 'fr' })\n", 'javascript')
    assert.deepEqual(await client.diagnostics(action), [])
  })

  it('looks again when settings or pages change on disk (BPH010, BPX001)', async () => {
    const path = 'data/global/hooks/before_incoming_middleware/a.js'
    const hook = await open(path, "event.setFlag('skipDialogEngine', true)\nif (event.type === 'lead') return\n", 'botpress-hook')
    assert.deepEqual(drawn(hook, await client.diagnostics(hook)), ["error BPH010 ‹'skipDialogEngine'›"])
    const changed = async (name: string, text: string) => {
      writeFileSync(join(folder.path, `${name}~`), text)
      renameSync(join(folder.path, `${name}~`), join(folder.path, name))
      client.forget(hook)
      await client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: uriOf(name), type: 1 }] })
      return drawn(hook, await client.diagnostics(hook))
    }
    assert.deepEqual(await changed('.proactive-hooks.json', '{ "rules": { "BPH010": "warning" } }'), [
      "warning BPH010 ‹'skipDialogEngine'›"
    ])
    assert.deepEqual(await changed('page.js', "botpressWebChat.sendEvent({ type: 'leads' })\n"), [
      "warning BPH010 ‹'skipDialogEngine'›",
      "warning BPX001 ‹'lead'›"
    ])
  })

  it('knows the pages of a folder that is opened later, and forgets those of one that is closed (BPX001)', async () => {
    using other = temporaryFolder({ 'page.js': "botpressWebChat.sendEvent({ type: 'leads' })\n" })
    const uri = pathToFileURL(other.path).toString()
    const editor = await LanguageClient.start([pathToFileURL(folder.path).toString()], {}, { workspace: { workspaceFolders: true } })
    const hook = await editor.open("if (event.type === 'lead') return\n", {
      uri: uriOf('data/global/hooks/before_incoming_middleware/a.js')
    })
    assert.deepEqual(drawn(hook, await editor.diagnostics(hook)), [])
    const changed = async (event: object) => {
      editor.forget(hook)
      await editor.notify('workspace/didChangeWorkspaceFolders', { event: { added: [], removed: [], ...event } })
      return drawn(hook, await editor.diagnostics(hook))
    }
    assert.deepEqual(await changed({ added: [{ uri, name: 'other' }] }), ["warning BPX001 ‹'lead'›"])
    assert.deepEqual(await changed({ removed: [{ uri, name: 'other' }] }), [])
    await editor.stop()
  }).timeout(30_000)

  for (const [what, code] of Object.entries(DEEP)) {
    it(`passes over a page whose ${what} is too deep to follow, and reads the others`, async () => {
      writeFileSync(join(folder.path, 'bundle.js'), `botpressWebChat.init({})\n${code}`)
      writeFileSync(join(folder.path, 'page.js'), "botpressWebChat.sendEvent({ type: 'leads' })\n")
      const editor = await LanguageClient.start([pathToFileURL(folder.path).toString()])
      const hook = await editor.open("if (event.type === 'lead') return\n", {
        uri: uriOf('data/global/hooks/before_incoming_middleware/a.js')
      })
      assert.deepEqual(drawn(hook, await editor.diagnostics(hook)), ["warning BPX001 ‹'lead'›"])
      await editor.stop()
      assert.deepEqual(
        inspectFolder(folder.path).map(({ file, problems }) => [basename(file), problems.length]),
        [
          ['bundle.js', 0],
          ['page.js', 1]
        ]
      )
    }).timeout(30_000)
  }

  it('offers no empty name for a string', async () => {
    const text = "const destination = {}\nawait bp.events.replyToEvent(event, [])\nbp.IO.Event({ type: 'text', direction: '‸' })\n"
    const labels = (await client.completions(await client.open(text))).map(item => item.label)
    assert.deepEqual(labels, ['incoming', 'outgoing', 'internal'])
  })

  it('announces formatting, renaming and colours for hooks alone where the editor tells documents apart', async () => {
    const dynamic = { dynamicRegistration: true }
    const semanticTokens = { ...dynamic, requests: {}, tokenTypes: [], tokenModifiers: [], formats: [] }
    const feature = { rename: dynamic, formatting: dynamic, rangeFormatting: dynamic, onTypeFormatting: dynamic, semanticTokens }
    const editor = await LanguageClient.start([], {}, { textDocument: feature })
    const registered = await editor.registrations(5)
    for (const { method, registerOptions } of registered)
      assert.deepEqual((registerOptions as { documentSelector: unknown }).documentSelector, [{ language: 'botpress-hook' }], method)
    assert.equal(editor.initialized.capabilities.documentFormattingProvider, undefined)
    assert.equal(client.initialized.capabilities.documentFormattingProvider, true)
    await editor.stop()
  })
})
