import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '../..')
const { forbidden } = createRequire(import.meta.url)(join(ROOT, '.dependency-cruiser.cjs')) as {
  forbidden: { name: string; comment?: string }[]
}

/** What the build lets each room import, as its arrows say it. */
const ROOMS = Object.fromEntries(
  forbidden.flatMap(({ comment = '' }) => {
    const [, room, known] = /^src\/(\S+) may import (.+)$/.exec(comment) ?? []
    return room ? [[room, known === 'no other room' ? [] : known!.split(', ').sort()]] : []
  })
)

/** The table of rooms: what each may import, in alphabetical order. */
function table(): Map<string, string[]> {
  const text = readFileSync(join(ROOT, 'docs/architecture.md'), 'utf8')
  const rows = text.split('\n').flatMap(line => {
    const [, room, , known] = /^\| `(?:src\/)?([\w/]+)` +\|(.*)\|([^|]*)\|$/.exec(line) ?? []
    return room ? [[room, known!.trim()] as const] : []
  })
  return new Map(rows.map(([room, known]) => [room, known === 'nothing' ? [] : known.split(', ').sort()]))
}

describe('the map of the house', () => {
  it('has a row for each room, with the arrows that the build checks', () => {
    const told = table()
    assert.deepEqual(told.get('webview'), ['botframework', 'botpress', 'protocol', 'trace', 'webchat'])
    told.delete('webview')
    assert.deepEqual(Object.fromEntries(told), ROOMS)
    const there = readdirSync(join(ROOT, 'src')).filter(name => name !== 'channels')
    assert.deepEqual(
      there.filter(name => !(name in ROOMS)),
      []
    )
  })
})
