import type ts from 'typescript'
import { fix, insertBefore } from '../analysis/rewrite.ts'
import type { Fix } from '../problem.ts'
import { type HookRule, hookSample } from '../rule.ts'

const BOTS = { 'data/bots/shop/bot.config.json': '{}', 'data/bots/support/bot.config.json': '{}' }

export const rule: HookRule = {
  id: 'BPH024',
  name: 'global-hook-all-bots',
  severity: 'info',
  about: 'hook',
  title: 'a global hook that acts for every bot',
  visitor: 'Visitors of another bot get this bot’s words.',
  why: 'Hooks below `data/global` run for the events of all bots (R1.1). Test `event.botId`, or move the file to the bot’s own `hooks` folder. Fine when all bots shall behave so.',
  bad: hookSample("if (event.type === 'hello') bp.logger.info('hello')\n", { others: BOTS }),
  good: hookSample("if (event.type === 'hello' && event.botId === 'shop') bp.logger.info('hello')\n", { others: BOTS }),
  check({ source, text, model, type, location, workspace, report }) {
    if (!location || location.botId !== undefined || type.category !== 'event' || /\bbotId\b/.test(text)) return
    const acts = model.branches.length > 0 || model.replies.length > 0
    if (!acts || workspace.bots.length < 2) return
    const first = model.branches[0]?.literal ?? model.replies[0]!
    report(
      first,
      `This runs for all ${workspace.bots.length} bots (${workspace.bots.slice(0, 4).join(', ')}): nothing asks for \`event.botId\`.`,
      { fixes: workspace.bots.slice(0, 4).map(bot => onlyFor(bot, source)) }
    )
  }
}

function onlyFor(bot: string, source: ts.SourceFile): Fix {
  return fix(`Only for ${bot}`, insertBefore(source.statements[0]!, [`if (event.botId !== '${bot}') return`]))
}
