import assert from 'node:assert/strict'
import { problemOf } from '../../src/runtime/problem.ts'

const thrown = (...frames: string[]) =>
  Object.assign(new Error('no'), { stack: ['Error: no', ...frames.map(frame => `    at ${frame}`)].join('\n') })

describe('the place of an error', () => {
  it('is the topmost frame in the script that ran, else in a file of the workspace, no package', () => {
    const error = thrown('read (/ws/node_modules/axios/index.js:1:2)', 'help (/ws/shared_libs/help.js:3:4)', '/ws/data/hook.js:5:6')
    assert.deepEqual(problemOf(error, '/ws/data/hook.js', '/ws').place, { file: '/ws/data/hook.js', line: 5, column: 6 })
    assert.deepEqual(problemOf(error, '/ws/data/other.js', '/ws').place, { file: '/ws/shared_libs/help.js', line: 3, column: 4 })
    assert.deepEqual(problemOf(error, '/ws/data/other.js', '/w').place, { file: '/ws/data/other.js' })
  })

  it('on Windows as well, whatever the root ends with', () => {
    const error = thrown('read (C:\\ws\\node_modules\\axios\\index.js:1:2)', 'help (C:\\ws\\shared_libs\\help.js:3:4)')
    for (const root of ['C:\\ws', 'C:\\ws\\', 'C:/ws/'])
      assert.deepEqual(problemOf(error, undefined, root).place, { file: 'C:\\ws\\shared_libs\\help.js', line: 3, column: 4 })
  })
})
