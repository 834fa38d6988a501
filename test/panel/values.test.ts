import assert from 'node:assert/strict'
import { jsonErrorLine, memberPath, preview } from '../../webview/panel/paths.ts'
import { readSaved } from '../../webview/panel/saved.ts'

describe('paths as a hook writes them', () => {
  it('use dots for names, brackets for the rest (G5)', () => {
    assert.equal(memberPath('event.payload', 'payload', false), 'event.payload.payload')
    assert.equal(memberPath('event.suggestions', '0', true), 'event.suggestions[0]')
    assert.equal(memberPath('event.payload', 'x-id', false), 'event.payload["x-id"]')
    assert.equal(memberPath('event.payload', '0', false), 'event.payload["0"]')
  })
})

describe('values in a few characters', () => {
  it('show strings with quotes and objects cut', () => {
    assert.equal(preview('hi'), '"hi"')
    assert.equal(preview([]), '[]')
    assert.ok(preview({ a: 'x'.repeat(200) }).length < 60)
    assert.equal(preview(undefined), 'undefined')
  })
})

describe('JSON that is none', () => {
  it('is located by its line', () => {
    const text = '{\n  "a": 1,\n  b: 2\n}'
    const message = (() => {
      try {
        JSON.parse(text)
      } catch (error) {
        return String(error)
      }
      return ''
    })()
    assert.equal(jsonErrorLine(text, message), 3)
    assert.equal(jsonErrorLine('', 'Unexpected end of JSON input'), undefined)
  })
})

describe('what outlives the panel', () => {
  it('starts fresh from nothing, from nonsense and from another version', () => {
    const fresh = readSaved(undefined)
    assert.deepEqual(readSaved({ tab: 'nowhere' }), fresh)
    assert.deepEqual(readSaved('nonsense'), fresh)
    assert.equal(fresh.draft.payload, '{}')
  })

  it('comes back as it was', () => {
    const saved = { ...readSaved(undefined), tab: 'trace' as const, expanded: [3], draft: { open: true, type: 'x', payload: '{"a"' } }
    assert.deepEqual(readSaved(JSON.parse(JSON.stringify(saved))), saved)
  })
})
