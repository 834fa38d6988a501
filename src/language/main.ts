import { enableCompileCache } from 'node:module'
import ts from 'typescript'
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node'
import { startServer } from './server.ts'
import { assertUsable } from './typescript-guard.ts'

/** The language server's process: `--stdio`, or `--node-ipc` as the extension starts it. */
enableCompileCache()
try {
  assertUsable(ts)
  startServer(createConnection(ProposedFeatures.all))
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
