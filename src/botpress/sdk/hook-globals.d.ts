/**
 * What a hook sees besides its arguments, in the sandbox on Node 12 (R3.15 to R3.19). `URL`, `URLSearchParams`, `TextEncoder`, `queueMicrotask`,
 * `fetch` and `AbortController` do not exist there and are not declared; `require('url').URL` works.
 */

/**
 * Loads a module: from the hook's folder, the bot's `libraries`, `shared_libs`, then what ships with the server, Node's own included (R3.20 to R3.22).
 * What is loaded runs outside the sandbox and keeps its state between runs (R3.23).
 *
 * @throws when nothing matches
 */
declare var require: HookRequire

/** The type of `require`. `require.resolve` does not exist (R3.23). */
interface HookRequire {
  /** A module that ships with the server. */
  <Name extends keyof ShippedModules>(name: Name): ShippedModules[Name]
  /** Any other module. */
  (name: string): any
}

/** Assigning to `module.exports` is legal and ignored (R3.16). */
declare var module: {
  /** Ignored. */
  exports: any
}

/** Legal to write to, and ignored (R3.16). */
declare var exports: any

/** **Not** the hook's real path: its path below the hook folder, resolved against the server's working directory (R3.17). */
declare var __filename: string

/** **Not** the hook's real folder; see `__filename` (R3.17). */
declare var __dirname: string

/** The sandbox's own global object; nothing on it survives the run (R3.28). */
declare var global: typeof globalThis & { [name: string]: any }

/** A plain object, shared by all hooks: some settings of the server, and the part of its environment that hooks may read (R3.18). No `exit`, no `nextTick`. */
declare var process: HookProcess

/** The type of `process`. */
interface HookProcess {
  /** Name the server listens on. */
  HOST?: string
  /** Port the server listens on. */
  PORT?: number
  /** Address of the server as visitors see it. */
  EXTERNAL_URL?: string
  /** Proxy for outgoing requests. */
  PROXY?: string
  /** Path below which the server lies. */
  ROOT_PATH?: string
  /** Variables whose name begins with `EXPOSED_`, and a few more; no others (R3.18). */
  env: HookEnvironment
}

/** The part of the environment that hooks may read (R3.18). */
interface HookEnvironment {
  /** The time zone. */
  TZ?: string
  /** The language. */
  LANG?: string
  /** The locale. */
  LC_ALL?: string
  /** The locale of characters. */
  LC_CTYPE?: string
  /** Proxy for `http:`. */
  HTTP_PROXY?: string
  /** Proxy for `https:`. */
  HTTPS_PROXY?: string
  /** Hosts that need no proxy. */
  NO_PROXY?: string
  /** A variable of the server's administrator; **undefined, even if set, unless its name begins with `EXPOSED_`** or is one of the above. */
  [name: string]: string | undefined
}

/** A coloured text of a value, two levels deep; `opts` has no effect (R3.19). Print it with `bp.logger` or `console`. */
declare function printObject(obj: any, opts?: any): string

/** Writes to the server's standard output, not to Botpress's log (R3.19). */
declare var console: Console

/** The type of `console`. */
interface Console {
  /** Writes a line. */
  log(...data: any[]): void
  /** Writes a line. */
  info(...data: any[]): void
  /** Writes a line. */
  debug(...data: any[]): void
  /** Writes a line to standard error. */
  warn(...data: any[]): void
  /** Writes a line to standard error. */
  error(...data: any[]): void
  /** Writes a line and where it was called from. */
  trace(...data: any[]): void
  /** Writes an object. */
  dir(item: any, options?: any): void
  /** Writes a table. */
  table(data: any, columns?: string[]): void
  /** Writes a line when the condition fails. */
  assert(condition?: any, ...data: any[]): void
  /** Counts its calls. */
  count(label?: string): void
  /** Starts a stop-watch. */
  time(label?: string): void
  /** Stops it and writes how long it took. */
  timeEnd(label?: string): void
  /** Writes how long it has taken so far. */
  timeLog(label?: string, ...data: any[]): void
  /** Indents what follows. */
  group(...data: any[]): void
  /** Ends the indentation. */
  groupEnd(): void
}

/** A running timer. */
interface HookTimer {
  /** Lets the process end although it runs. */
  unref(): this
  /** Keeps the process from ending while it runs. */
  ref(): this
  /** Whether it keeps the process from ending. */
  hasRef(): boolean
  /** Starts it anew. */
  refresh(): this
}

/** Calls back once after `ms` milliseconds. The hook does not wait for it, and an exception in it **stops the server** (R3.7, R3.9). */
declare function setTimeout(callback: (...args: any[]) => void, ms?: number, ...args: any[]): HookTimer
/** Calls back every `ms` milliseconds, also after the hook has ended. An exception in it stops the server (R3.9). */
declare function setInterval(callback: (...args: any[]) => void, ms?: number, ...args: any[]): HookTimer
/** Calls back once, as soon as what runs now has ended. An exception in it stops the server (R3.9). */
declare function setImmediate(callback: (...args: any[]) => void, ...args: any[]): HookTimer
/** Stops a timer. */
declare function clearTimeout(timer: HookTimer | number | string | undefined | null): void
/** Stops a timer. */
declare function clearInterval(timer: HookTimer | number | string | undefined | null): void
/** Stops a timer. */
declare function clearImmediate(timer: HookTimer | undefined | null): void

/** WebAssembly as Node 12 has it (R3.17). */
declare var WebAssembly: any

/** How text is written as bytes. */
type BufferEncoding = 'utf8' | 'utf-8' | 'utf16le' | 'ucs2' | 'latin1' | 'binary' | 'ascii' | 'hex' | 'base64'

/** Bytes. */
interface Buffer extends Uint8Array {
  /** The bytes as text; `utf8` by default. */
  toString(encoding?: BufferEncoding, start?: number, end?: number): string
  /** What `JSON.stringify` makes of it. */
  toJSON(): { type: 'Buffer'; data: number[] }
  /** Whether both hold the same bytes. */
  equals(other: Uint8Array): boolean
  /** -1, 0 or 1, as one sorts before, with or after the other. */
  compare(other: Uint8Array): number
  /** Copies bytes into another buffer; returns how many. */
  copy(target: Uint8Array, targetStart?: number, sourceStart?: number, sourceEnd?: number): number
  /** Writes text into it; returns how many bytes. */
  write(text: string, offset?: number, length?: number, encoding?: BufferEncoding): number
}

/** Makes buffers. */
declare var Buffer: {
  /** Bytes of a text, an array or another buffer. */
  from(data: string, encoding?: BufferEncoding): Buffer
  /** Bytes of a text, an array or another buffer. */
  from(data: ArrayBufferLike | ArrayLike<number>, byteOffset?: number, length?: number): Buffer
  /** Zeros. */
  alloc(size: number, fill?: string | number | Uint8Array, encoding?: BufferEncoding): Buffer
  /** Bytes with no known content. */
  allocUnsafe(size: number): Buffer
  /** Several, one after the other. */
  concat(list: readonly Uint8Array[], totalLength?: number): Buffer
  /** Whether it is a buffer. */
  isBuffer(value: any): value is Buffer
  /** How many bytes a text takes. */
  byteLength(text: string | Uint8Array, encoding?: BufferEncoding): number
  /** -1, 0 or 1, as one sorts before, with or after the other. */
  compare(first: Uint8Array, second: Uint8Array): number
}
