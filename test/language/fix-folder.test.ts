import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkFolder } from '../../src/language/check.ts'
import { fixFolder } from '../../src/language/fix-folder.ts'
import { sarifOf } from '../../src/language/sarif.ts'
import { temporaryFolder } from './workspace.ts'

const HOOK = 'data/global/hooks/before_incoming_middleware/a.js'
const TEXT = `if (event.type === 'hello') {
  event.state.session.greeted = true
  event.setFlag('skipDialogEngine', true)
  return bp.events.replyToEvent(event, { type: 'text', text: event.state.user.name ?? 'you' })
}
`

describe('language: fixing and reporting a folder', () => {
  it('applies all safe fixes, also those that come out by another, and leaves nothing for a second run', async () => {
    using folder = temporaryFolder({ [HOOK]: TEXT })
    const applied = fixFolder(folder.path)
    assert.deepEqual([...applied.keys()], [join(folder.path, HOOK)])
    assert.equal(
      readFileSync(join(folder.path, HOOK), 'utf8'),
      `if (event.type === 'hello') {
  event.state.session.greeted = true
  event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
  event.setFlag(bp.IO.WellKnownFlags.FORCE_PERSIST_STATE, true)
  return bp.events.replyToEvent(event, [{ type: 'text', text: (event.state.user.name == null ? 'you' : event.state.user.name) }])
}
`
    )
    assert.deepEqual(fixFolder(folder.path), new Map())
    assert.deepEqual(
      (await checkFolder(folder.path)).filter(finding => finding.severity === 'error'),
      []
    )
  })

  it('leaves the line endings of a file as they are', () => {
    using folder = temporaryFolder({ [HOOK]: TEXT.replaceAll('\n', '\r\n') })
    fixFolder(folder.path)
    assert.doesNotMatch(readFileSync(join(folder.path, HOOK), 'utf8'), /[^\r]\n/)
  })

  it('writes findings as SARIF, with rules, levels and places from 1', async () => {
    using folder = temporaryFolder({ [HOOK]: "event.setFlag('skipDialogEngine', true)\n" })
    const log = sarifOf(await checkFolder(folder.path), folder.path) as {
      runs: {
        tool: { driver: { rules: { id: string }[] } }
        results: { ruleId: string; level: string; locations: { physicalLocation: unknown }[] }[]
      }[]
    }
    const [run] = log.runs
    assert.deepEqual(
      run!.tool.driver.rules.map(rule => rule.id),
      ['BPH010']
    )
    assert.deepEqual(
      run!.results.map(({ ruleId, level, locations }) => ({ ruleId, level, ...(locations[0]!.physicalLocation as object) })),
      [
        {
          ruleId: 'BPH010',
          level: 'error',
          artifactLocation: { uri: HOOK, uriBaseId: 'ROOT' },
          region: { startLine: 1, startColumn: 15, endLine: 1, endColumn: 33 }
        }
      ]
    )
  })
})
