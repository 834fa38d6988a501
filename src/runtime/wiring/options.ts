import type { EngineSettings, Push } from '../../protocol/engine.ts'
import type { RunOfHook } from '../../trace/entry.ts'
import type { BotEvent, ReportInput } from '../api.ts'
import type { Chance } from '../chance.ts'
import type { Clock } from '../clock.ts'
import type { SqliteDatabase } from '../database.ts'
import type { ScriptLegacy } from '../scripts/run.ts'

/** What the engine's parts are put together from. */
export interface ServerOptions {
  readonly settings: Required<Pick<EngineSettings, 'root' | 'botpressVersion' | 'stuckAfterMs' | 'externalUrl'>> & EngineSettings
  readonly clock: Clock
  readonly chance: Chance
  readonly database: SqliteDatabase
  /** Of the life before. */
  readonly scripts?: ScriptLegacy | undefined
  readonly env: Record<string, string | undefined>
  readonly production: boolean
  /** Whether the hooks and middlewares of the stock modules run next to the author's (R1.14). */
  readonly stock: boolean
  report(entry: ReportInput): void
  secure(): void
  waits(hook: RunOfHook): void
  push(push: Push): void
  messaging(botId: string): object | undefined
  observe(point: 'given' | 'sent' | 'loaded' | 'deciding' | 'ended', event: BotEvent): void
  uncaught(error: unknown): void
  onJump(flow: string, node: string | undefined, error?: Error): void
}
