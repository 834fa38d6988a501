import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { SavedFiles } from '../../src/host/saved-files.ts'
import { BOT, type Folder, folderWith, hook } from './fixture.ts'

const GREET = hook('greet.js')
const LONG = `// ${'x'.repeat(70_000)}`

describe('files that are saved', () => {
  let folder: Folder
  let saved: SavedFiles
  beforeEach(async () => {
    folder = folderWith({ ...BOT, [GREET]: 'one', [hook('long.js')]: LONG, 'pages/a.html': 'first', 'pages/b.html': 'first' })
    saved = new SavedFiles()
    await saved.remember(folder.path)
  })
  afterEach(() => folder.remove())

  const see = (...files: string[]) =>
    saved
      .see(
        files.map(file => folder.at(file)),
        () => true
      )
      .map(({ file: _, ...told }) => told)

  it('are told with what they were and have become: changed, new, deleted', () => {
    folder.write(GREET, 'two')
    assert.deepEqual(see(GREET), [{ what: 'hook', before: 'one', after: 'two' }])
    // Watchers tell of a save more than once.
    assert.deepEqual(see(GREET), [])
    folder.write(hook('new.js'), 'new')
    assert.deepEqual(see(hook('new.js')), [{ what: 'hook', before: null, after: 'new' }])
    rmSync(folder.at(GREET))
    assert.deepEqual(see(GREET), [{ what: 'hook', gone: true, before: 'two', after: null }])
  })

  it('are told without a text that is too long for a trace', () => {
    folder.write(hook('long.js'), 'short')
    assert.deepEqual(see(hook('long.js')), [{ what: 'hook', after: 'short' }])
    folder.write(hook('long.js'), LONG)
    assert.deepEqual(see(hook('long.js')), [{ what: 'hook', before: 'short' }])
  })

  it('that belong to pages are known from when a page got them', () => {
    saved.served(folder.at('pages/a.html'))
    folder.write('pages/a.html', 'second')
    folder.write('pages/b.html', 'second')
    assert.deepEqual(see('pages/a.html', 'pages/b.html'), [
      { what: 'page', before: 'first', after: 'second' },
      { what: 'page', after: 'second' }
    ])
  })
})
