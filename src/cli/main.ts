#!/usr/bin/env node
import { COMMANDS, type Terminal } from './commands.ts'
import { engineLacks } from './engine-needs.ts'
import { Misuse } from './misuse.ts'

const NAME = 'proactive-hooks'

function overview(): string {
  const width = Math.max(...Object.keys(COMMANDS).map(name => name.length))
  const rows = Object.entries(COMMANDS).map(([name, command]) => `  ${name.padEnd(width)}  ${command.summary}`)
  return `Usage: ${NAME} <command> [options]\n\n${rows.join('\n')}\n\n'${NAME} <command> --help' tells more about one.\n`
}

/**
 * Runs the command line.
 *
 * @returns the exit code: 0, 1 when something was found wrong, 2 when the command line was not understood
 */
export async function main(argv: readonly string[], terminal: Terminal): Promise<number> {
  const [name, ...args] = argv
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    terminal.out(overview())
    return name === undefined ? 2 : 0
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (!command) {
    terminal.err(`There is no command '${name}'.\n\n${overview()}`)
    return 2
  }
  if (args.includes('--help') || args.includes('-h')) {
    terminal.out(`Usage: ${NAME} ${command.usage}\n\n${command.summary}\n\n${command.help}\n`)
    return 0
  }
  const lacks = command.engine && engineLacks()
  if (lacks) {
    terminal.err(`${lacks}\n`)
    return 2
  }
  try {
    return await (await command.load()).run(args, terminal)
  } catch (error) {
    if (error instanceof Misuse || (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'))) {
      terminal.err(`${error.message}\n\nUsage: ${NAME} ${command.usage}\n`)
      return 2
    }
    terminal.err(`${error instanceof Error ? error.message : String(error)}\n`)
    return 1
  }
}

const terminal: Terminal = {
  out: text => void process.stdout.write(text),
  err: text => void process.stderr.write(text),
  // Only who waits for it keeps Ctrl-C from ending the process at once.
  get stopped() {
    return new Promise<void>(resolve => {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
    })
  }
}

// Whoever reads it has read enough, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit()
})
process.exitCode = await main(process.argv.slice(2), terminal)
