import ts from 'typescript'
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node'
import { startServer } from './server.ts'
import { assertUsable } from './typescript-guard.ts'

try {
  assertUsable(ts)
  startServer(createConnection(ProposedFeatures.all))
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
