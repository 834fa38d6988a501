import { hookModel, INCOMING, isCustomType, isIn } from '../analysis/hook-model.ts'
import { type HookRule, hookSample } from '../rule.ts'

const SECOND = `if (event.type === 'hello') {
  event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
  return bp.events.replyToEvent(event, [{ type: 'text', text: 'Welcome' }])
}
`

export const rule: HookRule = {
  id: 'BPX003',
  name: 'double-handling',
  severity: 'warning',
  about: 'hook',
  title: 'two hooks answer the same event',
  visitor: 'Two greetings for one trigger.',
  why: 'All hooks of a type run, one after the other, and SKIP_DIALOG_ENGINE keeps only the dialog engine away (R1.7, R5.3). Answer in one place, or leave a mark for the other hook.',
  bad: hookSample(SECOND, { others: { 'data/global/hooks/before_incoming_middleware/20_other.js': SECOND } }),
  good: hookSample(SECOND, { others: { 'data/global/hooks/before_incoming_middleware/20_other.js': SECOND.replace("'hello'", "'bye'") } }),
  check({ model, type, location, path, workspace, report }) {
    if (!INCOMING.has(type.id) || !location) return
    for (const branch of model.branches) {
      const name = branch.types.find(isCustomType)
      if (
        name === undefined ||
        !model.replies.some(call => isIn(call, branch.code)) ||
        guarded(branch.code.map(node => node.getText()).join())
      )
        continue
      const other = workspace.hooksHandling(name).find(hook => {
        if (hook.path === path || hook.location.ignored || !INCOMING.has(hook.location.type.id)) return false
        if (hook.location.botId !== undefined && location.botId !== undefined && hook.location.botId !== location.botId) return false
        const its = hookModel(hook.source)
        return its.branches.some(
          theirs => theirs.types.includes(name) && its.replies.some(call => isIn(call, theirs.code)) && !guarded(hook.text)
        )
      })
      if (other) report(branch.literal, `${other.location.relativePath} answers '${name}' as well: the visitor gets two answers.`)
    }
  }
}

/** A look at a flag or at the state may tell one hook what the other did; so may a test of the bot. */
function guarded(text: string): boolean {
  return /hasFlag|event\.state\.|botId\s*[!=]==|\bkvs\b/.test(text)
}
