import assert from 'node:assert/strict'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { CodeAction } from 'vscode-languageserver/node'
import { checkFolder } from '../../src/language/check.ts'
import { drawn, LanguageClient } from './client.ts'
import { temporaryFolder } from './workspace.ts'

const HOOK = 'data/global/hooks/before_incoming_middleware/a.js'
const FLAG = "event.setFlag('skipDialogEngine', true)\n"

const codesOf = async (files: Record<string, string>) => {
  using folder = temporaryFolder(files)
  return (await checkFolder(folder.path)).map(finding => `${finding.severity} ${finding.code}`)
}

describe('language: silencing and settings of rules', () => {
  for (const [what, text] of Object.entries({
    'the next line': `// proactive-hooks-disable-next-line BPH010\n${FLAG}`,
    'its own line': `${FLAG.trimEnd()} // proactive-hooks-disable-line BPH010\n`,
    'the whole file': `/* proactive-hooks-disable BPH010 */\n\n${FLAG}`,
    'several rules': `// proactive-hooks-disable-next-line BPH004, BPH010\n${FLAG}`,
    'a rule by its name': `// proactive-hooks-disable-next-line unknown-flag\n${FLAG}`,
    everything: `// proactive-hooks-disable-next-line\n${FLAG}`
  })) {
    it(`silences ${what} by a comment`, async () => {
      assert.deepEqual(await codesOf({ [HOOK]: text }), [])
      assert.deepEqual(await codesOf({ [HOOK]: text.replaceAll('\n', '\r\n') }), [])
    })
  }

  it('silences only the rule and the line that are named', async () => {
    assert.deepEqual(await codesOf({ [HOOK]: `// proactive-hooks-disable-next-line BPH004\n${FLAG}` }), ['error BPH010'])
    assert.deepEqual(await codesOf({ [HOOK]: `// proactive-hooks-disable-next-line BPH010\n\n${FLAG}` }), ['error BPH010'])
  })

  it('never silences a syntax error', async () => {
    assert.deepEqual(await codesOf({ [HOOK]: '// proactive-hooks-disable\n}\n' }), ['error TS1128'])
  })

  it('silences in HTML', async () => {
    const page = '<script>\n  // proactive-hooks-disable-next-line BPP001\n  botpressWebChat.sendEvent({ type: "a" })\n</script>\n'
    assert.deepEqual(await codesOf({ 'a.html': page }), [])
    assert.deepEqual(await codesOf({ 'a.html': page.replace('BPP001', 'BPP002') }), ['warning BPP001'])
    assert.deepEqual(await codesOf({ 'a.html': `<!-- proactive-hooks-disable BPP001 -->\n${page.replace('BPP001', 'BPP002')}` }), [])
  })

  it('takes severities from the nearest .proactive-hooks.json', async () => {
    const files = { [HOOK]: FLAG, '.proactive-hooks.json': '{ "rules": { "BPH010": "warning" } }' }
    assert.deepEqual(await codesOf(files), ['warning BPH010'])
    assert.deepEqual(await codesOf({ ...files, 'data/.proactive-hooks.json': '{ "rules": { "unknown-flag": "off" } }' }), [
      'warning TS2345'
    ])
  })

  it('takes the level of the language from there as well (R3.24, BPH003)', async () => {
    const text = "const a = event.preview ?? 'x'\nreturn a.replaceAll('a', 'b')\n"
    assert.deepEqual(await codesOf({ [HOOK]: text }), ['error BPH003', 'error BPH003'])
    assert.deepEqual(await codesOf({ [HOOK]: text, '.proactive-hooks.json': '{ "node": 16 }' }), [])
  })

  it('takes severities from the editor', async () => {
    using folder = temporaryFolder({})
    const uri = pathToFileURL(join(folder.path, HOOK)).toString()
    const client = await LanguageClient.start([pathToFileURL(folder.path).toString()], { rules: { BPH010: 'info' } })
    const open = await client.open(FLAG, { uri })
    assert.deepEqual(drawn(open, await client.diagnostics(open)), ["info BPH010 ‹'skipDialogEngine'›"])
    await client.stop()
  })

  it('offers fixes, silencing and a fix for all as code actions', async () => {
    const client = await LanguageClient.start()
    const open = await client.open(`${FLAG}event.setFlag('forcePersistState', true)\n`)
    const diagnostics = await client.diagnostics(open)
    const actions = await client.request<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri: open.uri },
      range: diagnostics[0]!.range,
      context: { diagnostics }
    })
    assert.deepEqual(
      actions.map(action => [action.kind, action.title, action.isPreferred ?? false]),
      [
        ['quickfix', 'Use bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE', true],
        ['quickfix', 'Silence BPH010 (unknown-flag) here', false],
        ['source.fixAll', 'Fix all that can be fixed safely', false]
      ]
    )
    assert.equal(actions[2]!.edit!.changes![open.uri]!.length, 2)
    await client.stop()
  })
})
