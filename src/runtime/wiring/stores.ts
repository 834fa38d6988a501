import { EventLog } from '../events/log.ts'
import { KeyValues } from '../state/kvs.ts'
import { Sessions } from '../state/sessions.ts'
import { Users } from '../state/users.ts'
import type { ServerOptions } from './options.ts'

/** What is kept in the database. */
export interface Stores {
  readonly users: Users
  readonly sessions: Sessions
  readonly kvs: KeyValues
  readonly log: EventLog
}

/** @param parse makes values of the realm in which scripts see them */
export function createStores(
  { database, clock, report }: Pick<ServerOptions, 'database' | 'clock' | 'report'>,
  parse: (json: string) => unknown
): Stores {
  return {
    users: new Users(database, clock, parse),
    sessions: new Sessions(database, clock, parse),
    kvs: new KeyValues(database, clock, parse),
    log: new EventLog(database, clock, parse, report)
  }
}

/** Forgets targets, or everything. */
export function forgetIn({ users, sessions, kvs, log }: Stores, targets: readonly string[] | undefined): void {
  if (targets === undefined) for (const store of [users, sessions, kvs, log]) store.forget()
  else {
    for (const target of targets) {
      users.forget(target)
      sessions.forget(target)
    }
  }
}
