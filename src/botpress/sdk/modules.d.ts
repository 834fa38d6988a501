/// <reference path="./modules-axios.d.ts" />
/// <reference path="./modules-lodash.d.ts" />
/// <reference path="./modules-moment.d.ts" />

/**
 * Modules that ship with the server (R3.22), by name. What hooks use most of axios, lodash, moment and ms is typed; the others are `any`.
 * A module that is none of these may still lie next to the hook, in the bot's `libraries` or in `shared_libs` (R3.20).
 */
interface ShippedModules extends BuiltInModules {
  /** HTTP requests. */
  axios: ShippedAxios.Static
  /** Helpers for arrays, objects and functions. */
  lodash: ShippedLodash.Static
  /** Dates and spans. */
  moment: ShippedMoment.Static
  /** `ms('2 days')` is 172800000, `ms(60000)` is `'1m'`. */
  ms: ShippedMs.Static
  /** Promises with more functions. */
  bluebird: any
  /** Routes; `bp.http.createRouterForBot` makes a router that is mounted already. */
  express: any
  /** Repeats a call that failed, after longer and longer pauses. */
  'exponential-backoff': any
  /** Forms with files, for requests. */
  'form-data': any
  /** Checks of data against a schema. */
  joi: any
  /** YAML. */
  'js-yaml': any
  /** Signed tokens. */
  jsonwebtoken: any
  /** SQL; `bp.database` is an instance of it. */
  knex: any
  /** A cache that forgets what was not used for long. */
  'lru-cache': any
  /** Types of files by their ending. */
  'mime-types': any
  /** `{{…}}` in texts. */
  mustache: any
  /** Short random ids. */
  nanoid: any
  /** UUIDs. */
  uuid: any
  /** Yes and no in words. */
  yn: any
}

/** Modules of Node 12. They are the real ones, outside the sandbox and unrestricted (R3.22, R3.23). */
interface BuiltInModules {
  /** Checks that throw. */
  assert: any
  /** Bytes. */
  buffer: any
  /** Other programs. */
  child_process: any
  /** Hashes, signatures, random bytes. */
  crypto: any
  /** Names of hosts. */
  dns: any
  /** Emitters of events. */
  events: any
  /** Files. */
  fs: any
  /** HTTP. */
  http: any
  /** HTTP over TLS. */
  https: any
  /** Sockets. */
  net: any
  /** The machine. */
  os: any
  /** Paths of files. */
  path: any
  /** The query of an address. */
  querystring: any
  /** Streams. */
  stream: any
  /** Bytes to text. */
  string_decoder: any
  /** Timers. */
  timers: any
  /** Addresses: `require('url').URL` is the class that is no global in a hook (R3.17). */
  url: any
  /** Helpers: `promisify`, `inspect`. */
  util: any
  /** Threads. */
  worker_threads: any
  /** Compression. */
  zlib: any
}

/** The module `ms`. */
declare namespace ShippedMs {
  /** Spans of time as text and as milliseconds. */
  interface Static {
    /** Milliseconds of a span such as `'2 days'`; undefined when it is none. */
    (span: string): number
    /** A span for milliseconds; `long` writes `1 minute` for `1m`. */
    (milliseconds: number, options?: { long?: boolean }): string
  }
}

declare module 'axios' {
  const shipped: ShippedAxios.Static
  export = shipped
}
declare module 'lodash' {
  const shipped: ShippedLodash.Static
  export = shipped
}
declare module 'moment' {
  const shipped: ShippedMoment.Static
  export = shipped
}
declare module 'ms' {
  const shipped: ShippedMs.Static
  export = shipped
}
declare module 'bluebird'
declare module 'express'
declare module 'exponential-backoff'
declare module 'form-data'
declare module 'joi'
declare module 'js-yaml'
declare module 'jsonwebtoken'
declare module 'knex'
declare module 'lru-cache'
declare module 'mime-types'
declare module 'mustache'
declare module 'nanoid'
declare module 'uuid'
declare module 'yn'
declare module 'assert'
declare module 'buffer'
declare module 'child_process'
declare module 'crypto'
declare module 'dns'
declare module 'events'
declare module 'fs'
declare module 'http'
declare module 'https'
declare module 'net'
declare module 'os'
declare module 'path'
declare module 'querystring'
declare module 'stream'
declare module 'string_decoder'
declare module 'timers'
declare module 'url'
declare module 'util'
declare module 'worker_threads'
declare module 'zlib'

/** Any other module: what it exports is not known here. */
declare module '*'
