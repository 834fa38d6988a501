import { resolve } from 'node:path'
import type { Range } from 'vscode-languageserver/node'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { findDeclarations } from './declarations.ts'
import { Inspector } from './inspect.ts'
import { BUNDLED_SDK, findSdk } from './own-sdk.ts'
import type { Problem, Severity } from './problem.ts'
import { RuleSettings } from './rule-settings.ts'
import { createTypeService, type TypeService } from './service.ts'
import { isFolder, readText } from './workspace.ts'
import { NO_DECLARATIONS, workspaceDeclarations } from './workspace-declarations.ts'
import { DiskFacts } from './workspace-facts.ts'

/** A diagnostic as the command line prints it. */
export interface Finding {
  /** Absolute path. */
  readonly file: string
  /** A rule's id (`BPH004`) or TypeScript's number (`TS2339`). */
  readonly code: string
  readonly source: 'proactive-hooks'
  readonly severity: Severity
  readonly message: string
  /** Lines and UTF-16 columns from 0, as in LSP. */
  readonly range: Range
}

/** The problems of a file, with its text, so that fixes can be applied. */
export interface CheckedFile {
  readonly file: string
  readonly text: string
  readonly problems: readonly Problem[]
}

/**
 * Reports the problems of all hook files, pages and configuration files below a folder, by file and place.
 * What only dims or strikes out code in an editor is left out.
 *
 * @throws Error when there is no such folder
 */
export async function checkFolder(folder: string): Promise<Finding[]> {
  return inspectFolder(folder).flatMap(findings)
}

/**
 * The same with texts and fixes.
 *
 * @throws Error when there is no such folder
 */
export function inspectFolder(folder: string): CheckedFile[] {
  const root = resolve(folder)
  if (!isFolder(root)) throw new Error(`There is no folder ${folder}.`)
  const types = createTypeService(findDeclarations())
  try {
    return inspectWith(types, root)
  } finally {
    types.dispose()
  }
}

/** The same with a TypeScript service at hand, which knows the folder's hooks only while it runs. */
export function inspectWith(types: TypeService, root: string): CheckedFile[] {
  const facts = new DiskFacts([root])
  const settings = new RuleSettings()
  const inspector = new Inspector(types, facts, settings)
  types.useSdk(findSdk([root], settings.sdkOf(root) ?? BUNDLED_SDK))
  types.declare(workspaceDeclarations(types.hasOurSdk ? facts : { contentTypes: [], pages: facts.pages }))
  // All hooks are made known before the first is checked: TypeScript then builds one program for them.
  const hooks = facts.hooks.map(({ path, text, location }) => {
    const name = path.replaceAll('\\', '/')
    return { path, name, text, hook: types.update(name, text, location.type) }
  })
  try {
    return [
      ...hooks.map(({ path, text, hook }) => ({ file: path, text, problems: inspector.hook(path, hook) })),
      ...facts.pages.map(({ path, text }) => ({ file: path, text, problems: inspector.page(path, text) })),
      ...facts.files.bots.flatMap(path => {
        const text = readText(path)
        return text === undefined ? [] : [{ file: path, text, problems: inspector.bot(path, text) }]
      }),
      ...facts.files.others.flatMap(path => {
        const text = readText(path)
        return text === undefined ? [] : [{ file: path, text, problems: inspector.file(path, text) }]
      })
    ]
  } finally {
    for (const { name } of hooks) types.remove(name)
    types.declare(NO_DECLARATIONS)
    types.useSdk(undefined)
  }
}

function findings({ file, text, problems }: CheckedFile): Finding[] {
  const document = TextDocument.create(file, '', 0, text)
  return problems
    .filter(problem => problem.tag === undefined)
    .map(problem => ({
      file,
      code: typeof problem.code === 'number' ? `TS${problem.code}` : problem.code,
      source: 'proactive-hooks',
      severity: problem.severity,
      message: problem.message,
      range: { start: document.positionAt(problem.span.start), end: document.positionAt(problem.span.end) }
    }))
}
