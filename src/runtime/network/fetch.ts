import { recorded } from './connect.ts'
import type { NetworkGuard } from './guard.ts'
import { answerOf } from './policy.ts'
import { refused } from './refused.ts'

/** Guards the `fetch` of Node, which packages of the workspace may use (hooks themselves see none, R3.24). */
export function wrapFetch(current: () => NetworkGuard | undefined): void {
  const original = globalThis.fetch
  globalThis.fetch = async (input, init) => {
    const guard = current()
    const url = guard && addressOf(input)
    if (!guard || !url) return original(input, init)
    const method = init?.method ?? (input instanceof Request ? input.method : 'GET')
    const verdict = guard.verdict(method, url)
    const end = guard.record(method, url.href)
    if (verdict.kind === 'refused') {
      end('refused', undefined, verdict.reason)
      const cause = refused(`${method} ${url.href}`, verdict.reason)
      throw new TypeError(cause.message, { cause })
    }
    if (verdict.kind === 'answered') {
      const { status, headers, body } = answerOf(verdict.fixture)
      end('answered', status)
      return new Response([204, 304].includes(status) ? null : body, { status, headers })
    }
    try {
      const response = await recorded.run(true, () => original(input, init))
      end('allowed', response.status)
      return response
    } catch (error) {
      // A redirect to a refused host has an entry of its own.
      end('failed', undefined, (error as { cause?: Error }).cause?.message ?? (error as Error).message)
      throw error
    }
  }
}

function addressOf(input: unknown): URL | undefined {
  try {
    const url = new URL(input instanceof Request ? input.url : String(input))
    return /^https?:$/.test(url.protocol) ? url : undefined
  } catch {
    return undefined
  }
}
