import ts from 'typescript'
import { pathOf, walk } from '../analysis/nodes.ts'
import { fix, replace } from '../analysis/rewrite.ts'
import type { Fix } from '../problem.ts'
import { type HookRule, type HookRuleContext, hookSample } from '../rule.ts'

/** Syntax that Node 12 does not parse, by the version that does (R3.24). */
const SYNTAX = {
  chain: { since: 14, what: 'Optional chaining `?.`' },
  nullish: { since: 14, what: '`??`' },
  assign: { since: 15, what: 'Logical assignment' },
  privateMethod: { since: 14, what: 'A private method' },
  staticBlock: { since: 16, what: 'A static block' },
  privateIn: { since: 16, what: '`#name in object`' },
  regexp: { since: 20, what: 'This flag of a regular expression' }
} as const

const NULLISH = new Map<ts.SyntaxKind, string>([
  [ts.SyntaxKind.QuestionQuestionEqualsToken, '??'],
  [ts.SyntaxKind.BarBarEqualsToken, '||'],
  [ts.SyntaxKind.AmpersandAmpersandEqualsToken, '&&']
])

export const rule: HookRule = {
  id: 'BPH003',
  name: 'unsupported-syntax',
  severity: 'error',
  about: 'hook',
  title: 'language that Node 12 does not know',
  visitor:
    'Nothing that the hook promises happens. With a missing function it stops half way: what came before is done, the flag that comes after is never set.',
  why: 'The released server embeds Node 12.18 and runs hooks as they are (R3.24). Newer syntax keeps the whole script from being loaded, newer functions throw. A custom build may have another Node: set `"node"` in `.proactive-hooks.json`.',
  bad: hookSample(`const name = event.state.user.name ?? 'there'
bp.logger.info(name)
`),
  good: hookSample(`const name = event.state.user.name || 'there'
bp.logger.info(name)
`),
  check(context) {
    const report = (node: ts.Node, kind: keyof typeof SYNTAX, fixes: Fix[] = []) => {
      const { since, what } = SYNTAX[kind]
      if (context.node >= since) return
      context.report(
        node,
        `${what} is a syntax error on Node ${context.node}, which runs hooks: the whole hook is skipped, and the event goes on without it.`,
        {
          fixes
        }
      )
    }
    walk(context.source, node => {
      if (ts.isOptionalChain(node) && !(node.parent && ts.isOptionalChain(node.parent) && node.parent.expression === node)) {
        report(node, 'chain', chainFix(context, node))
      } else if (ts.isBinaryExpression(node)) {
        const kind = node.operatorToken.kind
        if (kind === ts.SyntaxKind.QuestionQuestionToken) report(node.operatorToken, 'nullish', nullishFix(node))
        else if (NULLISH.has(kind)) report(node.operatorToken, 'assign', assignFix(node))
        else if (kind === ts.SyntaxKind.InKeyword && ts.isPrivateIdentifier(node.left)) report(node, 'privateIn')
      } else if ((ts.isMethodDeclaration(node) || ts.isAccessor(node)) && ts.isPrivateIdentifier(node.name)) {
        report(node.name, 'privateMethod')
      } else if (ts.isClassStaticBlockDeclaration(node)) {
        report(node, 'staticBlock')
      } else if (ts.isRegularExpressionLiteral(node) && /\/[a-z]*[dv][a-z]*$/.test(node.text)) {
        report(node, 'regexp')
      } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
        context.report(node, '`import(…)` always fails in the sandbox of a hook: its promise is rejected. Use `require`.', {
          fixes: [fix('Use require', [replace(node.expression, 'require')])]
        })
      }
    })
  }
}

/** A chain of plain names becomes `_.get`; anything with a call in it is left to the author. */
function chainFix(context: HookRuleContext, chain: ts.OptionalChain): Fix[] {
  const names: string[] = []
  let at: ts.Expression = chain
  while (ts.isPropertyAccessExpression(at)) {
    names.unshift(at.name.text)
    at = at.expression
  }
  const path = pathOf(chain)
  if (names.length === 0 || !ts.isIdentifier(at) || path === undefined) return []
  const lodash = /\b(?:const|let|var)\s+_\s*=\s*require\(/.test(context.text) ? '_' : "require('lodash')"
  return [fix('Read it with lodash', [replace(chain, `${lodash}.get(${at.text}, '${names.join('.')}')`)], true)]
}

function nullishFix(node: ts.BinaryExpression): Fix[] {
  const left = node.left.getText()
  if (!/^[\w$.]+$/.test(left)) return []
  return [fix('Write it for Node 12', [replace(node, `(${left} == null ? ${node.right.getText()} : ${left})`)], true)]
}

function assignFix(node: ts.BinaryExpression): Fix[] {
  const left = node.left.getText()
  const right = node.right.getText()
  const operator = NULLISH.get(node.operatorToken.kind)!
  const value = operator === '??' ? `${left} == null ? ${right} : ${left}` : `${left} ${operator} ${right}`
  return [fix('Write it for Node 12', [replace(node, `${left} = ${value}`)], true)]
}
