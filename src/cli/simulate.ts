import { existsSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { Simulator } from '../host/simulator.ts'
import { findBotpress } from '../host/workspace.ts'
import type { Terminal } from './commands.ts'
import { DIST } from './dist.ts'
import { ENGINE_OPTIONS, engineOf } from './engine-options.ts'
import { folderOf, numberOf } from './folder.ts'
import { Misuse } from './misuse.ts'

/** `simulate`: the simulator for a plain browser, until it is interrupted. */
export async function run(args: string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { page: { type: 'string' }, bot: { type: 'string' }, port: { type: 'string' }, state: { type: 'string' }, ...ENGINE_OPTIONS }
  })
  const folder = folderOf(positionals)
  const port = numberOf('port', values.port, 65_535)
  const page = values.page === undefined ? undefined : pageOf(folder, values.page)
  const { network, botpressVersion } = engineOf(values, findBotpress(folder)?.root ?? folder)
  const simulator = await Simulator.open({
    folder,
    dist: DIST,
    port,
    page,
    ...(values.bot !== undefined && /^https?:/.test(values.bot)
      ? { botEndpoint: values.bot, page: page ?? `bot:${values.bot}` }
      : { botId: values.bot }),
    storage: values.state && resolve(values.state),
    network: () => network,
    botpressVersion
  })
  try {
    simulator.onNotice(notice => terminal.err(`${notice.text}\n`))
    terminal.out(`The simulator is at ${simulator.url('ui')}\nPress Ctrl-C to stop.\n`)
    const failed = simulator.ready().then(
      () => new Promise<number>(() => {}),
      (error: Error) => {
        terminal.err(`${error.message}\n`)
        return 1
      }
    )
    return await Promise.race([terminal.stopped.then(() => 0), failed])
  } finally {
    await simulator.dispose()
  }
}

/** The page's id: its path below the folder, with forward slashes. */
function pageOf(folder: string, given: string): string {
  const file = [resolve(given), resolve(folder, given)].find(existsSync)
  if (!file) throw new Misuse(`There is no page ${given}, neither here nor in ${folder}`)
  const id = relative(folder, file).replaceAll('\\', '/')
  if (id.startsWith('..')) throw new Misuse(`The page ${given} does not lie in ${folder}`)
  return id
}
