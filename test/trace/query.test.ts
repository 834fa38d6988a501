import assert from 'node:assert/strict'
import { matches, parseQuery } from '../../src/trace/query.ts'

const line = {
  words: 'proactive-trigger said again “hello, ann” http://shop.test/x',
  fields: { type: ['proactive-trigger'], hook: ['greet.js'], is: ['warning'], rule: ['bph006', 's11'] }
}

describe('a query', () => {
  const cases: [text: string, found: boolean][] = [
    ['', true],
    ['   ', true],
    ['said', true],
    ['SAID Trigger', true],
    ['said never', false],
    ['"said again"', true],
    ['"again said"', false],
    ['-never', true],
    ['-said', false],
    ['-"said again"', false],
    ['type:trigger', true],
    ['hook:greet is:warning', true],
    ['hook:other', false],
    ['-hook:other', true],
    ['rule:BPH006', true],
    ['visitor:ann', false],
    ['hook:"greet.js"', true],
    // No field of that name: it is a word like any other.
    ['http://shop.test', true],
    ['nothing:here', false],
    // While one is still typing.
    ['type:', true],
    ['-', true],
    ['"said ag', true]
  ]
  for (const [text, found] of cases) {
    it(`${JSON.stringify(text)} ${found ? 'finds' : 'does not find'} it`, () => assert.equal(matches(parseQuery(text), line), found))
  }
})
