import { inspect } from 'node:util'
import type { ReportInput } from '../api.ts'
import { originNow, running } from '../current.ts'
import type { GhostFiles } from '../files.ts'
import { builtInModules } from '../modules/built-ins.ts'
import { ModuleLoader } from '../modules/require.ts'
import type { NetworkGuard } from '../network/guard.ts'
import { exposedProcess, PROCESS_CACHE_MS } from '../scripts/process.ts'
import { ScriptRunner } from '../scripts/run.ts'
import type { ServerOptions } from './options.ts'
import type { Voice } from './voice.ts'

/** Of the script that runs now. */
function whoseTimer() {
  const { place, name } = originNow()
  const eventId = running()?.eventId
  return { ...(name !== undefined && { hook: name }), ...(place && { place }), ...(eventId !== undefined && { eventId }) }
}

/** What hooks and actions need to run: one for the engine's whole life. */
export function createScriptHost(options: ServerOptions, voice: Voice, files: GhostFiles, network: () => NetworkGuard, bp: () => unknown) {
  const { clock, chance, env, settings } = options
  const { root } = settings
  const random = chance.seeded ? chance.random : undefined
  const scripts = new ScriptRunner(
    {
      clock,
      random,
      uncaught: options.uncaught,
      timer: told => voice.report({ kind: 'script-timer', ...told, ...whoseTimer() }),
      console: (level, text) => voice.console(level, text)
    },
    root,
    options.scripts
  )
  const sandboxed = { global: !isYes(env.DISABLE_GLOBAL_SANDBOX), bot: !isYes(env.DISABLE_BOT_SANDBOX) }
  let shown: { value: object; until: number } | undefined
  return {
    root,
    clock,
    report: (entry: ReportInput) => voice.report(entry),
    scripts,
    modules: new ModuleLoader({
      root,
      scripts,
      own: name => (name === 'botpress/sdk' ? { exports: bp() } : undefined),
      builtIn: builtInModules({ clock, chance, timers: () => scripts.server.timers, process: () => scripts.process, network }),
      files
    }),
    /** The object that scripts see as `process`: made anew every two minutes, shared until then (R3.18). */
    process: () => {
      if (!shown || shown.until <= clock.now()) shown = { value: exposedProcess(env, settings), until: clock.now() + PROCESS_CACHE_MS }
      return shown.value
    },
    printObject: (value: unknown) => inspect(value, { depth: 2, colors: true }),
    isSandboxed: (scope: 'global' | 'bot') => sandboxed[scope],
    secure: options.secure,
    waits: options.waits
  }
}

const isYes = (text: string | undefined) => text !== undefined && /^(1|y|yes|true|on)$/i.test(text.trim())
