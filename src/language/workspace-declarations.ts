import { contentDeclarations } from './content-types.ts'
import { type Declarations, DeclarationWriter } from './declaration-writer.ts'
import { declarePayloads } from './page-declarations.ts'
import type { WorkspaceFacts } from './rule.ts'

/** What a workspace adds to the SDK's declarations: its content types, and what its pages send. */
export interface WorkspaceDeclarations extends Declarations {
  /** Event types whose payload is declared. */
  readonly eventTypes: ReadonlySet<string>
}

export const NO_DECLARATIONS: WorkspaceDeclarations = { ...new DeclarationWriter().done(), eventTypes: new Set() }

export function workspaceDeclarations({ contentTypes, pages }: Pick<WorkspaceFacts, 'contentTypes' | 'pages'>): WorkspaceDeclarations {
  const writer = new DeclarationWriter()
  writer.add(contentDeclarations(contentTypes))
  const eventTypes = declarePayloads(writer, pages)
  return { ...writer.done(), eventTypes }
}
