import { existsSync, realpathSync, statSync } from 'node:fs'
import { join, sep } from 'node:path'
import { lookup } from 'mrmime'

/** Folders of the workspace that hold no pages but configuration and secrets of the server. */
const NEVER_SERVED = /^(data\/(global|storage)|data\/[^/]+\.config\.json|data\/bots\/[^/]+\/(?!media\/))/i

/**
 * The file of the workspace for the parts of an address, or undefined: outside of `base` (also through symbolic links), a folder without
 * `index.html`, or a file of the server's configuration.
 */
export function siteFile(base: string, parts: readonly string[]): string | undefined {
  const wanted = join(base, ...parts)
  const path = statSync(wanted, { throwIfNoEntry: false })?.isDirectory() ? join(wanted, 'index.html') : wanted
  if (!existsSync(path)) return undefined
  // The system's own way: Windows takes `DATA~1` and `data.` for `data`.
  const home = realpathSync.native(base)
  const real = realpathSync.native(path)
  if (!real.startsWith(home + sep) || !statSync(real).isFile()) return undefined
  const below = real.slice(home.length + 1).split(sep)
  if (below.some(part => part.startsWith('.')) || NEVER_SERVED.test(below.join('/'))) return undefined
  return path
}

/**
 * Where a path at the root leads for a page at `pageParts`: its own folder is its document root, or the nearest one above that has the file.
 *
 * @returns parts below the workspace
 */
export function rootedParts(base: string, pageParts: readonly string[], parts: readonly string[]): string[] {
  for (let depth = pageParts.length - 1; depth > 0; depth--) {
    const candidate = [...pageParts.slice(0, depth), ...parts]
    if (siteFile(base, candidate)) return candidate
  }
  return [...parts]
}

/** The `Content-Type` of a file by its ending. */
export function mediaType(file: string): string {
  const type = lookup(file) ?? 'application/octet-stream'
  return /^text\/|javascript|json|xml/.test(type) ? `${type}; charset=utf-8` : type
}
