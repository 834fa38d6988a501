/** The engine as it is shipped, in a folder of its own: it starts several times as fast as from source, and these tests start it hundreds of times. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as esbuild from 'esbuild'

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

export interface BuiltEngine {
  /** For `EngineHostOptions.entry`. */
  entry: string
  remove(): void
}

/** Bundles `src/runtime/main.ts` as `scripts/build.ts` does. Below the project, so that shipped modules are found in `node_modules`. */
export async function buildEngine(): Promise<BuiltEngine> {
  mkdirSync(join(root, 'out'), { recursive: true })
  const outdir = mkdtempSync(join(root, 'out', 'robust-'))
  await esbuild.build({
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'esm',
    splitting: true,
    banner: { js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);" },
    entryPoints: { engine: join(root, 'src/runtime/main.ts') },
    outdir,
    outExtension: { '.js': '.mjs' },
    logLevel: 'error'
  })
  return { entry: join(outdir, 'engine.mjs'), remove: () => rmSync(outdir, { recursive: true, force: true }) }
}
