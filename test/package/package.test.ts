import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '../..')
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

/** Paths of what a user installs, from the manifest's own list. */
function packed(): { path: string; size: number }[] {
  const output = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore']
  })
  const packs = JSON.parse(output) as Record<string, { files: { path: string; size: number }[] }>
  return Object.values(packs)[0]!.files
}

/** Every file that the manifest names, as paths below the package. */
function named(value: unknown): string[] {
  if (typeof value === 'string') return /^\.\/.+\.\w+$/.test(value) ? [value.slice(2)] : []
  return value && typeof value === 'object' ? Object.values(value).flatMap(named) : []
}

describe('The package', function () {
  this.timeout(60_000)
  let files: { path: string; size: number }[]
  before(() => {
    files = packed()
  })

  it('holds every file that the manifest names', () => {
    const paths = new Set(files.map(file => file.path))
    const wanted = [...named(manifest.contributes), ...named({ main: manifest.main }), manifest.icon, manifest.bin['proactive-hooks']]
    assert.ok(wanted.length > 10)
    assert.deepEqual(
      wanted.filter(path => !paths.has(path)),
      []
    )
  })

  it('holds every part that is started or served', () => {
    const paths = new Set(files.map(file => file.path))
    const parts = [
      'engine.js',
      'server.js',
      'cli.js',
      'extension.js',
      'webview/panel.js',
      'webview/widget.js',
      'webview/inject.js',
      'webview/bot-chat.js',
      'webview/bot-chat-cards.js',
      'probe.cjs',
      'modules/lodash.cjs',
      'sdk/index.d.ts',
      'lib/lib.es2019.d.ts'
    ]
    assert.deepEqual(
      parts.map(part => `dist/${part}`).filter(path => !paths.has(path)),
      []
    )
  })

  it('holds no source, test or dependency, and nothing native', () => {
    const strange = files
      .map(file => file.path)
      .filter(path => /^(src|webview|test|scripts|bench|node_modules|out)\/|\.(node|map|ts)$/.test(path) && !path.endsWith('.d.ts'))
    assert.deepEqual(strange, [])
  })

  it('stays below 20 MB unpacked', () => {
    const megabytes = files.reduce((sum, file) => sum + file.size, 0) / 1e6
    assert.ok(megabytes < 20, `${megabytes} MB`)
  })
})
