import assert from 'node:assert/strict'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { TextEdit } from 'vscode-languageserver/node'
import { CURSOR, LanguageClient } from './client.ts'
import { type TemporaryFolder, temporaryFolder } from './workspace.ts'

const flow = (node: object) =>
  JSON.stringify(
    {
      version: '0.0.1',
      startNode: 'entry',
      nodes: [
        { id: 'n-entry', name: 'entry', ...node },
        { id: 'n-bye', name: 'bye' }
      ]
    },
    undefined,
    2
  )
const TYPES = ['lead: sent by index.html', 'order: handled by a.js']
const ELEMENTS = ['#!builtin_text-ab12: “Hello!”', '#!builtin_text-cd34: of shop']
const TARGETS = [
  'entry: a node of this flow',
  'bye: a node of this flow',
  'main.flow.json: a flow, from its start',
  'pay/card.flow.json: a flow, from its start',
  'END: ends the conversation’s dialog'
]

const PLACES: readonly (readonly [node: object, offered: readonly string[], replaced?: string])[] = [
  [{ onEnter: ['say #!‸'] }, ELEMENTS, '#!'],
  [{ onEnter: ['say #!builtin_text-a‸b12 {}'] }, ELEMENTS, '#!builtin_text-ab12'],
  [{ onReceive: ['say #‸'] }, ELEMENTS, '#'],
  [{ onEnter: ['‸'] }, []],
  [{ onEnter: ['say #builtin_text {"text": "‸"}'] }, []],
  [{ next: [{ condition: "event.type === '‸'", node: 'bye' }] }, TYPES, ''],
  [{ next: [{ condition: "event.type !== 'le‸ad' && true", node: 'bye' }] }, TYPES, 'lead'],
  [{ next: [{ condition: "event.preview === '‸'", node: 'bye' }] }, []],
  [{ next: [{ condition: 'true', node: '‸' }] }, TARGETS, ''],
  [
    { next: [{ condition: 'true', node: 'pay/card.flow.json#‸' }] },
    ['main.flow.json#entry: a node of main', 'main.flow.json#bye: a node of main', 'pay/card.flow.json#ask: a node of pay/card'],
    'pay/card.flow.json#'
  ],
  [{ name: 'some‸where' }, []]
]

describe('language: completions in flows', () => {
  let folder: TemporaryFolder
  let client: LanguageClient
  before(async () => {
    folder = temporaryFolder({
      'web/index.html': "<script>\nbotpressWebChat.sendEvent({ type: 'lead' })\n</script>\n",
      'data/global/hooks/before_incoming_middleware/a.js': "if (event.type === 'order') return\n",
      'data/bots/shop/bot.config.json': '{}',
      'data/bots/shop/flows/main.flow.json': '{ "nodes": [{ "name": "entry" }, { "name": "bye" }] }',
      'data/bots/shop/flows/pay/card.flow.json': '{ "nodes": [{ "name": "ask" }] }',
      'data/bots/shop/content-elements/builtin_text.json':
        '[{ "id": "builtin_text-ab12", "formData": { "text$en": "Hello!" } }, { "id": "builtin_text-cd34" }]'
    })
    client = await LanguageClient.start([pathToFileURL(folder.path).toString()])
  })
  after(async () => {
    await client.stop()
    folder[Symbol.dispose]()
  })

  const at = async (text: string) => {
    const uri = pathToFileURL(join(folder.path, 'data/bots/shop/flows/main.flow.json')).toString()
    const open = await client.open(text, { uri, languageId: 'json' })
    const items = await client.completions(open)
    await client.close(open)
    return { open, items, offered: items.map(({ label, detail }) => `${label}: ${detail}`) }
  }

  for (const [node, offered, replaced] of PLACES) {
    it(`offers ${offered.length} names in ${JSON.stringify(node)}`, async () => {
      const found = await at(flow(node))
      assert.deepEqual(found.offered, offered)
      if (replaced !== undefined) assert.equal(found.open.document.getText((found.items[0]!.textEdit as TextEdit).range), replaced)
    })
  }

  it('offers the nodes for the start, also while the file does not parse', async () => {
    assert.deepEqual((await at(`{ "startNode": "${CURSOR}", "nodes": [{ "name": "entry" }, { "name": "bye" }, {`)).offered, [
      'entry: a node of this flow',
      'bye: a node of this flow'
    ])
  })
})
