import type { ScriptCounts } from '../protocol/coverage.ts'
import type { EngineSettings, Push } from '../protocol/engine.ts'
import type { TraceLog } from '../trace/log.ts'

export interface EngineHostOptions {
  /** The engine's entry point, `dist/engine.js` or `src/runtime/main.ts`. */
  entry: string
  settings: EngineSettings
  trace: TraceLog
  execPath?: string | undefined
  /** After so many ms in which a hook gives nothing else a turn, its process is replaced. Default 5000. */
  hookLimitMs?: number | undefined
  /** How long a process that takes no turns may take to say what it is at, in ms, before it is stopped all the same. Default 5000. */
  answerMs?: number | undefined
  /** Old space of an engine process in MiB. Default 512. */
  heapLimitMb?: number | undefined
  /** Keep a started process at hand, so that a replacement takes over at once. Default true. */
  spare?: boolean | undefined
  /** A debugger may come, whose steps are to lead from a hook to what runs next. Costs each start some 50 ms. */
  debuggable?: boolean | undefined
  onPush?: ((push: Push) => void) | undefined
  onStatus?: ((status: EngineStatus) => void) | undefined
  /** What was executed since the last time; told before the answer to a call that executed it. */
  onCovered?: ((scripts: ScriptCounts[]) => void) | undefined
}

export interface EngineStatus {
  status: 'starting' | 'ready' | 'failed' | 'stopped'
  /** A sentence where the engine failed. */
  message?: string
  bots: string[]
  debugging: boolean
}
