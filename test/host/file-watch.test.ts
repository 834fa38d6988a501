import assert from 'node:assert/strict'
import { deferred } from '../../src/host/deferred.ts'
import { FileWatch } from '../../src/host/file-watch.ts'
import { folderWith } from './fixture.ts'

describe('a watch over files', () => {
  it('tells in one go what was saved, and nothing any more once it is closed, nor of folders that are added late', async () => {
    const folder = folderWith({ 'a/one.js': '1', 'b/two.js': '2' })
    const heard: string[][] = []
    const { promise: seen, resolve } = deferred<void>()
    const watch = new FileWatch(files => {
      heard.push(files)
      resolve(undefined)
    })
    watch.addFile(folder.at('a/one.js'))
    folder.write('a/one.js', '3')
    await seen
    assert.deepEqual(heard, [[folder.at('a/one.js')]])
    watch.close()
    watch.addFile(folder.at('b/two.js'))
    const { promise: later, resolve: over } = deferred<void>()
    const other = new FileWatch(() => over(undefined))
    other.addFile(folder.at('b/two.js'))
    folder.write('b/two.js', '4')
    await later
    other.close()
    assert.equal(heard.length, 1)
    folder.remove()
  })
})
