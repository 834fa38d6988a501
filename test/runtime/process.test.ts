import assert from 'node:assert/strict'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { type Ending, EngineProcess } from '../../src/host/engine-process.ts'
import type { CallParams, CallResult, EngineCall } from '../../src/protocol/engine.ts'
import type { Report } from '../../src/trace/entry.ts'
import { of, Project } from './project.ts'

const MAIN = fileURLToPath(new URL('../../src/runtime/main.ts', import.meta.url))

/** The engine as the host starts it. */
class EngineChild {
  readonly process: EngineProcess
  readonly trace: Report[] = []
  readonly ended: Promise<Ending>

  constructor(root: string) {
    this.process = new EngineProcess({ entry: MAIN, cwd: root, heapLimitMb: 512 })
    this.ended = new Promise(resolve => {
      this.process.listen({
        reports: reports => void this.trace.push(...reports),
        waits: () => {},
        push: () => {},
        covered: () => {},
        ended: resolve
      })
    })
  }

  async call<C extends EngineCall>(name: C, params: CallParams<C>): Promise<CallResult<C>> {
    await this.process.ready
    return (await this.process.call(name, params)) as CallResult<C>
  }

  /** Resolves as soon as what was reported, or written down by a process that is silent, fulfils the condition. */
  async until(holds: () => boolean): Promise<void> {
    for (; !holds(); await delay(5)) this.process.look()
  }
}

const text = (said: string) => ({ type: 'text', botId: 'bot', target: 'ann', payload: { type: 'text', text: said } })

describe('The engine’s process', function () {
  this.timeout(60_000)

  it('has reported a hook’s start before an endless loop in it begins', async () => {
    const project = new Project()
    const file = project.hook('while (true) {}')
    const engine = new EngineChild(project.root)
    try {
      await engine.call('start', { root: project.root })
      void engine.call('send', text('hi'))
      await engine.until(() => of(engine.trace, 'hook-started').length > 0)
      assert.equal(of(engine.trace, 'hook-started')[0]?.place.file, file)
    } finally {
      engine.process.kill()
      await project.close()
    }
  })

  it('has reported what a hook did before it loops, also after an await', async () => {
    const project = new Project()
    project.hook('const run = async () => {\n  await 1\n  console.log("here")\n  while (true) {}\n}\nreturn run()')
    const engine = new EngineChild(project.root)
    try {
      await engine.call('start', { root: project.root })
      void engine.call('send', text('hi'))
      await engine.until(() => of(engine.trace, 'console').length > 0)
      assert.equal(of(engine.trace, 'console')[0]?.place?.line, 3)
    } finally {
      engine.process.kill()
      await project.close()
    }
  })

  it('keeps what Botpress would have saved when it is killed, and goes on with it after a new start', async () => {
    const project = new Project()
    project.hook('event.state.user.n = (event.state.user.n || 0) + 1\nif (event.preview === "loop") while (true) {}')
    const settings = { root: project.root, storage: join(project.root, 'storage') }
    let engine = new EngineChild(project.root)
    try {
      await engine.call('start', settings)
      await engine.call('send', text('hi'))
      await engine.until(() => of(engine.trace, 'state-saved').length > 0)
      // Its answer may be in the black box only: the hook begins in the turn after it.
      void engine.call('send', text('loop'))
      await engine.until(() => of(engine.trace, 'hook-started').length > 1)
      engine.process.kill()
      engine = new EngineChild(project.root)
      await engine.call('start', settings)
      await engine.call('send', text('again'))
      await engine.until(() => of(engine.trace, 'state-loaded').length > 0)
      assert.deepEqual((of(engine.trace, 'state-loaded')[0]!.state as { user: object }).user, { n: 1 })
    } finally {
      engine.process.kill()
      await project.close()
    }
  })

  it('answers what it cannot do with a code and a sentence, and opens the inspector on 127.0.0.1', async () => {
    const project = new Project()
    const engine = new EngineChild(project.root)
    try {
      await assert.rejects(engine.call('settle', { ms: 1 }), { code: 'not-started' })
      await engine.call('start', { root: project.root })
      await assert.rejects(engine.call('advance', { ms: 1 }), { code: 'real-clock' })
      const { url, pid } = await engine.call('inspect', {})
      assert.match(url, /^ws:\/\/127\.0\.0\.1:\d+\//)
      assert.equal(pid, engine.process.pid)
      await engine.call('inspectEnd', {})
    } finally {
      engine.process.kill()
      await project.close()
    }
  })

  it('ends when it is asked to, and lives on after an unhandled rejection', async () => {
    const project = new Project()
    const file = project.hook('Promise.reject(new Error("floating"))')
    const engine = new EngineChild(project.root)
    try {
      await engine.call('start', { root: project.root })
      await engine.call('send', text('hi'))
      await engine.until(() => of(engine.trace, 'unhandled-rejection').length > 0)
      assert.equal(of(engine.trace, 'unhandled-rejection')[0]?.error.place?.file, file)
      await engine.call('stop', {})
      assert.equal((await engine.ended).code, 0)
    } finally {
      engine.process.kill()
      await project.close()
    }
  })
})
