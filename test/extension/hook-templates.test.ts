import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compileFunction } from 'node:vm'
import ts from 'typescript'
import { HOOK_TYPES, hookTypeOf } from '../../src/botpress/hook-types.ts'
import { emptyHook, HOOK_TEMPLATES, hookFile, problemOfName, templatesFor } from '../../src/extension/hook-templates.ts'
import { checkFolder } from '../../src/language/check.ts'

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
const NODE_12 = ts.ScriptTarget.ES2019

/** What a target of Node 12 would have to rewrite: `?.`, `??` and later syntax (R3.24). */
function newerSyntax(text: string): string[] {
  const source = ts.createSourceFile('hook.js', text, NODE_12, true, ts.ScriptKind.JS)
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    if (node.kind === ts.SyntaxKind.QuestionDotToken || node.kind === ts.SyntaxKind.QuestionQuestionToken) found.push(node.getText(source))
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

function compile(text: string, names: readonly string[]): (...args: unknown[]) => unknown {
  return compileFunction(text, ['bp', ...names]) as (...args: unknown[]) => unknown
}

/** The smallest `bp` that the templates for incoming events touch; it records what was sent. */
function stage(given: { type: string; session?: object; context?: object; payload?: unknown }) {
  const sent: unknown[] = []
  const flags: string[] = []
  const kvs = new Map<string, unknown>()
  const event = {
    type: given.type,
    id: '1',
    botId: 'shop',
    channel: 'web',
    target: 'ann',
    payload: given.payload ?? { type: given.type, payload: { type: given.type, payload: { product: 'kettle' } } },
    state: { session: { lastMessages: [], workflows: {}, ...given.session }, context: given.context ?? {}, user: {}, temp: {} },
    setFlag: (flag: string, value: boolean) => value && flags.push(flag)
  }
  const jumps: unknown[][] = []
  const bp = {
    IO: { WellKnownFlags: { SKIP_DIALOG_ENGINE: 'skip', FORCE_PERSIST_STATE: 'persist' } },
    cms: { renderElement: async (_type: string, args: { text: string }) => [{ type: 'text', text: args.text }] },
    events: { replyToEvent: async (_event: unknown, payloads: unknown[]) => void sent.push(...payloads) },
    kvs: { forBot: () => ({ get: async (key: string) => kvs.get(key), set: async (key: string, value: unknown) => kvs.set(key, value) }) },
    dialog: { createId: () => 'id', jumpTo: async (...args: unknown[]) => void jumps.push(args) }
  }
  const run = (id: string) => compile(HOOK_TEMPLATES.find(template => template.id === id)!.text, ['event'])(bp, event)
  return { run, event, sent, flags, jumps }
}

describe('Templates of hooks', () => {
  it('compile as a plain function of their type’s arguments (R3.3)', () => {
    for (const { id, text, types } of HOOK_TEMPLATES) {
      for (const type of types)
        assert.doesNotThrow(
          () =>
            compile(
              text,
              hookTypeOf(type)!.args.map(arg => arg.name)
            ),
          id
        )
    }
    for (const type of HOOK_TYPES)
      assert.doesNotThrow(() =>
        compile(
          emptyHook(type),
          type.args.map(arg => arg.name)
        )
      )
  })

  it('keep to the syntax of Node 12 (R3.24)', () => {
    assert.deepEqual(newerSyntax('event?.type ?? 1'), ['?.', '??'])
    for (const { id, text } of HOOK_TEMPLATES) assert.deepEqual(newerSyntax(text), [], id)
  })

  it('greet-once greets, skips the dialog engine and saves; a second trigger of the session says nothing', async () => {
    const first = stage({ type: 'proactive-trigger' })
    await first.run('greet-once')
    assert.deepEqual([first.sent.length, first.flags], [1, ['skip', 'persist']])
    const second = stage({ type: 'proactive-trigger', session: first.event.state.session })
    await second.run('greet-once')
    assert.deepEqual([second.sent, second.flags], [[], ['skip']])
  })

  it('greet-user-once greets a visitor once, whatever the session', async () => {
    const { run, sent } = stage({ type: 'proactive-trigger' })
    await run('greet-user-once')
    await run('greet-user-once')
    assert.equal(sent.length, 1)
  })

  it('greet-on-visit answers the first visit, and no other type', async () => {
    const visit = stage({ type: 'visit' })
    await visit.run('greet-on-visit')
    await visit.run('greet-on-visit')
    const other = stage({ type: 'proactive-trigger' })
    await other.run('greet-on-visit')
    assert.deepEqual([visit.sent.length, other.sent.length], [1, 0])
  })

  it('flow-speaks-first leaves the first trigger to the flow and skips the next (A3)', async () => {
    const first = stage({ type: 'proactive-trigger' })
    await first.run('flow-speaks-first')
    const next = stage({ type: 'proactive-trigger', session: { started: true } })
    await next.run('flow-speaks-first')
    assert.deepEqual([first.flags, next.flags], [[], ['skip']])
  })

  it('start-at-node interrupts nobody', async () => {
    const free = stage({ type: 'proactive-trigger' })
    await free.run('start-at-node')
    const busy = stage({ type: 'proactive-trigger', context: { currentNode: 'ask' } })
    await busy.run('start-at-node')
    assert.deepEqual([free.jumps.length, free.flags, busy.jumps.length, busy.flags], [1, [], 0, ['skip']])
  })

  it('remember-page-data reads at the page’s depth (R22.3), also when a channel sent nothing (R24.4)', async () => {
    const web = stage({ type: 'page-data' })
    await web.run('remember-page-data')
    assert.deepEqual((web.event.state.session as { pageData?: unknown }).pageData, { product: 'kettle' })
    assert.deepEqual(web.flags, ['skip', 'persist'])
    const other = stage({ type: 'page-data', payload: {} })
    await other.run('remember-page-data')
    assert.equal((other.event.state.session as { pageData?: unknown }).pageData, undefined)
  })

  it('are what the rules ask for: no finding of any kind', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'proactive-hooks-templates-'))
    try {
      for (const { id, types, text } of HOOK_TEMPLATES) {
        for (const type of types) {
          mkdirSync(join(folder, 'data/global/hooks', type), { recursive: true })
          writeFileSync(join(folder, 'data/global/hooks', type, `${id}.js`), text)
        }
      }
      // That all of them together answer the same event is what BPX003 is about.
      const findings = (await checkFolder(folder)).filter(({ code }) => code !== 'BPX003')
      assert.deepEqual(
        findings.map(({ file, code, message }) => `${basename(file)} ${code} ${message}`),
        []
      )
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('leave every other event alone', async () => {
    for (const { id } of HOOK_TEMPLATES.filter(({ types }) => types.includes('before_incoming_middleware'))) {
      const { run, sent, flags, jumps } = stage({ type: 'text' })
      await run(id)
      assert.deepEqual([sent, flags, jumps], [[], [], []], id)
    }
  })

  it('are offered only for their type', () => {
    assert.deepEqual(
      templatesFor(hookTypeOf('before_session_timeout')!).map(({ id }) => id),
      ['remind-once']
    )
    assert.deepEqual(templatesFor(hookTypeOf('after_server_start')!), [])
  })

  it('have a twin among the snippets that compiles too', () => {
    const snippets: Record<string, { body: string[] }> = JSON.parse(readFileSync(join(root, 'snippets/hooks.json'), 'utf8'))
    for (const [name, { body }] of Object.entries(snippets)) {
      // As the editor inserts it: placeholders give their words, an escaped dollar is one.
      const text = body
        .join('\n')
        .replace(/(?<!\\)\$\{\d+:([^}]*)\}/g, '$1')
        .replace(/(?<!\\)\$\d/g, '')
        .replaceAll('\\$', '$')
      const isPart = /^\s*(const .*await|.*\bif \(await)/m.test(text) && !/async/.test(text)
      assert.doesNotThrow(() => compile(isPart ? `(async () => {\n${text}\n})` : text, ['event']), name)
      assert.deepEqual(newerSyntax(text), [], name)
    }
  })
})

describe('The name of a new hook', () => {
  it('may hold sub-folders, with or without the ending (R1.3)', () => {
    for (const name of ['10_greet', 'shop/10_greet.js']) assert.equal(problemOfName(name), undefined, name)
    assert.equal(hookFile(undefined, 'after_server_start', 'boot'), 'data/global/hooks/after_server_start/boot.js')
    assert.equal(hookFile('shop', 'before_incoming_middleware', 'a/b.js'), 'data/bots/shop/hooks/before_incoming_middleware/a/b.js')
  })

  it('is refused where Botpress or the disk would not take it (R1.4)', () => {
    const problems = Object.fromEntries(
      ['', ' ', 'a//b', '.js', '.hidden', 'a/.b/c', 'what?', 'a\\b', '../up'].map(name => [name, problemOfName(name)])
    )
    assert.deepEqual(problems, {
      '': 'empty',
      ' ': 'empty',
      'a//b': 'empty',
      '.js': 'empty',
      '.hidden': 'dot',
      'a/.b/c': 'dot',
      'what?': 'characters',
      'a\\b': 'characters',
      '../up': 'dot'
    })
  })
})
