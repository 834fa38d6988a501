import assert from 'node:assert/strict'
import { inspectWith } from '../../src/language/check.ts'
import { findDeclarations } from '../../src/language/declarations.ts'
import { createTypeService } from '../../src/language/service.ts'
import { HOOK_IDIOMS, SEED_HOOKS } from './hooks.ts'
import { temporaryFolder } from './workspace.ts'

/** What the rules say about hooks that people publish. Everything here is true: each line was weighed against the runtime reference. */
const EXPECTED: Record<string, string[]> = {
  'answers with custom content': ['BPH032', 'BPH002', 'BPH002'],
  'speaks only to new users': ['BPH007'],
  'A1. Answer the trigger with custom content': ['BPH032', 'BPH033'],
  'A2. Let the main flow speak first, once per session': ['BPH007'],
  'A10. Trigger that works on every channel': ['BPH032'],
  'A11. Greet without any page code': ['BPH007'],
  'D2. Transcript to an outside system': ['BPH021'],
  'D6. Several messages, a longer pause': ['BPH032']
}

describe('language: rules on published idioms', () => {
  const types = createTypeService(findDeclarations())
  after(() => types.dispose())

  for (const [title, { type, text }] of Object.entries({ ...SEED_HOOKS, ...HOOK_IDIOMS })) {
    it(`says about "${title}" ${EXPECTED[title]?.join(', ') ?? 'nothing'}`, () => {
      using folder = temporaryFolder({ [`data/global/hooks/${type}/a.js`]: text })
      const found = inspectWith(types, folder.path).flatMap(({ problems }) => problems)
      assert.deepEqual(
        found.filter(problem => problem.tag === undefined).map(problem => problem.code),
        EXPECTED[title] ?? []
      )
    })
  }
})
