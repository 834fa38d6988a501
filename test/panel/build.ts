import { fileURLToPath } from 'node:url'
import * as esbuild from 'esbuild'

const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url))

export interface Bundle {
  js: string
  css: string
}

let built: Promise<Bundle> | undefined

/** The panel as scripts/build.ts makes it, in memory. */
export function panelBundle(): Promise<Bundle> {
  built ??= build()
  return built
}

async function build(): Promise<Bundle> {
  const { outputFiles } = await esbuild.build({
    entryPoints: { panel: at('webview/panel/main.tsx') },
    bundle: true,
    write: false,
    outdir: 'out',
    platform: 'browser',
    target: 'es2022',
    format: 'iife',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    tsconfig: at('webview/tsconfig.json'),
    minify: true,
    legalComments: 'none',
    logLevel: 'warning'
  })
  const text = (end: string) => outputFiles.find(file => file.path.endsWith(end))?.text ?? ''
  return { js: text('.js'), css: text('.css') }
}
