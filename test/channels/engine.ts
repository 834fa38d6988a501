/** The real engine in this process with the web chat attached, on a virtual clock and an empty database. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createWebchat } from '../../src/channels/webchat/index.ts'
import type { Push } from '../../src/protocol/engine.ts'
import { RuntimeEngine } from '../../src/runtime/engine.ts'
import type { EntryKind, Report } from '../../src/trace/entry.ts'

export interface Bench {
  engine: RuntimeEngine
  reports: Report[]
  pushes: Push[]
  /** Asks a route as the visitor. */
  ask(route: string, body?: unknown, visitorId?: string): Promise<{ status: number; body: Record<string, unknown> }>
  /** Waits until everything sent was processed. */
  settle(): Promise<void>
  of<K extends EntryKind>(kind: K): (Report & { kind: K })[]
  close(): Promise<void>
}

const BOT = { id: 'shop', name: 'Shop', description: 'Sells', defaultLanguage: 'en', languages: ['en'] }

export async function bench(
  hooks: Record<string, string> = {},
  files: Record<string, string> = {},
  botpressVersion?: string
): Promise<Bench> {
  const root = mkdtempSync(join(tmpdir(), 'proactive-hooks-test-'))
  const all: Record<string, string> = { 'data/bots/shop/bot.config.json': JSON.stringify(BOT), ...files }
  for (const [name, text] of Object.entries(hooks)) all[`data/global/hooks/${name}`] = text
  for (const [file, text] of Object.entries(all)) {
    mkdirSync(dirname(join(root, file)), { recursive: true })
    writeFileSync(join(root, file), text)
  }
  const reports: Report[] = []
  const pushes: Push[] = []
  const engine = new RuntimeEngine({
    settings: { root, clock: 'virtual', startAt: Date.parse('2025-01-01T12:00:00Z'), botpressVersion },
    // As they cross the process.
    report: entry => void reports.push(JSON.parse(JSON.stringify(entry))),
    push: push => void pushes.push(JSON.parse(JSON.stringify(push)))
  })
  engine.attach(createWebchat)
  await engine.call('start', { root })
  await engine.call('socket', { visitorId: 'anna', open: true })
  return {
    engine,
    reports,
    pushes,
    ask: async (route, body = {}, visitorId = 'anna') =>
      (await engine.call('webchat', { botId: 'shop', visitorId, route, body })) as { status: number; body: Record<string, unknown> },
    settle: async () => {
      await engine.call('settle', { ms: 5000 })
    },
    of: kind => reports.filter(report => report.kind === kind) as never,
    async close() {
      await engine.close()
      rmSync(root, { recursive: true, force: true })
    }
  }
}

/** A hook that answers events of a type with payloads and keeps the dialog engine away. */
export function answering(type: string, payloads: unknown[]): Record<string, string> {
  const code = `if (event.type !== '${type}') return
event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
return bp.events.replyToEvent(event, ${JSON.stringify(payloads)}, event.id)`
  return { 'before_incoming_middleware/answer.js': code }
}
