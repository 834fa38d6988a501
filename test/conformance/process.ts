import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { EngineProcess } from '../../src/host/engine-process.ts'
import type { EngineCall } from '../../src/protocol/engine.ts'
import type { Report } from '../../src/trace/entry.ts'
import type { Case } from './case.ts'

const MAIN = fileURLToPath(new URL('../../src/runtime/main.ts', import.meta.url))
/** How long a process may say nothing before it counts as frozen. */
const SILENCE_MS = 3000

/** Runs a case that froze or killed the real server in a process of its own. @returns the differences */
export async function runInProcess(given: Case, root: string): Promise<string[]> {
  const engine = new EngineProcess({ entry: MAIN, cwd: root, heapLimitMb: 512 })
  const trace: Report[] = []
  engine.listen({ reports: reports => void trace.push(...reports), waits: () => {}, push: () => {}, covered: () => {}, ended: () => {} })
  const call = async (name: EngineCall, params: unknown): Promise<'answered' | 'silent'> => {
    const answered = engine.call(name, params).then(
      () => 'answered' as const,
      () => 'answered' as const
    )
    const outcome = await Promise.race([answered, delay(SILENCE_MS, 'silent' as const)])
    engine.look()
    return outcome
  }
  try {
    await engine.ready
    await call('start', { root })
    let frozen = false
    for (const step of given.events) {
      await call('send', { type: 'text', target: 'user1', threadId: 'thread1', botId: 'bot', payload: { type: 'text', text: 'hello' }, ...step })
      frozen = (await call('settle', { ms: 1000 })) === 'silent'
      if (frozen) break
    }
    // What a hook left behind may come a little later.
    const until = Date.now() + 10_000
    while (given.expected.fatal && Date.now() < until && !trace.some(one => one.kind === 'uncaught-exception')) await call('settle', { ms: 20 })
    return judge(given, trace, frozen, (await (frozen ? 'silent' : call('settle', { ms: 10 }))) === 'answered')
  } finally {
    engine.kill()
  }
}

/** Our engine must name the culprit; where the real server died, it goes on. */
function judge({ expected }: Case, trace: Report[], frozen: boolean, lives: boolean): string[] {
  const found: string[] = []
  const started = trace.filter(one => one.kind === 'hook-started')
  const last = started.at(-1)
  if (Boolean(expected.hang) !== frozen) found.push(`hang: expected ${expected.hang}, got ${frozen}`)
  if (expected.hang) {
    const incoming = trace.filter(one => one.kind === 'event-received' && one.direction === 'incoming')
    const index = incoming.findIndex(one => one.kind === 'event-received' && one.eventId === last?.eventId)
    const said = last && `hook start ${last.hookType}/${last.name} on in${index + 1}`
    if (said !== expected.lastHook) found.push(`lastHook: expected ${expected.lastHook}, got ${said}`)
  }
  if (expected.fatal) {
    const uncaught = trace.find(one => one.kind === 'uncaught-exception')
    const said = uncaught && `${uncaught.error.name}: ${uncaught.error.message}`
    const wanted = expected.uncaught?.[0]?.split(' |')[0]
    if (said !== wanted) found.push(`uncaught: expected ${wanted}, got ${said}`)
    if (!/ends with code 1/.test(uncaught?.real ?? '')) found.push('the report does not say that the real server ends')
    if (!lives) found.push('the engine does not live on')
    if (!last?.name.endsWith(expected.lastHook ?? '')) found.push(`lastHook: expected ${expected.lastHook}, got ${last?.name}`)
  }
  return found
}
