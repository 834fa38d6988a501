import ts from 'typescript'
import { walk } from '../analysis/nodes.ts'
import { fix, newLineOf, replace } from '../analysis/rewrite.ts'
import { type HookRule, hookSample } from '../rule.ts'

export const rule: HookRule = {
  id: 'BPH019',
  name: 'may-never-settle',
  severity: 'warning',
  about: 'hook',
  title: 'a promise that may stay open for ever',
  visitor: 'Their chat freezes: no message of theirs is answered any more until the server restarts. Others notice nothing.',
  why: 'The server waits for the returned promise without a limit (R3.10, R3.11), and a visitor’s events are processed one at a time (R7.3). Every promise needs a way out: a time-out, or `reject`.',
  bad: hookSample(`const bus = require('./bus')
return new Promise(resolve => {
  bus.once('done', resolve)
})
`),
  good: hookSample(`const bus = require('./bus')
return new Promise((resolve, reject) => {
  bus.once('done', resolve)
  setTimeout(() => reject(new Error('no answer')), 2000)
})
`),
  check({ source, report }) {
    walk(source, node => {
      if (!ts.isNewExpression(node) || node.expression.getText() !== 'Promise') return
      const [executor] = node.arguments ?? []
      if (!executor || !(ts.isArrowFunction(executor) || ts.isFunctionExpression(executor))) return
      const [resolve, reject] = executor.parameters.map(parameter => parameter.name.getText())
      const body = executor.body
      const text = body.getText()
      if (/\bset(Timeout|Immediate)\b/.test(text) || (reject && new RegExp(`\\b${reject}\\b`).test(text))) return
      if (resolve && callsItself(body, resolve)) return
      if (guarded(node)) return
      report(
        node,
        'Nothing makes this promise end when the answer does not come: this visitor’s chat would freeze until the server restarts.',
        {
          fixes: [
            fix('Give up after two seconds', [
              replace(
                node,
                `Promise.race([${newLineOf(source)}  ${node.getText()},${newLineOf(source)}  new Promise((_, reject) => setTimeout(() => reject(new Error('no answer within two seconds')), 2000))${newLineOf(source)}])`
              )
            ])
          ]
        }
      )
    })
  }
}

/** `resolve(…)` in the executor itself, not in a callback of it. */
function callsItself(body: ts.Node, name: string): boolean {
  let found = false
  walk(body, node => {
    if (node !== body && ts.isFunctionLike(node)) return false
    if (ts.isCallExpression(node) && node.expression.getText() === name) found = true
    return undefined
  })
  return found
}

function guarded(node: ts.Node): boolean {
  for (let at: ts.Node = node; at; at = at.parent) {
    if (ts.isCallExpression(at) && /\b(race|timeout|withTimeout)\b/.test(at.expression.getText())) return true
  }
  return false
}
