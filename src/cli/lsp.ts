import { parseArgs } from 'node:util'
import { Misuse } from './misuse.ts'

/** `lsp --stdio`: the language server in this process, until the client closes it. */
export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { stdio: { type: 'boolean' } } })
  if (!values.stdio) throw new Misuse("The language server speaks over standard input and output: say '--stdio'.")
  // The connection finds `--stdio` among the process's own arguments, and ends the process when the client says so.
  await import('../language/main.ts')
  return new Promise<number>(() => {})
}
