import assert from 'node:assert/strict'
import { join } from 'node:path'
import { checkFolder } from '../../src/language/check.ts'
import { SEED_HOOKS } from './hooks.ts'
import { temporaryFolder } from './workspace.ts'

describe('language: check', () => {
  it('reports each problem with file, code, source, severity, message and LSP range', async () => {
    using folder = temporaryFolder({
      'data/bots/shop/hooks/before_incoming_middleware/b.js': '\uFEFFconst a = event.typ\nreturn a\n',
      'data/global/hooks/before_incoming_middleware/10_a.js': 'const x = 1\r\nawait x\r\n',
      'data/global/hooks/after_bot_mount/ok.js': 'bp.logger.info(botId)\n',
      'data/global/actions/not-a-hook.js': 'await 1\n'
    })
    const findings = await checkFolder(folder.path)
    assert.deepEqual(
      findings.map(({ message, ...rest }) => ({ ...rest, words: message.length > 20 })),
      [
        {
          file: join(folder.path, 'data/bots/shop/hooks/before_incoming_middleware/b.js'),
          code: 'TS2551',
          source: 'proactive-hooks',
          severity: 'warning',
          range: { start: { line: 0, character: 16 }, end: { line: 0, character: 19 } },
          words: true
        },
        {
          file: join(folder.path, 'data/global/hooks/before_incoming_middleware/10_a.js'),
          code: 'BPH001',
          source: 'proactive-hooks',
          severity: 'error',
          range: { start: { line: 1, character: 0 }, end: { line: 1, character: 5 } },
          words: true
        }
      ]
    )
  })

  it('finds no error in the documentation’s own hooks', async () => {
    using folder = temporaryFolder(
      Object.fromEntries(Object.values(SEED_HOOKS).map(({ type, text }, index) => [`data/global/hooks/${type}/${index}.js`, text]))
    )
    const errors = (await checkFolder(folder.path)).filter(finding => finding.severity === 'error')
    assert.deepEqual(errors, [])
  })

  it('says so when there is no such folder', async () => {
    await assert.rejects(checkFolder('/nowhere/at/all'), /There is no folder/)
  })

  it('finds nothing in an empty folder', async () => {
    using folder = temporaryFolder({})
    assert.deepEqual(await checkFolder(folder.path), [])
  })
})
