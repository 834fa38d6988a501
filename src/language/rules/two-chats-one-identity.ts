import ts from 'typescript'
import { propertyOf } from '../analysis/nodes.ts'
import { spanIn } from '../pages/fragments.ts'
import type { PageCall } from '../pages/page-calls.ts'
import type { Edit } from '../problem.ts'
import { type PageRule, pageSample } from '../rule.ts'

export const rule: PageRule = {
  id: 'BPP010',
  name: 'two-chats-one-identity',
  severity: 'warning',
  about: 'page',
  title: 'two chats that are taken for one',
  visitor: 'Both chats show the same conversation, or one answers in the other.',
  why: 'Two widgets on a page need an own `chatId` each, and an own `userIdScope`, or they share the frame’s id and the visitor’s (R20.2, R20.5).',
  bad: pageSample(`window.botpressWebChat.init({ host: 'http://localhost:3000', botId: 'shop' })
window.botpressWebChat.init({ host: 'http://localhost:3000', botId: 'support', chatId: 'support' })`),
  good: pageSample(`window.botpressWebChat.init({ host: 'http://localhost:3000', botId: 'shop', chatId: 'shop', userIdScope: 'shop' })
window.botpressWebChat.init({ host: 'http://localhost:3000', botId: 'support', chatId: 'support', userIdScope: 'support' })`),
  check({ calls, report }) {
    const inits = calls.filter(call => call.api === 'botpress' && call.method === 'init')
    if (inits.length < 2) return
    const texts = (name: string) => inits.map(call => propertyOf(call.call.arguments[0], name)?.getText())
    const distinct = (values: readonly (string | undefined)[]) => values.every(Boolean) && new Set(values).size === values.length
    const missing = ['chatId', 'userIdScope'].filter(name => !distinct(texts(name)))
    if (missing.length === 0) return
    report(inits[1]!.span, `A second chat on the page needs its own ${missing.join(' and ')}: otherwise both share one visitor.`, {
      fixes: [
        { title: `Give each chat its own ${missing.join(' and ')}`, edits: inits.flatMap((call, at) => ownIdentity(call, missing, at + 1)) }
      ]
    })
  }
}

/** Puts what is missing first into the options of a chat, and what two chats have in common apart. */
function ownIdentity({ call, fragment }: PageCall, names: readonly string[], number: number): Edit[] {
  const [options] = call.arguments
  if (!options || !ts.isObjectLiteralExpression(options)) return []
  const start = fragment.offset + options.getStart() + 1
  const added = names.filter(name => !propertyOf(options, name)).map(name => ` ${name}: 'chat-${number}',`)
  const changed = names.flatMap(name => {
    const given = propertyOf(options, name)
    return given ? [{ span: spanIn(fragment, given), text: `'chat-${number}'` }] : []
  })
  return [...(added.length > 0 ? [{ span: { start, end: start }, text: added.join('') }] : []), ...changed]
}
