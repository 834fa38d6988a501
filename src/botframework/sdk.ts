/** The libraries that bots are made with: how each is recognised, and where they differ for a channel. */

export const SDK_IDS = ['v3', 'v4', 'agents', 'other'] as const
export type SdkId = (typeof SDK_IDS)[number]

export interface Sdk {
  id: SdkId
  title: string
  /** Package in a bot's `package.json`, with the major version where it matters. */
  package?: { name: string; major?: number }
  /** What its requests to the connector are signed with. */
  userAgent?: RegExp
  /** Environment variables that must be empty for a bot to talk to a channel without an account (C17). */
  blank: readonly string[]
  /** The only channel that it accepts without an account (C4). */
  onlyChannel?: 'emulator'
  /** Whether the answer to a post comes at once, before the bot has worked on it (C11). */
  answersAtOnce: boolean
  /** So long it gathers what a turn says before it sends it, ms. */
  batchMs?: number
  /** Whether it tries a refused call once more by itself (F1, F2). */
  retries: boolean
}

export const SDKS: Record<SdkId, Sdk> = {
  v3: {
    id: 'v3',
    title: 'Bot Framework SDK v3',
    package: { name: 'botbuilder', major: 3 },
    userAgent: /BotBuilder Node\.js\/|^Microsoft-BotFramework\/3/,
    blank: ['MICROSOFT_APP_ID', 'MICROSOFT_APP_PASSWORD', 'MicrosoftAppId', 'MicrosoftAppPassword'],
    onlyChannel: 'emulator',
    answersAtOnce: true,
    batchMs: 250,
    retries: false
  },
  v4: {
    id: 'v4',
    title: 'Bot Framework SDK v4',
    package: { name: 'botbuilder', major: 4 },
    userAgent: /botframework-connector\/4|BotBuilder\/4/,
    blank: ['MicrosoftAppId', 'MicrosoftAppPassword', 'MicrosoftAppType', 'MicrosoftAppTenantId'],
    answersAtOnce: false,
    retries: true
  },
  agents: {
    id: 'agents',
    title: 'Microsoft 365 Agents SDK',
    package: { name: '@microsoft/agents-hosting' },
    userAgent: /agents-sdk-js\//i,
    blank: ['clientId', 'clientSecret', 'tenantId'],
    answersAtOnce: false,
    retries: false
  },
  other: { id: 'other', title: 'Bot', blank: [], answersAtOnce: false, retries: false }
}

/** The SDK behind a request to the connector. */
export function sdkOfUserAgent(userAgent: string | undefined): SdkId {
  return SDK_IDS.find(id => userAgent !== undefined && SDKS[id].userAgent?.test(userAgent)) ?? 'other'
}

/** The SDK that a bot's dependencies name; ranges as npm writes them. */
export function sdkOfDependencies(dependencies: Readonly<Record<string, string>>): SdkId | undefined {
  return SDK_IDS.find(id => {
    const wanted = SDKS[id].package
    const range = wanted && dependencies[wanted.name]
    if (range === undefined) return false
    return wanted!.major === undefined || majorOf(range) === wanted!.major
  })
}

/** The major version of `~4.23.3`, `^3`, `npm:botbuilder@3.16.0`, `4.x`; ranges without one (`latest`) count as 4. */
function majorOf(range: string): number {
  const match = /(?:^|@|[\^~>=v\s])(\d+)(?:\.|$|\s|-)/.exec(range)
  return match ? Number(match[1]) : 4
}

/** Every variable that some SDK reads as an account, for bots whose SDK is not known. */
export const ALL_BLANK: readonly string[] = [...new Set(SDK_IDS.flatMap(id => SDKS[id].blank))]
