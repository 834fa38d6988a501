import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as esbuild from 'esbuild'

const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url))

export interface Bundle {
  /** Name to text: `panel.js`, `panel.css` and the parts that are fetched when they are wanted. */
  files: Map<string, string>
  /** Names of what is fetched before the first picture. */
  first: string[]
}

let built: Promise<Bundle> | undefined

/** The panel as scripts/build.ts makes it, in memory. */
export function panelBundle(): Promise<Bundle> {
  built ??= build()
  return built
}

async function build(): Promise<Bundle> {
  const { outputFiles, metafile } = await esbuild.build({
    entryPoints: { panel: at('webview/panel/main.tsx'), 'panel-theme': at('webview/panel/style/theme.css') },
    bundle: true,
    write: false,
    outdir: 'out',
    platform: 'browser',
    target: 'es2022',
    format: 'esm',
    splitting: true,
    chunkNames: 'panel-[name]-[hash]',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    tsconfig: at('webview/tsconfig.json'),
    minify: true,
    metafile: true,
    legalComments: 'none',
    logLevel: 'warning'
  })
  const files = new Map(outputFiles.map(file => [basename(file.path), file.text]))
  const outputs = new Map(Object.entries(metafile.outputs).map(([path, output]) => [basename(path), output]))
  const first = new Set(['panel.css'])
  const follow = (name: string): void => {
    if (first.has(name)) return
    first.add(name)
    for (const { path, kind } of outputs.get(name)?.imports ?? []) if (kind === 'import-statement') follow(basename(path))
  }
  follow('panel.js')
  return { files, first: [...first] }
}
