import type { HookFault } from '../../trace/entry.ts'
import { type Clock, sleep } from '../clock.ts'
import type { Script } from '../scripts/discover.ts'

const SLOW_MS = 3000

/** The failures that somebody staged: what hooks are made to do. */
export class StagedFaults {
  #faults: readonly HookFault[] = []

  /** Takes the place of all that was staged before. */
  stage(faults: readonly HookFault[]): void {
    this.#faults = faults
  }

  /** The first that names the script's file: by its name, or by the end of its path. */
  of(script: Pick<Script, 'file'>): HookFault | undefined {
    if (this.#faults.length === 0) return undefined
    const path = `/${script.file.replaceAll('\\', '/')}`
    return this.#faults.find(fault => path.endsWith(`/${fault.hook.replaceAll('\\', '/').replace(/^\/+/, '')}`))
  }
}

/** Runs a script as far as its staged failure lets it. @throws what it was made to throw */
export function runStaged(fault: HookFault, script: Pick<Script, 'file'>, clock: Clock, run: () => unknown): unknown {
  switch (fault.what) {
    case 'throw':
      throw Object.assign(new Error(fault.message ?? 'This hook was made to throw'), { place: { file: script.file } })
    case 'hang':
      return new Promise(() => {})
    case 'slow':
      return sleep(clock, fault.ms ?? SLOW_MS).then(run)
  }
}
