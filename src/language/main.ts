import { enableCompileCache } from 'node:module'

/** The language server's process: `--stdio`, or `--node-ipc` as the extension starts it. What comes first makes what is loaded next start sooner, from the second start on. */
enableCompileCache()
await import('./language-server.ts')
