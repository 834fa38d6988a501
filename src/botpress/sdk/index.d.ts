/// <reference path="./bots.d.ts" />
/// <reference path="./cms.d.ts" />
/// <reference path="./config.d.ts" />
/// <reference path="./content-types.d.ts" />
/// <reference path="./content.d.ts" />
/// <reference path="./database.d.ts" />
/// <reference path="./dialog.d.ts" />
/// <reference path="./distributed.d.ts" />
/// <reference path="./events.d.ts" />
/// <reference path="./experimental.d.ts" />
/// <reference path="./express.d.ts" />
/// <reference path="./flows.d.ts" />
/// <reference path="./forms.d.ts" />
/// <reference path="./ghost.d.ts" />
/// <reference path="./hook-globals.d.ts" />
/// <reference path="./hooks.d.ts" />
/// <reference path="./http.d.ts" />
/// <reference path="./io-nlu.d.ts" />
/// <reference path="./io-state.d.ts" />
/// <reference path="./io.d.ts" />
/// <reference path="./knex-query.d.ts" />
/// <reference path="./knex.d.ts" />
/// <reference path="./kvs.d.ts" />
/// <reference path="./logger.d.ts" />
/// <reference path="./messaging.d.ts" />
/// <reference path="./module-entry.d.ts" />
/// <reference path="./modules-axios.d.ts" />
/// <reference path="./modules-lodash.d.ts" />
/// <reference path="./modules-moment.d.ts" />
/// <reference path="./modules.d.ts" />
/// <reference path="./ndu.d.ts" />
/// <reference path="./nlu.d.ts" />
/// <reference path="./pages.d.ts" />
/// <reference path="./realtime.d.ts" />
/// <reference path="./security.d.ts" />
/// <reference path="./users.d.ts" />
/// <reference path="./workspaces.d.ts" />

/**
 * The object `bp` that every hook receives: the SDK of Botpress 12.31.
 *
 * Values are reached as `bp.events.replyToEvent(…)`, types as `sdk.IO.IncomingEvent`. `bp` is one object shared by all hooks and writable:
 * what a hook overwrites in it stays overwritten for every later hook (R3.27).
 */
declare namespace sdk {
  /** Meant to be the server's version; always an empty string at run time (R18.13). */
  const version: string
}
