import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** The hook that is written in; the others are like it. */
export const HOOK = `const _ = require('lodash')
const { SKIP_DIALOG_ENGINE, FORCE_PERSIST_STATE } = bp.IO.WellKnownFlags

const greet = async () => {
  if (event.type !== 'proactive-trigger') return
  event.setFlag(SKIP_DIALOG_ENGINE, true)
  if (event.state.session.greetedAt) return
  event.state.session.greetedAt = Date.now()
  event.setFlag(FORCE_PERSIST_STATE, true)
  const name = _.get(event, 'state.user.name', 'there')
  const payloads = await bp.cms.renderElement('builtin_text', { text: 'Hello ' + name }, event)
  await bp.events.replyToEvent(event, payloads, event.id)
  bp.logger.forBot(event.botId).info('greeted ' + event.target)
}

const remember = async () => {
  const kvs = bp.kvs.forBot(event.botId)
  const key = 'seen/' + event.channel + '/' + event.target
  const seen = (await kvs.get(key)) || 0
  await kvs.set(key, seen + 1)
  if (event.threadId) bp.logger.debug(event.threadId)
}

return Promise.all([greet(), remember()])
`

/** Removed when it is disposed of. */
export interface BenchWorkspace extends Disposable {
  readonly folder: string
  /** The hook that is opened. */
  readonly hook: string
}

/**
 * A folder with so many hooks, and a page that sends what they handle. A `jsconfig.json` and the SDK's declarations beside them give TypeScript's
 * own server its chance; it is told of the hook's arguments by `declare const`.
 *
 * @param lib `lib` of the `jsconfig.json`; without it the browser's names are there as well, as in any new one
 */
export function benchWorkspace(root: string, hooks: number, lib?: readonly string[]): BenchWorkspace {
  const folder = mkdtempSync(join(tmpdir(), 'proactive-hooks-bench-'))
  const write = (name: string, text: string) => {
    const file = join(folder, name)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
    return file
  }
  const hook = write('data/global/hooks/before_incoming_middleware/greet.js', HOOK)
  for (let at = 1; at < hooks; at++) {
    const bot = `bot-${Math.floor(at / 20)}`
    write(`data/bots/${bot}/hooks/after_incoming_middleware/${String(at).padStart(4, '0')}.js`, HOOK.replaceAll('greet', `greet${at}`))
    if (at % 20 === 0) write(`data/bots/${bot}/bot.config.json`, '{}')
  }
  write(
    'web/index.html',
    "<script>\nwindow.botpressWebChat.sendEvent({ type: 'proactive-trigger', payload: { page: 'shop' } })\n</script>\n"
  )
  cpSync(join(root, 'src/botpress/sdk'), join(folder, 'types'), { recursive: true })
  rmSync(join(folder, 'types/hook-globals.d.ts'))
  write(
    'types/hook.d.ts',
    'declare const bp: typeof sdk\ndeclare const event: sdk.IO.IncomingEvent\ndeclare const require: any\ndeclare const process: any\ndeclare const Buffer: any\n'
  )
  write(
    'jsconfig.json',
    JSON.stringify({ compilerOptions: { checkJs: true, target: 'es2020', moduleDetection: 'force', lib }, include: ['types', 'data'] })
  )
  return { folder, hook, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) }
}
