import assert from 'node:assert/strict'
import { engineLacks } from '../../src/cli/engine-needs.ts'

describe('The Node that the command line runs in', () => {
  it('is good where it brings SQLite', () => assert.equal(engineLacks(), undefined))

  it('is named where it does not, with the one that would do', () => {
    assert.equal(
      engineLacks('20.20.2', () => false),
      'Playing hooks needs Node 22.13 or later; this is 20.20.2.'
    )
  })
})
