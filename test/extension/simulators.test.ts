import assert from 'node:assert/strict'
import { EventEmitter } from 'node:events'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Disposables } from '../../src/extension/feature.ts'
import type { Lab } from '../../src/extension/lab.ts'
import { Panels } from '../../src/extension/panels.ts'
import type { Root } from '../../src/extension/roots.ts'
import { Simulators } from '../../src/extension/simulators.ts'
import { isNamed } from '../../src/extension/testing/scenario-tool.ts'
import { until } from '../panel/until.ts'
import { copyWorkspace, type WorkspaceCopy } from '../support/workspace.ts'

const PROJECT = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/** As much of the editor's API as simulators and their pages use. The window is not trusted, so no engine starts. */
function editor(folders: readonly string[]) {
  class Emitter<T> {
    readonly #emitter = new EventEmitter()
    readonly event = (listener: (value: T) => void) => {
      this.#emitter.on('event', listener)
      return { dispose: () => void this.#emitter.off('event', listener) }
    }
    fire(value: T): void {
      this.#emitter.emit('event', value)
    }
    dispose(): void {
      this.#emitter.removeAllListeners()
    }
  }
  const nothing = { dispose: () => {} }
  const uri = (path: string) => ({ scheme: 'file', path, fsPath: path, toString: () => path })
  const questions: string[] = []
  const scanned = new Emitter<void>()
  const roots: Root[] = folders.map(path => ({ path, uri: uri(path), folder: undefined, bots: [] }) as unknown as Root)
  const active: { document: { uri: unknown } } = { document: { uri: uri(join(folders[0]!, 'hook.js')) } }
  const vscode = {
    EventEmitter: Emitter,
    RelativePattern: class {},
    Uri: { file: uri, parse: uri, joinPath: ({ path }: { path: string }, ...parts: string[]) => uri([path, ...parts].join('/')) },
    l10n: { t: (text: string) => text },
    env: { asExternalUri: async (local: unknown) => local, language: 'en' },
    commands: { executeCommand: async () => undefined },
    window: {
      activeTextEditor: active as typeof active | undefined,
      showQuickPick: async (_items: unknown, { title }: { title: string }) => void questions.push(title)
    },
    workspace: {
      isTrusted: false,
      onDidGrantWorkspaceTrust: () => nothing,
      onDidSaveTextDocument: () => nothing,
      asRelativePath: String,
      getConfiguration: () => ({ get: (_: string, fallback: unknown) => fallback }),
      createFileSystemWatcher: () => ({ onDidCreate: () => nothing, onDidChange: () => nothing, onDidDelete: () => nothing, ...nothing })
    }
  }
  const say = (error: unknown) => assert.fail(String(error))
  const lab = {
    vscode,
    context: { extensionPath: PROJECT, extensionUri: uri(PROJECT), storageUri: undefined },
    log: { info: () => {}, warn: () => {}, error: say },
    report: say,
    roots: {
      onDidChange: scanned.event,
      all: async () => roots,
      of: async ({ path }: { path: string }) => roots.find(root => path.startsWith(root.path))
    }
  }
  const simulators = new Simulators(lab as unknown as Lab)
  const panels = new Panels({ ...lab, simulators } as unknown as Lab)
  simulators.start()
  panels.start()
  const page = () => {
    const webview = {
      html: '',
      onDidReceiveMessage: () => nothing,
      postMessage: async () => true,
      asWebviewUri: String,
      cspSource: 'self:'
    }
    void panels.show({ webview, visible: true, onDidDispose: () => nothing } as never)
    return webview
  }
  return { simulators, panels, roots, page, questions, scanned, vscode }
}

describe('The simulators of a window with several Botpress folders', () => {
  let copies: WorkspaceCopy[]
  let on: ReturnType<typeof editor>

  beforeEach(() => {
    copies = ['hooks', 'hooks'].map(copyWorkspace)
    on = editor(copies.map(({ folder }) => folder))
  })
  afterEach(async () => {
    on.panels.dispose()
    await on.simulators.dispose()
    for (const copy of copies) copy.remove()
  })

  it('show the folder of the hook that is run, also in a page that opens meanwhile and has another one in its editor', async () => {
    const webview = on.page()
    const { simulator, root } = await on.simulators.of(on.roots[1]!)
    assert.equal(root, on.roots[1])
    await until(() => webview.html.includes(new URL(simulator.url('page')).origin))
    assert.equal(on.simulators.current?.simulator, simulator)
  })

  it('ask once which folder a page shows, not with every file that comes or goes', async () => {
    on.vscode.window.activeTextEditor = undefined
    const webview = on.page()
    await until(() => webview.html !== '')
    on.scanned.fire()
    await on.roots.at(0)
    await until(() => on.questions.length > 0)
    assert.deepEqual(on.questions, ['Which Botpress folder?'])
  })

  it('leave nothing behind when they are closed: who reads traces lets go of them', async () => {
    const read: string[] = []
    const reading = on.simulators.readTraces(({ root }) => entries => {
      for (const { kind } of entries) read.push(`${on.roots.indexOf(root)} ${kind}`)
    })
    const first = await on.simulators.of(on.roots[0]!)
    const second = await on.simulators.of(on.roots[1]!)
    const happens = ({ simulator }: typeof first) => simulator.trace.append({ kind: 'clock', at: 1, to: 1, why: 'a test' } as never)
    happens(first)
    await on.simulators.close(first.root)
    happens(first)
    happens(second)
    assert.deepEqual(read, ['0 clock', '1 clock'])
    reading.dispose()
    happens(second)
    assert.equal(read.length, 2)
  })

  it('are opened anew only when the end of the one before is over', async () => {
    const first = await on.simulators.of(on.roots[0]!)
    const order: string[] = []
    const closing = on.simulators.close(first.root).then(() => order.push('closed'))
    const again = on.simulators.of(on.roots[0]!).then(open => {
      order.push('opened')
      return open
    })
    await closing
    assert.notEqual((await again).simulator, first.simulator)
    assert.deepEqual(order, ['closed', 'opened'])
  })

  it('end with the window, also one that is still being opened', async () => {
    const opening = on.simulators.of(on.roots[0]!)
    await on.simulators.dispose()
    const { simulator } = await opening
    assert.deepEqual(on.simulators.all, [])
    await assert.rejects(fetch(simulator.url('page')), 'nobody listens any more')
  })
})

describe('What belongs to something that ends', () => {
  it('ends with it, the last one first, and at once what comes later', () => {
    const ended: string[] = []
    const mine = new Disposables()
    for (const name of ['a', 'b']) mine.onDispose(() => ended.push(name))
    mine.dispose()
    mine.dispose()
    mine.onDispose(() => ended.push('late'))
    assert.deepEqual(ended, ['b', 'a', 'late'])
  })
})

describe('A scenario file that an assistant names', () => {
  it('is meant by its path or the end of it, whatever the slashes', () => {
    for (const path of [
      'c:\\shop\\tests\\a.scenario.yaml',
      'C:/shop/tests/a.scenario.yaml',
      'tests/a.scenario.yaml',
      '.\\tests\\a.scenario.yaml'
    ])
      assert.ok(isNamed('c:\\shop\\tests\\a.scenario.yaml', path), path)
    assert.ok(isNamed('/shop/tests/a.scenario.yaml', 'tests\\a.scenario.yaml'))
    assert.ok(!isNamed('/shop/tests/aa.scenario.yaml', 'a.scenario.yaml'))
  })
})
