import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { checkFolder } from '../../src/language/check.ts'
import { drawn, LanguageClient, serious } from './client.ts'
import { type TemporaryFolder, temporaryFolder } from './workspace.ts'

const HOOK = 'data/global/hooks/before_incoming_middleware/a.js'
/** A hook that only a custom build can run. */
const TEXT = 'bp.crm.find(event.lead.email)\nevent.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)\n'
const MEMBERS = `
  namespace IO {
    namespace WellKnownFlags { const SKIP_DIALOG_ENGINE: symbol }
    interface IncomingEvent { type: string; payload: any; lead: { email: string }; setFlag(flag: symbol, value: boolean): void }
  }
  namespace crm { function find(email: string): number }
  namespace logger { function info(text: string): void }
`
/** The ways in which such a file is written. */
const WRITTEN: Record<string, string> = {
  'a module of its own name': `declare module 'botpress/sdk' {\n  import Knex from 'knex'\n  ${MEMBERS.replaceAll('\n  namespace', '\n  export namespace')}\n}\n`,
  'a global namespace': `declare namespace sdk {${MEMBERS}}\n`,
  'a file that exports': MEMBERS.replaceAll('\n  namespace', '\n  export declare namespace')
}
const WORKSPACE = { sdk: 'workspace' }

describe('language: the SDK of the workspace', () => {
  const started = async (folder: TemporaryFolder, options: object) => LanguageClient.start([pathToFileURL(folder.path).toString()], options)
  const found = async (client: LanguageClient, folder: TemporaryFolder, text = TEXT) => {
    const hook = await client.open(text, { uri: pathToFileURL(join(folder.path, HOOK)).toString() })
    return drawn(hook, serious(await client.diagnostics(hook)))
  }

  for (const [how, text] of Object.entries(WRITTEN)) {
    it(`counts instead of ours when it is asked for: ${how}`, async () => {
      using folder = temporaryFolder({ 'typings/botpress.d.ts': text, 'data/bots/shop/bot.config.json': '{}' })
      const client = await started(folder, WORKSPACE)
      assert.deepEqual(await found(client, folder), [])
      const open = await client.open('bp.‸\n', { uri: pathToFileURL(join(folder.path, `${HOOK}.js`)).toString() })
      const labels = (await client.completions(open)).map(({ label }) => label)
      assert.deepEqual([...labels].sort(), ['IO', 'crm', 'logger'])
      await client.stop()
    })
  }

  for (const place of ['botpress.d.ts', 'data/botpress.d.ts', 'src/bp/sdk/botpress.d.ts', 'packages/bp/src/sdk/botpress.d.ts']) {
    it(`is found at ${place}`, async () => {
      using folder = temporaryFolder({ [place]: WRITTEN['a module of its own name']! })
      const client = await started(folder, WORKSPACE)
      assert.deepEqual(await found(client, folder), [])
      await client.stop()
    })
  }

  it('is taken from a path, relative to the folder', async () => {
    using folder = temporaryFolder({ 'own/bp12.d.ts': WRITTEN['a module of its own name']! })
    const client = await started(folder, { sdk: 'own/bp12.d.ts' })
    assert.deepEqual(await found(client, folder), [])
    await client.stop()
  })

  it('does not count when it is not asked for, or not there', async () => {
    using folder = temporaryFolder({ 'botpress.d.ts': WRITTEN['a module of its own name']! })
    using empty = temporaryFolder({})
    for (const [where, options] of [
      [folder, {}],
      [empty, WORKSPACE]
    ] as const) {
      const client = await started(where, options)
      assert.deepEqual(await found(client, where), ['warning 2339 ‹crm›', 'warning 2339 ‹lead›'])
      await client.stop()
    }
  })

  it('counts by the settings file of the folder, in the editor at once and from the command line', async () => {
    using folder = temporaryFolder({ 'botpress.d.ts': WRITTEN['a module of its own name']!, [HOOK]: TEXT })
    const client = await started(folder, {})
    assert.equal((await found(client, folder)).length, 2)
    assert.equal((await checkFolder(folder.path)).filter(({ code }) => code.startsWith('TS')).length, 2)
    const settings = join(folder.path, '.proactive-hooks.json')
    writeFileSync(settings, '{ "sdk": "workspace" }')
    await client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: pathToFileURL(settings).toString(), type: 1 }] })
    const other = await client.open(`${TEXT}\n`, { uri: pathToFileURL(join(folder.path, `${HOOK}.js`)).toString() })
    assert.deepEqual(serious(await client.diagnostics(other)), [])
    assert.deepEqual(
      (await checkFolder(folder.path)).filter(({ code }) => code.startsWith('TS')),
      []
    )
    await client.stop()
  })

  it('leaves the level of the language to its own setting (R3.24, BPH003)', async () => {
    using folder = temporaryFolder({ 'data/bots/shop/bot.config.json': '{}' })
    const text = "bp.logger.info(event.preview?.trim() ?? 'a')\n"
    for (const [options, expected] of [
      [{}, 2],
      [{ node: 14 }, 0]
    ] as const) {
      const client = await started(folder, options)
      assert.equal((await found(client, folder, text)).filter(one => one.includes('BPH003')).length, expected)
      await client.stop()
    }
  })
})
