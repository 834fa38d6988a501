import assert from 'node:assert/strict'
import { join } from 'node:path'
import { inspectWith } from '../../src/language/check.ts'
import { findDeclarations } from '../../src/language/declarations.ts'
import { applyFixes } from '../../src/language/fix-folder.ts'
import { rule } from '../../src/language/rules/timer-as-reminder.ts'
import { createTypeService } from '../../src/language/service.ts'
import { Project } from '../runtime/project.ts'
import { temporaryFolder } from './workspace.ts'

const DAY = 24 * 60 * 60_000

describe('language: a reminder that is stored instead of waited for', () => {
  it('comes after a restart, once, and says what the timer would have said', async () => {
    const types = createTypeService(findDeclarations())
    using folder = temporaryFolder({ [rule.bad.file]: `if (event.type === 'visit') ${rule.bad.text}` })
    const [fix] = inspectWith(types, folder.path)
      .flatMap(({ text, problems }) => problems.map(problem => ({ text, problem })))
      .flatMap(({ text, problem }) => (problem.code === rule.id ? [{ text, ...problem.fixes![0]! }] : []))
    types.dispose()
    assert.ok(fix?.creates)
    const project = new Project(undefined, {
      [rule.bad.file]: applyFixes(fix.text, [fix]),
      [fix.creates.file.slice(join(folder.path, '/').length)]: fix.creates.text
    })
    await project.start({ settings: { storage: join(project.root, 'storage') } })
    const said = () => project.trace.filter(one => one.kind === 'log' && one.message === 'a day later').length
    await project.send({ type: 'visit' })
    await project.restart()
    await project.engine.call('advance', { ms: DAY - 60_000 })
    assert.equal(said(), 0)
    await project.engine.call('advance', { ms: 180_000 })
    await project.settle()
    assert.equal(said(), 1)
    await project.engine.call('advance', { ms: DAY })
    assert.equal(said(), 1)
    const problems = project.trace.filter(one => one.kind === 'hook-ended' && one.outcome === 'failed')
    assert.deepEqual(problems, [])
    await project.close()
  })
})
