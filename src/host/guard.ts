/** What the gateway refuses before it looks at what is asked for. Pure: tested without a server. */

export interface Asked {
  method: string
  /** As in the request line: path and query. */
  url: string
  host: string | undefined
  origin: string | undefined
  referer: string | undefined
  contentType: string | undefined
}

export interface Refused {
  status: number
  reason: string
}

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]'])

/**
 * Refuses what no browser sends that looks at our pages: other methods, a foreign `Host` (DNS rebinding), a foreign `Origin` (another site posting), a post
 * that needs no preflight.
 *
 * @param port the port listened on
 * @param forwarded host (with port, if any) by which a remote window reaches us
 */
export function refusal(asked: Asked, port: number, forwarded?: string): Refused | undefined {
  if (asked.method !== 'GET' && asked.method !== 'POST') return { status: 405, reason: 'Only GET and POST.' }
  if (!isOurs(asked.host, port, forwarded)) return { status: 403, reason: 'This host is not served here.' }
  if (asked.method === 'GET') return undefined
  if (asked.origin !== undefined && !isOurs(hostOf(asked.origin), port, forwarded)) {
    return { status: 403, reason: 'Other sites may not do this.' }
  }
  if (!/^application\/json\b/i.test(asked.contentType ?? '')) return { status: 415, reason: 'Only application/json.' }
  return undefined
}

/** Whether a host name is this machine's. */
export function isLoopback(host: string): boolean {
  return LOOPBACK.has(host.toLowerCase())
}

function isOurs(host: string | undefined, port: number, forwarded: string | undefined): boolean {
  if (host === undefined) return false
  if (forwarded !== undefined && host === forwarded) return true
  const match = /^(.+?)(?::(\d+))?$/.exec(host)
  return match !== null && LOOPBACK.has(match[1]!.toLowerCase()) && Number(match[2] ?? 80) === port
}

function hostOf(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).host : undefined
}

/**
 * The decoded parts of a path. Dot files, parent folders in any disguise, slashes and nulls hidden by encoding are refused.
 *
 * @returns undefined when the path is refused. The last part is empty for a path that ends with a slash.
 */
export function pathParts(url: string): string[] | undefined {
  const path = url.replace(/[?#].*$/s, '')
  if (!path.startsWith('/')) return undefined
  const parts: string[] = []
  for (const part of path.slice(1).split('/')) {
    let decoded: string
    try {
      decoded = decodeURIComponent(part)
    } catch {
      return undefined
    }
    if (decoded.startsWith('.') || /[/\\\0:]/.test(decoded)) return undefined
    parts.push(decoded)
  }
  return parts
}

/** The visitor's part of an address: who, and the how-manieth load of their page. */
export function visitorOf(part: string): string | undefined {
  return /^([A-Za-z0-9_-]{1,64})(?:~\d+)?$/.exec(part)?.[1]
}
