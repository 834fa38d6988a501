import type { Place, Problem } from '../trace/entry.ts'

/** Errors as their author sees them: class, words, and the place in the author's file. */

const FRAME = /(?:\(|at (?:async )?|^)(?:file:\/\/)?((?:\/|[A-Za-z]:[\\/])[^():]*(?:\([^()]*\)[^():]*)?):(\d+):(\d+)\)?$/
/** First line of a syntax error's stack: the file and line of what V8 could not read. */
const HEADER = /^((?:\/|[A-Za-z]:[\\/]).*):(\d+)$/

/** The topmost frame of a stack that lies in `file`, or, for a folder ending in a separator, below it. */
export function placeInStack(stack: string, file: string): Place | undefined {
  const lines = stack.split('\n')
  for (const line of lines) {
    const match = FRAME.exec(line.trimEnd())
    if (match && isIn(match[1]!, file)) return { file: match[1]!, line: Number(match[2]), column: Number(match[3]) }
  }
  const header = HEADER.exec(lines[0] ?? '')
  if (header && isIn(header[1]!, file)) {
    // V8 draws a caret below the column.
    const caret = lines[2] && /^\s*\^/.test(lines[2]) ? lines[2].indexOf('^') + 1 : undefined
    return { file: header[1]!, line: Number(header[2]), ...(caret !== undefined && { column: caret }) }
  }
  return undefined
}

function isIn(path: string, file: string): boolean {
  return /[\\/]$/.test(file) ? slashed(path).startsWith(slashed(file)) && !path.includes('node_modules') : path === file
}

const slashed = (path: string) => path.replaceAll('\\', '/')

/**
 * Describes anything that was thrown.
 *
 * @param file where to look for the place first: the script that ran
 * @param root folder whose files are the author's; used when the script itself is not in the stack
 */
export function problemOf(error: unknown, file?: string, root?: string): Problem {
  if (!isError(error)) return { name: typeof error, message: safeString(error), ...(file !== undefined && { place: { file } }) }
  const stack = safeString(read(error, 'stack') ?? '')
  const below = root === undefined ? undefined : /[\\/]$/.test(root) ? root : `${root}/`
  const place =
    (read(error, 'place') as Place | undefined) ??
    (file === undefined ? undefined : placeInStack(stack, file)) ??
    (below === undefined ? undefined : placeInStack(stack, below)) ??
    (file === undefined ? undefined : { file })
  return {
    name: safeString(read(error, 'name')),
    message: safeString(read(error, 'message')),
    ...(place && { place }),
    ...(stack && { stack })
  }
}

/** Whether it has the make of an error, of whichever realm. */
export function isError(value: unknown): value is Error {
  return (
    typeof value === 'object' && value !== null && typeof read(value, 'message') === 'string' && typeof read(value, 'name') === 'string'
  )
}

/** A property of something that an author made: a getter or a proxy may throw. */
function read(value: object, key: string): unknown {
  try {
    return (value as Record<string, unknown>)[key]
  } catch {
    return undefined
  }
}

/** `String(value)` that never throws. */
export function safeString(value: unknown): string {
  try {
    return String(value)
  } catch {
    return tagOf(value)
  }
}

/** `[object …]`; a proxy may refuse even that. */
function tagOf(value: unknown): string {
  try {
    return Object.prototype.toString.call(value)
  } catch {
    return '[object Object]'
  }
}
