/** What the browser gets, built for the tests with the options of scripts/build.ts; the engine runs from its source. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as esbuild from 'esbuild'

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/** The engine's entry point. */
export const ENGINE = join(root, 'src/runtime/main.ts')

/** Builds page and chat into a folder that stands for `dist`. Remove it at the end. */
export async function buildWebview(): Promise<{ dist: string; remove(): void }> {
  const dist = mkdtempSync(join(tmpdir(), 'proactive-hooks-dist-'))
  await esbuild.build({
    entryPoints: {
      inject: join(root, 'webview/inject/main.ts'),
      widget: join(root, 'webview/widget/main.tsx'),
      stage: join(root, 'webview/stage/main.ts'),
      voiceflow: join(root, 'webview/voiceflow/main.ts'),
      'bot-chat': join(root, 'webview/bot-chat/main.tsx'),
      'bot-chat-cards': join(root, 'webview/bot-chat/adaptive.ts')
    },
    outdir: join(dist, 'webview'),
    bundle: true,
    platform: 'browser',
    target: 'es2022',
    format: 'iife',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    tsconfig: join(root, 'webview/tsconfig.json'),
    logLevel: 'warning'
  })
  return { dist, remove: () => rmSync(dist, { recursive: true, force: true }) }
}
