import type { Push } from '../protocol/engine.ts'
import type { ReportInput } from './api.ts'
import type { HttpService } from './bp/http.ts'
import type { Clock } from './clock.ts'
import type { Cms } from './cms/cms.ts'
import type { ElementStore } from './cms/elements.ts'
import type { DialogEngine } from './dialog/engine.ts'
import type { EventEngine } from './events/engine.ts'
import type { EventLog } from './events/log.ts'
import type { GhostFiles } from './files.ts'
import type { KeyValues } from './state/kvs.ts'
import type { Sessions } from './state/sessions.ts'
import type { Users } from './state/users.ts'
import type { Workspace } from './workspace.ts'

/** The engine's parts as the namespaces of `bp` need them. */
export interface RuntimeParts {
  readonly events: EventEngine
  readonly log: EventLog
  readonly dialog: DialogEngine
  readonly sessions: Sessions
  readonly users: Users
  readonly kvs: KeyValues
  readonly cms: Cms
  readonly elements: ElementStore
  readonly media: {
    save(botId: string, fileName: string, content: Buffer): Promise<string>
    read(botId: string, fileName: string): Promise<Buffer>
    path(botId: string, fileName: string): string
  }
  report(entry: ReportInput): void
  attachLog(eventId: string, line: string): void
  readonly clock: Clock
  readonly workspace: Workspace
  readonly files: GhostFiles
  readonly http: HttpService
  readonly secret: string
  readonly env: Record<string, string | undefined>
  readonly version: string
  push(push: Push): void
  /** What `bp.messaging.forBot` gives. */
  messaging(botId: string): object | undefined
  /** Knex over the database; made when first asked for. */
  knex(): unknown
}
