import { literalOf, propertyOf } from '../analysis/nodes.ts'
import { closest } from '../analysis/rewrite.ts'
import { spanIn } from '../pages/fragments.ts'
import { type PageRule, pageSample } from '../rule.ts'

const init = (bot: string) => `window.botpressWebChat.init({ host: 'http://localhost:3000', botId: '${bot}' })`
const BOT = { 'data/bots/shop/bot.config.json': '{}' }

export const rule: PageRule = {
  id: 'BPC003',
  name: 'unknown-bot-in-page',
  severity: 'warning',
  about: 'page',
  title: 'a page for a bot that is not there',
  visitor: 'A chat that does not load.',
  why: 'The bot of the page has no folder below `data/bots`. The rule is silent when the workspace has no bots.',
  bad: pageSample(init('shopp'), BOT),
  good: pageSample(init('shop'), BOT),
  check({ calls, workspace, report }) {
    if (workspace.bots.length === 0) return
    for (const call of calls) {
      const given = call.api === 'botpress' && call.method === 'init' ? propertyOf(call.call.arguments[0], 'botId') : undefined
      const bot = literalOf(given)
      if (!given || typeof bot !== 'string' || workspace.bots.includes(bot)) continue
      const meant = closest(bot, workspace.bots)
      const span = spanIn(call.fragment, given)
      report(
        span,
        `There is no bot '${bot}' here: the chat would not load. There ${workspace.bots.length === 1 ? 'is' : 'are'} ${workspace.bots.slice(0, 5).join(', ')}.`,
        {
          fixes: meant ? [{ title: `Use '${meant}'`, edits: [{ span, text: `'${meant}'` }] }] : []
        }
      )
    }
  }
}
