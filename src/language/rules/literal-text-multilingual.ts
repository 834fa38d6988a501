import { join } from 'node:path'
import ts from 'typescript'
import { walk } from '../analysis/nodes.ts'
import { fix, replace } from '../analysis/rewrite.ts'
import { type HookRule, hookSample } from '../rule.ts'

const TWO = { 'data/bots/shop/bot.config.json': '{ "languages": ["en", "fr"] }' }

export const rule: HookRule = {
  id: 'BPH034',
  name: 'literal-text-multilingual',
  severity: 'hint',
  about: 'hook',
  title: 'words in one language only',
  visitor: 'Who speaks another language with the bot is addressed in this one.',
  why: 'The bot is configured for several languages; a text written into a hook has one. Use a content element (`#!…`), which is translated, or choose by `event.state.user.language`.',
  bad: hookSample("return bp.events.replyToEvent(event, [{ type: 'text', text: 'Still there?' }])\n", {
    type: 'before_session_timeout',
    bot: 'shop',
    others: TWO
  }),
  good: hookSample(
    "const texts = { en: 'Still there?', fr: 'Toujours là ?' }\nreturn bp.events.replyToEvent(event, [{ type: 'text', text: texts[event.state.user.language] || texts.en }])\n",
    { type: 'before_session_timeout', bot: 'shop', others: TWO }
  ),
  check({ source, text, model, location, workspace, report }) {
    if (/user\.language|nlu\.language|detectedLanguage/.test(text)) return
    const bots = location?.botId === undefined ? workspace.bots : [location.botId]
    const [languages] = bots.flatMap(bot => {
      const folder = workspace.botFolder(bot)
      const config =
        folder === undefined ? undefined : (workspace.json(join(folder, 'bot.config.json')) as { languages?: unknown } | undefined)
      return Array.isArray(config?.languages) && config.languages.length > 1 ? [config.languages.map(String)] : []
    })
    if (!languages || model.replies.length === 0) return
    walk(source, node => {
      if (!ts.isPropertyAssignment(node) || node.name.getText() !== 'text' || !ts.isStringLiteralLike(node.initializer)) return
      if (!/[a-z]{3}/i.test(node.initializer.text)) return
      const words = node.initializer.getText()
      const choice = languages.map(language => `${/^[a-z]+$/i.test(language) ? language : JSON.stringify(language)}: ${words}`).join(', ')
      report(node.initializer, `The bot speaks ${languages.join(', ')}, this text one of them.`, {
        fixes: [
          fix('Choose by the visitor’s language; the words are still to be translated', [
            replace(node.initializer, `{ ${choice} }[event.state.user.language] || ${words}`)
          ])
        ]
      })
    })
  }
}
