/** `npm start`: builds the extension and opens a real VS Code with it on a copy of the sample shop, until Ctrl-C or until the window is closed. */
import { spawn } from 'node:child_process'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { copyWorkspace } from '../test/support/workspace.ts'
import { chooseVsCode, describe, type ServerHost } from './vscode/choose.ts'
import { type Desktop, hasDisplay, startDesktop } from './vscode/desktop.ts'
import { at, atExit, root, run } from './vscode/processes.ts'
import { startServer } from './vscode/server-build.ts'
import { addressOf } from './vscode/window.ts'

const usage = `npm start [-- FOLDER]

Opens a real VS Code with Proactive Hooks loaded. FOLDER is a folder of yours; without one, a copy of samples/shop is opened.
Environment: VSCODE_PATH or VSCODE_HOST=desktop|server choose the VS Code, PORT its port in the browser, BROWSER=none opens no browser.`

const { values, positionals } = parseArgs({
  options: { help: { type: 'boolean', short: 'h' }, 'no-build': { type: 'boolean' } },
  allowPositionals: true
})
if (values.help) {
  console.log(usage)
  process.exit(0)
}

if (!values['no-build']) {
  const built = await run(process.execPath, [at('scripts/build.ts')], { print: true })
  if (built.code !== 0) process.exit(built.code)
}

/** What a newcomer sees first of the sample: a hook, with Run and Debug above it. */
const FIRST_FILE = 'data/bots/shop-bot/hooks/before_incoming_middleware/10_greet_on_product_page.js'

const host = await chooseVsCode()
const folder = positionals[0] ? resolve(positionals[0]) : copyOfSample()
console.log(`\n${describe(host, 'yours')}\nFolder: ${folder}${positionals[0] ? '' : ' (a copy: change what you like)'}`)
if (host.kind === 'desktop') await desktop(host)
else await browser(host)

function copyOfSample(): string {
  const copy = copyWorkspace('shop')
  atExit(copy.remove)
  return copy.folder
}

async function desktop(host: Desktop): Promise<void> {
  const window = startDesktop(host, { folder, extension: root })
  console.log('Close the window or press Ctrl-C to end.')
  const code = await window.ended
  window.clean()
  if (code !== 0) console.error(window.output())
  process.exit(code)
}

async function browser({ home }: ServerHost): Promise<void> {
  const server = await startServer(home, { port: Number(process.env.PORT ?? 0) })
  const address = addressOf(server, { folder, file: positionals[0] ? undefined : join(folder, FIRST_FILE) })
  const opened = openBrowser(address)
  console.log(`\n${opened ? 'Opening in your browser' : 'Open in your browser'} (Chrome, Edge, Firefox or Safari):\n\n  ${address}\n`)
  console.log('First steps: F1, “Proactive Hooks: Open Simulator”. README.md of the folder tells what to try.\nPress Ctrl-C to end.')
  await server.ended
  console.error(`VS Code ended.\n${server.output()}`)
  process.exit(1)
}

/** Hands the address to the system's browser where there is a screen. */
function openBrowser(address: string): boolean {
  if (process.env.BROWSER === 'none' || process.env.CI || !process.stdout.isTTY || !hasDisplay()) return false
  const openers: Record<string, [string, string[]]> = {
    darwin: ['open', [address]],
    win32: ['rundll32', ['url.dll,FileProtocolHandler', address]]
  }
  const [command, args] = openers[process.platform] ?? ['xdg-open', [address]]
  const child = spawn(command, args, { stdio: 'ignore', detached: true })
  // Without an opener the printed address does.
  child.on('error', () => {})
  child.unref()
  return true
}
