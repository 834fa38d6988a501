const LIMIT_MS = 30_000

/**
 * Sends a payload as a user through a Botpress server's public converse interface, and answers with what the bot said.
 *
 * @param url of the server; what it is below is kept
 * @throws Error in words for people
 */
export async function converse(
  url: string,
  botId: string,
  userId: string,
  payload: Record<string, unknown>,
  signal?: AbortSignal
): Promise<Record<string, unknown>[]> {
  const address = `${url.replace(/\/+$/, '')}/api/v1/bots/${encodeURIComponent(botId)}/converse/${encodeURIComponent(userId)}`
  const limit = AbortSignal.timeout(LIMIT_MS)
  let response: Response
  try {
    response = await fetch(address, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(payload),
      signal: signal ? AbortSignal.any([signal, limit]) : limit
    })
  } catch (error) {
    const why = limit.aborted
      ? `it did not answer within ${LIMIT_MS / 1000} s`
      : ((error as Error).cause as Error | undefined)?.message || (error as Error).message
    throw new Error(`The server at ${url} could not be asked: ${why}.`)
  }
  if (!response.ok) {
    const text = (await response.text()).slice(0, 200)
    throw new Error(`The server at ${url} answered ${response.status} for the bot “${botId}”${text ? `: ${text}` : ''}.`)
  }
  const body = (await response.json().catch(() => undefined)) as { responses?: unknown } | undefined
  if (!Array.isArray(body?.responses))
    throw new Error(`The server at ${url} answered without “responses”, so it seems to be no Botpress v12.`)
  return body.responses.filter((one): one is Record<string, unknown> => typeof one === 'object' && one !== null)
}
