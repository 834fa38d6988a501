import assert from 'node:assert/strict'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Hover } from 'vscode-languageserver/node'
import { checkFolder } from '../../src/language/check.ts'
import { drawn, LanguageClient } from './client.ts'
import { type TemporaryFolder, temporaryFolder } from './workspace.ts'

const OFFER = `const schema = {
  type: 'object',
  required: ['price'],
  properties: {
    price: { type: 'number', title: 'Price in euros */' },
    until: { type: 'string', enum: ['today', 'tomorrow'] },
    lines: { type: 'array', items: { type: 'object', properties: { text: { type: 'string' } } } },
    ...more
  }
}
module.exports = { id: 'shop_offer', title: 'Offer', jsonSchema: schema, renderElement: (data, channel) => [] }
`
const PAGE = `<script>
addEventListener('click', () => {
  botpressWebChat.sendEvent({ type: 'lead', source: 'footer', payload: { plan: 'pro', seats: 3, email: read() } })
  botpressWebChat.sendPayload({ type: 'order', total: 12 })
})
</script>
`

describe('language: content and payloads of the workspace', () => {
  let folder: TemporaryFolder
  let client: LanguageClient
  let count = 0
  const files = {
    'web/index.html': PAGE,
    'data/global/content-types/offer.js': OFFER,
    'data/global/content-types/_helper.js': "module.exports = { id: 'helper' }\n",
    'data/bots/shop/content-types/deep/note.js': "exports.default = { id: 'shop_note', jsonSchema: {} }\n",
    'data/bots/shop/content-elements/builtin_text.json': '[{ "id": "builtin_text-ab12cd", "formData": { "text$en": "Hello!" } }]',
    'data/bots/support/content-elements/builtin_text.json': '[{ "id": "builtin_text-xy34zw", "formData": {} }]'
  }
  const hook = (text: string) =>
    client.open(text, {
      uri: pathToFileURL(join(folder.path, `data/bots/shop/hooks/before_incoming_middleware/new_${++count}.js`)).toString()
    })

  before(async () => {
    folder = temporaryFolder(files)
    client = await LanguageClient.start([pathToFileURL(folder.path).toString()])
  })
  after(async () => {
    await client.stop()
    folder[Symbol.dispose]()
  })

  const own = async (text: string) => {
    const items = await client.completions(await hook(text))
    return items.filter(item => item.sortText?.startsWith('0')).map(item => `${item.label}: ${item.detail}`)
  }

  it('completes content types and the bot’s own elements in renderElement (R13.2, R13.3)', async () => {
    const expected = [
      'shop_offer: a content type, offer.js',
      'shop_note: a content type, note.js',
      '#!builtin_text-ab12cd: “Hello!”, of shop'
    ]
    for (const written of ['', '#!', 'shop_'])
      assert.deepEqual(await own(`return bp.cms.renderElement('${written}‸', { event }, event)\n`), expected, written)
    const labels = (await client.completions(await hook("bp.cms.renderElement('‸', {}, event)\n"))).map(item => item.label)
    assert.ok(labels.includes('builtin_text'))
    assert.deepEqual(
      labels.filter((label, at) => labels.indexOf(label) !== at),
      []
    )
  })

  it('knows and checks the fields of a content type, in the editor and from the command line', async () => {
    const text = "return bp.cms.renderElement('shop_offer', { price: 'cheap', until: 'never', event }, event)\n"
    const open = await hook(text)
    assert.deepEqual(drawn(open, await client.diagnostics(open)), ['warning 2322 ‹price›'])
    const right = await hook(text.replace("'cheap'", '3'))
    assert.deepEqual(await client.diagnostics(right), [])
    const labels = (await client.completions(await hook("bp.cms.renderElement('shop_offer', { ‸ }, event)\n"))).map(item => item.label)
    const described = await client.at<Hover>('textDocument/hover', await hook("bp.cms.renderElement('shop_offer', { pri‸ce: 3 }, event)\n"))
    assert.match((described.contents as { value: string }).value, /"price": number[\s\S]*Price in euros/)
    for (const name of ['price', 'until', 'lines', 'event']) assert.ok(labels.includes(name), name)
    using checked = temporaryFolder({ ...files, 'data/global/hooks/before_incoming_middleware/a.js': text })
    const found = (await checkFolder(checked.path)).filter(({ file }) => file.endsWith('a.js'))
    assert.ok(
      found.some(({ code }) => code === 'TS2322'),
      JSON.stringify(found)
    )
  })

  it('completes what pages send at the depth where it arrives (R22.1, R22.3, R22.5)', async () => {
    const lead = (path: string) => own(`if (event.type === 'lead') {\n  bp.logger.info(${path}‸)\n}\n`)
    assert.deepEqual(await lead('event.payload.payload.payload.'), [
      'plan: "pro", sent by index.html',
      'seats: 3, sent by index.html',
      'email: sent by index.html'
    ])
    assert.deepEqual((await lead('event.payload.payload.so'))[1], 'source: "footer", sent by index.html')
    assert.deepEqual(await own("if (event.type !== 'order') return\nconst { payload } = event\nbp.logger.info(payload.‸)\n"), [
      'type: "order", sent by index.html',
      'total: 12, sent by index.html'
    ])
    assert.deepEqual(await own("if (event.type === 'other') bp.logger.info(event.payload.payload.‸)\n"), [])
  })

  it('shows in a hover what pages send', async () => {
    const open = await hook("if (event.type === 'lead') bp.logger.info(event.payload.payload.pay‸load)\n")
    const found = await client.at<Hover>('textDocument/hover', open)
    const { value } = found.contents as { value: string }
    assert.match(value, /Pages send:\n\n```javascript\n\/\/ index.html\n\{\n {2}"plan": "pro",\n {2}"seats": 3\n\}/)
    assert.equal(open.document.getText(found.range), 'payload')
    const elsewhere = await hook('bp.logger.info(event.payload.payload.pay‸load)\n')
    assert.doesNotMatch(JSON.stringify(await client.at('textDocument/hover', elsewhere)), /Pages send/)
  })
})
