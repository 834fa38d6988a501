import { type HookLocation, locateHook } from '../botpress/hook-path.ts'

/** A hook file with what its place says about it. `path` is absolute with forward slashes. */
export interface FoundHook {
  readonly path: string
  readonly location: HookLocation
}

const BOT_CONFIG = /^(?:(.*)\/)?data\/bots\/([^/]+)\/bot\.config\.json$/i

/** The Botpress folders that files lie in, with the bots seen, each sorted. Paths use forward slashes. */
export function rootsOf(hookPaths: readonly string[], botConfigPaths: readonly string[]): Map<string, string[]> {
  const roots = new Map<string, Set<string>>()
  const add = (root: string, botId?: string) => {
    const bots = roots.get(root) ?? new Set()
    if (botId !== undefined) bots.add(botId)
    roots.set(root, bots)
  }
  for (const path of botConfigPaths) {
    const match = BOT_CONFIG.exec(path)
    if (match) add(match[1] ?? '', match[2])
  }
  for (const path of hookPaths) {
    const location = locateHook(path)
    if (location) add(location.root, location.botId)
  }
  return new Map([...roots].sort(([a], [b]) => compare(a, b)).map(([root, bots]) => [root, [...bots].sort(compare)]))
}

/** Hooks in the order in which Botpress runs those of a type: by file name, plain string order (R1.5), global ones first where names are equal (R1.6). */
export function inRunOrder(paths: readonly string[]): FoundHook[] {
  const hooks = paths.flatMap(path => {
    const location = locateHook(path)
    return location ? [{ path, location }] : []
  })
  const base = (hook: FoundHook) => hook.path.slice(hook.path.lastIndexOf('/') + 1)
  const scope = (hook: FoundHook) => (hook.location.botId === undefined ? 0 : 1)
  return hooks.sort((a, b) => compare(base(a), base(b)) || scope(a) - scope(b) || compare(a.location.relativePath, b.location.relativePath))
}

/** The folders above a path, nearest first. */
export function above(path: string, levels: number): string[] {
  const parts = path.split('/')
  return Array.from({ length: Math.min(levels, parts.length - 1) }, (_, index) => parts.slice(0, parts.length - 1 - index).join('/'))
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
