import { open, url, waitForDebugger as wait } from 'node:inspector'

/**
 * Opens the inspector of this process alone, not of the npm that started it, and stands still until a debugger has set its breakpoints. Node says on the
 * standard error stream where the inspector listens.
 */
export function waitForDebugger(): void {
  try {
    // It may be open already, by the author's own option.
    if (url() === undefined) open(0, '127.0.0.1')
    wait()
  } catch {
    // A Node without an inspector: the bot runs all the same.
  }
}
