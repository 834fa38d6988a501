/** The functions of TypeScript's API that the language server stands on. */
const NEEDED = ['createLanguageService', 'createSourceFile', 'createDocumentRegistry', 'forEachChild'] as const

/** The loaded TypeScript cannot do the job, for instance because it is the native one, which has no API in JavaScript. */
export class UnusableTypeScript extends Error {
  override name = 'UnusableTypeScript'
}

/**
 * Fails early and says why, rather than at the first keystroke.
 *
 * @throws UnusableTypeScript when one of the functions is missing
 */
export function assertUsable(typescript: unknown): void {
  const api = (typescript ?? {}) as Record<string, unknown>
  const missing = NEEDED.filter(name => typeof api[name] !== 'function')
  if (missing.length === 0) return
  const version = typeof api.version === 'string' ? api.version : 'of an unknown version'
  throw new UnusableTypeScript(
    `The language server found TypeScript ${version}, which lacks ${missing.join(', ')}. ` +
      'It needs the JavaScript API of TypeScript 6, which comes bundled with it: reinstall Proactive Hooks, or build it again with "npm ci && npm run build".'
  )
}
