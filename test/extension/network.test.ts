import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import { networkJsonSchema } from '../../scripts/network-schema.ts'
import type { Lab } from '../../src/extension/lab.ts'
import { Network } from '../../src/extension/network.ts'
import { TraceLog } from '../../src/trace/log.ts'

/** The feature with as much of an editor as it uses; the user answers each question with `answer`. */
function editor(answer: string | undefined, given: Record<string, unknown> = {}) {
  const values: Record<string, unknown> = { ...given }
  const memory = new Map<string, unknown>()
  const questions: string[] = []
  const told: unknown[] = []
  const trace = new TraceLog()
  let changed: (event: { affectsConfiguration(name: string): boolean }) => void = () => {}
  const open = {
    root: { uri: { fsPath: '/shop' } },
    simulator: { trace, state: { status: 'ready' }, call: async (_name: string, params: unknown) => void told.push(params) }
  }
  const configuration = {
    get: (name: string, fallback: unknown) => values[name] ?? fallback,
    update: async (name: string, value: unknown) => {
      values[name] = value
      changed({ affectsConfiguration: one => one === `proactiveHooks.${name}` })
    }
  }
  const window = () => {
    const lab = {
      vscode: {
        ConfigurationTarget: { Workspace: 2, Global: 1 },
        l10n: { t: (text: string, ...args: string[]) => args.reduce((all, arg, index) => all.replace(`{${index}}`, arg), text) },
        window: {
          showWarningMessage: async (sentence: string) => {
            questions.push(sentence)
            return answer
          }
        },
        workspace: {
          workspaceFolders: [{}],
          getConfiguration: () => configuration,
          onDidChangeConfiguration: (listener: typeof changed) => {
            changed = listener
            return { dispose: () => {} }
          }
        }
      },
      context: {
        workspaceState: {
          get: (key: string, fallback: unknown) => memory.get(key) ?? fallback,
          update: async (key: string, value: unknown) => void memory.set(key, value)
        }
      },
      log: { error: (error: unknown) => assert.fail(String(error)) },
      simulators: {
        all: [open],
        readTraces: (reader: (one: typeof open) => Parameters<TraceLog['subscribe']>[0]) => ({ dispose: trace.subscribe(reader(open)) })
      }
    }
    const feature = new Network(lab as unknown as Lab)
    feature.start()
    return feature
  }
  const call = async (url: string) => {
    trace.append({ kind: 'network', at: 0, method: 'GET', url, outcome: 'refused', reason: 'because' })
    for (let turns = 0; turns < 5; turns++) await turn()
  }
  const set = async (name: string, value: unknown) => {
    await configuration.update(name, value)
    await turn()
  }
  return { window, call, questions, told, values, set }
}

describe('Answers to network calls', () => {
  it('are a setting that engines are told of, and a file that editors know: run `node scripts/network-schema.ts` when this fails', async () => {
    const { window, told, set } = editor(undefined)
    window()
    await set('network.fixtures', 'test/answers.json')
    assert.deepEqual(told.at(-1), { mode: 'loopback', allow: [], fixturesFile: resolve('/shop/test/answers.json') })
    await set('network.fixtures', '')
    assert.deepEqual(told.at(-1), { mode: 'loopback', allow: [] })
    const stored = JSON.parse(readFileSync(join(import.meta.dirname, '../../schemas/network-fixtures.schema.json'), 'utf8'))
    assert.deepEqual(stored, JSON.parse(JSON.stringify(networkJsonSchema())))
  })
})

describe('The question about a refused host', () => {
  it('is asked once for each host, and an answer for the workspace is written to its settings and told to the engine', async () => {
    const { window, call, questions, told, values } = editor('Allow for This Workspace', { 'network.allow': ['old.example'] })
    window()
    await call('https://api.example.com:8443/a')
    await call('https://api.example.com/b')
    await call('tcp://[2001:db8::1]:25')
    assert.deepEqual(
      questions.map(one => /called (\S+)\. /.exec(one)?.[1]),
      ['api.example.com', '2001:db8::1']
    )
    assert.deepEqual(values['network.allow'], ['old.example', 'api.example.com', '2001:db8::1'])
    const fixturesFile = resolve('/shop/network-fixtures.json')
    assert.deepEqual(told.at(-1), { mode: 'loopback', allow: ['old.example', 'api.example.com', '2001:db8::1'], fixturesFile })
  })

  it('is not asked again in another window after “Keep Refusing”, nor where all calls are refused anyway', async () => {
    const kept = editor('Keep Refusing')
    kept.window().dispose()
    kept.window()
    await kept.call('https://a.example/')
    kept.window()
    await kept.call('https://a.example/')
    assert.equal(kept.questions.length, 1)
    assert.equal(kept.values['network.allow'], undefined)
    const strict = editor(undefined, { 'network.mode': 'refuse' })
    strict.window()
    await strict.call('https://a.example/')
    assert.deepEqual(strict.questions, [])
  })
})
