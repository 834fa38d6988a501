import { isBuiltin } from 'node:module'

/** The first release of Node that has SQLite without a flag; the engine keeps its state in it. */
const NODE = '22.13'

/** @returns why the engine cannot run in this Node, as a sentence; undefined where it can */
export function engineLacks(node = process.versions.node, has = isBuiltin): string | undefined {
  return has('node:sqlite') ? undefined : `Playing hooks needs Node ${NODE} or later; this is ${node}.`
}
