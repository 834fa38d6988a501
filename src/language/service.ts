import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import type { HookType } from '../botpress/hook-types.ts'
import { walk } from './analysis/nodes.ts'
import { parseBare, type SyntaxProblem, topLevelNames } from './bare-syntax.ts'
import { type BodyMap, takesIncoming, wrapBody } from './body-map.ts'
import type { Origin } from './declaration-writer.ts'
import { type DeclarationFolders, declarationFiles } from './declarations.ts'
import { moduleDeclarations } from './module-declarations.ts'
import { declaresSdk, sdkGlue } from './own-sdk.ts'
import { Snapshot } from './snapshot.ts'
import { mended, syntaxProblems } from './syntax-places.ts'
import { readText } from './workspace.ts'
import { NO_DECLARATIONS, type WorkspaceDeclarations } from './workspace-declarations.ts'

/** A hook as the server knows it at one version. */
export interface HookFile {
  /** Name under which TypeScript knows it. */
  readonly name: string
  readonly type: HookType
  readonly text: string
  readonly map: BodyMap
  /** The text parsed on its own. */
  readonly bare: ts.SourceFile
  readonly syntax: readonly SyntaxProblem[]
}

/** What the features need of TypeScript. Another implementation has to answer the same questions about virtual positions. */
export interface TypeService {
  readonly language: ts.LanguageService
  /** Makes a hook known, or gives it a new text. */
  update(name: string, text: string, type: HookType): HookFile
  get(name: string): HookFile | undefined
  /** Declarations that the workspace brings, instead of those before. */
  declare(declarations: WorkspaceDeclarations): void
  /** Takes another declaration file for the SDK than ours; undefined takes ours again. */
  useSdk(path: string | undefined): void
  /** Whether the SDK is ours, to which the workspace's content types can be added. */
  readonly hasOurSdk: boolean
  /** Where in the workspace a name comes from that was declared so; none for any other file or place. */
  originsOf(file: string, at: number): readonly Origin[]
  remove(name: string): void
  dispose(): void
}

const MODULES_FILE = '/__proactive-hooks__/modules.d.ts'
const SDK_GLUE_FILE = '/__proactive-hooks__/sdk.d.ts'
const WORKSPACE_FILE = '/__proactive-hooks__/workspace.d.ts'

/** The level of Node 12 (R3.24): its library is that of ES2020, its syntax is checked by a rule. */
const OPTIONS: ts.CompilerOptions = {
  allowJs: true,
  checkJs: true,
  target: ts.ScriptTarget.ESNext,
  lib: ['lib.es2020.d.ts'],
  types: [],
  module: ts.ModuleKind.CommonJS,
  moduleDetection: ts.ModuleDetectionKind.Force,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  noEmit: true,
  // Hooks are loose JavaScript: only what would go wrong is reported.
  strict: false,
  noImplicitAny: false,
  allowUnreachableCode: true,
  allowUnusedLabels: true,
  noUnusedLocals: false,
  skipLibCheck: true,
  // The name of another SDK than ours.
  allowUmdGlobalAccess: true
}

/** A TypeScript language service that sees nothing but hooks, the SDK and the ECMAScript library: no DOM, nothing of the disk. */
export function createTypeService(folders: DeclarationFolders): TypeService {
  const hooks = new Map<string, { file: HookFile; snapshot: Snapshot; version: number }>()
  const declarations = declarationFiles(folders.sdk)
  const fixed = new Map<string, Snapshot>()
  let projectVersion = 0
  let workspace = NO_DECLARATIONS
  /** Of the declarations that change. */
  const versions = new Map<string, number>()
  let ownSdk: string | undefined

  const isDeclaration = (name: string) => name.startsWith(slashes(folders.lib)) || name.startsWith(slashes(folders.sdk))
  const onDisk = (name: string): Snapshot | undefined => {
    const known = fixed.get(name)
    if (known) return known
    if (!isDeclaration(name)) return undefined
    try {
      const snapshot = new Snapshot(readFileSync(name, 'utf8'))
      fixed.set(name, snapshot)
      return snapshot
    } catch {
      return undefined
    }
  }
  const declarationTexts = declarations.map(name => onDisk(name)?.text ?? '')
  const besideSdk = declarations.filter((_, index) => !declaresSdk(declarationTexts[index]!))
  const sdkFiles = () => (ownSdk === undefined ? declarations : [...besideSdk, ownSdk, SDK_GLUE_FILE])
  fixed.set(MODULES_FILE, new Snapshot(declarationTexts.map(text => moduleDeclarations(text)).find(Boolean) ?? "declare module '*'"))

  fixed.set(WORKSPACE_FILE, new Snapshot(''))

  const snapshotOf = (name: string) => hooks.get(name)?.snapshot ?? onDisk(name)

  const host: ts.LanguageServiceHost = {
    getCompilationSettings: () => OPTIONS,
    getProjectVersion: () => String(projectVersion),
    getScriptFileNames: () => [...sdkFiles(), MODULES_FILE, WORKSPACE_FILE, ...hooks.keys()],
    getScriptVersion: name => String(versions.get(name) ?? hooks.get(name)?.version ?? 0),
    getScriptSnapshot: snapshotOf,
    getScriptKind: name => (hooks.has(name) ? ts.ScriptKind.JS : ts.ScriptKind.TS),
    getCurrentDirectory: () => '/',
    getDefaultLibFileName: () => slashes(join(folders.lib, 'lib.es2020.d.ts')),
    useCaseSensitiveFileNames: () => true,
    fileExists: name => snapshotOf(name) !== undefined,
    readFile: name => snapshotOf(name)?.text,
    directoryExists: name => ownSdk?.startsWith(`${name}/`) ?? false,
    getDirectories: () => []
  }
  const language = ts.createLanguageService(host, ts.createDocumentRegistry(true))

  const wrap = (name: string, text: string, type: HookType): HookFile => {
    const bare = parseBare(text)
    const whole = mended(bare)
    const named = namedTypes(bare, type, workspace.eventTypes)
    const wrapped = wrapBody(whole, type, topLevelNames(whole === text ? bare : parseBare(whole)), named)
    let syntax: readonly SyntaxProblem[] | undefined
    const file: HookFile = {
      name,
      type,
      text,
      map: wrapped.map,
      bare,
      // Asked for when its author pauses, not at each key.
      get syntax() {
        syntax ??= syntaxProblems(bare)
        return syntax
      }
    }
    hooks.set(name, { file, snapshot: new Snapshot(wrapped.text), version: ++projectVersion })
    return file
  }

  return {
    language,
    update(name, text, type) {
      const known = hooks.get(name)
      return known && known.file.text === text && known.file.type === type ? known.file : wrap(name, text, type)
    },
    get: name => hooks.get(name)?.file,
    declare(declarations) {
      const before = workspace
      // Places in pages may have moved, though the declarations read the same.
      workspace = declarations
      if (before.text === declarations.text) return
      fixed.set(WORKSPACE_FILE, new Snapshot(declarations.text))
      versions.set(WORKSPACE_FILE, ++projectVersion)
      if (!sameNames(before.eventTypes, declarations.eventTypes)) {
        for (const [name, { file }] of hooks) wrap(name, file.text, file.type)
      }
    },
    get hasOurSdk() {
      return ownSdk === undefined
    },
    useSdk(path) {
      const text = path === undefined ? undefined : readText(path)
      const file = path === undefined || text === undefined ? undefined : slashes(path)
      if (file === ownSdk && (file === undefined || fixed.get(file)?.text === text)) return
      if (ownSdk !== undefined) fixed.delete(ownSdk)
      ownSdk = file
      projectVersion++
      if (file === undefined || text === undefined) return
      for (const [name, content] of [
        [file, text],
        [SDK_GLUE_FILE, sdkGlue(file, text)]
      ] as const) {
        fixed.set(name, new Snapshot(content))
        versions.set(name, projectVersion)
      }
    },
    originsOf: (file, at) => (file === WORKSPACE_FILE ? (workspace.origins.get(at) ?? []) : []),
    remove(name) {
      if (hooks.delete(name)) projectVersion++
    },
    dispose: () => language.dispose()
  }
}

/** More names than this in a hook would make its event's type slow to work with. */
const MAX_NAMED = 300

/**
 * All strings of a hook, when it names a type whose payload is declared: a test for any of them must be possible. None for a hook that the
 * payloads do not concern.
 */
function namedTypes(source: ts.SourceFile, type: HookType, declared: ReadonlySet<string>): string[] {
  if (declared.size === 0 || !source.text.includes('payload') || !takesIncoming(type)) return []
  const names = new Set<string>()
  walk(source, node => {
    if (ts.isStringLiteralLike(node)) names.add(node.text)
  })
  return names.size <= MAX_NAMED && [...names].some(name => declared.has(name)) ? [...names] : []
}

function sameNames(some: ReadonlySet<string>, others: ReadonlySet<string>): boolean {
  return some.size === others.size && [...some].every(name => others.has(name))
}

function slashes(path: string): string {
  return path.replaceAll('\\', '/')
}
