/** Builds everything into dist/: `node scripts/build.ts [--watch] [--tests]`. Types are checked by `npm run check`, not here. */
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as esbuild from 'esbuild'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const has = (flag: string) => process.argv.includes(flag)
const at = (...parts: string[]) => join(root, ...parts)

// CommonJS dependencies inside an ES module bundle need a `require`.
const requireBanner = {
  js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);"
}

const node: esbuild.BuildOptions = {
  bundle: true,
  platform: 'node',
  target: 'node22',
  format: 'esm',
  splitting: true,
  banner: requireBanner,
  minify: !has('--debug'),
  sourcemap: has('--debug'),
  legalComments: 'linked',
  loader: { '.d.ts': 'text' },
  logLevel: 'warning'
}

const browser: esbuild.BuildOptions = {
  bundle: true,
  platform: 'browser',
  target: 'es2022',
  format: 'iife',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  tsconfig: at('webview/tsconfig.json'),
  minify: !has('--debug'),
  legalComments: 'linked',
  logLevel: 'warning'
}

/** Only entries whose source exists are built, so that a part can be built alone. */
const entries = (table: Record<string, string>) =>
  Object.fromEntries(
    Object.entries(table)
      .filter(([, file]) => existsSync(at(file)))
      .map(([name, file]) => [name, at(file)])
  )

const builds: esbuild.BuildOptions[] = [
  // The entry stays tiny; whatever it imports on demand becomes a chunk of its own.
  {
    ...node,
    entryPoints: entries({ extension: 'src/extension/main.ts' }),
    outdir: at('dist'),
    chunkNames: 'chunks/extension-[name]-[hash]',
    external: ['vscode']
  },
  {
    ...node,
    entryPoints: entries({ server: 'src/language/main.ts', engine: 'src/runtime/main.ts', cli: 'src/cli/main.ts' }),
    outdir: at('dist'),
    chunkNames: 'chunks/[name]-[hash]'
  },
  {
    ...browser,
    entryPoints: entries({ panel: 'webview/panel/main.tsx', widget: 'webview/widget/main.tsx', inject: 'webview/inject/main.ts' }),
    outdir: at('dist/webview')
  }
]

if (has('--tests')) {
  // One suite for both hosts: test-electron and the server build call the exported `run`.
  builds.push({
    ...node,
    splitting: false,
    format: 'cjs',
    banner: {},
    minify: false,
    sourcemap: 'inline',
    entryPoints: entries({ index: 'test/vscode/index.ts' }),
    outdir: at('out/test/vscode'),
    outExtension: { '.js': '.cjs' },
    external: ['vscode', 'mocha']
  })
}

rmSync(at('dist'), { recursive: true, force: true })
mkdirSync(at('dist'), { recursive: true })
copyLibraries()
copyIfThere('src/botpress/sdk', 'dist/sdk')

if (has('--watch')) {
  for (const options of builds) await (await esbuild.context(options)).watch()
  console.log('watching')
} else {
  await Promise.all(builds.filter(options => Object.keys(options.entryPoints as object).length > 0).map(options => esbuild.build(options)))
}

/** The language server reads the declarations of the ECMAScript library from `dist/lib`. */
function copyLibraries(): void {
  const from = dirname(createRequire(import.meta.url).resolve('typescript'))
  mkdirSync(at('dist/lib'), { recursive: true })
  for (const file of readdirSync(from)) {
    if (/^lib\.(es|decorators|d\.ts$)/.test(file)) cpSync(join(from, file), at('dist/lib', file))
  }
}

function copyIfThere(from: string, to: string): void {
  if (existsSync(at(from))) cpSync(at(from), at(to), { recursive: true })
}
