import { existsSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { type Advice, adviceWhereSilent, endpointProblem } from '../host/bots/endpoints.ts'
import { devAddress } from '../host/dev-servers.ts'
import { Simulator } from '../host/simulator.ts'
import { findBotpress } from '../host/workspace.ts'
import type { TraceLog } from '../trace/log.ts'
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
  const address = values.page === undefined ? undefined : addressOf(values.page)
  const page = values.page === undefined || address !== undefined ? undefined : pageOf(folder, values.page)
  const endpoint = values.bot !== undefined && /^https?:/.test(values.bot) ? values.bot : undefined
  const problem = endpoint === undefined ? undefined : endpointProblem(endpoint)
  if (problem) throw new Misuse(problem)
  const { network, botpressVersion } = engineOf(values, findBotpress(folder)?.root ?? folder)
  const simulator = await Simulator.open({
    folder,
    dist: DIST,
    port,
    page,
    ...(endpoint === undefined ? { botId: values.bot } : { botEndpoint: endpoint, page: page ?? `bot:${endpoint}` }),
    storage: values.state && resolve(values.state),
    network: () => network,
    botpressVersion
  })
  try {
    simulator.onNotice(notice => terminal.err(`${notice.text}\n`))
    if (address !== undefined) await simulator.handle({ kind: 'choose', page: address })
    const bot = endpoint === undefined ? '' : `It plays the channel of the bot at ${endpoint}\n`
    terminal.out(`The simulator is at ${simulator.url('ui')}\n${bot}Press Ctrl-C to stop.\n`)
    if (endpoint !== undefined) tellFailures(simulator.trace, await adviceWhereSilent(endpoint), terminal)
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

/** How the bot fails and what to do about it, each time that it is another way than before. */
function tellFailures(trace: TraceLog, first: Advice | undefined, terminal: Terminal): void {
  let told: string | undefined
  const tell = ({ says, todo }: Advice) => {
    if (says !== told) terminal.err(`${[says, ...todo].join(' ')}\n`)
    told = says
  }
  if (first) tell(first)
  trace.subscribe(entries => {
    for (const entry of entries) {
      if (entry.kind !== 'bot-answered') continue
      if (entry.says === undefined) told = undefined
      else tell({ says: entry.says, todo: entry.todo ?? [] })
    }
  })
}

/** The address of a page that a web server of this machine gives; undefined for a file. */
function addressOf(given: string): string | undefined {
  if (!/^https?:\/\//.test(given)) return undefined
  if (!devAddress(given))
    throw new Misuse(`The page ${given} is on no web server of this machine: http://localhost:… or http://127.0.0.1:…`)
  return given
}

/** The page's id: its path below the folder, with forward slashes. */
function pageOf(folder: string, given: string): string {
  const file = [resolve(given), resolve(folder, given)].find(existsSync)
  if (!file) throw new Misuse(`There is no page ${given}, neither here nor in ${folder}`)
  const id = relative(folder, file).replaceAll('\\', '/')
  if (id.startsWith('..')) throw new Misuse(`The page ${given} does not lie in ${folder}`)
  return id
}
