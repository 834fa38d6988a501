import assert from 'node:assert/strict'
import { fieldsOf, withField } from '../../webview/panel/fields.ts'
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

describe('fields of a payload', () => {
  const payload = { type: 'idle', payload: { seconds: 30, page: '/pricing', seen: false, tags: ['a'], none: null, deep: { text: 'x' } } }

  it('are its texts, numbers and truths, by their paths', () => {
    assert.deepEqual(
      fieldsOf(payload).map(({ path, value }) => [path.join('.'), value]),
      [
        ['type', 'idle'],
        ['payload.seconds', 30],
        ['payload.page', '/pricing'],
        ['payload.seen', false],
        ['payload.deep.text', 'x']
      ]
    )
    for (const none of [undefined, 'text', 7, null, [1], {}]) assert.deepEqual(fieldsOf(none), [])
  })

  it('change nothing else of it', () => {
    const changed = withField(payload, ['payload', 'deep', 'text'], 'y')
    assert.deepEqual(changed, { ...payload, payload: { ...payload.payload, deep: { text: 'y' } } })
    assert.equal(payload.payload.deep.text, 'x')
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
    const saved = {
      ...readSaved(undefined),
      tab: 'trace' as const,
      expanded: [3],
      draft: { open: true, type: 'x', payload: '{"a"', times: '3' }
    }
    assert.deepEqual(readSaved(JSON.parse(JSON.stringify(saved))), saved)
  })
})
