import assert from 'node:assert/strict'
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { cacheFolder, withLock } from '../../scripts/vscode/cache.ts'
import { installedBrowser } from '../../scripts/vscode/chromium.ts'
import { hasDisplay, installedDesktop, isNewEnough } from '../../scripts/vscode/desktop.ts'
import { Results } from '../../scripts/vscode/results.ts'
import { addressOf } from '../../scripts/vscode/window.ts'

describe('What gets a real VS Code', () => {
  let folder: string
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'proactive-hooks-test-')))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  it('keeps it where the system keeps caches, or where it is told to', () => {
    assert.equal(cacheFolder({ PROACTIVE_HOOKS_CACHE: '/x' }, 'linux', '/home/ann'), '/x')
    assert.equal(cacheFolder({ XDG_CACHE_HOME: '/c' }, 'linux', '/home/ann'), join('/c', 'proactive-hooks'))
    assert.equal(cacheFolder({}, 'linux', '/home/ann'), join('/home/ann', '.cache', 'proactive-hooks'))
    assert.equal(cacheFolder({}, 'darwin', '/Users/ann'), join('/Users/ann', 'Library', 'Caches', 'proactive-hooks'))
  })

  it('lets one process at a time work in a folder', async () => {
    const log = join(folder, 'log')
    writeFileSync(log, '')
    const script = join(folder, 'worker.mjs')
    writeFileSync(
      script,
      `import { appendFileSync } from 'node:fs'
       import { setTimeout } from 'node:timers/promises'
       import { withLock } from ${JSON.stringify(new URL('../../scripts/vscode/cache.ts', import.meta.url).href)}
       await withLock(${JSON.stringify(join(folder, 'shared'))}, async () => {
         appendFileSync(${JSON.stringify(log)}, 'in ')
         await setTimeout(30)
         appendFileSync(${JSON.stringify(log)}, 'out ')
       })`
    )
    const workers: ChildProcess[] = [1, 2, 3].map(() => fork(script))
    const codes = await Promise.all(workers.map(async worker => (await once(worker, 'exit'))[0]))
    assert.deepEqual(codes, [0, 0, 0])
    assert.equal(readFileSync(log, 'utf8'), 'in out in out in out ')
  })

  it('takes over the lock of a process that died', async () => {
    const dead = fork(join(import.meta.dirname, 'nothing.ts'), { stdio: 'ignore' })
    await once(dead, 'exit')
    writeFileSync(`${join(folder, 'shared')}.lock`, String(dead.pid))
    assert.equal(await withLock(join(folder, 'shared'), async () => 'done'), 'done')
    assert.equal(existsSync(`${join(folder, 'shared')}.lock`), false)
  })

  it('gives the lock back when the work fails', async () => {
    await assert.rejects(
      withLock(join(folder, 'shared'), async () => {
        throw new Error('no disk')
      }),
      /no disk/
    )
    assert.equal(existsSync(`${join(folder, 'shared')}.lock`), false)
  })

  // On Windows the script is a `.cmd` file and the program an `.exe`, which cannot be made up here.
  const itOnPosix = process.platform === 'win32' ? () => {} : it
  itOnPosix('finds the program behind the `code` script of an installation, and its version', () => {
    const program = (path: string) => {
      mkdirSync(join(path, '..'), { recursive: true })
      writeFileSync(path, '#!/bin/sh\n')
      chmodSync(path, 0o755)
    }
    program(join(folder, 'code-folder', 'bin', 'code'))
    program(join(folder, 'code-folder', 'code'))
    mkdirSync(join(folder, 'code-folder', 'resources', 'app'), { recursive: true })
    writeFileSync(join(folder, 'code-folder', 'resources', 'app', 'package.json'), '{ "version": "1.200.0" }')
    const found = installedDesktop({ PATH: join(folder, 'code-folder', 'bin') })
    assert.deepEqual(found, { kind: 'desktop', executable: join(folder, 'code-folder', 'code'), version: '1.200.0', source: 'installed' })
    assert.deepEqual(installedDesktop({ VSCODE_PATH: join(folder, 'code-folder', 'code') }), found)
    assert.throws(() => installedDesktop({ VSCODE_PATH: join(folder, 'nowhere') }), /VSCODE_PATH/)
  })

  it('takes an installed VS Code only when it is as new as the manifest asks', () => {
    assert.equal(isNewEnough('1.106.0', '^1.106.0'), true)
    assert.equal(isNewEnough('1.99.3', '^1.106.0'), false)
    assert.equal(isNewEnough('2.0.0', '^1.106.0'), true)
  })

  it('knows that a desktop program on Linux needs a screen', () => {
    assert.equal(hasDisplay({}, 'linux'), false)
    assert.equal(hasDisplay({ WAYLAND_DISPLAY: 'wayland-0' }, 'linux'), true)
    assert.equal(hasDisplay({}, 'darwin'), true)
  })

  it('says so when CHROME_PATH leads nowhere', () => {
    assert.throws(() => installedBrowser({ CHROME_PATH: join(folder, 'chrome') }), /CHROME_PATH/)
    assert.equal(installedBrowser({ PATH: folder }, 'linux'), undefined)
  })

  it('addresses a window with folder, extension, tests and token', () => {
    const url = new URL(addressOf({ port: 4000, token: 't' }, { folder: '/a b/shop', extension: '/ext', tests: '/ext/t.cjs' }))
    assert.equal(url.searchParams.get('folder'), '/a b/shop')
    assert.equal(url.searchParams.get('tkn'), 't')
    assert.deepEqual(JSON.parse(url.searchParams.get('payload')!), [
      ['extensionDevelopmentPath', 'vscode-remote://127.0.0.1:4000/ext'],
      ['extensionTestsPath', 'vscode-remote://127.0.0.1:4000/ext/t.cjs'],
      ['skipWelcome', 'true']
    ])
  })

  it('writes the log files that VS Code reads its output channels from', async () => {
    const writer = createRequire(import.meta.url)('../../scripts/vscode/log-writer.cjs')
    const file = join(folder, 'logs', 'a.log')
    const log = await writer.createAsyncRotatingLogger('a', file, 60, 2)
    log.info('started')
    log.debug('not shown at this level')
    log.error('failed')
    assert.match(readFileSync(file, 'utf8'), /^\d{4}-\d\d-\d\d [\d:.]{12} \[error\] failed\n$/)
    assert.match(readFileSync(join(folder, 'logs', 'a.1.log'), 'utf8'), / \[info\] started\n$/)
    log.clearFormatters()
    log.info('plain')
    assert.match(readFileSync(file, 'utf8'), /plain$/)
  })
})

describe('The results of a suite that runs elsewhere', () => {
  it('count what passed and failed, and show each once below its headings', () => {
    const lines: string[] = []
    const results = new Results(line => lines.push(stripVTControlCharacters(line)))
    results.take({ kind: 'start', total: 3 })
    results.take({ kind: 'pass', title: ['A', 'B', 'one'], ms: 1 })
    results.take({ kind: 'pass', title: ['A', 'B', 'two'], ms: 900 })
    results.take({ kind: 'fail', title: ['A', 'three'], ms: 1, message: 'wrong', stack: 'Error: wrong\n    at /elsewhere/index.cjs:1:1' })
    results.take({ kind: 'end' })
    assert.deepEqual([results.passed, results.failed, results.complete], [2, 1, true])
    assert.deepEqual(lines, ['  A', '    B', '      ✔ one', '      ✔ two (900 ms)', '    1) three', '      Error: wrong'])
  })

  it('name the last test when the run broke off', () => {
    const results = new Results(() => {})
    assert.equal(results.running(), 'No test had a result.')
    results.take({ kind: 'pass', title: ['A', 'one'], ms: 1 })
    results.take({ kind: 'broken', message: 'index.cjs could not be loaded' })
    assert.equal(results.running(), 'The last result was of “A one”.')
    assert.equal(results.failed, 1)
  })
})
