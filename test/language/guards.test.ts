import assert from 'node:assert/strict'
import { typeBranches } from '../../src/language/analysis/branches.ts'
import { handledTypes } from '../../src/language/analysis/event-types.ts'
import { parseBare } from '../../src/language/bare-syntax.ts'
import { inspectWith } from '../../src/language/check.ts'
import { findDeclarations } from '../../src/language/declarations.ts'
import { createTypeService } from '../../src/language/service.ts'
import { temporaryFolder } from './workspace.ts'

const REPLY = "bp.events.replyToEvent(event, [{ type: 'text', text: 'Hi' }])"

/** The same guard, written in the ways that authors write it. */
const GUARDS: Record<string, string> = {
  '===': `if (event.type === 'x') return ${REPLY}`,
  'a literal first': `if ('x' == event.type) { return ${REPLY} }`,
  'an early return': `if (event.type !== 'x') return\nreturn ${REPLY}`,
  'an early return behind a bang': `if (!(event.type === 'x')) { return }\nreturn ${REPLY}`,
  'an else': `if (event.type !== 'x') {\n  bp.logger.info('a')\n} else {\n  return ${REPLY}\n}`,
  switch: `switch (event.type) {\n  case 'x':\n    return ${REPLY}\n}`,
  'a case that falls into the next': `switch (event.type) {\n  case 'x':\n  case 'y':\n    return ${REPLY}\n}`,
  includes: `if (['x', 'y'].includes(event.type)) return ${REPLY}`,
  'includes of a constant': `const types = ['x']\nif (types.includes(event.type)) return ${REPLY}`,
  indexOf: `if (['x'].indexOf(event.type) === -1) return\nreturn ${REPLY}`,
  'a name for the type': `const { type } = event\nif (type === 'x') return ${REPLY}`,
  'a name for the test': `const mine = event.type === 'x'\nif (mine) return ${REPLY}`,
  'a second condition': `if (event.type === 'x' && event.channel === 'web') return ${REPLY}`,
  '&&': `event.type === 'x' && ${REPLY}.catch(() => {})`,
  'a function around it': `const run = async () => {\n  if (event.type !== 'x') return\n  await ${REPLY}\n}\nreturn run()`,
  'a function that is called': `const greet = () => ${REPLY}\nif (event.type === 'x') return greet()`,
  'two calls deep': `const say = text => ${REPLY}\nconst greet = () => say('a')\nif (event.type === 'x') return greet()`
}

const SKIP = 'event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)'

/** Ways to skip the dialog engine that all count. */
const SKIPS: Record<string, string> = {
  'in the branch': `if (event.type === 'x') {\n  ${SKIP}\n  return ${REPLY}\n}`,
  'by a short name': `const { SKIP_DIALOG_ENGINE } = bp.IO.WellKnownFlags\nif (event.type === 'x') {\n  event.setFlag(SKIP_DIALOG_ENGINE, true)\n  return ${REPLY}\n}`,
  'by a name for all flags': `const flags = bp.IO.WellKnownFlags\nif (event.type === 'x') {\n  event.setFlag(flags.SKIP_DIALOG_ENGINE, true)\n  return ${REPLY}\n}`,
  'in a function that is called': `const skip = () => ${SKIP}\nif (event.type === 'x') {\n  skip()\n  return ${REPLY}\n}`,
  'for every event': `${SKIP}\nif (event.type === 'x') return ${REPLY}`,
  'in a branch of its own': `if (event.type === 'x') ${SKIP}\nif (event.type === 'x') return ${REPLY}`
}

describe('language: guards and branches', () => {
  const types = createTypeService(findDeclarations())
  after(() => types.dispose())

  const codes = (text: string, others: Record<string, string> = {}) => {
    using folder = temporaryFolder({ ...others, 'data/global/hooks/before_incoming_middleware/a.js': text })
    return inspectWith(types, folder.path)
      .filter(({ file }) => file.endsWith('a.js'))
      .flatMap(({ problems }) => problems)
      .filter(problem => problem.tag === undefined)
      .map(problem => problem.code)
  }

  for (const [how, text] of Object.entries(GUARDS)) {
    it(`takes ${how} for a guard by type (BPH004)`, () => {
      assert.ok(handledTypes(parseBare(text)).includes('x'))
      assert.ok(typeBranches(parseBare(text)).some(branch => branch.types.includes('x')))
      assert.ok(codes(`${text}\n`).includes('BPH004'))
    })
  }

  for (const [where, text] of Object.entries(SKIPS)) {
    it(`sees the flag that is set ${where} (BPH004)`, () => {
      assert.ok(!codes(`${text}\n`).includes('BPH004'))
    })
  }

  it('does not count a flag in the other arm of a branch (BPH004)', () => {
    assert.ok(
      codes(`if (event.type === 'x') {\n  if (event.preview) {\n    ${SKIP}\n  } else {\n    return ${REPLY}\n  }\n}\n`).includes('BPH004')
    )
  })

  it('does not count a flag that is set to false (BPH004)', () => {
    assert.ok(codes(`if (event.type === 'x') {\n  ${SKIP.replace('true', 'false')}\n  return ${REPLY}\n}\n`).includes('BPH004'))
  })

  it('counts the flag of a sibling hook for the same type (BPH004)', () => {
    const sibling = { 'data/global/hooks/after_incoming_middleware/b.js': `if (event.type === 'x') ${SKIP}\n` }
    assert.ok(!codes(`if (event.type === 'x') return ${REPLY}\n`, sibling).includes('BPH004'))
  })

  it('leaves types alone that Botpress skips itself (R1.14, BPH004)', () => {
    assert.ok(!codes(`if (event.type === 'visit') return ${REPLY}\n`).includes('BPH004'))
  })

  it('knows that a write in one arm and a skip in the other never meet (BPH005)', () => {
    const text = `if (event.state.session.greeted) {\n  ${SKIP}\n} else {\n  event.state.session.greeted = true\n}\n`
    assert.ok(!codes(text).includes('BPH005'))
    assert.ok(codes(`${SKIP}\nevent.state.session.greeted = true\n`).includes('BPH005'))
  })

  for (const write of [
    'event.state.session.a = 1',
    'event.state.session.count++',
    'delete event.state.temp.a',
    'Object.assign(event.state.session, { a: 1 })',
    "event.state.session['a'] = 1",
    'event.state.session[event.type] = 1',
    'const { session } = event.state\nsession.a = 1',
    'const s = event.state.session\ns.a.b = 1',
    'event.state.session.list.push(1)',
    'event.state.user.name = 1'
  ]) {
    it(`takes ${write.replace('\n', '; ')} for a change of state (BPH005)`, () => {
      assert.ok(codes(`${SKIP}\n${write}\n`).includes('BPH005'))
      assert.ok(!codes(`${SKIP}\n${SKIP.replace('SKIP_DIALOG_ENGINE', 'FORCE_PERSIST_STATE')}\n${write}\n`).includes('BPH005'))
    })
  }
})
