import { resolve } from 'node:path'
import type { Range } from 'vscode-languageserver/node'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { locateHook } from '../botpress/hook-path.ts'
import { findDeclarations } from './declarations.ts'
import { inspectHook } from './inspect.ts'
import type { Problem, Severity } from './problem.ts'
import { createTypeService } from './service.ts'
import { isFolder, listWorkspace, readText } from './workspace.ts'

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

/**
 * Reports the problems of all hook files and pages below a folder, by file and place.
 * Hints that only dim or strike out code in an editor are left out.
 *
 * @throws Error when there is no such folder
 */
export async function checkFolder(folder: string): Promise<Finding[]> {
  const root = resolve(folder)
  if (!isFolder(root)) throw new Error(`There is no folder ${folder}.`)
  const { hooks } = listWorkspace(root)
  const types = createTypeService(findDeclarations())
  try {
    const files = hooks.flatMap(path => {
      const location = locateHook(path)
      const text = readText(path)
      return location && text !== undefined ? [{ path, hook: types.update(path.replaceAll('\\', '/'), text, location.type) }] : []
    })
    return files.flatMap(({ path, hook }) => findings(path, hook.text, inspectHook(types, hook)))
  } finally {
    types.dispose()
  }
}

function findings(path: string, text: string, problems: readonly Problem[]): Finding[] {
  const document = TextDocument.create(path, '', 0, text)
  return problems
    .filter(problem => problem.tag === undefined)
    .map(problem => ({
      file: path,
      code: typeof problem.code === 'number' ? `TS${problem.code}` : problem.code,
      source: 'proactive-hooks',
      severity: problem.severity,
      message: problem.message,
      range: { start: document.positionAt(problem.span.start), end: document.positionAt(problem.span.end) }
    }))
}
