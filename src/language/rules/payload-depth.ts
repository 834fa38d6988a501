import { pathsIn } from '../analysis/effects.ts'
import { INCOMING, isCustomType, isIn } from '../analysis/hook-model.ts'
import { fix, replace } from '../analysis/rewrite.ts'
import { memberOf } from '../pages/shapes.ts'
import { type HookRule, type HookRuleContext, hookSample } from '../rule.ts'

/** Keys that the server itself puts at these levels. */
const OWN = new Set(['type', 'payload', 'channel', 'preview', '__preview', 'metadata'])

export const rule: HookRule = {
  id: 'BPH008',
  name: 'payload-depth',
  severity: 'warning',
  about: 'hook',
  title: 'data of the page is looked for at the wrong depth',
  visitor: 'The bot acts as if the page had sent nothing: “Hi undefined”, the wrong offer, or no reaction at all.',
  why: '`sendEvent(object)` wraps the object once more (R22.1): what the page gave as `payload` is at `event.payload.payload.payload`, other keys at `event.payload.payload` (R22.3). `sendPayload` does not wrap (R22.5).',
  bad: hookSample(`if (event.type === 'pricing-idle') {
  event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
  bp.logger.info(event.payload.plan)
}
`),
  good: hookSample(`if (event.type === 'pricing-idle') {
  event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
  bp.logger.info(event.payload.payload.payload.plan)
}
`),
  check({ model, type, workspace, report }) {
    if (!INCOMING.has(type.id)) return
    for (const branch of model.branches) {
      if (!branch.types.every(isCustomType)) continue
      const sent = sentTo(workspace, branch.types)
      if (sent?.unwrapped) continue
      for (const { node, path } of pathsIn(branch.code, model.aliases)) {
        const match = /^event\.payload((?:\.payload)*)\.(\w+)$/.exec(path)
        if (!match || OWN.has(match[2]!) || !isIn(node, branch.code)) continue
        const depth = match[1]!.split('.').length
        const key = match[2]!
        const found = sent?.depthOf(key)
        // Without a page in sight only the first level is surely wrong: what lies beside `type` is found at the second.
        const wanted = sent ? found : depth === 1 ? 3 : undefined
        if (wanted === undefined || wanted === depth) continue
        const right = `event${'.payload'.repeat(wanted)}.${key}`
        const where = found === undefined ? '' : ` (${sent!.page} sends it)`
        report(node, `\`${key}\` is undefined here: \`sendEvent\` wraps what the page sends, so it is at \`${right}\`${where}.`, {
          fixes: [fix(`Read ${right}`, [replace(node, right)], found !== undefined)]
        })
      }
    }
  }
}

interface Sent {
  readonly page: string
  readonly unwrapped: boolean
  /** How many times `.payload` comes before a key, by what the pages send; undefined when none sends it. */
  depthOf(key: string): number | undefined
}

function sentTo(workspace: HookRuleContext['workspace'], types: readonly string[]): Sent | undefined {
  const calls = types.flatMap(type => workspace.sendersOf(type)).filter(({ sent }) => sent.via !== 'push' && sent.via !== 'interact')
  const [first] = calls
  if (!first) return undefined
  return {
    page: first.page.path.split(/[\\/]/).at(-1)!,
    unwrapped: calls.some(({ sent }) => sent.via === 'sendPayload'),
    depthOf(key) {
      for (const { sent } of calls) {
        if (memberOf(memberOf(sent.shape, 'payload'), key)) return 3
        if (memberOf(sent.shape, key)) return 2
      }
      return undefined
    }
  }
}
