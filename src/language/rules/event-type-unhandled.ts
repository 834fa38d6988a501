import { dirname, join } from 'node:path'
import { BUILT_IN_EVENT_TYPES, MESSAGE_TYPES, RESERVED_EVENT_TYPES } from '../../botpress/webchat.ts'
import { closest } from '../analysis/rewrite.ts'
import { sentEvents } from '../pages/page-calls.ts'
import type { Fix } from '../problem.ts'
import { type HookFact, type PageRule, pageSample } from '../rule.ts'

const click = (type: string) =>
  `document.querySelector('button').addEventListener('click', () => {\n  window.botpressWebChat.sendEvent({ type: '${type}' })\n})`
const HOOK = { 'data/global/hooks/before_incoming_middleware/greet.js': "if (event.type === 'pricing-idle') bp.logger.info('idle')\n" }

export const rule: PageRule = {
  id: 'BPX004',
  name: 'event-type-unhandled',
  severity: 'warning',
  about: 'page',
  title: 'an event that no hook handles',
  visitor: 'The bot goes on as if they had written something: the flow starts, or takes their silence for an answer.',
  why: 'An event of an unknown type passes all hooks and enters the dialog engine like a message (R7.10, R7.12). The rule looks at the hooks in the workspace, and is silent when there are none. A type that a condition of a flow tests counts as handled. It is the other side of BPX001.',
  bad: pageSample(click('pricing_idle'), HOOK),
  good: pageSample(click('pricing-idle'), HOOK),
  check({ calls, workspace, report }) {
    const hooks = workspace.hooks.filter(hook => /incoming_middleware$/.test(hook.location.type.id))
    if (hooks.length === 0) return
    const handled = [...new Set([...hooks.flatMap(hook => hook.handles), ...workspace.typesInFlows.keys()])]
    for (const sent of sentEvents(calls.filter(({ api }) => api === 'botpress'))) {
      const { type } = sent
      if (type === undefined || handled.includes(type)) continue
      if (
        [RESERVED_EVENT_TYPES, BUILT_IN_EVENT_TYPES].some(table => Object.hasOwn(table, type)) ||
        (MESSAGE_TYPES as readonly string[]).includes(type)
      )
        continue
      // A pattern or a prefix may catch it.
      if (
        hooks.some(
          hook =>
            /event\.type\s*\.\s*(startsWith|match|endsWith)|\.test\(\s*event\.type|\[\s*event\.type\s*\]/.test(hook.text) ||
            hook.text.includes(type)
        )
      )
        continue
      const meant = closest(type, handled)
      report(
        sent.span,
        `No hook handles '${type}': the bot takes the event for a message and moves on in its flow.${meant ? ` '${meant}' is handled.` : ''}`,
        {
          fixes: [...(meant ? [{ title: `Send '${meant}'`, edits: [{ span: sent.span, text: `'${meant}'` }] }] : []), newHook(type, hooks)]
        }
      )
    }
  }
}

/** A hook for the type, beside the others: it answers once per session and keeps the flow where it is. */
function newHook(type: string, hooks: readonly HookFact[]): Fix {
  const neighbour = hooks.find(hook => hook.location.type.id === 'before_incoming_middleware') ?? hooks[0]!
  const name = type.replace(/[^\w-]+/g, '_')
  const marker = `event.state.session[${JSON.stringify(`seen-${type}`)}]`
  const text = `if (event.type === ${JSON.stringify(type)}) {
  event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
  if (${marker}) return
  ${marker} = true
  event.setFlag(bp.IO.WellKnownFlags.FORCE_PERSIST_STATE, true)
  return bp.events.replyToEvent(event, [{ type: 'text', text: 'Can I help you?' }], event.id)
}
`
  return { title: `Create a hook for '${type}'`, edits: [], creates: { file: join(dirname(neighbour.path), `${name}.js`), text } }
}
