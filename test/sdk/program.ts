import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { type HookTypeId, hookTypeOf } from '../../src/botpress/hook-types.ts'

const SDK = fileURLToPath(new URL('../../src/botpress/sdk/', import.meta.url))

/** The declaration files of the SDK. */
export const declarationFiles: readonly string[] = readdirSync(SDK)
  .filter(name => name.endsWith('.d.ts'))
  .sort()
  .map(name => SDK + name)

/** The same, parsed. */
export const declarationSources: readonly ts.SourceFile[] = declarationFiles.map(name =>
  ts.createSourceFile(name, readFileSync(name, 'utf8'), ts.ScriptTarget.ES2023, true)
)

export interface HookScript {
  readonly name: string
  readonly type: HookTypeId
  readonly text: string
}

/** Like the language server: hooks are loose JavaScript, and see the ECMAScript library only. */
export const HOOK_OPTIONS: ts.CompilerOptions = {
  allowJs: true,
  checkJs: true,
  target: ts.ScriptTarget.ESNext,
  lib: ['lib.es2020.d.ts'],
  types: [],
  module: ts.ModuleKind.CommonJS,
  moduleDetection: ts.ModuleDetectionKind.Force,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  noEmit: true,
  strict: false,
  skipLibCheck: true
}

/** A program of the declarations and of hooks, each wrapped as the body of a function of its type. */
export function hookProgram(scripts: readonly HookScript[]): ts.Program {
  const texts = new Map(scripts.map(script => [fileOf(script), wrapped(script)]))
  const host = ts.createCompilerHost(HOOK_OPTIONS)
  const { getSourceFile, fileExists } = host
  host.fileExists = name => texts.has(name) || fileExists(name)
  host.getSourceFile = (name, ...rest) => {
    const text = texts.get(name)
    return text === undefined ? getSourceFile(name, ...rest) : ts.createSourceFile(name, text, rest[0], true, ts.ScriptKind.JS)
  }
  return ts.createProgram([...declarationFiles, ...texts.keys()], HOOK_OPTIONS, host)
}

/** What TypeScript finds in a hook of the program: `code ‹words it points at›`. */
export function problemsOf(program: ts.Program, script: HookScript): string[] {
  const source = program.getSourceFile(fileOf(script))!
  return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
    ({ code, start, length }) => `${code} ‹${source.text.slice(start!, start! + length!)}›`
  )
}

export function fileOf(script: HookScript): string {
  return `/hooks/${script.type}/${script.name}.js`
}

/** The hook as the body of a function of its type. */
export function wrapped({ type, text }: HookScript): string {
  const names = ['bp', ...hookTypeOf(type)!.args.map(argument => argument.name)]
  return `/** @type {hooks.${type}} */ (function (${names.join(', ')}) {\n${text}\n})\n`
}
