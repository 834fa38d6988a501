/**
 * Builds everything into dist/: `node scripts/build.ts [--watch] [--debug] [--tests] [--only extension,programs,typescript,modules,webview,panel,tests]`.
 * Types are checked by `npm run check`, not here.
 */
import { cpSync, existsSync, globSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as esbuild from 'esbuild'
import { SHIPPED_MODULES } from '../src/runtime/modules/shipped.ts'
import { scenarioTypes } from './scenario-types.ts'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const has = (flag: string) => process.argv.includes(flag)
const at = (...parts: string[]) => join(root, ...parts)

// CommonJS dependencies inside an ES module bundle need a `require`, and TypeScript asks for its own file name.
const requireBanner = {
  js:
    "import { createRequire as __createRequire } from 'node:module'; import { fileURLToPath as __fileURLToPath } from 'node:url'; " +
    'const require = __createRequire(import.meta.url), __filename = __fileURLToPath(import.meta.url);'
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

/** TypeScript is a file of its own, by a name that package.json leads to (`imports`). */
const typescriptApart: esbuild.Plugin = {
  name: 'typescript-apart',
  setup(build) {
    build.onResolve({ filter: /^typescript$/ }, () => ({ path: '#typescript', external: true }))
  }
}

/**
 * The pages of scenarios run in happy-dom, which shows servers a certificate of its own together with its private key. No server asks for it, and an
 * extension that holds a private key is refused when it is packed.
 */
const withoutPrivateKey: esbuild.Plugin = {
  name: 'without-private-key',
  setup(build) {
    build.onLoad({ filter: /FetchHTTPSCertificate\.js$/ }, () => ({ contents: 'export default {}' }))
  }
}

const builds: Record<string, esbuild.BuildOptions> = {
  // The entry stays tiny; whatever it imports on demand becomes a chunk of its own.
  extension: {
    ...node,
    entryPoints: entries({ extension: 'src/extension/main.ts' }),
    outdir: at('dist'),
    chunkNames: 'chunks/extension-[name]-[hash]',
    external: ['vscode']
  },
  programs: {
    ...node,
    entryPoints: entries({
      server: 'src/language/main.ts',
      engine: 'src/runtime/main.ts',
      scenario: 'src/scenario/main.ts',
      testing: 'src/scenario/testing.ts',
      cli: 'src/cli/main.ts'
    }),
    outdir: at('dist'),
    chunkNames: 'chunks/[name]-[hash]',
    plugins: [typescriptApart, withoutPrivateKey]
  },
  // As it is, only smaller. Within a bundle it would stand in a function, which V8 parses twice and whose code its cache hardly keeps: 460 ms of
  // processor time to load instead of 150, or 70 from the cache.
  typescript: {
    bundle: false,
    platform: 'node',
    minify: !has('--debug'),
    legalComments: 'linked',
    logLevel: 'warning',
    entryPoints: { typescript: createRequire(import.meta.url).resolve('typescript') },
    outdir: at('dist'),
    outExtension: { '.js': '.cjs' }
  },
  webview: {
    ...browser,
    entryPoints: entries({
      widget: 'webview/widget/main.tsx',
      inject: 'webview/inject/main.ts',
      stage: 'webview/stage/main.ts',
      voiceflow: 'webview/voiceflow/main.ts',
      'bot-chat': 'webview/bot-chat/main.tsx',
      'bot-chat-cards': 'webview/bot-chat/adaptive.ts'
    }),
    outdir: at('dist/webview')
  },
  // What the panel does not need for its first picture is a file of its own, fetched when it is first opened.
  panel: {
    ...browser,
    format: 'esm',
    splitting: true,
    // A plain browser has no theme of its own.
    entryPoints: entries({ panel: 'webview/panel/main.tsx', 'panel-theme': 'webview/panel/style/theme.css' }),
    chunkNames: 'panel-[name]-[hash]',
    outdir: at('dist/webview')
  }
}

/** Gathers the files of the suite, so that a new one needs no line anywhere. */
const suites: esbuild.Plugin = {
  name: 'suites',
  setup(build) {
    build.onResolve({ filter: /^virtual:suites$/ }, () => ({ path: 'suites', namespace: 'suites' }))
    build.onLoad({ filter: /.*/, namespace: 'suites' }, () => {
      const files = globSync('**/*.test.ts', { cwd: at('test/vscode') }).map(file => file.replaceAll('\\', '/'))
      const lines = files.sort().map(file => `${JSON.stringify(file)}: () => import(${JSON.stringify(`./${file}`)})`)
      return { contents: `export const suites = {\n${lines.join(',\n')}\n}`, resolveDir: at('test/vscode'), watchDirs: [at('test/vscode')] }
    })
  }
}

// What hooks may require without installing it: a file each, since an installed extension has no node_modules.
builds.modules = {
  ...node,
  splitting: false,
  format: 'cjs',
  banner: {},
  entryPoints: Object.fromEntries(SHIPPED_MODULES.map(name => [name.replace('/', '__'), name])),
  outdir: at('dist/modules'),
  // They run where hooks run, and are read as a Node 12 would read them.
  target: 'node12',
  outExtension: { '.js': '.cjs' },
  // Optional drivers that none of them needs here.
  external: ['pg', 'pg-query-stream', 'pg-native', 'mysql', 'mysql2', 'sqlite3', 'oracledb', 'mssql', 'tedious']
}

// Runs in the processes of people's bots, by whatever Node they use.
builds.probe = {
  ...node,
  splitting: false,
  target: 'node16',
  format: 'cjs',
  banner: {},
  entryPoints: entries({ probe: 'src/probe/main.ts' }),
  outdir: at('dist'),
  outExtension: { '.js': '.cjs' }
}

if (has('--tests') || has('--only')) {
  // One suite for both hosts: test-electron and the server build call the exported `run`.
  builds.tests = {
    ...node,
    splitting: false,
    format: 'cjs',
    banner: {},
    minify: false,
    sourcemap: 'inline',
    entryPoints: entries({ index: 'test/vscode/index.ts' }),
    outdir: at('out/test/vscode'),
    outExtension: { '.js': '.cjs' },
    external: ['vscode'],
    plugins: [suites],
    // Parts of mocha that only its own command line uses.
    logOverride: { 'require-resolve-not-external': 'silent' }
  }
}

const only = has('--only') ? process.argv[process.argv.indexOf('--only') + 1]!.split(',') : undefined
const chosen = Object.entries(builds)
  .filter(([name, options]) => (only?.includes(name) ?? true) && Object.keys(options.entryPoints as object).length > 0)
  .map(([, options]) => options)

if (!only) {
  rmSync(at('dist'), { recursive: true, force: true })
  mkdirSync(at('dist'), { recursive: true })
  copyLibraries()
  copyIfThere('src/botpress/sdk', 'dist/sdk')
  writeFileSync(at('dist/testing.d.ts'), scenarioTypes())
}

if (has('--watch')) {
  for (const options of chosen) await (await esbuild.context(options)).watch()
  console.log('watching')
} else {
  const results = await Promise.allSettled(chosen.map(options => esbuild.build(options)))
  // esbuild has told the errors of its own; others are thrown.
  for (const result of results) {
    if (result.status === 'rejected' && !result.reason.errors) throw result.reason
  }
  if (results.some(result => result.status === 'rejected')) process.exit(1)
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
