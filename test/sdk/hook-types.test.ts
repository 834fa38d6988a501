import { deepStrictEqual, strictEqual } from 'node:assert/strict'
import { HOOK_TYPES } from '../../src/botpress/hook-types.ts'
import { declaredFacts } from './facts.ts'
import { declarationSources, hookProgram, problemsOf } from './program.ts'
import { normalType } from './type-text.ts'

const declared = declaredFacts(declarationSources)

describe('sdk: function types of hooks', () => {
  it('are those of the 15 hook types, and no others (R2.1)', () => {
    const names = [...declared.keys()].filter(key => key.startsWith('hooks.') && key.endsWith(':type'))
    deepStrictEqual(names.sort(), HOOK_TYPES.map(type => `hooks.${type.id}:type`).sort())
  })

  for (const type of HOOK_TYPES) {
    it(`give ${type.id} its arguments by name and type (R2.1)`, () => {
      const parameters = [{ name: 'bp', type: 'typeof sdk' }, ...type.args].map(argument => `${argument.name}: ${argument.type}`)
      strictEqual(declared.get(`hooks.${type.id}:type`), normalType(`(${parameters.join(', ')}) => any`))
    })
  }

  it('know what a hook of each type can touch', function () {
    this.timeout(60_000)
    const scripts = HOOK_TYPES.map(type => ({
      name: 'touches',
      type: type.id,
      text: `bp.logger.info('x', [${type.args.map(argument => argument.name)}])\n${type.args.map(({ name }) => `${name}.__missing`).join('\n')}`
    }))
    const program = hookProgram(scripts)
    for (const script of scripts) {
      const named = HOOK_TYPES.find(type => type.id === script.type)!.args.map(() => '2339 ‹__missing›')
      deepStrictEqual(problemsOf(program, script), named, script.type)
    }
    strictEqual(
      program.getSourceFiles().some(file => /lib\.dom/.test(file.fileName)),
      false
    )
  })
})
