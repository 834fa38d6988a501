import { ALL_BLANK, SDKS, type SdkId } from './sdk.ts'

/** How a post to a bot went wrong (C14). */
export type Failure = 'unreachable' | 'closed' | 'hanging' | 'status'

export interface Advice {
  /** What happened, for the user. */
  says: string
  /** What to do about it. */
  todo: string[]
}

/** What to tell the author of a bot whose endpoint did not answer as it should. `status` and `body` are those of the HTTP answer. */
export function adviceFor(failure: Failure, endpoint: string, sdk: SdkId, status?: number, body?: string): Advice {
  if (failure === 'unreachable') {
    return {
      says: `Nobody listens at ${endpoint}: the bot is not running.`,
      todo: ['Start the bot, or correct the port in its endpoint.']
    }
  }
  if (failure === 'closed') {
    return {
      says: 'The bot closed the connection in the middle of the request: its process exited.',
      todo: ['Look at the last lines of its output for the error that ended it.']
    }
  }
  if (failure === 'hanging') {
    return {
      says: 'The bot has not answered the request: its turn does not end.',
      todo: ['Look for an await that never resolves, a callback (such as next) that is never called, or a loop that never ends.']
    }
  }
  const row = STATUSES.find(({ is }) => is(status ?? 0))
  return row ? row.tell(endpoint, sdk, status!, body) : { says: `The bot answered ${status}${tail(body)}.`, todo: [] }
}

const STATUSES: { is(status: number): boolean; tell(endpoint: string, sdk: SdkId, status: number, body?: string): Advice }[] = [
  {
    is: status => status === 401 || status === 403,
    tell: (_, sdk, status) => ({
      says: `The bot answered ${status}: it has an app id and expects a signed token, which only the Bot Framework service can issue.`,
      todo: [
        `Start the bot with these variables empty: ${(SDKS[sdk].blank.length > 0 ? SDKS[sdk].blank : ALL_BLANK).join(', ')}. A .env file or the environment may set them.`,
        ...(SDKS[sdk].onlyChannel ? [`${SDKS[sdk].title} accepts posts without a token on the channel “emulator” only.`] : [])
      ]
    })
  },
  {
    is: status => status === 404 || status === 405,
    tell: (endpoint, _, status) => ({
      says: `The bot answered ${status}: nothing takes posts at ${pathOf(endpoint)}.`,
      todo: ['Correct the path of the endpoint; most bots take /api/messages.']
    })
  },
  {
    is: status => status === 400,
    tell: (_, __, ___, body) => ({
      says: `The bot answered 400: it could not read the activity${tail(body)}.`,
      todo: ['Look at the activity in the timeline: a field that the bot needs may be missing or of another kind.']
    })
  },
  {
    is: status => status === 501,
    tell: () => ({ says: 'The bot answered 501: it has no handler for this invoke.', todo: ['Add a handler for the invoke’s name.'] })
  },
  {
    is: status => status >= 500,
    tell: (_, __, status, body) => ({
      says: `The bot answered ${status}: an exception ended its turn${tail(body)}.`,
      todo: ['Look at the bot’s output for the exception and the line it came from.']
    })
  }
]

const tail = (body: string | undefined) => (body?.trim() ? ` (${body.trim().replace(/\s+/g, ' ').slice(0, 200)})` : '')

function pathOf(endpoint: string): string {
  return URL.canParse(endpoint) ? new URL(endpoint).pathname : endpoint
}

/** What a bot's own words mean: lines of its output that its author can do something about. Each was seen with the real packages. */
export const OUTPUT_ADVICE: readonly { when: RegExp; says: string; todo: string }[] = [
  {
    when: /No such module: http_parser/,
    says: 'This version of restify does not run on Node 24.',
    todo: 'Use restify 12, or Express.'
  },
  {
    when: /Cannot find module '[^']*skills-validator/,
    says: 'botbuilder 3.30 builds a part of itself when it is installed, and the install script was blocked.',
    todo: 'Allow its install script and rebuild it, or use botbuilder 3.16.0.'
  },
  {
    when: /res\.status is not a function/,
    says: 'The v3 connector needs a web server with res.status, which a plain http server lacks.',
    todo: 'Use restify or Express.'
  },
  {
    when: /Cannot read propert(y|ies) .*getClaimValue/,
    says: 'continueConversationAsync was called with an undefined app id.',
    todo: "Pass process.env.MicrosoftAppId ?? ''."
  },
  {
    when: /continueConversation is deprecated|CloudAdapterBase\.continueConversation/,
    says: 'CloudAdapter no longer has continueConversation.',
    todo: 'Call continueConversationAsync with the app id, or use BotFrameworkAdapter.'
  },
  {
    when: /-120631\b|-120750\b/,
    says: 'The Agents SDK refuses an empty app id, and storeConversation while nobody is signed in.',
    todo: 'Pass any app id that is not empty, or store the record yourself with an aud claim.'
  },
  {
    when: /-110005\b/,
    says: 'The Agents SDK was given a v4 reference: it looks for “agent” where v4 has “bot”.',
    todo: 'Rename the key bot to agent.'
  },
  {
    when: /proxy that has been revoked/,
    says: 'The turn context was used after its turn had ended (BFP001).',
    todo: 'Keep the conversation reference during the turn, and continue the conversation with the adapter later.'
  },
  {
    when: /MicrosoftAppId is required/,
    says: 'An app type is set and the app id is empty.',
    todo: 'Leave MicrosoftAppType empty too.'
  },
  {
    when: /EADDRINUSE/,
    says: 'The bot’s port is taken: it may be running already.',
    todo: 'Stop the other one, or give the bot another port.'
  },
  {
    when: /Cannot find module '(botbuilder|@microsoft\/agents-hosting|express|restify)/,
    says: 'The bot’s packages are not installed.',
    todo: 'Run npm install in the bot’s folder.'
  }
]

/** The advice for a piece of a bot's output, or undefined. */
export function adviceForOutput(text: string): Advice | undefined {
  const row = OUTPUT_ADVICE.find(({ when }) => when.test(text))
  return row && { says: row.says, todo: [row.todo] }
}
