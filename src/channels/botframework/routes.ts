import type { Answer, Call, Desk } from './call.ts'
import * as activities from './calls/activities.ts'
import * as attachments from './calls/attachments.ts'
import * as conversations from './calls/conversations.ts'
import * as members from './calls/members.ts'
import * as states from './calls/states.ts'
import * as tokens from './calls/tokens.ts'
import { probeState } from './probe-line.ts'

export type Handler = (call: Call, desk: Desk) => Answer | Promise<Answer>

interface Route {
  method: string
  /** Parts of the path; `:name` stands for any one part. Compared without regard to case (E23). */
  path: readonly string[]
  handler: Handler
}

/** Every call that a bot may make, E1 to E24 of the connector's table in docs/bot-framework.md. */
const TABLE: readonly [method: string, path: string, handler: Handler][] = [
  ['POST', 'v3/conversations', conversations.create],
  ['GET', 'v3/conversations', conversations.list],
  ['POST', 'v3/conversations/:c/activities', activities.send],
  ['POST', 'v3/conversations/:c/activities/history', activities.history],
  ['POST', 'v3/conversations/:c/activities/:a', activities.send],
  ['PUT', 'v3/conversations/:c/activities/:a', activities.update],
  ['DELETE', 'v3/conversations/:c/activities/:a', activities.remove],
  ['GET', 'v3/conversations/:c/members', members.all],
  ['GET', 'v3/conversations/:c/pagedmembers', members.paged],
  ['GET', 'v3/conversations/:c/members/:m', members.one],
  ['DELETE', 'v3/conversations/:c/members/:m', members.remove],
  ['GET', 'v3/conversations/:c/activities/:a/members', members.ofActivity],
  ['POST', 'v3/conversations/:c/attachments', attachments.upload],
  ['GET', 'v3/attachments/:id', attachments.info],
  ['GET', 'v3/attachments/:id/views/:view', attachments.view],
  ...['users/:u', 'conversations/:c', 'conversations/:c/users/:u'].flatMap((rest): [string, string, Handler][] => [
    ['GET', `v3/botstate/:channel/${rest}`, states.read],
    ['POST', `v3/botstate/:channel/${rest}`, states.write]
  ]),
  ['DELETE', 'v3/botstate/:channel/users/:u', states.forget],
  ['GET', 'api/usertoken/GetToken', tokens.get],
  ['DELETE', 'api/usertoken/SignOut', tokens.signOut],
  ['GET', 'api/usertoken/GetTokenStatus', tokens.status],
  ['POST', 'api/usertoken/GetAadTokens', tokens.aad],
  ['POST', 'api/usertoken/exchange', tokens.exchange],
  ['POST', 'api/usertoken/emulateOAuthCards', tokens.emulateCards],
  ['GET', 'api/botsignin/GetSignInUrl', tokens.signInUrl],
  ['GET', 'api/botsignin/GetSignInResource', tokens.signInResource],
  // Not of the protocol: the probe in the process of a bot that the simulator started.
  ['POST', 'probe/next', (call, desk) => desk.probe.next(call)],
  ['POST', 'probe/state', probeState]
]

const ROUTES: readonly Route[] = TABLE.map(([method, path, handler]) => ({ method, path: path.split('/'), handler }))

/** The handler of a request and the variables in its path, or undefined (E25). */
export function routeOf(method: string, parts: readonly string[]): { handler: Handler; params: Record<string, string> } | undefined {
  for (const route of ROUTES) {
    if (route.method !== method || route.path.length !== parts.length) continue
    const fits = route.path.every((part, index) => part.startsWith(':') || part.toLowerCase() === parts[index]!.toLowerCase())
    if (!fits) continue
    const names = route.path.flatMap((part, index) => (part.startsWith(':') ? [[part.slice(1), parts[index]!]] : []))
    return { handler: route.handler, params: Object.fromEntries(names) }
  }
  return undefined
}
