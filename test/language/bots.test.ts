import assert from 'node:assert/strict'
import { inspectWith } from '../../src/language/check.ts'
import { findDeclarations } from '../../src/language/declarations.ts'
import { applyFixes } from '../../src/language/fix-folder.ts'
import type { Problem } from '../../src/language/problem.ts'
import { createTypeService } from '../../src/language/service.ts'
import { drawn, LanguageClient } from './client.ts'
import { temporaryFolder } from './workspace.ts'

/** Shapes of real bot code, in JavaScript and TypeScript, that the rules' own examples do not show. */
describe('language: code of bots', () => {
  const types = createTypeService(findDeclarations())
  after(() => types.dispose())

  const problems = (text: string, file = 'src/bot.ts', others: Record<string, string> = {}): Problem[] => {
    using folder = temporaryFolder({ ...others, [file]: text })
    return inspectWith(types, folder.path)
      .filter(checked => checked.file.replaceAll('\\', '/').endsWith(file))
      .flatMap(checked => checked.problems)
  }
  const codes = (text: string, file?: string, others?: Record<string, string>) => problems(text, file, others).map(({ code }) => code)
  const HEAD = "import { ActivityHandler, TurnContext } from 'botbuilder'\n"

  it('says nothing of scripts that are no bots', () => {
    assert.deepEqual(codes('const context = { send() {} }\nsetTimeout(() => context.send(), 1)\n'), [])
  })

  it('leaves code that does not parse to the editor', () => {
    assert.deepEqual(codes(`${HEAD}context.sendActivity(\n`), [])
  })

  it('BFP001: a timer that the turn waits for is fine, and so is a context of the timer’s own', () => {
    const turn = (body: string) => `${HEAD}export const run = async (context: TurnContext) => {\n${body}\n}\n`
    assert.deepEqual(
      codes(turn("  await new Promise<void>(done => setTimeout(async () => { await context.sendActivity('x'); done() }, 5))")),
      []
    )
    const own =
      "  const r = TurnContext.getConversationReference(context.activity)\n  setTimeout(() => adapter.continueConversation(r, async context => { await context.sendActivity('x') }), 5)"
    assert.deepEqual(codes(turn(own)), [])
    assert.deepEqual(codes(turn("  setInterval(async () => { await context.sendActivity('x') }, 5)")), ['BFP001'])
    assert.deepEqual(codes(turn("  emitter.on('job', async () => { await context.sendActivity('x') })")), ['BFP001'])
  })

  it('BFP001: the fix keeps the reference and speaks the adapter’s own dialect', () => {
    const text = (head: string) =>
      `${head}\nconst adapter = make()\nadapter.process(req, res, async context => {\n  setTimeout(async () => {\n    await context.sendActivity('Done')\n  }, 5000)\n})\n`
    for (const [head, words] of [
      ["import { CloudAdapter, TurnContext } from 'botbuilder'", 'adapter.continueConversationAsync(process.env.MicrosoftAppId'],
      ["import { BotFrameworkAdapter, TurnContext } from 'botbuilder'", 'adapter.continueConversation(reference, async context'],
      ["import { CloudAdapter } from '@microsoft/agents-hosting'", 'adapter.continueConversation(process.env.clientId']
    ] as const) {
      const [problem] = problems(text(head))
      const fixed = applyFixes(text(head), [problem!.fixes![0]!])
      assert.ok(fixed.includes(words), fixed)
      assert.deepEqual(codes(fixed), [], fixed)
    }
  })

  it('BFP002: returned, awaited and void sends are fine; the fix makes the function async', () => {
    const method = (body: string, async = '') =>
      `${HEAD}class B extends ActivityHandler {\n  ${async}hear(context: TurnContext) {\n    ${body}\n  }\n}\n`
    assert.deepEqual(codes(method("return context.sendActivity('x')")), [])
    assert.deepEqual(codes(method("void context.sendActivity('x')")), [])
    const text = method("context.sendActivity('x')")
    const [problem] = problems(text)
    assert.equal(applyFixes(text, [problem!.fixes![0]!]), method("await context.sendActivity('x')", 'async '))
  })

  it('BFP003: information only in a sample, nothing where what is kept is no reference', () => {
    const text = `${HEAD}const all = new Map()\nexport const keep = (context: TurnContext) => all.set('a', TurnContext.getConversationReference(context.activity))\nexport const tell = () => adapter.continueConversation(all.get('a'), async c => { await c.sendActivity('x') })\n`
    assert.deepEqual(
      [text, text].map((_, at) =>
        problems(text, at === 0 ? 'src/bot.ts' : 'samples/bot.ts').map(({ code, severity }) => `${code} ${severity}`)
      ),
      [['BFP003 warning'], ['BFP003 info']]
    )
    assert.deepEqual(codes(text.replace('TurnContext.getConversationReference(context.activity)', 'context.activity.text')), [])
  })

  it('BFP004: greets within a loop that does not compare; the fix compares', () => {
    const text = `${HEAD}class B extends ActivityHandler {\n  constructor() {\n    super()\n    this.onMembersAdded(async (context, next) => {\n      for (const member of context.activity.membersAdded ?? []) {\n        await context.sendActivity('Hello')\n      }\n      await next()\n    })\n  }\n}\n`
    const [problem] = problems(text)
    assert.equal(problem?.code, 'BFP004')
    const fixed = applyFixes(text, [problem!.fixes![0]!])
    assert.match(fixed, /if \(member\.id !== context\.activity\.recipient\.id\) await context\.sendActivity/)
    assert.deepEqual(codes(fixed), [])
  })

  it('BFP006: trust is asked for only of versions that need it', () => {
    const text = `const { BotFrameworkAdapter } = require('botbuilder')\nconst adapter = new BotFrameworkAdapter({})\nconst ref = { serviceUrl: 'https://x', conversation: { id: 'c' } }\nexports.go = () => adapter.continueConversation(ref, async context => { await context.sendActivity('x') })\n`
    const of = (version: string) => codes(text, 'bot.js', { 'package.json': JSON.stringify({ dependencies: { botbuilder: version } }) })
    assert.deepEqual(of('~4.11.0'), ['BFP006'])
    assert.deepEqual(of('4.23.3'), [])
  })

  it('BFP008: forEach with an async function, whatever it minds', () => {
    const text = `${HEAD}refs.forEach(async ref => {\n  await adapter.continueConversationAsync('', ref, async c => { await c.sendActivity('x') })\n})\n`
    assert.deepEqual(codes(text), ['BFP008'])
  })

  it('is silenced by a comment that names the rule', () => {
    const text = `${HEAD}export const run = async (context: TurnContext) => {\n  // proactive-hooks-disable-next-line BFP002\n  context.sendActivity('x')\n}\n`
    assert.deepEqual(codes(text), [])
  })

  it('is shown in the editor, beside what its own service says, which is left everything else', async () => {
    using folder = temporaryFolder({})
    const client = await LanguageClient.start([folder.path])
    try {
      for (const languageId of ['typescript', 'javascript']) {
        const uri = `file://${folder.path}/bot.${languageId === 'typescript' ? 'ts' : 'js'}`
        const bot = await client.open(`${HEAD}export const run = async context => {\n  context.sendActivity('x')\n}\n`, { uri, languageId })
        assert.deepEqual(drawn(bot, await client.diagnostics(bot)), ['warning BFP002 ‹context.sendActivity›'])
        const position = { line: 2, character: 6 }
        assert.equal(await client.request('textDocument/hover', { textDocument: { uri }, position }), null)
        assert.equal(await client.request('textDocument/completion', { textDocument: { uri }, position }), null)
      }
    } finally {
      await client.stop()
    }
  })
})
