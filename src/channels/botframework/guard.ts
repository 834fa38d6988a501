/** What the connector refuses before it looks at what is asked for. Pure: tested without a server. */

export interface Asked {
  /** As in the request line: path and query. */
  url: string
  host: string | undefined
  origin: string | undefined
}

export interface Refused {
  status: number
  reason: string
}

const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]'])

/** A foreign `Host` (DNS rebinding) and anything that a web page sends: bots are programs, which name no origin. */
export function refusal({ host, origin }: Asked, port: number): Refused | undefined {
  const match = /^(.+?)(?::(\d+))?$/.exec(host ?? '')
  const isOurs = match !== null && LOOPBACK.has(match[1]!.toLowerCase()) && Number(match[2] ?? 80) === port
  if (!isOurs) return { status: 403, reason: 'This host is not served here.' }
  if (origin !== undefined) return { status: 403, reason: 'Web pages may not call the connector.' }
  return undefined
}

/**
 * The decoded parts of a path below the prefix. Doubled slashes collapse, as v3 makes them (C6); ids may hold what the protocol lets them, so what is
 * refused is only what could mean another place: parent folders in any disguise, hidden slashes, nulls.
 *
 * @returns undefined when the path does not lie below the prefix or is refused
 */
export function partsBelow(prefix: string, url: string): string[] | undefined {
  const path = url.replace(/[?#].*$/s, '')
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '') continue
    let decoded: string
    try {
      decoded = decodeURIComponent(part)
    } catch {
      return undefined
    }
    if (/^\.{1,2}$/.test(decoded) || /[/\\\0]/.test(decoded)) return undefined
    parts.push(decoded)
  }
  const begins = prefix.split('/').filter(Boolean)
  return begins.every((part, index) => parts[index] === part) ? parts.slice(begins.length) : undefined
}

/** Whether a bot's endpoint lies on this computer: nothing of the simulator goes anywhere else. */
export function isLoopback(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, hostname } = new URL(url)
  return (protocol === 'http:' || protocol === 'https:') && (LOOPBACK.has(hostname) || /^127(\.\d+){3}$/.test(hostname))
}
