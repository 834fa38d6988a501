/** Environment variables that scripts may read (R3.18). */
const EXPOSED = new Set(['TZ', 'LANG', 'LC_ALL', 'LC_CTYPE', 'HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY'])

/** How long the object is shared before it is made anew (R3.18). */
export const PROCESS_CACHE_MS = 2 * 60_000

/** The `process` that scripts see: a plain object, never the real one (R3.18). */
export function exposedProcess(
  env: Record<string, string | undefined>,
  facts: { externalUrl: string; root: string }
): Record<string, unknown> {
  const url = new URL(facts.externalUrl)
  const visible = Object.entries(env).filter(([name]) => name.startsWith('EXPOSED_') || EXPOSED.has(name))
  return {
    HOST: url.hostname,
    PORT: Number(url.port || (url.protocol === 'https:' ? 443 : 80)),
    EXTERNAL_URL: facts.externalUrl,
    PROXY: env.BP_PROXY,
    ROOT_PATH: url.pathname === '/' ? '' : url.pathname,
    env: Object.fromEntries(visible)
  }
}
