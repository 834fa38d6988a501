/** Runs the compiled suite inside a real VS Code and tells its results as they come. */
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { copyWorkspace } from '../../test/support/workspace.ts'
import { type ReportLine, variables } from '../../test/vscode/harness/report.ts'
import type { ServerHost } from './choose.ts'
import { type Desktop, startDesktop } from './desktop.ts'
import { at, root } from './processes.ts'
import { Results } from './results.ts'
import { openWindow } from './window.ts'

export interface SuiteOptions {
  /** Name of the workspace that is copied and opened. */
  workspace: string
  grep?: string
  /** Everything together, in milliseconds; then VS Code is ended and the run has failed. */
  timeout: number
  /** Also print what the extension host prints. */
  verbose?: boolean
}

/** A host under test: ends by itself, or is ended. */
interface Running {
  /** VS Code's own verdict: 0 when `run()` resolved. */
  ended: Promise<number>
  picture?(file: string): Promise<void>
  /** What the extension host printed. */
  output(): string
  logFolder: string
  stop(): Promise<void>
}

/** @returns what passed and what failed; a run that VS Code ended badly, or that ran nothing, counts as one failure */
export async function runSuite(host: Desktop | ServerHost, options: SuiteOptions): Promise<Results> {
  const copy = copyWorkspace(options.workspace)
  const reportFolder = mkdtempSync(join(tmpdir(), 'proactive-hooks-report-'))
  const file = join(reportFolder, 'report.jsonl')
  writeFileSync(file, '')
  const env = { [variables.report]: file, [variables.grep]: options.grep ?? '' }
  const results = new Results(console.log)
  let running: Running | undefined
  try {
    running = await (host.kind === 'desktop' ? inDesktop(host, copy.folder, env, options) : inServer(copy.folder, env, options))
    await follow(file, running, results, options.timeout)
    if (results.failed > 0) await explain(running, results)
  } finally {
    await running?.stop()
    copy.remove()
    rmSync(reportFolder, { recursive: true, force: true })
  }
  return results
}

const bundle = at('out/test/vscode/index.cjs')

async function inDesktop(host: Desktop, folder: string, env: Record<string, string>, options: SuiteOptions): Promise<Running> {
  const desktop = startDesktop(host, { folder, extension: root, tests: bundle, env, print: options.verbose })
  const stop = async () => {
    await desktop.stop()
    desktop.clean()
  }
  return { ...desktop, stop }
}

/** What the server build always says: native parts that are not built, and hosts of the marketplace that need not be reached. */
const harmless = /native-watchdog|bindings file|open-vsx|AccountPolicyGate|workbench contribution|serviceWorker\.js/

async function inServer(folder: string, env: Record<string, string>, options: SuiteOptions): Promise<Running> {
  const printed: string[] = []
  let exit: (code: number) => void = () => {}
  const ended = new Promise<number>(resolve => {
    exit = resolve
  })
  const window = await openWindow({
    folder,
    tests: bundle,
    env,
    prepare: async page => {
      await page.exposeFunction('codeAutomationLog', (type: string, args: unknown[]) => {
        const line = `[${type}] ${args.map(arg => (typeof arg === 'string' ? arg : JSON.stringify(arg))).join(' ')}`
        if (options.verbose) console.log(line)
        if (!harmless.test(line)) printed.push(line)
      })
      await page.exposeFunction('codeAutomationExit', (code: number) => exit(code))
      page.on('crash', () => exit(1))
    }
  })
  return {
    ended,
    picture: window.screenshot,
    output: () => printed.join('\n'),
    logFolder: window.server.logFolder,
    stop: window.close
  }
}

/** Reads the report while the suite writes it, until VS Code ends, the last line was read, or time is up. */
async function follow(file: string, running: Running, results: Results, timeout: number): Promise<void> {
  const until = Date.now() + timeout
  let code: number | undefined
  running.ended.then(
    value => {
      code = value
    },
    error => {
      results.broken(String(error))
      code = 1
    }
  )
  let read = 0
  for (;;) {
    const over = code !== undefined
    const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1)
    for (const line of lines.slice(read)) {
      const entry: ReportLine = JSON.parse(line)
      results.take(entry)
      if (entry.kind === 'fail') await running.picture?.(pictureOf(entry.title)).catch(() => {})
    }
    read = lines.length
    if (over) break
    if (Date.now() > until) {
      await running.picture?.(pictureOf(['timeout'])).catch(() => {})
      results.broken(`VS Code was ended: the suite took longer than ${timeout / 1000} s. ${results.running()}`)
      return
    }
    await sleep(50)
  }
  if (!results.complete) results.broken(`VS Code ended with code ${code} before the suite did. ${results.running()}`)
  else if (results.failed === 0 && results.passed === 0) results.broken('No test ran.')
  else if (results.failed === 0 && code !== 0) results.broken(`Every test passed, but VS Code ended with code ${code}.`)
}

/** Where the picture of a failure is kept. */
const pictureOf = (title: string[]) =>
  at(
    'out/vscode',
    `${title
      .join(' ')
      .replaceAll(/[^\w]+/g, '-')
      .slice(0, 100)}.png`
  )

/** Everything that helps to understand a failure from a log alone. */
async function explain(running: Running, results: Results): Promise<void> {
  console.log('\nThe window and the extension host printed:')
  console.log(indent(tail(running.output(), 200)) || '  nothing')
  // The logs of extensions carry errors that never reach the console.
  for (const name of globSync('**/{remoteexthost,exthost,Proactive Hooks,*Proactive Hooks*}.log', { cwd: running.logFolder }).sort()) {
    const entries = readFileSync(join(running.logFolder, name), 'utf8').split(/\n(?=\d{4}-)/)
    const wanted = entries.filter(entry => !harmless.test(entry) && (!/exthost\.log$/.test(name) || /\[(error|critical)\]/.test(entry)))
    const text = tail(wanted.map(entry => entry.split('\n').slice(0, 8).join('\n')).join('\n'), 80)
    if (text) console.log(`\n${name}:\n${indent(text)}`)
  }
  const pictures = results.failures.map(failure => pictureOf(failure.title)).filter(existsSync)
  if (pictures.length > 0) console.log(`\nPictures of the window when a test failed:\n${indent(pictures.join('\n'))}`)
}

const tail = (text: string, lines: number) => text.trimEnd().split('\n').slice(-lines).join('\n').trimEnd()
const indent = (text: string) => text.replaceAll(/^(?=.)/gm, '  ')
