import assert from 'node:assert/strict'
import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { FromEngine } from '../../src/protocol/engine.ts'
import type { Report } from '../../src/trace/entry.ts'
import { of, Project } from './project.ts'

const MAIN = fileURLToPath(new URL('../../src/runtime/main.ts', import.meta.url))

/** The engine as the host starts it. */
class EngineChild {
  readonly child: ChildProcess
  readonly trace: Report[] = []
  #answers = new Map<number, (message: FromEngine) => void>()
  #readers = new Set<() => void>()
  #id = 0

  constructor() {
    this.child = fork(MAIN, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
    this.child.on('message', (message: FromEngine) => {
      if (message.kind === 'trace') this.trace.push(...message.reports)
      if (message.kind === 'answer') this.#answers.get(message.id)?.(message)
      for (const reader of this.#readers) reader()
    })
  }

  call(name: string, params: unknown): Promise<{ result?: unknown; error?: { code: string; message: string } }> {
    return new Promise(resolve => {
      this.#answers.set(++this.#id, resolve as never)
      this.child.send({ id: this.#id, call: name, params })
    })
  }

  /** Resolves as soon as what was reported fulfils the condition. */
  until(holds: () => boolean): Promise<void> {
    return new Promise(resolve => {
      const check = () => {
        if (!holds()) return
        this.#readers.delete(check)
        resolve()
      }
      this.#readers.add(check)
      check()
    })
  }
}

const text = (said: string) => ({ type: 'text', botId: 'bot', target: 'ann', payload: { type: 'text', text: said } })

describe('The engine’s process', function () {
  this.timeout(60_000)

  it('has reported a hook’s start before an endless loop in it begins', async () => {
    const project = new Project()
    const file = project.hook('while (true) {}')
    const engine = new EngineChild()
    try {
      await engine.call('start', { root: project.root })
      void engine.call('send', text('hi'))
      await engine.until(() => of(engine.trace, 'hook-started').length > 0)
      assert.equal(of(engine.trace, 'hook-started')[0]?.place.file, file)
    } finally {
      engine.child.kill('SIGKILL')
      await project.close()
    }
  })

  it('has reported what a hook did before it loops, also after an await', async () => {
    const project = new Project()
    project.hook('const run = async () => {\n  await 1\n  console.log("here")\n  while (true) {}\n}\nreturn run()')
    const engine = new EngineChild()
    try {
      await engine.call('start', { root: project.root })
      void engine.call('send', text('hi'))
      await engine.until(() => of(engine.trace, 'console').length > 0)
      assert.equal(of(engine.trace, 'console')[0]?.place?.line, 3)
    } finally {
      engine.child.kill('SIGKILL')
      await project.close()
    }
  })

  it('keeps what Botpress would have saved when it is killed, and goes on with it after a new start', async () => {
    const project = new Project()
    project.hook('event.state.user.n = (event.state.user.n || 0) + 1\nif (event.preview === "loop") while (true) {}')
    const settings = { root: project.root, storage: join(project.root, 'storage') }
    let engine = new EngineChild()
    try {
      await engine.call('start', settings)
      await engine.call('send', text('hi'))
      await engine.until(() => of(engine.trace, 'state-saved').length > 0)
      await engine.call('send', text('loop'))
      await engine.until(() => of(engine.trace, 'hook-started').length > 1)
      engine.child.kill('SIGKILL')
      engine = new EngineChild()
      await engine.call('start', settings)
      await engine.call('send', text('again'))
      await engine.until(() => of(engine.trace, 'state-loaded').length > 0)
      assert.deepEqual((of(engine.trace, 'state-loaded')[0]!.state as { user: object }).user, { n: 1 })
    } finally {
      engine.child.kill('SIGKILL')
      await project.close()
    }
  })

  it('answers what it cannot do with a code and a sentence, and opens the inspector on 127.0.0.1', async () => {
    const project = new Project()
    const engine = new EngineChild()
    try {
      assert.equal((await engine.call('settle', { ms: 1 })).error?.code, 'not-started')
      await engine.call('start', { root: project.root })
      assert.equal((await engine.call('advance', { ms: 1 })).error?.code, 'real-clock')
      const { result } = await engine.call('inspect', {})
      assert.match((result as { url: string }).url, /^ws:\/\/127\.0\.0\.1:\d+\//)
      assert.equal((result as { pid: number }).pid, engine.child.pid)
      assert.equal((await engine.call('inspectEnd', {})).error, undefined)
    } finally {
      engine.child.kill('SIGKILL')
      await project.close()
    }
  })

  it('ends when it is asked to, and lives on after an unhandled rejection', async () => {
    const project = new Project()
    const file = project.hook('Promise.reject(new Error("floating"))')
    const engine = new EngineChild()
    try {
      await engine.call('start', { root: project.root })
      await engine.call('send', text('hi'))
      await engine.until(() => of(engine.trace, 'unhandled-rejection').length > 0)
      assert.equal(of(engine.trace, 'unhandled-rejection')[0]?.error.place?.file, file)
      const ended = new Promise(resolve => engine.child.once('exit', resolve))
      await engine.call('stop', {})
      assert.equal(await ended, 0)
    } finally {
      engine.child.kill('SIGKILL')
      await project.close()
    }
  })
})
