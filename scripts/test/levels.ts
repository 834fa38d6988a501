/** The levels of the tests: what is run, in which order, and what each needs. */
import { globSync } from 'node:fs'
import { at } from '../vscode/processes.ts'

export interface Level {
  name: string
  /** Arguments for Node. */
  command: string[]
  /** Opens windows of a browser or of VS Code: runs alone, and not in the quick run. */
  windows: boolean
  /** Runs only when it is named. */
  onRequest: boolean
  /** In milliseconds; a level that takes longer is ended and has failed. */
  limit: number
}

const minute = 60_000

/** Rooms whose tests open windows. `browser` has its tests of the VS Code window in a folder of their own. */
const windowRooms = ['panel', 'browser', 'by-hand']

/** Press a hundred times what a person presses once, in a few minutes: a machine that does something else besides is too slow for them. */
const roomsOnRequest = ['by-hand']

/** One level for each folder of `test` that holds tests, then those in a real VS Code. */
export function levels(): Level[] {
  const files = globSync('test/**/*.test.ts', { cwd: at() }).map(file => file.replaceAll('\\', '/'))
  const ofWindow = (file: string) => file.startsWith('test/browser/vscode/')
  const rooms = [...new Set(files.map(file => file.split('/')[1]!))].filter(room => room !== 'vscode').sort()
  const byRoom = rooms.map(room => {
    const windows = windowRooms.includes(room)
    return mochaLevel(
      room,
      files.filter(file => file.startsWith(`test/${room}/`) && !ofWindow(file)),
      windows
    )
  })
  return [
    ...byRoom.filter(level => !level.windows),
    ...byRoom.filter(level => level.windows),
    mochaLevel('window', files.filter(ofWindow), true),
    {
      name: 'vscode',
      command: [at('scripts/test-vscode.ts'), '--no-build', '--timeout', '300'],
      windows: true,
      onRequest: false,
      limit: 8 * minute
    }
  ].filter(level => level.command.length > 0)
}

function mochaLevel(name: string, files: string[], windows: boolean): Level {
  const flags = [
    '--reporter',
    at('scripts/test/reporter.ts'),
    '--forbid-only',
    '--forbid-pending',
    '--timeout',
    windows ? '60000' : '10000'
  ]
  const command = files.length > 0 ? [at('node_modules/mocha/bin/mocha.js'), ...flags, ...files.sort()] : []
  return { name, command, windows, onRequest: roomsOnRequest.includes(name), limit: 8 * minute }
}
