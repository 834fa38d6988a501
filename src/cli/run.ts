import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { EngineHost } from '../host/engine-host.ts'
import { findBotpress } from '../host/workspace.ts'
import { TraceLog } from '../trace/log.ts'
import { renderTrace } from '../trace/render.ts'
import type { Terminal } from './commands.ts'
import { DIST } from './dist.ts'
import { ENGINE_OPTIONS, engineOf } from './engine-options.ts'
import { readEvent, readEvents } from './events.ts'
import { folderOf, numberOf } from './folder.ts'
import { Misuse } from './misuse.ts'

const SETTLE_MS = 10_000
/** Who sends the events that name no `target`: one visitor of the web chat, whose page is open. */
const VISITOR = 'visitor-of-the-command'

/** `run`: sends events one after the other and prints what happened. */
export async function run(args: string[], terminal: Terminal): Promise<number> {
  const { values, positionals, tokens } = parseArgs({
    args,
    allowPositionals: true,
    tokens: true,
    options: {
      bot: { type: 'string' },
      event: { type: 'string', multiple: true },
      events: { type: 'string', multiple: true },
      state: { type: 'string' },
      settle: { type: 'string' },
      ...ENGINE_OPTIONS,
      json: { type: 'boolean' }
    }
  })
  const folder = folderOf(positionals)
  const { bot } = values
  if (bot === undefined) throw new Misuse('Which bot receives the events? Say --bot ID.')
  const events = tokens.flatMap(token => {
    if (token.kind !== 'option' || token.value === undefined) return []
    if (token.name === 'event') return [readEvent(token.value, bot, '--event')]
    return token.name === 'events' ? readEvents(token.value, bot) : []
  })
  if (events.length === 0) throw new Misuse('There is nothing to send: say --event JSON or --events FILE.')
  const settleMs = numberOf('settle', values.settle, 3_600_000) ?? SETTLE_MS
  const root = findBotpress(folder)?.root
  if (root === undefined) throw new Misuse(`No Botpress folder (one with data/global or data/bots) was found in, above or below ${folder}`)
  const settings = engineOf(values, root)

  const trace = new TraceLog()
  const engine = EngineHost.open({
    entry: join(DIST, 'engine.js'),
    settings: { root, storage: values.state && resolve(values.state), ...settings },
    trace
  })
  let failed = false
  try {
    await engine.ready()
    if (!engine.status.bots.includes(bot)) throw new Misuse(`There is no bot '${bot}' in ${root}. ${known(engine.status.bots)}`)
    await engine.call('socket', { visitorId: VISITOR, open: true })
    for (const event of events) {
      const visitorId = event.target === undefined ? VISITOR : undefined
      const accepted = await engine.call('send', { ...event, visitorId }).catch((error: Error) => {
        terminal.err(`${event.type}: ${error.message}\n`)
      })
      const { stuck } = await engine.call('settle', { ms: settleMs })
      failed ||= !accepted || stuck.length > 0
    }
  } finally {
    await engine.dispose()
  }
  failed ||= trace.entries.some(entry => entry.kind === 'engine-stopped' && entry.reason !== 'request')
  terminal.out(values.json ? trace.entries.map(entry => `${JSON.stringify(entry)}\n`).join('') : renderTrace(trace.entries))
  return failed ? 1 : 0
}

function known(bots: readonly string[]): string {
  return bots.length > 0 ? `There are: ${bots.join(', ')}.` : 'There is none at all.'
}
