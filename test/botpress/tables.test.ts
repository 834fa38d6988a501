import assert from 'node:assert/strict'
import { type FlagName, flagNameOf, flagSymbol, WELL_KNOWN_FLAGS } from '../../src/botpress/flags.ts'
import { HOOK_TYPES, hookTypeOf } from '../../src/botpress/hook-types.ts'

describe('The tables of Botpress', () => {
  it('know 15 hook types, four of them global only (R2.1)', () => {
    assert.equal(HOOK_TYPES.length, 15)
    assert.deepEqual(
      HOOK_TYPES.filter(type => type.scope === 'global').map(type => type.id),
      ['after_server_start', 'on_stage_request', 'after_stage_changed', 'on_incident_status_changed']
    )
  })

  it('look a bot’s hooks up only where an argument names the bot (R1.2)', () => {
    for (const type of HOOK_TYPES) {
      const namesBot = type.args.some(arg => arg.name === 'event' || arg.name === 'botId')
      assert.equal(type.scope === 'global+bot', namesBot, type.id)
    }
  })

  it('let only on_stage_request fail its caller (R3.13)', () => {
    assert.deepEqual(
      HOOK_TYPES.filter(type => type.throwOnError).map(type => type.id),
      ['on_stage_request']
    )
    assert.equal(hookTypeOf('before_everything'), undefined)
  })

  it('tell the four flags by their registered symbols and nothing else (R5.1, R5.2)', () => {
    for (const name of Object.keys(WELL_KNOWN_FLAGS) as FlagName[]) assert.equal(flagNameOf(flagSymbol(name)), name)
    assert.equal(flagNameOf('SKIP_DIALOG_ENGINE'), undefined)
    assert.equal(flagNameOf('skipDialogEngine'), undefined)
    assert.equal(flagNameOf(Symbol('skipDialogEngine')), undefined)
    assert.equal(flagNameOf(undefined), undefined)
    assert.equal(flagNameOf(Symbol.for('skipDialogEngine')), 'SKIP_DIALOG_ENGINE')
  })
})
