import type { Place } from '../../src/trace/entry.ts'

/** The simulator's own scripts in a page. */
export const OUR_SCRIPTS = /\/channel-web\/inject\.js|\/v\/[^/]+\/(stage\.js|voiceflow\/)/

/** The first line of a stack trace that lies in none of the skipped scripts; `file` is an address. Reads V8's, Firefox' and Safari's form. */
export function placeInStack(stack: string | undefined, skip: RegExp): Place | undefined {
  for (const line of stack?.split('\n') ?? []) {
    const match = /(https?:\/\/[^\s()]+?):(\d+)(?::(\d+))?\)?$/.exec(line.trim())
    if (!match || skip.test(match[1]!)) continue
    return { file: match[1]!, line: Number(match[2]), ...(match[3] && { column: Number(match[3]) }) }
  }
  return undefined
}
