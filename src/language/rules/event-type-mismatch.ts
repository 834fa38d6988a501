import { typeTests } from '../analysis/event-types.ts'
import { INCOMING, isCustomType } from '../analysis/hook-model.ts'
import { closest, fix, replace } from '../analysis/rewrite.ts'
import { type HookRule, hookSample } from '../rule.ts'

const PAGE = { 'web/index.html': "<script>\nwindow.botpressWebChat.sendEvent({ type: 'pricing-idle' })\n</script>\n" }

export const rule: HookRule = {
  id: 'BPX001',
  name: 'event-type-mismatch',
  severity: 'warning',
  about: 'hook',
  title: 'page and hook name different events',
  visitor: 'The hook never speaks; what the page sends is taken for a message instead, and the flow moves on.',
  why: 'A type that no hook handles goes through to the dialog engine like something the visitor wrote (R7.10). The rule looks at the pages in the workspace, and is silent when there is none.',
  bad: hookSample("if (event.type === 'pricing_idle') bp.logger.info('idle')\n", { others: PAGE }),
  good: hookSample("if (event.type === 'pricing-idle') bp.logger.info('idle')\n", { others: PAGE }),
  check({ source, type, workspace, report }) {
    if (!INCOMING.has(type.id)) return
    const sent = workspace.pages.flatMap(page => page.sent.filter(event => event.via === 'sendEvent' || event.via === 'sendPayload'))
    // A type that is computed may be any.
    if (sent.length === 0 || sent.some(event => event.type === undefined)) return
    const types = [...new Set(sent.flatMap(event => event.type ?? []))]
    for (const { type: name, literal } of typeTests(source)) {
      // Other channels send it as well (R24.1).
      if (!isCustomType(name) || name === 'proactive-trigger' || types.includes(name)) continue
      const made = workspace.hooks.some(hook => new RegExp(`type:\\s*['"]${name.replace(/[^\w-]/g, '\\$&')}['"]`).test(hook.text))
      if (made) continue
      const meant = closest(name, types)
      const page = meant && workspace.sendersOf(meant)[0]?.page.path.split(/[\\/]/).at(-1)
      report(
        literal,
        meant
          ? `No page sends '${name}'; ${page} sends '${meant}'.`
          : `No page of the workspace sends '${name}': nothing reaches this branch.`,
        {
          fixes: meant ? [fix(`Handle '${meant}'`, [replace(literal, `'${meant}'`)])] : []
        }
      )
    }
  }
}
