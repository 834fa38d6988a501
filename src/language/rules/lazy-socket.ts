import { isCustomType } from '../analysis/hook-model.ts'
import type { FileRule } from '../rule.ts'

const HOOK = { 'data/global/hooks/before_incoming_middleware/greet.js': "if (event.type === 'hello') bp.logger.info('hi')\n" }

export const rule: FileRule = {
  id: 'BPC001',
  name: 'lazy-socket',
  severity: 'warning',
  about: 'file',
  files: /\/config\/channel-web\.json$/i,
  title: 'the chat connects too late for proactive messages',
  visitor: 'No message from the bot before they open the chat themselves.',
  why: 'With `lazySocket` the widget connects when it is opened for the first time; before that the bot cannot push anything (R21.7).',
  bad: { file: 'data/global/config/channel-web.json', text: '{ "lazySocket": true }\n', others: HOOK },
  good: { file: 'data/global/config/channel-web.json', text: '{ "lazySocket": false }\n', others: HOOK },
  check({ text, workspace, report }) {
    const match = /"lazySocket"\s*:\s*(true)/.exec(text)
    if (!match || !workspace.hooks.some(hook => hook.handles.some(isCustomType))) return
    const start = match.index + match[0].length - match[1]!.length
    report(
      { start, end: start + 4 },
      'With lazySocket the bot can say nothing before the visitor opens the chat, and there are proactive hooks here.',
      {
        fixes: [{ title: 'Connect at once', edits: [{ span: { start, end: start + 4 }, text: 'false' }] }]
      }
    )
  }
}
