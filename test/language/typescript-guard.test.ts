import assert from 'node:assert/strict'
import ts from 'typescript'
import { assertUsable, UnusableTypeScript } from '../../src/language/typescript-guard.ts'

describe('language: guard at load', () => {
  it('accepts the bundled TypeScript', () => {
    assert.doesNotThrow(() => assertUsable(ts))
  })

  it('names the version and what is missing when TypeScript has no JavaScript API, as the native one', () => {
    const native = { version: '7.0.2', versionMajorMinor: '7.0' }
    assert.throws(
      () => assertUsable(native),
      (error: unknown) => error instanceof UnusableTypeScript && /7\.0\.2.*createLanguageService/.test(error.message)
    )
  })

  it('copes with something that is no TypeScript at all', () => {
    assert.throws(() => assertUsable(undefined), UnusableTypeScript)
  })
})
