import ts from 'typescript'
import { walk } from '../analysis/nodes.ts'
import type { Span } from '../body-map.ts'
import { type Fragment, spanIn } from '../pages/fragments.ts'
import { type PageRule, pageSample } from '../rule.ts'

const SECRET = /^(password|passwd|pwd|secret|token|accessToken|apiKey|creditCard|cardNumber|cvc|cvv|iban|ssn)$/i
const click = (key: string) =>
  `document.querySelector('button').addEventListener('click', () => {\n  window.botpressWebChat.sendEvent({ type: 'login', payload: { ${key}: 'x' } })\n})`

export const rule: PageRule = {
  id: 'BPP011',
  name: 'sensitive-payload',
  severity: 'info',
  about: 'page',
  title: 'a secret that ends up in the database',
  visitor: 'Something they meant for one page is stored with the events of the bot for a month.',
  why: 'Events are stored with their payload for 30 days (R7.11), and whoever may read the database or the logs reads it. To tell who the visitor is, use the external authentication.',
  bad: pageSample(click('password')),
  good: pageSample(click('email')),
  check({ calls, report }) {
    for (const call of calls) {
      if (!/^(sendEvent|sendPayload|interact)$/.test(call.method)) continue
      for (const argument of call.call.arguments) {
        walk(argument, node => {
          const name =
            (ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node)) && ts.isIdentifier(node.name) ? node.name : undefined
          if (name && SECRET.test(name.text))
            report(
              spanIn(call.fragment, name),
              `Events are stored with their payload: \`${name.text}\` would be kept for a month and appear in logs.`,
              { fixes: [{ title: `Leave ${name.text} out`, edits: [{ span: withComma(call.fragment, node), text: '' }] }] }
            )
        })
      }
    }
  }
}

/** A property with the comma and the space behind it. */
function withComma(fragment: Fragment, property: ts.Node): Span {
  const { start, end } = spanIn(fragment, property)
  const rest = /^\s*,\s*/.exec(fragment.source.text.slice(property.end))?.[0] ?? ''
  return { start, end: end + rest.length }
}
