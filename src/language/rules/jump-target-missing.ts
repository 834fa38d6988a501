import ts from 'typescript'
import { callsOf } from '../analysis/effects.ts'
import { closest, fix, replace } from '../analysis/rewrite.ts'
import { type HookRule, hookSample } from '../rule.ts'

const FLOWS = {
  'data/bots/shop/flows/offer.flow.json': '{ "version": "0.0.1", "startNode": "entry", "nodes": [{ "id": "aaaa", "name": "entry" }] }'
}

export const rule: HookRule = {
  id: 'BPH031',
  name: 'jump-target-missing',
  severity: 'warning',
  about: 'hook',
  title: 'a jump to a flow or node that does not exist',
  visitor: 'The jump fails; they get whatever the flow would have said anyway, or nothing.',
  why: '`jumpTo` rejects for an unknown flow or node (R10.12). Names of flows may be written without `.flow.json` and in any letter case; names of nodes must be exact.',
  bad: hookSample("return bp.dialog.jumpTo(bp.dialog.createId(event), event, 'offers')\n", {
    type: 'after_incoming_middleware',
    bot: 'shop',
    others: FLOWS
  }),
  good: hookSample("return bp.dialog.jumpTo(bp.dialog.createId(event), event, 'offer', 'entry')\n", {
    type: 'after_incoming_middleware',
    bot: 'shop',
    others: FLOWS
  }),
  check({ source, model, location, workspace, report }) {
    const bots = location?.botId === undefined ? workspace.bots : [location.botId]
    for (const { call } of callsOf([source], model.aliases, path => path === 'bp.dialog.jumpTo')) {
      const [, , flow, node] = call.arguments
      if (!flow || !ts.isStringLiteralLike(flow)) continue
      const flows = bots.map(bot => workspace.flowsOf(bot)).filter(list => list.size > 0)
      if (flows.length === 0) continue
      const name = flow.text.replace(/\.flow\.json$/i, '').toLowerCase()
      const found = flows.flatMap(list => [...list].filter(([key]) => key.toLowerCase() === name))
      if (found.length === 0) {
        const meant = closest(
          name,
          flows.flatMap(list => [...list.keys()])
        )
        report(flow, `${where(location?.botId)} has no flow '${flow.text}': the jump fails.`, {
          fixes: meant ? [fix(`Jump to '${meant}'`, [replace(flow, `'${meant}'`)])] : []
        })
      } else if (node && ts.isStringLiteralLike(node) && !found.some(([, nodes]) => nodes.includes(node.text))) {
        const meant = closest(
          node.text,
          found.flatMap(([, nodes]) => nodes)
        )
        report(node, `The flow '${found[0]![0]}' has no node '${node.text}': the jump fails. Names of nodes must be exact.`, {
          fixes: meant ? [fix(`Jump to '${meant}'`, [replace(node, `'${meant}'`)])] : []
        })
      }
    }
  }
}

function where(bot: string | undefined): string {
  return bot === undefined ? 'No bot here' : `The bot '${bot}'`
}
