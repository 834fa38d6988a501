import { type HookType, hookTypeOf } from './hook-types.ts'

/** What the place of a file says about it as a hook. */
export interface HookLocation {
  readonly type: HookType
  /** The bot whose hook it is; undefined for a global one. */
  readonly botId?: string
  /** Path below the type's folder, with forward slashes: `shop/10_greet.js`. */
  readonly relativePath: string
  /** The folder that holds `data/`; empty when the path starts inside it. */
  readonly root: string
  /** Why Botpress never runs it although it lies in a hook folder (R1.2, R1.4), or undefined. */
  readonly ignored?: 'dot-file' | 'dot-folder' | 'global-only-type'
}

const PATTERN = /^(?:(.*?)\/)??(?:data\/)?(?:global|bots\/([^/]+))\/hooks\/([^/]+)\/(.+\.js)$/i

/**
 * Reads bot and hook type off a path (R1.1 to R1.4), whatever folder was opened: the one above Botpress, its own, `data`, `data/global`, or one below.
 *
 * @param path absolute path or URI path; both slashes are accepted
 * @returns undefined when the file lies in no hook folder of a known type
 */
export function locateHook(path: string): HookLocation | undefined {
  const match = PATTERN.exec(path.replaceAll('\\', '/'))
  const type = match && hookTypeOf(match[3]!)
  if (!match || !type) return undefined
  const relativePath = match[4]!
  const parts = relativePath.split('/')
  const botId = match[2]
  const ignored = parts.at(-1)!.startsWith('.')
    ? 'dot-file'
    : parts.some(part => part.startsWith('.'))
      ? 'dot-folder'
      : botId !== undefined && type.scope === 'global'
        ? 'global-only-type'
        : undefined
  return { type, ...(botId !== undefined && { botId }), relativePath, root: match[1] ?? '', ...(ignored && { ignored }) }
}
