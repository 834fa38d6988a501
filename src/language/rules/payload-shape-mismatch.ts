import { pathsIn } from '../analysis/effects.ts'
import { INCOMING, isCustomType, isIn } from '../analysis/hook-model.ts'
import { closest, fix, replace } from '../analysis/rewrite.ts'
import { memberOf, type Shape } from '../pages/shapes.ts'
import { type HookRule, hookSample } from '../rule.ts'

const PAGE = { 'web/index.html': "<script>\nwindow.botpressWebChat.sendEvent({ type: 'lead', payload: { email: 'a@b.c' } })\n</script>\n" }

export const rule: HookRule = {
  id: 'BPX002',
  name: 'payload-shape-mismatch',
  severity: 'warning',
  about: 'hook',
  title: 'the page does not send what the hook reads',
  visitor: 'The bot acts as if it had not been told: an empty name, the wrong offer.',
  why: 'The keys that the pages of the workspace send for this type are known, at the depth where they arrive (R22.3); the one that is read is not among them.',
  bad: hookSample("if (event.type === 'lead') bp.logger.info(event.payload.payload.payload.mail)\n", { others: PAGE }),
  good: hookSample("if (event.type === 'lead') bp.logger.info(event.payload.payload.payload.email)\n", { others: PAGE }),
  check({ model, type, workspace, report }) {
    if (!INCOMING.has(type.id)) return
    for (const branch of model.branches) {
      if (branch.types.length !== 1 || !isCustomType(branch.types[0]!)) continue
      const senders = workspace.sendersOf(branch.types[0]!)
      if (senders.length === 0 || senders.some(({ sent }) => sent.via !== 'sendEvent')) continue
      const payloads = senders.map(({ sent }) => payloadKeys(sent.shape))
      if (!payloads.every(payload => payload !== undefined)) continue
      const keys = [...new Set(payloads.flat())]
      for (const { node, path } of pathsIn(branch.code, model.aliases)) {
        const key = /^event\.payload\.payload\.payload\.(\w+)/.exec(path)?.[1]
        if (key === undefined || keys.includes(key) || !isIn(node, branch.code)) continue
        const page = senders[0]!.page.path.split(/[\\/]/).at(-1)!
        const meant = closest(key, keys)
        report(
          node,
          `${page} sends ${keys.length > 0 ? keys.map(name => `\`${name}\``).join(', ') : 'no payload'}, not \`${key}\`: this is undefined.`,
          {
            fixes: meant ? [fix(`Read ${meant}`, [replace(node, node.getText().replace(new RegExp(`\\b${key}$`), meant))])] : []
          }
        )
      }
    }
  }
}

/** The keys of the `payload` of what a page sends; undefined when that is no object written out. */
function payloadKeys(sent: Shape): string[] | undefined {
  if (sent.kind !== 'object' || sent.open) return undefined
  const payload = memberOf(sent, 'payload')
  if (!payload) return []
  return payload.kind === 'object' && !payload.open ? payload.members.map(({ name }) => name) : undefined
}
