import { isAtLeast, SINCE } from '../../botpress/versions.ts'
import type { RuntimeParts } from '../parts.ts'
import { botsOf } from './bots.ts'
import { cmsOf } from './cms.ts'
import { configOf } from './config.ts'
import { dialogOf } from './dialog.ts'
import { distributedOf } from './distributed.ts'
import { ENUMS } from './enums.ts'
import { eventsOf } from './events.ts'
import { experimentalOf } from './experimental.ts'
import { ghostOf } from './ghost.ts'
import { ioOf } from './io.ts'
import { kvsOf, tellStored } from './kvs.ts'
import { Logger } from './logger.ts'
import { RealTimePayload, realtimeOf } from './realtime.ts'
import { securityOf } from './security.ts'
import { usersOf } from './users.ts'
import { workspacesOf } from './workspaces.ts'

/** Who sees a `bp`: each kind has one object, made once and writable (R3.27). */
export type Consumer = 'Hooks' | 'Actions'

export function createBp(parts: RuntimeParts, consumer: Consumer): Record<string, unknown> {
  const bp: Record<string, unknown> = {
    version: '',
    ...ENUMS,
    RealTimePayload,
    IO: ioOf(parts.events),
    logger: new Logger(consumer, { report: parts.report, attach: parts.attachLog }),
    events: eventsOf(parts.events, parts.log),
    dialog: dialogOf(parts.dialog, parts.sessions),
    users: usersOf(parts.users),
    kvs: kvsOf(parts.kvs, {
      warn: message => parts.report({ kind: 'log', level: 'warn', logger: 'KVS', message }),
      stored: (botId, key, value) => tellStored(parts, botId, key, value)
    }),
    cms: cmsOf(parts.cms, parts.elements, parts.media),
    config: configOf(parts.workspace, parts.files, parts.env),
    bots: botsOf(parts.workspace),
    ghost: ghostOf(parts.files),
    http: parts.http.bp,
    realtime: realtimeOf(parts.push),
    security: securityOf(parts.secret),
    distributed: distributedOf(parts.clock),
    ...(isAtLeast(parts.version, SINCE.messaging) && { messaging: { forBot: parts.messaging } }),
    workspaces: workspacesOf(),
    experimental: experimentalOf(parts.files, parts.version)
  }
  // Knex is large and few hooks need it.
  let database: unknown
  Object.defineProperty(bp, 'database', {
    get: () => {
      database ??= parts.knex()
      return database
    },
    set: (value: unknown) => {
      database = value
    },
    enumerable: true,
    configurable: true
  })
  return bp
}
