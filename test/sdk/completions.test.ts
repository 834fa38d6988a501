import { deepStrictEqual, ok } from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import ts from 'typescript'
import { CONTENT_TYPES, contentTypeOf } from '../../src/botpress/content-types.ts'
import { WELL_KNOWN_FLAGS } from '../../src/botpress/flags.ts'
import { BUILT_IN_EVENT_TYPES, MESSAGE_TYPES } from '../../src/botpress/webchat.ts'
import { declarationFiles, fileOf, HOOK_OPTIONS, type HookScript, wrapped } from './program.ts'
import { surface } from './surface.ts'

/** What is offered at the bar in a hook, the most fitting kind only: members, values, fields. */
function offered(text: string): string[] {
  const script: HookScript = { name: 'typing', type: 'before_incoming_middleware', text: text.replace('|', '') }
  const file = fileOf(script)
  const whole = wrapped(script)
  const host: ts.LanguageServiceHost = {
    getCompilationSettings: () => HOOK_OPTIONS,
    getScriptFileNames: () => [...declarationFiles, file],
    getScriptVersion: () => '1',
    getScriptSnapshot: name => ts.ScriptSnapshot.fromString(name === file ? whole : readFileSync(name, 'utf8')),
    getCurrentDirectory: () => '/',
    getDefaultLibFileName: options => ts.getDefaultLibFilePath(options),
    fileExists: name => name === file || ts.sys.fileExists(name),
    readFile: ts.sys.readFile
  }
  const service = ts.createLanguageService(host)
  const at = whole.indexOf(script.text) + text.indexOf('|')
  const names = service.getCompletionsAtPosition(file, at, {})?.entries.flatMap(entry => (entry.kind === 'warning' ? [] : entry.name)) ?? []
  service.dispose()
  return names.filter(name => name !== '').sort()
}

const sorted = (names: Iterable<string>) => [...names].sort()

describe('sdk: what is offered while typing', function () {
  this.timeout(60_000)

  it('are the members that bp has at run time', () => {
    deepStrictEqual(offered('bp.|'), sorted(surface.runtimeKeys))
  })

  it('are the four flags (R5.1)', () => {
    deepStrictEqual(offered('event.setFlag(bp.IO.WellKnownFlags.|, true)'), sorted(Object.keys(WELL_KNOWN_FLAGS)))
  })

  it('are the parts of the state (R6.2)', () => {
    deepStrictEqual(offered('event.state.|'), ['__stacktrace', 'bot', 'context', 'session', 'temp', 'user', 'workflow'])
  })

  it('are the types of events that Botpress and its webchat send (R1.14, R20.7)', () => {
    const types = offered("if (event.type === '|') {}")
    for (const type of [...Object.keys(BUILT_IN_EVENT_TYPES), ...MESSAGE_TYPES, 'proactive-trigger']) ok(types.includes(type), type)
  })

  it('are the content types', () => {
    deepStrictEqual(offered("bp.cms.renderElement('|', {}, event)"), sorted(CONTENT_TYPES.map(type => type.id)))
  })

  for (const { id } of CONTENT_TYPES) {
    it(`are the fields of ${id}`, () => {
      const fields = offered(`bp.cms.renderElement('${id}', { | }, event)`)
      for (const field of Object.keys(contentTypeOf(id)!.fields)) ok(fields.includes(field), field)
    })
  }

  it('are the fields within a card, and what its buttons can do', () => {
    deepStrictEqual(offered("bp.cms.renderElement('builtin_carousel', { items: [{ | }] }, event)"), [
      'actions',
      'image',
      'markdown',
      'subtitle',
      'title'
    ])
    deepStrictEqual(offered("bp.cms.renderElement('builtin_card', { actions: [{ action: '|' }] }, event)"), [
      'Open URL',
      'Postback',
      'Say something'
    ])
  })

  it('are the members of the event of a middleware, by its direction (R7.8)', () => {
    const middleware = (direction: string) => `bp.events.registerMiddleware({ direction: '${direction}', handler: event => { event.| } })`
    ok(offered(middleware('incoming')).includes('state'))
    ok(!offered(middleware('outgoing')).includes('state'))
    ok(offered(middleware('outgoing')).includes('incomingEventId'))
  })

  it('are both directions of a middleware', () => {
    deepStrictEqual(offered("bp.events.registerMiddleware({ direction: '|' })"), ['incoming', 'outgoing'])
  })

  it('are the modules that ship with the server (R3.22)', () => {
    const names = offered("require('|')")
    for (const name of ['axios', 'lodash', 'moment', 'ms', 'uuid', 'fs', 'crypto', 'path', 'url']) ok(names.includes(name), name)
    ok(offered("const axios = require('axios'); axios.|").includes('post'))
    ok(offered("require('moment')().|").includes('startOf'))
  })
})
