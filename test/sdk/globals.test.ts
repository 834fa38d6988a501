import { deepStrictEqual } from 'node:assert/strict'
import ts from 'typescript'
import { declarationFiles, fileOf, type HookScript, hookProgram, problemsOf } from './program.ts'

/** What a hook sees on Node 12 besides its arguments and the language itself (R3.15, R3.17). */
const SEEN = [
  'Buffer',
  'WebAssembly',
  '__dirname',
  '__filename',
  'clearImmediate',
  'clearInterval',
  'clearTimeout',
  'console',
  'exports',
  'global',
  'module',
  'printObject',
  'process',
  'require',
  'setImmediate',
  'setInterval',
  'setTimeout'
]

/** Names of the declarations themselves; the language server offers none of them. */
const TYPES_ONLY = ['sdk']

const hook = (text: string): HookScript => ({ name: 'globals', type: 'before_incoming_middleware', text })
const problems = (text: string) => problemsOf(hookProgram([hook(text)]), hook(text))

describe('sdk: the names a hook sees', function () {
  this.timeout(60_000)

  it('are those of the sandbox on Node 12, and no others (R3.17)', () => {
    const program = hookProgram([hook('')])
    const checker = program.getTypeChecker()
    const source = program.getSourceFile(fileOf(hook('')))!
    const ours = checker
      .getSymbolsInScope(source, ts.SymbolFlags.Value)
      .filter(symbol => symbol.declarations?.some(declaration => declarationFiles.includes(declaration.getSourceFile().fileName)))
      .map(symbol => symbol.name)
      .filter(name => !name.startsWith('"'))
      .sort()
    deepStrictEqual(ours, [...SEEN, ...TYPES_ONLY].sort())
  })

  for (const name of [
    'URL',
    'URLSearchParams',
    'TextEncoder',
    'queueMicrotask',
    'structuredClone',
    'fetch',
    'AbortController',
    'window',
    'document',
    'localStorage',
    'args',
    'user',
    'session',
    'temp',
    'bot',
    'workflow',
    'botId'
  ]) {
    it(`do not include ${name} (R3.15, R3.17)`, () => {
      deepStrictEqual(
        problems(`${name}.x`).map(problem => problem.replace(/^\d+/, '')),
        [` ‹${name}›`]
      )
    })
  }

  for (const expression of ['process.exit', 'process.nextTick', 'require.resolve', 'event.preventDefault', 'event.bubbles']) {
    it(`do not lead to ${expression} (R3.17, R3.23)`, () => {
      deepStrictEqual(problems(expression), [`2339 ‹${expression.split('.')[1]}›`])
    })
  }

  it('include what the environment exposes, as a text or nothing (R3.18)', () => {
    deepStrictEqual(problems('const token = process.env.EXPOSED_TOKEN; token.trim(); return process.PORT.toFixed()'), [])
    deepStrictEqual(problems('process.env.EXPOSED_TOKEN.missing'), ['2339 ‹missing›'])
  })

  it('load shipped modules with types, Node’s own, and any other (R3.20 to R3.22)', () => {
    deepStrictEqual(
      problems("const axios = require('axios'); return axios.get('/').then(({ data, status }) => data[status.toFixed()])"),
      []
    )
    deepStrictEqual(problems("return require('axios').fetch('/')"), ['2339 ‹fetch›'])
    deepStrictEqual(problems("const _ = require('lodash'); _.isEmpty(1).valueOf(); return _.somethingElse(1)"), [])
    deepStrictEqual(problems("const { format } = require('util'); return require('./helper').run(require('fs'), format)"), [])
  })

  it('compile by themselves, strictly, on the language of Node 12 and on the newest', () => {
    for (const level of ['es2019', 'es2023']) {
      const options: ts.CompilerOptions = {
        lib: [`lib.${level}.d.ts`],
        types: [],
        strict: true,
        noEmit: true,
        target: ts.ScriptTarget.ES2019
      }
      const program = ts.createProgram([...declarationFiles], options)
      deepStrictEqual(
        ts
          .getPreEmitDiagnostics(program)
          .map(({ messageText, file }) => `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`),
        [],
        level
      )
    }
  })
})
