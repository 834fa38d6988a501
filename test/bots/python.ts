import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'

/** The command of Python 3 on this computer. */
export function python(): string {
  const found = ['python3', 'python'].find(name => {
    try {
      return /^Python 3/.test(execFileSync(name, ['--version'], { encoding: 'utf8' }))
    } catch {
      return false
    }
  })
  assert.ok(found, 'This test needs Python 3.')
  return found
}
