import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { WELL_KNOWN_FLAGS } from '../../src/botpress/flags.ts'

const read = (name: string) => JSON.parse(readFileSync(new URL(`../../syntaxes/${name}`, import.meta.url), 'utf8'))

describe('language: grammar and language configuration', () => {
  const grammar = read('botpress-hook.tmLanguage.json')
  const configuration = read('language-configuration.json')

  it('stands on JavaScript’s grammar', () => {
    assert.equal(grammar.scopeName, 'source.js.botpress-hook')
    assert.deepEqual(grammar.patterns, [{ include: 'source.js' }])
  })

  it('highlights all well-known flags and no other name', () => {
    const flag = new RegExp(grammar.repository['well-known-flag'].match)
    for (const name of Object.keys(WELL_KNOWN_FLAGS)) assert.match(`bp.IO.WellKnownFlags.${name},`, flag)
    assert.doesNotMatch('SKIP_DIALOG', flag)
  })

  it('highlights bp and event as names of their own, not as members', () => {
    const argument = new RegExp(grammar.repository.argument.match)
    for (const text of ['bp.events', '(event)', ' event,']) assert.match(text, argument)
    for (const text of ['x.event', 'events', 'preevent', '{ event: 1 }', 'bp2']) assert.doesNotMatch(text, argument)
  })

  it('indents after an opening bracket and has patterns that compile', () => {
    const { increaseIndentPattern, decreaseIndentPattern } = configuration.indentationRules
    assert.match("if (event.type === 'x') {", new RegExp(increaseIndentPattern))
    assert.match('}', new RegExp(decreaseIndentPattern))
    assert.deepEqual('event.type'.match(new RegExp(configuration.wordPattern, 'g')), ['event', 'type'])
    for (const rule of configuration.onEnterRules) assert.ok(new RegExp(rule.beforeText))
  })
})
