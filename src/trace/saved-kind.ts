import { locateHook } from '../botpress/hook-path.ts'
import type { SavedKind } from './saved-files.ts'
import { baseName } from './words.ts'

/** Below `data/global/` or `data/bots/<id>/`, the first that fits. */
const BELOW: readonly [RegExp, SavedKind][] = [
  [/^actions\/.+\.js$/, 'action'],
  // What ends in `.ui.json` holds where nodes are drawn.
  [/^flows\/.+\.flow\.json$/, 'flow'],
  [/^content-elements\/.+\.json$/, 'content'],
  [/^content-types\/.+\.js$/, 'content-type'],
  [/^qna\/.+\.json$/, 'question'],
  [/^(intents|entities)\/.+\.json$/, 'intent'],
  [/^(libraries|shared_libs)\/.+\.js(on)?$/, 'library'],
  [/^([^/]+\.config\.json|config\/.+\.json)$/, 'settings']
]

const PAGE = /\.(html?|css|m?js)$/i

/** What a file is by its path, or undefined for what neither bot nor page reads. */
export function savedKindOf(path: string): SavedKind | undefined {
  const plain = path.replaceAll('\\', '/')
  if (baseName(plain).startsWith('.')) return undefined
  const hook = locateHook(plain)
  if (hook) return hook.ignored ? undefined : hook.type.category === 'event' ? 'hook' : 'other-hook'
  const data = /(?:^|\/)data\/(?:global|bots\/[^/]+|(?=[^/]+\.config\.json$))\/?(.+)$/.exec(plain)
  if (data) return BELOW.find(([pattern]) => pattern.test(data[1]!))?.[1]
  return PAGE.test(plain) ? 'page' : undefined
}
