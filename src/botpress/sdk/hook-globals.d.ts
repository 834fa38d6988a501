/**
 * Names that every hook sees besides its arguments (R3.15 to R3.19).
 * Node's own types are left out on purpose: the sandbox hides most of Node's globals, and a hook runs in no browser.
 */

/** The part of the server's process that hooks may see: a plain object, cached for two minutes and shared by all hooks (R3.18). */
declare const process: {
  /** Host name that the server listens on. */
  readonly HOST?: string
  /** Port that the server listens on. */
  readonly PORT?: number
  /** Address under which the server is reached from outside, without a slash at the end. */
  readonly EXTERNAL_URL?: string
  /** Proxy for outgoing requests, when one is configured. */
  readonly PROXY?: string
  /** Path below the external address at which Botpress is served. */
  readonly ROOT_PATH?: string
  /** Only variables whose name starts with `EXPOSED_`, and those of time zone, language and proxy. Others are undefined here even when the server has them. */
  readonly env: {
    readonly TZ?: string
    readonly LANG?: string
    readonly LC_ALL?: string
    readonly LC_CTYPE?: string
    readonly HTTP_PROXY?: string
    readonly HTTPS_PROXY?: string
    readonly NO_PROXY?: string
    readonly [exposed: `EXPOSED_${string}`]: string | undefined
    readonly [name: string]: string | undefined
  }
}

/**
 * Makes a readable text of a value, two levels deep, with colour codes for a terminal.
 *
 * @param value anything
 * @param options has no effect
 */
declare function printObject(value: unknown, options?: unknown): string

/**
 * Loads a module (R3.20 to R3.23): looked for beside the hook, then in the bot's `libraries`, in `shared_libs`, and at last among the server's own modules,
 * so Node's built-in modules and what Botpress ships (lodash, axios, moment, ms, uuid …) are always there.
 * The loaded file runs outside the sandbox and is kept until a file in `hooks` or `libraries` changes.
 */
declare function require(name: string): any

/** Writes to the server's standard output, not to the bot's log. Use `bp.logger` for that. */
declare const console: {
  log(...values: unknown[]): void
  info(...values: unknown[]): void
  warn(...values: unknown[]): void
  error(...values: unknown[]): void
  debug(...values: unknown[]): void
  dir(value: unknown, options?: unknown): void
  trace(...values: unknown[]): void
  /** Does nothing in the sandbox. */
  time(label?: string): void
  /** Does nothing in the sandbox. */
  timeEnd(label?: string): void
}

/** A running timer of Node. */
interface HookTimer {
  ref(): this
  unref(): this
  hasRef(): boolean
  refresh(): this
}

/**
 * Calls a function later, once. A hook is not waited for it unless it returns a promise that does.
 * An exception thrown in it ends the whole server (R3.9).
 *
 * @param ms delay in milliseconds
 */
declare function setTimeout<A extends unknown[]>(callback: (...args: A) => unknown, ms?: number, ...args: A): HookTimer
/** Calls a function again and again, until `clearInterval` or the server's end: a hook that starts one for each event leaks it. */
declare function setInterval<A extends unknown[]>(callback: (...args: A) => unknown, ms?: number, ...args: A): HookTimer
/** Calls a function after the events that wait now. */
declare function setImmediate<A extends unknown[]>(callback: (...args: A) => unknown, ...args: A): HookTimer
declare function clearTimeout(timer: HookTimer | number | string | undefined): void
declare function clearInterval(timer: HookTimer | number | string | undefined): void
declare function clearImmediate(timer: HookTimer | undefined): void

type HookEncoding = 'ascii' | 'utf8' | 'utf-8' | 'utf16le' | 'ucs2' | 'base64' | 'latin1' | 'binary' | 'hex'

/** Node's buffer of bytes. */
interface Buffer extends Uint8Array {
  toString(encoding?: HookEncoding, start?: number, end?: number): string
  toJSON(): { type: 'Buffer'; data: number[] }
  equals(other: Uint8Array): boolean
  write(text: string, encoding?: HookEncoding): number
}

declare const Buffer: {
  from(text: string, encoding?: HookEncoding): Buffer
  from(bytes: ArrayBuffer | ArrayLike<number>): Buffer
  alloc(size: number, fill?: string | number, encoding?: HookEncoding): Buffer
  concat(parts: readonly Uint8Array[], length?: number): Buffer
  byteLength(text: string, encoding?: HookEncoding): number
  isBuffer(value: unknown): value is Buffer
}

/** The sandbox's global object. It does not outlive the run (R3.28). */
declare const global: any
/** Assigning to it is legal and has no effect (R3.16). */
declare const module: { exports: any }
/** Assigning to it is legal and has no effect (R3.16). */
declare let exports: any
/** Not where the hook lies: its path below the hook folder, resolved against the server's working directory (R3.17). */
declare const __filename: string
/** Not where the hook lies: see `__filename` (R3.17). */
declare const __dirname: string

/** Any module: what it exports is not known here. */
declare module '*'
