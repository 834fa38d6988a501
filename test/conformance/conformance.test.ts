import assert from 'node:assert/strict'
import { fileURLToPath } from 'node:url'
import { casesOf, runCase } from './run-case.ts'

describe('The engine does what Botpress 12.31.10 did', function () {
  this.timeout(60_000)
  for (const { file, read } of casesOf(fileURLToPath(new URL('./cases', import.meta.url)))) {
    const given = read()
    it(`${file}: ${given.about}`, async () => assert.deepEqual(await runCase(given), []))
  }
})
