import { WITNESS, type Witness } from '../protocol/witness.ts'
import type { Place } from '../trace/entry.ts'
import { running } from './current.ts'

/** Deep enough for a recursion's innermost part and the hook that began it. */
const FRAMES = 200
const ABSOLUTE = /^([/\\]|[A-Za-z]:)/

/** Lets whoever holds the inspector ask what runs at this moment. Scripts live in other realms and do not see it. */
export function keepWitness(): void {
  Object.defineProperty(globalThis, WITNESS, { value: witness })
}

function witness(): Witness {
  const now = running()
  const { file, name, hookType, eventId } = now ?? {}
  return {
    ...(file !== undefined &&
      name !== undefined && {
        script: { file, name, ...(hookType !== undefined && { hookType }) }
      }),
    ...(eventId !== undefined && { eventId }),
    frames: frames().filter(one => !one.file.includes('node_modules'))
  }
}

/** `at name (/path/file.js:1:2)` or `at /path/file.js:1:2`. */
function spoken(line: string): Place[] {
  const [, file = '', row, column] = /^\s+at (?:.*\()?(.+):(\d+):(\d+)\)?$/.exec(line) ?? []
  return ABSOLUTE.test(file) ? [{ file, line: Number(row), column: Number(column) }] : []
}

/** Of the code that was interrupted: it lies below this function on the stack. */
function frames(): Place[] {
  const { prepareStackTrace, stackTraceLimit } = Error
  Error.prepareStackTrace = (_error, sites) => sites
  Error.stackTraceLimit = FRAMES
  const { stack } = new Error() as unknown as { stack: NodeJS.CallSite[] | string }
  Error.prepareStackTrace = prepareStackTrace
  Error.stackTraceLimit = stackTraceLimit
  // Interrupted while another stack is written down, V8 writes this one in words.
  if (typeof stack === 'string') return stack.split('\n').flatMap(spoken)
  return stack.flatMap(one => {
    const file = one.getFileName()
    if (file === null || file === undefined || !ABSOLUTE.test(file)) return []
    return [{ file, line: one.getLineNumber() ?? 1, column: one.getColumnNumber() ?? 1 }]
  })
}
