import assert from 'node:assert/strict'
import { fileURLToPath } from 'node:url'
import type { Hover } from 'vscode-languageserver/node'
import type { Observed } from '../../src/protocol/language.ts'
import { LanguageClient, type OpenDocument } from './client.ts'

const event = (type: string, plan: string) => ({
  type,
  preview: 'Hi',
  payload: { type, payload: { type, payload: { plan, seats: 3 } } },
  state: { session: { greetedAt: 1700, 'last-page': 'pricing' }, user: {} }
})

describe('language: what a hook saw in its last run', () => {
  let client: LanguageClient
  before(async () => {
    client = await LanguageClient.start()
  })
  after(() => client.stop())

  const open = async (text: string, ...seen: [type: string, plan: string][]) => {
    const hook = await client.open(text)
    await client.notify('proactiveHooks/observed', {
      seen: seen.map(([type, plan]): Observed => ({ hook: fileURLToPath(hook.uri), type, event: event(type, plan) }))
    })
    return hook
  }
  const hover = async (hook: OpenDocument) =>
    ((await client.at<Hover | null>('textDocument/hover', hook))?.contents as { value: string } | undefined)?.value ?? ''

  for (const [what, text, value] of [
    ['the payload', "if (event.type === 'lead') bp.logger.info(event.payload.payload.pay‸load)\n", '{\n  "plan": "pro",\n  "seats": 3\n}'],
    ['a part of it', 'bp.logger.info(event.payload.payload.payload.pl‸an)\n', '"pro"'],
    ['a name for it', 'const { payload } = event.payload\nbp.logger.info(pay‸load.payload.plan)\n', '{\n  "type": "lead",'],
    ['a name with a default', 'const sent = event.payload.payload || {}\nbp.logger.info(sent.payload.se‸ats)\n', '3'],
    ['the session', 'bp.logger.info(event.state.session.gree‸tedAt)\n', '1700'],
    ['the preview', 'bp.logger.info(event.pre‸view)\n', '"Hi"']
  ] as const) {
    it(`shows the value of ${what}`, async () => {
      assert.ok((await hover(await open(text, ['lead', 'pro']))).includes(`In the last run:\n\n\`\`\`javascript\n${value}`))
    })
  }

  it('shows the newest value, and in a branch that of its type', async () => {
    const text = "if (event.type === 'lead') bp.logger.info(event.payload.payload.payload.pl‸an)\n"
    assert.match(await hover(await open(text, ['lead', 'old'], ['lead', 'new'], ['other', 'never'])), /last run:[^"]*"new"/)
    const everywhere = 'bp.logger.info(event.payload.payload.payload.pl‸an)\n'
    assert.match(await hover(await open(everywhere, ['lead', 'one'], ['other', 'two'])), /last run:[^"]*"two"/)
  })

  it('says nothing of a value that was not there, of another hook, or of something else', async () => {
    assert.doesNotMatch(await hover(await open('bp.logger.info(event.payload.text‸)\n', ['lead', 'pro'])), /last run/)
    assert.doesNotMatch(await hover(await open('bp.logger.info(event.preview‸)\n')), /last run/)
    assert.doesNotMatch(await hover(await open('const preview = 1\nbp.logger.info(pre‸view)\n', ['lead', 'pro'])), /last run/)
  })

  it('offers the keys that were there', async () => {
    const offered = async (text: string) =>
      (await client.completions(await open(text, ['lead', 'pro'])))
        .filter(({ detail = '' }) => detail.includes('last run'))
        .map(({ label, detail }) => `${label}: ${detail}`)
    assert.deepEqual(await offered('bp.logger.info(event.payload.payload.payload.‸)\n'), [
      'plan: "pro", seen in the last run',
      'seats: 3, seen in the last run'
    ])
    assert.deepEqual(await offered('bp.logger.info(event.state.session.gr‸)\n'), ['greetedAt: 1700, seen in the last run'])
  })

  it('takes no notice of what it does not understand', async () => {
    await client.notify('proactiveHooks/observed', { seen: [{ hook: 1 }] })
    assert.equal(await hover(await open('bp.logger.info(1‸)\n')), '')
  })
})
