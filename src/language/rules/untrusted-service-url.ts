import { dirname, join } from 'node:path'
import ts from 'typescript'
import { propertyOf, walk } from '../analysis/nodes.ts'
import { fix } from '../analysis/rewrite.ts'
import { continuedOf, flavourOf, some } from '../bots/bot-code.ts'
import { type BotRule, botSample, type WorkspaceFacts } from '../rule.ts'

export const rule: BotRule = {
  id: 'BFP006',
  name: 'untrusted-service-url',
  severity: 'info',
  about: 'bot',
  title: 'a conversation that is continued without what it needs',
  visitor: 'The first notice after a start does not come; after somebody has written to the bot, it does.',
  why: 'A reference that was made by hand names an address that older versions of SDK v4 (before 4.13) trust only when they are told to, or after a message came from there. Today’s adapter needs the bot’s app id: undefined, as the variable is where no account is set, makes it throw.',
  bad: botSample(`await adapter.continueConversationAsync(process.env.MicrosoftAppId, reference, context => context.sendActivity('News'))
`),
  good: botSample(`await adapter.continueConversationAsync(process.env.MicrosoftAppId ?? '', reference, context => context.sendActivity('News'))
`),
  check({ source, path, workspace, report }) {
    const isOld = flavourOf(source) === 'v4-old' && isBefore413(versionOf(path, workspace))
    const trusts = /trustServiceUrl/.test(source.text)
    walk(source, node => {
      const id = continuedOf(node)?.name.text === 'continueConversationAsync' ? (node as ts.CallExpression).arguments[0] : undefined
      if (id && /^process\.env(\.\w+|\[.+\])$/.test(id.getText())) {
        report(id, 'Where no account is set this is undefined, and the call throws before anything is sent.', {
          fixes: [fix('Fall back to an empty id', [{ span: { start: id.end, end: id.end }, text: " ?? ''" }], true)]
        })
      }
      if (!isOld || trusts || !ts.isObjectLiteralExpression(node)) return
      const url = propertyOf(node, 'serviceUrl')
      if (url && propertyOf(node, 'conversation') && some(source, inner => continuedOf(inner) !== undefined)) {
        report(
          url,
          'This version of the SDK sends no token to an address that it was not told to trust: call MicrosoftAppCredentials.trustServiceUrl first.'
        )
      }
    })
  }
}

/** The version of botbuilder that the nearest package asks for. */
function versionOf(path: string, workspace: WorkspaceFacts): string | undefined {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const manifest = workspace.json(join(folder, 'package.json')) as { dependencies?: Record<string, string> } | undefined
    if (manifest) return manifest.dependencies?.botbuilder
    if (dirname(folder) === folder) return undefined
  }
}

function isBefore413(range: string | undefined): boolean {
  const match = /(\d+)\.(\d+)/.exec(range ?? '')
  return match !== null && Number(match[1]) === 4 && Number(match[2]) < 13
}
