import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { inspectWith } from '../../src/language/check.ts'
import { findDeclarations } from '../../src/language/declarations.ts'
import { applyFixes } from '../../src/language/fix-folder.ts'
import type { Fix, Problem } from '../../src/language/problem.ts'
import type { Sample } from '../../src/language/rule.ts'
import { rulePages } from '../../src/language/rule-pages.ts'
import { RULES } from '../../src/language/rules/index.ts'
import { createTypeService } from '../../src/language/service.ts'
import { temporaryFolder } from './workspace.ts'

/**
 * State in outgoing hooks (look it up by the incoming event), code that blocks, modules that are nowhere, a length that is too short, who of two hooks
 * is to answer, how long a session lasts, and which refusals of a channel are final.
 */
const NO_FIX = ['BPH012', 'BPH020', 'BPH029', 'BPP009', 'BPX003', 'BPC002', 'BFP009']

/** The file that a fix brings, by its path in the workspace. */
function created({ creates }: Fix): Record<string, string> {
  if (!creates) return {}
  const path = creates.file.replaceAll('\\', '/')
  return { [path.slice(path.indexOf('/data/') + 1)]: creates.text }
}

describe('language: rules', () => {
  const types = createTypeService(findDeclarations())
  after(() => types.dispose())

  /** What is found in the sample's own file, and the text of the place of each. */
  const inspect = (sample: Sample): Problem[] => {
    using folder = temporaryFolder({ ...sample.others, [sample.file]: sample.text })
    return inspectWith(types, folder.path)
      .filter(({ file }) => file === join(folder.path, ...sample.file.split('/')))
      .flatMap(({ problems }) => problems)
  }

  for (const rule of RULES) {
    const mine = (problems: readonly Problem[]) => problems.filter(problem => problem.code === rule.id)

    it(`${rule.id} ${rule.name} fires on its bad example and says what happens`, () => {
      const found = mine(inspect(rule.bad))
      assert.ok(found.length > 0, 'nothing reported')
      for (const problem of found) {
        assert.match(problem.message, /^.{20,}[.?]$/s)
        assert.ok(problem.span.start <= problem.span.end && problem.span.end <= rule.bad.text.length)
      }
    })

    it(`${rule.id} ${rule.name} is silent on its good example, which has no error of any kind`, () => {
      const found = inspect(rule.good)
      assert.deepEqual(mine(found), [])
      assert.deepEqual(
        found.filter(problem => problem.severity === 'error'),
        []
      )
    })

    it(`${rule.id} ${rule.name}: each fix turns the bad example into something it accepts and Node 12 parses`, () => {
      const [first] = mine(inspect(rule.bad))
      for (const fix of first?.fixes ?? []) {
        if (fix.renameTo !== undefined) continue
        const text = applyFixes(rule.bad.text, [fix])
        const after = inspect({ ...rule.bad, text, others: { ...rule.bad.others, ...created(fix) } })
        assert.deepEqual(
          mine(after).map(problem => problem.message),
          mine(inspect(rule.bad))
            .slice(1)
            .map(problem => problem.message)
            .filter(() => mine(after).length > 0),
          `${fix.title}:\n${text}`
        )
        const broken = after.filter(problem => typeof problem.code === 'number' && problem.code < 2000 && problem.severity === 'error')
        assert.deepEqual(broken, [], `${fix.title}:\n${text}`)
        const older = rule.id === 'BPH003' ? [] : after.filter(problem => problem.code === 'BPH003' || problem.code === 'BPH001')
        if (rule.id !== 'BPH001') assert.deepEqual(older, [], `${fix.title}:\n${text}`)
      }
    })
  }

  it('offers a fix for every rule but those whose remedy is a decision, which they explain', () => {
    const without = RULES.filter(({ id, bad }) => {
      const fixes = inspect(bad).flatMap(problem => (problem.code === id ? (problem.fixes ?? []) : []))
      return !fixes.some(({ title }) => !title.startsWith('Silence '))
    })
    assert.deepEqual(without.map(({ id }) => id).sort(), [...NO_FIX].sort())
  })

  it('has a page for each rule in docs/rules, written from the rule', () => {
    const folder = new URL('../../docs/rules/', import.meta.url)
    const pages = rulePages()
    assert.ok(existsSync(folder))
    assert.deepEqual(readdirSync(folder).sort(), Object.keys(pages).sort())
    for (const [name, text] of Object.entries(pages))
      assert.equal(readFileSync(new URL(name, folder), 'utf8'), text, `${name}: run node scripts/rule-pages.ts`)
  })

  it('has ids and names of their own', () => {
    assert.equal(new Set(RULES.map(rule => rule.id)).size, RULES.length)
    assert.equal(new Set(RULES.map(rule => rule.name)).size, RULES.length)
  })
})
