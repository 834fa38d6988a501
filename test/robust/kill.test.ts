import assert from 'node:assert/strict'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as delay } from 'node:timers/promises'
import { EngineHost } from '../../src/host/engine-host.ts'
import type { TraceEntry } from '../../src/trace/entry.ts'
import { TraceLog } from '../../src/trace/log.ts'
import { BOT, entry, folderWith, hook } from '../host/fixture.ts'
import { type BuiltEngine, buildEngine } from './engine.ts'
import { type Random, random, seedOf } from './random.ts'

const KILLS = 100
/** Engines side by side. */
const ENGINES = 2
const VISITORS = ['anna', 'ben', 'cleo', 'dora']
const seed = seedOf(7)

/** Counts in both places that are saved: the visitor's attributes and the session. */
const COUNT = `
const { user, session } = event.state
session.count = (session.count || 0) + 1
user.count = (user.count || 0) + 1
event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
event.setFlag(bp.IO.WellKnownFlags.FORCE_PERSIST_STATE, true)
`

type Counts = Map<string, { session: number; user: number }>

describe(`killing the engine (ROBUST_SEED=${seed})`, function () {
  this.timeout(180_000)
  let engine: BuiltEngine
  before(async () => {
    engine = await buildEngine()
  })
  after(() => engine.remove())

  it(`at ${KILLS} random moments loses nothing that was reported as saved (R5.6, R6.4)`, async () => {
    const dice = Array.from({ length: ENGINES }, (_, part) => random(seed * 1000 + part))
    const kills = await Promise.all(dice.map(one => killAgainAndAgain(one, KILLS / ENGINES)))
    assert.equal(
      kills.reduce((sum, count) => sum + count, 0),
      KILLS
    )
  })

  /** @returns how often the process was killed */
  async function killAgainAndAgain(dice: Random, times: number): Promise<number> {
    const folder = folderWith({ ...BOT, [hook('count.js')]: COUNT })
    const storage = folderWith({})
    const trace = new TraceLog()
    const host = EngineHost.open({ entry: engine.entry, settings: { root: folder.path, storage: storage.path }, trace })
    let going = true
    const visitors = VISITORS.map(async target => {
      while (going) {
        // A call may end with its process.
        await host.call('send', { type: 'count', botId: 'shop', target }).catch(() => {})
        await delay(dice.below(6))
      }
    })
    let kills = 0
    try {
      await host.ready()
      while (kills < times) {
        const since = trace.entries.length
        await entry(trace, 'event-ended', one => one.seq > since)
        await delay(dice.below(40))
        const { pid } = host
        if (pid === undefined) continue
        const before = trace.entries.length
        process.kill(pid, 'SIGKILL')
        const stopped = await entry(trace, 'engine-stopped', one => one.seq > before)
        kills++
        assert.equal(stopped.reason, 'crash')
        assertKept(reportedCounts(trace.entries.slice(0, stopped.seq)), storedCounts(storage.path))
        await entry(trace, 'state-saved', one => one.seq > stopped.seq)
      }
    } finally {
      going = false
      await Promise.all(visitors)
      await host.dispose()
      folder.remove()
      storage.remove()
    }
    return kills
  }
})

/** The highest count of each visitor that the trace reports as saved. */
function reportedCounts(entries: readonly TraceEntry[]): Counts {
  const counts: Counts = new Map()
  for (const one of entries) {
    if (one.kind !== 'state-saved') continue
    const after = (path: string) => Number(one.changes.find(change => change.path === path)?.after ?? 0)
    const known = counts.get(one.sessionId) ?? { session: 0, user: 0 }
    counts.set(one.sessionId, {
      session: Math.max(known.session, after('state.session.count')),
      user: Math.max(known.user, after('state.user.count'))
    })
  }
  return counts
}

/** What another process finds in the file. */
function storedCounts(folder: string): Counts {
  const database = new DatabaseSync(`${folder}/core.sqlite`, { readOnly: true, timeout: 5000 })
  try {
    assert.deepEqual({ ...database.prepare('PRAGMA integrity_check').get() }, { integrity_check: 'ok' })
    const counts: Counts = new Map()
    for (const row of database.prepare('SELECT id, session_data FROM dialog_sessions').all()) {
      counts.set(String(row.id), { session: JSON.parse(String(row.session_data)).count, user: 0 })
    }
    for (const row of database.prepare('SELECT user_id, attributes FROM srv_channel_users').all()) {
      const known = counts.get(`shop::web::${row.user_id}`)
      if (known) known.user = JSON.parse(String(row.attributes)).count ?? 0
    }
    return counts
  } finally {
    database.close()
  }
}

function assertKept(reported: Counts, stored: Counts): void {
  assert.ok(reported.size > 0, 'nothing was saved yet')
  for (const [id, { session, user }] of reported) {
    const found = stored.get(id)
    assert.ok(
      found && found.session >= session && found.user >= user,
      `${id}: ${session} and ${user} were saved, stored are ${JSON.stringify(found)}`
    )
  }
}
