import assert from 'node:assert/strict'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { checkFolder } from '../../src/language/check.ts'
import { LanguageClient } from './client.ts'
import { temporaryFolder } from './workspace.ts'

const FILES = {
  'web/index.html': `<script>
addEventListener('click', () => window.botpressWebChat.sendEvent({ type: 'offer' }))
</script>
`,
  'data/global/hooks/before_incoming_middleware/a.js': "if (event.type === 'lead') return\n"
}
const flow = (condition: string) => JSON.stringify({ nodes: [{ name: 'entry', next: [{ condition, node: 'bye' }] }, { name: 'bye' }] })

const unhandled = async (files: Record<string, string>) => {
  using folder = temporaryFolder(files)
  return (await checkFolder(folder.path)).filter(({ code }) => code === 'BPX004').length
}

describe('language: event types that flows test', () => {
  for (const condition of ["event.type === 'offer' && session.page", "['offer', 'deal'].includes(event.type)", 'event.type == "offer"'])
    it(`counts a type as handled that a flow tests (BPX004): ${condition}`, async () => {
      assert.equal(await unhandled(FILES), 1)
      assert.equal(await unhandled({ ...FILES, 'data/bots/shop/flows/main.flow.json': flow(condition) }), 0)
    })

  it('does not count other types, nor flows that do not parse (BPX004)', async () => {
    assert.equal(await unhandled({ ...FILES, 'data/bots/shop/flows/main.flow.json': flow("event.preview === 'offer'") }), 1)
    assert.equal(await unhandled({ ...FILES, 'data/bots/shop/flows/main.flow.json': `${flow("event.type === 'offer'")}}` }), 1)
  })

  it('offers them in hooks and pages, with the flow', async () => {
    using folder = temporaryFolder({ ...FILES, 'data/bots/shop/flows/main.flow.json': flow("event.type === 'deal'") })
    const uriOf = (path: string) => pathToFileURL(join(folder.path, path)).toString()
    const client = await LanguageClient.start([uriOf('')])
    const hook = await client.open("if (event.type === '‸') return\n", { uri: uriOf('data/global/hooks/before_incoming_middleware/b.js') })
    const inHook = (await client.completions(hook)).find(({ label }) => label === 'deal')
    assert.equal(inHook?.detail, 'tested by the flow main')
    const page = await client.open("botpressWebChat.sendEvent({ type: '‸' })", { uri: uriOf('web/b.js'), languageId: 'javascript' })
    assert.ok((await client.completions(page)).some(({ label }) => label === 'deal'))
    await client.stop()
  })
})
