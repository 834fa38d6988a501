import type { RuntimeParts } from '../parts.ts'
import { cmsOf } from './cms.ts'
import { dialogOf } from './dialog.ts'
import { ENUMS } from './enums.ts'
import { eventsOf } from './events.ts'
import { ioOf } from './io.ts'
import { kvsOf } from './kvs.ts'
import { Logger } from './logger.ts'
import { usersOf } from './users.ts'

/** Who sees a `bp`: each kind has one object, made once and writable (R3.27). */
export type Consumer = 'Hooks' | 'Actions'

export function createBp(parts: RuntimeParts, consumer: Consumer): Record<string, unknown> {
  const sink = { report: parts.report, attach: parts.attachLog }
  return {
    ...ENUMS,
    version: '',
    IO: ioOf(parts.events),
    logger: new Logger(consumer, sink),
    events: eventsOf(parts.events, parts.log),
    dialog: dialogOf(parts.dialog, parts.sessions),
    users: usersOf(parts.users),
    kvs: kvsOf(parts.kvs, message => parts.report({ kind: 'log', level: 'warn', logger: 'KVS', message })),
    cms: cmsOf(parts.cms, parts.elements, parts.media),
    ...parts.more(consumer)
  }
}
