import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { declarationFiles } from '../sdk/program.ts'
import { CURSOR, LanguageClient } from './client.ts'

const IDIOMS = fileURLToPath(new URL('../fixtures/idioms', import.meta.url))

/**
 * Positions in hooks as people write them: the idiom, the text before the position (its first occurrence), and the type whose members must
 * be offered there, in the words of the declarations. The member that the idiom names there is taken away, as when its author had only typed the dot.
 */
const POSITIONS: readonly (readonly [idiom: string, before: string, type: string])[] = [
  ['A1', 'event.', 'sdk.IO.IncomingEvent'],
  ['A1', 'bp.', 'typeof sdk'],
  ['A1', 'bp.IO.', 'typeof sdk.IO'],
  ['A1', 'bp.IO.WellKnownFlags.', 'typeof sdk.IO.WellKnownFlags'],
  ['A1', 'bp.cms\n    .', 'typeof sdk.cms'],
  ['A1', 'event)\n    .', 'Promise<unknown>'],
  ['A1', 'bp.events.', 'typeof sdk.events'],
  ['A2', 'event.state.', 'sdk.IO.EventState'],
  ['A2', 'event.state.session.', 'sdk.IO.CurrentSession'],
  ['A2', 'event.state.session.lastMessages.', 'sdk.IO.DialogTurnHistory[]'],
  ['A3', 'if (event.state.session.', 'sdk.IO.CurrentSession'],
  ['A4', 'await bp.cms.', 'typeof sdk.cms'],
  ['A4', 'Date.', 'DateConstructor'],
  ['A5', 'bp.kvs.', 'typeof sdk.kvs'],
  ['A5', 'if (await kvs.', 'sdk.KvsService'],
  ['A5', '`greeted/${event.', 'sdk.IO.IncomingEvent'],
  ['A6', 'Object.', 'ObjectConstructor'],
  ['A7', 'event.state.user.', 'sdk.IO.UserAttributes'],
  ['A8', 'return bp.dialog.', 'typeof sdk.dialog'],
  ['A9', 'await bp.dialog.', 'typeof sdk.dialog'],
  ['A11', "event.type !== 'visit' || event.", 'sdk.IO.IncomingEvent'],
  ['A12', 'bp.IO.', 'typeof sdk.IO'],
  ['A12', 'target: event.', 'sdk.IO.IncomingEvent'],
  ['B1', '/^page-/.', 'RegExp'],
  ['B2', "['quick_reply', 'postback'].", 'string[]'],
  ['B3', 'event.nlu.', 'sdk.IO.EventUnderstanding'],
  ['B3', "(event.preview || '').", 'string'],
  ['B4', 'suggestions.', 'sdk.IO.Suggestion[]'],
  ['B4', 's => s.', 'sdk.IO.Suggestion'],
  ['B4', 's => s.decision.', "sdk.IO.Suggestion['decision']"],
  ['B5', 'event.suggestions.', 'sdk.IO.Suggestion[]'],
  ['C1', 'Object.assign(event.state.', 'sdk.IO.EventState'],
  ['C3', 'bp.security.', 'typeof sdk.security'],
  ['C3', 'getMessageSignature(text).', 'Promise<string>'],
  ['C5', 'event.state.', 'sdk.IO.EventState'],
  ['D1', 'event.', 'sdk.IO.OutgoingEvent'],
  ['D2', 'process.', 'HookProcess'],
  ['D2', 'process.env.', 'HookEnvironment'],
  ['D2', 'axios.', 'ShippedAxios.Static'],
  ['D2', 'bp.logger.', 'typeof sdk.logger'],
  ['D2', 'bp.logger.forBot(event.botId).', 'sdk.Logger'],
  ['D2', 'attachError(err).', 'sdk.Logger'],
  ['E1', 'event.state.', 'sdk.IO.EventState'],
  ['E2', 'event.', 'sdk.IO.InternalEvent'],
  ['E2', 'if (s.', 'sdk.IO.CurrentSession'],
  ['F1', 'event.state.temp.', 'sdk.IO.TemporaryVariables'],
  ['F2', 'bp.http.', 'typeof sdk.http'],
  ['F2', 'router.', 'ReturnType<typeof sdk.http.createRouterForBot>'],
  ['F4', 'hookResult.', '{ allowImport: boolean }'],
  ['F5', '= bot.', 'sdk.BotConfig'],
  ['F5', 'bot.pipeline_status.', 'sdk.BotPipelineStatus'],
  ['F5', 'users.', 'sdk.WorkspaceUserWithAttributes[]'],
  ['F5', 'includes(who) ? hookResult.', '{ actions: sdk.StageAction[] }'],
  ['H03', 'moment().', 'ShippedMoment.Moment'],
  ['H03', 'const open = now.', 'ShippedMoment.Moment'],
  ['H11', "bp.database('web_user_map').", 'Knex.QueryBuilder'],
  ['H12', 'bp.realtime.', 'typeof sdk.realtime'],
  ['H12', 'bp.RealTimePayload.', 'typeof sdk.RealTimePayload'],
  ['H13', 'bp.distributed.', 'typeof sdk.distributed'],
  ['H13', 'bp.experimental.render.', 'typeof sdk.experimental.render'],
  ['H15', 'one => one.', 'sdk.IO.StoredEvent'],
  ['H15', 'one.event.', 'sdk.IO.Event'],
  ['H16', 'bp.bots.', 'typeof sdk.bots'],
  ['H16', '!bot || bot.', 'sdk.BotConfig'],
  ['H30', 'if (suggestion.', 'sdk.IO.Suggestion'],
  ['H31', 'createdOn.', 'Date'],
  ['H31', 'decision && decision.', 'sdk.IO.Suggestion'],
  ['H31', 'nlu.intent.', 'sdk.NLU.Intent'],
  ['H31', 'event.state.context.', 'sdk.IO.DialogContext'],
  ['H31', 'bp.database.', 'typeof sdk.database'],
  ['H31', 'bp.database.json.', 'Knex.Json'],
  ['H55', 'bp.ghost.', 'typeof sdk.ghost'],
  ['H56', 'bp.config.', 'typeof sdk.config'],
  ['H61', 'stage => stage.', 'sdk.Stage'],
  ['H62', 'incident.', 'sdk.Incident'],
  ['H62', 'console.', 'Console'],
  ['H63', 'event.state.context.', 'sdk.IO.DialogContext']
]

/** Members that some of these types are known to have by the Botpress documentation, so that a wrong type in the table is noticed. */
const KNOWN: Record<string, readonly string[]> = {
  'sdk.IO.IncomingEvent': [
    'type',
    'payload',
    'preview',
    'state',
    'nlu',
    'suggestions',
    'setFlag',
    'hasFlag',
    'botId',
    'target',
    'threadId'
  ],
  'sdk.IO.EventState': ['user', 'session', 'context', 'temp', 'bot'],
  'typeof sdk.IO.WellKnownFlags': ['SKIP_DIALOG_ENGINE', 'SKIP_QNA_PROCESSING', 'SKIP_NATIVE_NLU', 'FORCE_PERSIST_STATE'],
  'typeof sdk.dialog': ['createId', 'processEvent', 'deleteSession', 'jumpTo'],
  'sdk.KvsService': ['get', 'set', 'delete', 'exists', 'getConversationStorageKey', 'getUserStorageKey', 'setStorageWithExpiry'],
  'sdk.Logger': ['forBot', 'attachError', 'attachEvent', 'debug', 'info', 'warn', 'error']
}

/** The names of the members of each type, by TypeScript's checker, from the declarations alone: no hook and no server takes part. */
function membersOf(types: readonly string[]): Map<string, string[]> {
  const file = '/expected.d.ts'
  const text = types.map((type, index) => `type Expected${index} = ${type}`).join('\n')
  // What Node 12 has.
  const options: ts.CompilerOptions = { target: ts.ScriptTarget.ESNext, lib: ['lib.es2019.d.ts'], types: [], strict: false, noEmit: true }
  const host = ts.createCompilerHost(options)
  const { getSourceFile, fileExists } = host
  host.fileExists = name => name === file || fileExists(name)
  host.getSourceFile = (name, ...rest) => (name === file ? ts.createSourceFile(name, text, rest[0], true) : getSourceFile(name, ...rest))
  const program = ts.createProgram([...declarationFiles, file], options, host)
  const source = program.getSourceFile(file)!
  assert.deepEqual(
    program.getSemanticDiagnostics(source).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' ')),
    [],
    'every type of the table is declared'
  )
  const checker = program.getTypeChecker()
  return new Map(
    source.statements.filter(ts.isTypeAliasDeclaration).map(({ type }, index) => {
      const members = checker.getPropertiesOfType(checker.getApparentType(checker.getTypeAtLocation(type)))
      return [types[index]!, members.map(member => member.name).filter(name => /^[\w$]+$/.test(name) && !name.startsWith('__@'))]
    })
  )
}

describe('language: the full list of members over real idioms', () => {
  let client: LanguageClient
  let members: Map<string, string[]>
  before(async function () {
    this.timeout(60_000)
    members = membersOf([...new Set(POSITIONS.map(([, , type]) => type))])
    client = await LanguageClient.start()
  })
  after(() => client.stop())

  it('asks at no fewer than 60 positions, none of them twice', () => {
    const asked = new Set(POSITIONS.map(([idiom, before]) => `${idiom} ${before}`))
    assert.equal(asked.size, POSITIONS.length)
    assert.ok(asked.size >= 60, `${asked.size} positions`)
  })

  for (const [type, names] of Object.entries(KNOWN)) {
    it(`expects of ${type} what the documentation says that it has`, () => {
      assert.deepEqual(
        names.filter(name => !members.get(type)!.includes(name)),
        []
      )
    })
  }

  for (const [idiom, before, type] of POSITIONS) {
    it(`offers every member of ${type} after ${JSON.stringify(before)} in ${idiom}`, async () => {
      const [file] = globSync(`*/${idiom}-*.js`, { cwd: IDIOMS })
      assert.ok(file, `there is the idiom ${idiom}`)
      const text = readFileSync(join(IDIOMS, file), 'utf8').replaceAll('\r\n', '\n')
      const at = text.indexOf(before)
      assert.notEqual(at, -1, `${basename(file)} holds ${before}`)
      const typed = text.slice(0, at + before.length) + CURSOR + text.slice(at + before.length).replace(/^\w+/, '')
      const open = await client.open(typed, { hookType: dirname(file) })
      try {
        const labels = new Set((await client.completions(open)).map(item => item.label))
        const expected = members.get(type)!
        assert.ok(expected.length > 0, `${type} has members`)
        assert.deepEqual(
          expected.filter(name => !labels.has(name)),
          [],
          'missing in the list'
        )
      } finally {
        await client.close(open)
      }
    })
  }
})
