import { ENGINE_HELP } from './engine-options.ts'

/** What every command is told and what it may do to the outside. */
export interface Terminal {
  out(text: string): void
  err(text: string): void
  /** Resolves when the user asks to stop (Ctrl-C, SIGTERM). */
  readonly stopped: Promise<void>
}

export interface Command {
  readonly usage: string
  readonly summary: string
  /** Options and examples, below the usage line. */
  readonly help: string
  /** It plays hooks, which not every Node can that reads them. */
  readonly engine?: true
  /** Loads the command only when it is asked for. */
  load(): Promise<{ run(args: string[], terminal: Terminal): Promise<number> }>
}

/** The commands of `proactive-hooks`, in the order in which help lists them. */
export const COMMANDS: Record<string, Command> = {
  check: {
    usage: 'check [folder] [--fix] [--json | --sarif]',
    summary: 'Report the mistakes in all hook files and pages below a folder.',
    help: `  --fix    apply the safe quick fixes first, and say on standard error which files changed
  --json   print an array of {file, code, source, severity, message, range}, positions as in LSP
  --sarif  print a SARIF 2.1.0 log, which code hosts show at the lines of a change

Exits with 1 when there is an error, 0 otherwise.`,
    load: () => import('./check.ts')
  },
  run: {
    usage: 'run [folder] --bot ID (--event JSON | --events FILE)… [--json]',
    summary: 'Send incoming events to the embedded runtime and print the trace.',
    help: `  --bot ID       the bot that receives the events
  --event JSON   an event, e.g. '{"type":"proactive-trigger","payload":{"text":"hi"}}'; may be repeated
  --events FILE  a JSON array of events, or one event a line; may be repeated
  --state DIR    keep state there between runs; without it every run starts with nobody known
  --settle MS    wait at most so long for each event (default 10000)
${ENGINE_HELP}
  --json         print the trace as JSON lines

Events are sent one after the other, each after the engine fell silent. Exits with 1 when an event was not accepted or did not end.`,
    engine: true,
    load: () => import('./run.ts')
  },
  test: {
    usage: 'test [path…] [--reporter NAME[=FILE]]… [--watch] [--grep TEXT] [--tag NAME]… [--shard I/N] [--bail] [--update] [--seed N]',
    summary: 'Play scenario files (*.scenario.yaml, *.scenario.json) and report what is not as expected.',
    help: `  --reporter NAME  'spec' (for people, the default), 'json', 'junit', 'tap' or 'github' (annotations); may be repeated;
                   with =FILE it is written there
  --watch          play again what a change concerns, until interrupted
  --grep TEXT      only scenarios whose name matches this regular expression
  --tag NAME       only scenarios with this tag; may be repeated
  --shard I/N      only the I-th of N parts of the files; all parts together are the whole
  --coverage       measure which statements of hooks and actions ran
  --bail           stop after the first that fails
  --update         write the golden traces ('expect: trace') that differ
  --seed N         what chance there is follows from it (default 1): the same seed gives the same trace
  --jobs N         play in so many processes at once (default: one for each processor)
  --target URL     play against a real Botpress v12 server there; what cannot be controlled there is skipped

Exits with 1 when a scenario fails or a file has a mistake, with 2 when there is nothing to play.`,
    engine: true,
    load: () => import('./test.ts')
  },
  simulate: {
    usage: 'simulate [folder] [--page FILE|URL] [--bot ID|URL] [--port N]',
    summary: 'Open the simulator in a plain browser.',
    help: `  --page FILE   the page to start with, below the folder, or the address of one that a web server of this machine gives:
                http://localhost:5173/
  --bot ID      the bot that the built-in page talks to, or the address of a bot of the Bot Framework family that runs:
                http://localhost:3978/api/messages; how it fails is told on standard error
  --port N      listen there instead of at a free port
  --state DIR   keep state there between runs
${ENGINE_HELP}

Prints the address and runs until it is interrupted. Listens on 127.0.0.1 only.`,
    engine: true,
    load: () => import('./simulate.ts')
  },
  lsp: {
    usage: 'lsp --stdio',
    summary: 'Run the language server for hook files, for editors other than VS Code.',
    help: `  --stdio   speak over standard input and output (the only way)`,
    load: () => import('./lsp.ts')
  }
}
