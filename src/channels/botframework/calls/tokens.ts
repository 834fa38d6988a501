import type { Answer, Call, Desk } from '../call.ts'

/** Stubs of the token service. Nobody is signed in unless the author handed a token out; the exact empty answers matter (T1). */

/** E17: v4 takes any body of a 404 for a token, so it is empty. */
export function get({ query }: Call, desk: Desk): Answer {
  const connectionName = query.get('connectionName') ?? ''
  const token = desk.tokens.get(query.get('userId') ?? '', connectionName)
  return token === undefined
    ? { status: 404 }
    : { status: 200, body: { connectionName, token, channelId: query.get('channelId') ?? undefined } }
}

/** E18 */
export function signOut({ query }: Call, desk: Desk): Answer {
  desk.tokens.take(query.get('userId') ?? '', query.get('connectionName') ?? undefined)
  return { status: 200 }
}

/** E19 */
export function status({ query }: Call, desk: Desk): Answer {
  const connections = desk.tokens.connectionsOf(query.get('userId') ?? '')
  return { status: 200, body: connections.map(connectionName => ({ connectionName, hasToken: true })) }
}

/** E20 */
export const aad = (): Answer => ({ status: 200, body: {} })
/** E21 */
export const exchange = (): Answer => ({ status: 404 })
/** E22 */
export const emulateCards = (): Answer => ({ status: 200 })

/** E23: plain text. The address leads nowhere: tokens are handed out in the simulator. */
export const signInUrl = (_: Call, desk: Desk): Answer => ({
  status: 200,
  raw: { type: 'text/plain; charset=utf-8', data: `${desk.serviceUrl}/signin` }
})

/** E24 */
export const signInResource = (_: Call, desk: Desk): Answer => ({ status: 200, body: { signInLink: `${desk.serviceUrl}/signin` } })
